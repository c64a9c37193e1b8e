//! An item that needs a name, and what it may be called.

use std::rc::Rc;

use foldhash::HashMap;
use specwright_diagnostics::Pointer;
use specwright_naming as naming;

use crate::lower::Rung;
use crate::names::Lock;

/// Letters of a name that is spelled from its place. Schemas that lie deep in others would have longer
/// ones than a file system takes.
const LONGEST: usize = 100;

/// How a name is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    Pascal,
    Snake,
    /// Snake case that is the name of a file as well.
    File,
}

/// What a pin in the configuration may look like, where a field and its type share a pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pinned {
    /// In the item's own case only.
    OwnCase,
    /// In either.
    EitherCase,
}

/// Where names must differ.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Scope {
    /// What has the names.
    pub(super) of: &'static str,
    /// The key of what they are inside of; `None` for a module of the generated crate.
    pub(super) owner: Option<Rc<str>>,
}

/// One name to allocate.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// Its stable pointer.
    pub(super) key: Rc<str>,
    pub(super) form: Form,
    /// Whether this is the form that the lock and pins speak of. The other follows from it.
    pub(super) main: bool,
    /// Where it must be unique.
    pub(super) scope: Scope,
    pub(super) wire: String,
    pub(super) origin: Pointer,
    /// Lower classes choose first.
    pub(super) class: usize,
    /// What to call it, best first.
    pub(super) ladder: Vec<Vec<Rung>>,
    /// What goes in front of a digit, and behind a name that is taken.
    pub(super) noun: &'static str,
    /// Names made of this one, which must be free as well.
    pub(super) derived: &'static [&'static str],
    pub(super) deprecated: bool,
    /// Whether the next run has to keep it.
    pub(super) kept: bool,
    /// What the configuration may call it by, besides pointers.
    pub(super) alias: Option<String>,
    pub(super) pinned: Pinned,
}

/// Names by item and form.
#[derive(Debug, Default)]
pub(super) struct Names(HashMap<Rc<str>, [Option<String>; 3]>);

impl Names {
    pub(super) fn get(&self, key: &str, form: Form) -> Option<&str> {
        self.0.get(key)?[form as usize].as_deref()
    }

    pub(super) fn insert(&mut self, key: &Rc<str>, form: Form, name: &str) {
        self.0.entry(key.clone()).or_default()[form as usize] = Some(name.to_owned());
    }

    /// Whether an item has a name in another form.
    pub(super) fn has_other(&self, key: &str, form: Form) -> bool {
        let names = self.0.get(key).into_iter().flatten().enumerate();
        names.filter(|(index, _)| *index != form as usize).any(|(_, name)| name.is_some())
    }

    /// The lines that the next run needs.
    pub(super) fn lock(&self, items: &[Item]) -> Lock {
        let mut lock = Lock::default();
        let mains = items.iter().filter(|item| item.main).map(|item| (&*item.key, item.form));
        let mains: HashMap<&str, Form> = mains.collect();
        for item in items.iter().filter(|item| item.kept) {
            let Some(name) = self.get(&item.key, item.form) else { continue };
            let main = mains.get(&*item.key).and_then(|form| self.get(&item.key, *form));
            if item.main || main.is_some_and(|main| item.form.of(main) != name) {
                lock.insert(item.lock_key(), name.to_owned());
            }
        }
        lock
    }
}

impl Form {
    /// A name in this form, made an identifier.
    pub(super) fn of(self, name: &str) -> String {
        let name = naming::unraw(name);
        match self {
            Self::Pascal => naming::type_ident(&naming::pascal(name)),
            Self::Snake => naming::value_ident(&naming::snake(name)),
            Self::File => naming::value_ident(&naming::ascii_snake(name)),
        }
    }
}

impl Item {
    /// The line of the lock for this form.
    pub(super) fn lock_key(&self) -> String {
        match (self.main, self.form) {
            (true, _) => self.key.to_string(),
            (false, Form::Pascal) => format!("{}@pascal", self.key),
            (false, _) => format!("{}@snake", self.key),
        }
    }

    /// Whether the wire name is the Rust name already.
    pub(super) fn is_exact(&self) -> bool {
        match self.form {
            Form::Pascal => naming::pascal(&self.wire) == self.wire,
            _ => naming::snake(&self.wire) == self.wire,
        }
    }

    /// What this item would best be called.
    pub(super) fn first_candidate(&self, names: &Names) -> Option<String> {
        self.ladder.first().map(|rungs| self.spell(rungs, names, &[]))
    }

    /// Everything this item may be called before numbers, best first.
    pub(super) fn candidates(&self, names: &Names) -> Vec<String> {
        let mut candidates: Vec<String> =
            self.ladder.iter().map(|rungs| self.spell(rungs, names, &[])).collect();
        let Some(first) = self.ladder.first() else { return candidates };
        let casing = naming::casing(&self.wire);
        if casing == naming::Casing::Mixed {
            let symbols: Vec<Rung> = first
                .iter()
                .map(|rung| match rung {
                    Rung::Words(words) => Rung::Words(naming::spelled(words)),
                    of @ Rung::Of(_) => of.clone(),
                })
                .collect();
            candidates.push(self.spell(&symbols, names, &[]));
        }
        // Siblings are told apart by how they are written; anything else by what it is.
        if self.noun == "field" && casing != naming::Casing::Mixed {
            candidates.push(self.spell(first, names, &[casing.as_str()]));
        }
        candidates.push(self.spell(first, names, &[self.noun]));
        candidates.push(self.spell(first, names, &[self.noun, casing.as_str()]));
        candidates.dedup();
        candidates
    }

    fn spell(&self, rungs: &[Rung], names: &Names, tail: &[&str]) -> String {
        let mut parts: Vec<String> = Vec::new();
        for rung in rungs {
            parts.push(match rung {
                Rung::Of(key) => {
                    names.get(key, Form::Pascal).map(naming::unraw).unwrap_or_default().to_owned()
                }
                Rung::Words(words) => self.case(words),
            });
        }
        parts.extend(tail.iter().map(|word| self.case(word)));
        self.identifier(&self.join(&parts))
    }

    fn case(&self, words: &str) -> String {
        match self.form {
            Form::Pascal => naming::pascal(words),
            Form::Snake => naming::snake(words),
            Form::File => naming::ascii_snake(words),
        }
    }

    fn join(&self, parts: &[String]) -> String {
        match self.form {
            Form::Pascal => parts.concat(),
            _ => parts.iter().map(|part| self.case(part)).collect::<Vec<_>>().join("_"),
        }
    }

    /// A name that does not begin with a digit and is no keyword.
    fn identifier(&self, name: &str) -> String {
        let name = if name.starts_with(|first: char| !first.is_alphabetic()) {
            self.join(&[self.case(self.noun), name.to_owned()])
        } else {
            name.to_owned()
        };
        let name = naming::shortened(&name, LONGEST);
        match self.form {
            Form::Pascal => naming::type_ident(&name),
            _ => naming::value_ident(&name),
        }
    }

    /// A name with a number.
    pub(super) fn numbered(&self, name: &str, number: usize) -> String {
        match self.form {
            Form::Pascal => format!("{name}{number}"),
            _ => format!("{}_{number}", naming::unraw(name)),
        }
    }

    /// What a name takes up in its scope.
    pub(super) fn claims(&self, name: &str) -> Vec<String> {
        let name = naming::unraw(name);
        if self.derived.is_empty() {
            return vec![name.to_owned()];
        }
        self.derived.iter().map(|suffix| format!("{name}{suffix}")).collect()
    }
}
