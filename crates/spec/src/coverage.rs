//! What becomes of every field of the specification's objects, as the cases of this crate show it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::Value;
use specwright_diagnostics::{Code, Diagnostics, Pointer, Severity};

use crate::structure::{Field, Kind, Object, root_kind};
use crate::version::Version;
use crate::{Document, Settings, Source, lower};

const HEAD: &str = "\
# Coverage

What becomes of every field of the specification's objects, and a case that shows it. Written by
`cargo xtask coverage` from the tables of the structure check and from what is said about the cases under
`crates/spec/cases`; do not edit.

*Carried*: in a case nothing is said about the field or what holds it. *Repaired or left out*: with a warning, which
names the repair. *Refused*: nothing is generated. What is refused as unsupported, and every warning, can be allowed in
the configuration, with a reason.
";

/// A case: its path below `crates/spec/cases`, and its text.
pub struct Case {
    /// Such as `accept/enums.yaml`.
    pub path: String,
    /// The document.
    pub text: String,
}

/// The report as Markdown.
pub fn report(cases: &[Case]) -> String {
    let mut seen: BTreeMap<(usize, &'static str), Shown<'_>> = BTreeMap::new();
    for case in cases {
        watch(case, &mut seen);
    }
    let mut text = HEAD.to_owned();
    for (object, versions) in objects() {
        let _ = write!(text, "\n## {}, {}\n\n", object.name, span(&versions));
        text.push_str(
            "| field | of | carried | repaired or left out | refused |\n| --- | --- | --- | --- | --- |\n",
        );
        for field in object.fields {
            let of: Vec<Version> = versions.iter().copied().filter(|version| field.is_of(*version)).collect();
            if of.is_empty() {
                continue;
            }
            let shown = seen.get(&(address(object), field.name));
            let row = shown.map_or_else(|| "no case |  | ".to_owned(), Shown::row);
            let _ = writeln!(text, "| `{}` | {} | {row} |", field.name, span(&of));
        }
    }
    text
}

/// Every object of the tables, in the order in which a document of the newest version meets them, and
/// the versions that have it.
fn objects() -> Vec<(&'static Object, Vec<Version>)> {
    let mut found: Vec<(&'static Object, Vec<Version>)> = Vec::new();
    for version in Version::ALL.into_iter().rev() {
        let mut pending = vec![root_kind(version)];
        let mut met = BTreeSet::new();
        while let Some(kind) = pending.pop() {
            match kind {
                Kind::Map(inner) | Kind::List(inner) => pending.push(inner),
                Kind::Object(object) | Kind::Reference(object) | Kind::BoolOr(object) => {
                    if !met.insert(address(object)) {
                        continue;
                    }
                    match found.iter_mut().find(|(known, _)| known.is(object)) {
                        Some((_, versions)) => versions.insert(0, version),
                        None => found.push((object, vec![version])),
                    }
                    pending.extend(object.others.iter().map(|others| &others.kind));
                    let fields = object.fields.iter().rev().filter(|field| field.is_of(version));
                    pending.extend(fields.map(|field| &field.kind));
                }
                _ => {}
            }
        }
    }
    found.retain(|(object, _)| !object.fields.is_empty());
    found
}

fn address(object: &'static Object) -> usize {
    std::ptr::from_ref(object).addr()
}

fn span(versions: &[Version]) -> String {
    let number = |version: &Version| version.to_string().trim_start_matches("OpenAPI ").to_owned();
    match versions {
        [] => String::new(),
        [only] => number(only),
        [first, .., last] => format!("{} to {}", number(first), number(last)),
    }
}

/// The first case of each outcome.
#[derive(Default)]
struct Shown<'c> {
    carried: Option<&'c str>,
    repaired: Option<(Code, &'c str)>,
    refused: Option<(Code, &'c str)>,
}

impl Shown<'_> {
    fn row(&self) -> String {
        let link = |path: &str| {
            let name = path.trim_end_matches(".yaml");
            format!("[{name}](../crates/spec/cases/{path})")
        };
        let coded = |entry: &Option<(Code, &str)>| {
            entry.map_or_else(String::new, |(code, path)| format!("{code}: {}", link(path)))
        };
        let nothing = self.repaired.is_none() && self.refused.is_none();
        let carried = self.carried.map_or_else(|| if nothing { "no case" } else { "" }.to_owned(), link);
        format!("{carried} | {} | {}", coded(&self.repaired), coded(&self.refused))
    }
}

/// Reads a case, and notes what became of each field in it.
fn watch<'c>(case: &'c Case, seen: &mut BTreeMap<(usize, &'static str), Shown<'c>>) {
    let mut sink = Diagnostics::new();
    let source = Source::new(case.path.clone(), case.text.clone());
    let Some(document) = Document::load(source, Vec::new(), &mut sink) else { return };
    let accepted = lower(&document, &Settings::default(), &mut sink).is_some();
    let mut said: BTreeMap<Pointer, Vec<Code>> = BTreeMap::new();
    for found in &sink {
        if let Some(pointer) = found.primary.place.pointer()
            && matches!(found.severity(), Severity::Warning | Severity::Unsupported)
        {
            said.entry(pointer.clone()).or_default().push(found.code);
        }
    }
    let (version, Some(root)) = document.written() else { return };
    let mut walk = Walk { version, said: &said, seen, path: &case.path, accepted };
    walk.value(root_kind(version), &root, &Pointer::root(), None);
}

struct Walk<'w, 'c> {
    version: Version,
    said: &'w BTreeMap<Pointer, Vec<Code>>,
    seen: &'w mut BTreeMap<(usize, &'static str), Shown<'c>>,
    path: &'c str,
    /// Of a document that is refused, what nothing is said about is not carried either.
    accepted: bool,
}

impl Walk<'_, '_> {
    /// `over` is what was said of something around the value.
    fn value(&mut self, kind: &'static Kind, value: &Value, pointer: &Pointer, over: Option<Code>) {
        match (kind, value) {
            (Kind::Map(inner), Value::Object(members)) => {
                for (key, value) in members {
                    let pointer = pointer.child(key);
                    self.value(inner, value, &pointer, self.said_of(&pointer).or(over));
                }
            }
            (Kind::List(inner), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    let pointer = pointer.index(index);
                    self.value(inner, item, &pointer, self.said_of(&pointer).or(over));
                }
            }
            (
                Kind::Object(object) | Kind::Reference(object) | Kind::BoolOr(object),
                Value::Object(members),
            ) => {
                for (key, value) in members {
                    let pointer = pointer.child(key);
                    let code = self.said_of(&pointer).or(over);
                    if let Some(field) = object.field_among(key, members, self.version) {
                        self.note(object, field, self.within(&field.kind, value, &pointer).or(code));
                    }
                    // What an extension says is carried as what it is taken for.
                    let over = code.filter(|code| *code != Code::VendorKeyword);
                    self.value(object.inside_among(key, members, self.version), value, &pointer, over);
                }
            }
            _ => {}
        }
    }

    fn said_of(&self, pointer: &Pointer) -> Option<Code> {
        let codes = self.said.get(pointer)?;
        codes.iter().copied().find(|code| code.severity() == Severity::Unsupported).or(codes.first().copied())
    }

    /// What is said of every member of a map is said of the map.
    fn within(&self, kind: &Kind, value: &Value, pointer: &Pointer) -> Option<Code> {
        let (Kind::Map(_), Value::Object(members)) = (kind, value) else { return None };
        let mut codes = members.keys().map(|key| self.said_of(&pointer.child(key)));
        let first = codes.next()??;
        codes.all(|code| code == Some(first)).then_some(first)
    }

    fn note(&mut self, object: &'static Object, field: &'static Field, code: Option<Code>) {
        let shown = self.seen.entry((address(object), field.name)).or_default();
        match code {
            None if self.accepted => shown.carried = shown.carried.or(Some(self.path)),
            None => {}
            Some(code) if code.severity() == Severity::Unsupported => {
                shown.refused = shown.refused.or(Some((code, self.path)));
            }
            Some(code) => shown.repaired = shown.repaired.or(Some((code, self.path))),
        }
    }
}
