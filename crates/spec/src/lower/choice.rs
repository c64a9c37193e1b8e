//! `oneOf` and `anyOf`: which of them choose between types, and which say something simpler.

use serde_json::Value;
use specwright_diagnostics::{Code, Diagnostic, Pointer};
use specwright_ir::{Enum, EnumRepr, EnumValue, Name, RequiredGroups, UnionRule};

use super::Cursor;
use super::all_of::{bare, is_annotation};
use super::context::Lowering;
use super::facts::Facts;
use super::schema::STRING;

/// How deep choices may nest in choices where `null` is looked for.
pub(super) const DEPTH: usize = 8;

/// Schemas of which one holds.
#[derive(Clone)]
pub(super) struct Choice<'a> {
    /// The schema that has the keyword.
    pub(super) site: Cursor<'a>,
    /// `oneOf` or `anyOf`
    pub(super) keyword: &'static str,
    /// Those that are not `null` alone, each once.
    pub(super) members: Vec<Cursor<'a>>,
}

impl Choice<'_> {
    pub(super) fn rule(&self) -> UnionRule {
        rule(self.keyword)
    }
}

fn rule(keyword: &str) -> UnionRule {
    if keyword == "oneOf" { UnionRule::ExactlyOne } else { UnionRule::AtLeastOne }
}

/// Whether a schema takes `null` and nothing else.
pub(super) fn is_null(schema: &Cursor<'_>) -> bool {
    let listed = |key: &str| schema.value.get(key).and_then(Value::as_array);
    schema.text("type") == "null"
        || listed("enum").is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_null))
}

impl<'a> Lowering<'a, '_> {
    /// Adds what a `oneOf` or `anyOf` asks for: a choice, or in its simpler forms the only schema that
    /// there is, or members that have to be there together.
    pub(super) fn choice(
        &mut self,
        schema: &Cursor<'a>,
        keyword: &'static str,
        path: &mut Vec<Pointer>,
        facts: &mut Facts<'a>,
    ) {
        let mut members: Vec<Cursor<'a>> = Vec::new();
        for member in schema.items_of(keyword) {
            let target = self.follow(&member);
            // A base that lists what derives from it says nothing new to one of those.
            if path.len() > 1 && path.contains(&target.pointer) {
                return;
            }
            let is_known = members.iter().any(|known| {
                let known = self.follow(known);
                known.pointer == target.pointer || bare(known.value) == bare(target.value)
            });
            if !is_null(&target) && !is_known {
                members.push(member);
            }
        }
        match members.as_slice() {
            [] => {}
            [only] => self.collect(only, path, facts),
            members if members.iter().all(is_required_only) => {
                let groups = members.iter().map(required).collect();
                facts.groups.push(RequiredGroups { groups, rule: rule(keyword) });
            }
            _ => facts.choices.push(Choice { site: schema.clone(), keyword, members }),
        }
    }

    /// The enum that a choice between strings is: its values are those of all, and where one of the
    /// members takes any string, they are but the ones with a name.
    pub(super) fn strings(&mut self, facts: &Facts<'a>) -> Option<Enum> {
        let [choice] = facts.choices.as_slice() else { return None };
        let adds_nothing = |leaf: &Cursor<'a>| {
            leaf.members().all(|(key, value)| {
                is_annotation(key)
                    || matches!(key, "oneOf" | "anyOf" | "allOf")
                    || (key == "type" && value.value == "string")
            })
        };
        if !facts.leaves.iter().all(adds_nothing) {
            return None;
        }
        let mut open = false;
        let mut lists = Vec::new();
        for member in &choice.members {
            let facts = self.flatten(member);
            let is_string = facts.values("type").all(|ty| ty == "string")
                && (facts.has("type") || facts.has("enum"))
                && facts.choices.is_empty()
                && !facts.any_of(STRING)
                && !facts.has("format")
                && !facts.any_of(super::rules::RULES);
            if !is_string {
                return None;
            }
            match facts.all("enum").as_slice() {
                [] => open = true,
                [list] if Self::is_enumerable(&facts, Some("string")) => lists.push(list.clone()),
                _ => return None,
            }
        }
        let mut values: Vec<EnumValue> = Vec::new();
        for list in &lists {
            let items = list.value.as_array().into_iter().flatten().enumerate();
            for (index, value) in items.filter(|(_, value)| !value.is_null()) {
                let name = Name::unallocated(super::enumeration::wire(value), list.pointer.index(index));
                if !values.iter().any(|known| known.value == *value) {
                    values.push(EnumValue { name, value: value.clone() });
                }
            }
        }
        (!values.is_empty()).then_some(Enum { repr: EnumRepr::String, values, open, zero_fraction: false })
    }

    /// Says which choices would take too many types.
    pub(super) fn too_many_choices(&mut self, choices: &[Choice<'a>]) {
        if let [first, .., last] = choices {
            self.say(
                Diagnostic::new(
                    Code::ManyCombinations,
                    "choices that hold at once combine in too many ways",
                    last.site.key(last.keyword),
                    "each of these: carried as any JSON, held against the schema",
                )
                .with_secondary(first.site.key(first.keyword), "goes with each of those")
                .with_help(
                    "for types of its values, say in an overlay which combinations there are, as one `oneOf`",
                ),
            );
        }
    }
}

/// Whether a member of a choice asks for nothing but that properties are there.
fn is_required_only(member: &Cursor<'_>) -> bool {
    member.has("required")
        && member.members().all(|(key, value)| {
            key == "required" || is_annotation(key) || (key == "type" && value.value == "object")
        })
}

fn required(member: &Cursor<'_>) -> Vec<String> {
    let names = member.items_of("required").into_iter();
    names.filter_map(|name| name.value.as_str().map(str::to_owned)).collect()
}
