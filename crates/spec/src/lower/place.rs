//! Where a type stands, as far as its name comes from there.

use specwright_diagnostics::Pointer;

/// What follows the key of a schema in that of what is sent of it: `~` before anything but a digit is in
/// no pointer of a document.
const SENT: &str = "/~input";

/// The place of a named type in the contract.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// The stable pointer: as the document's, but without positions in lists.
    pub(crate) key: String,
    /// Whether it is a component, which keeps its bare name.
    pub(crate) component: bool,
    /// What to call it, best first.
    pub(crate) ladder: Vec<Vec<Rung>>,
}

/// A part of a candidate for a name.
#[derive(Clone, Debug)]
pub(crate) enum Rung {
    /// The `UpperCamelCase` name of the item with this key, once that has one.
    Of(String),
    /// Words of the document's or ours.
    Words(String),
}

impl Place {
    /// A component schema.
    pub(crate) fn component(name: &str) -> Self {
        Self {
            key: key(&["components", "schemas", name]),
            component: true,
            ladder: vec![vec![Rung::Words(name.to_owned())]],
        }
    }

    /// An inline schema.
    pub(crate) fn inline(key: String, ladder: Vec<Vec<Rung>>) -> Self {
        Self { key, component: false, ladder }
    }

    /// What is sent of the schema here, where that is a type of its own.
    pub(crate) fn sent(&self) -> Self {
        let own = Rung::Of(self.key.clone());
        let named = |words: &str| vec![own.clone(), Rung::Words(words.to_owned())];
        let ladder = vec![named("Input"), named("InputView")];
        Self::inline(format!("{}{SENT}", self.key), ladder)
    }

    /// The key that members' keys begin with: both views of a schema have the same members.
    pub(crate) fn members(&self) -> &str {
        whole(&self.key)
    }

    /// A property of the type that stands here.
    pub(crate) fn property(&self, wire: &str) -> Self {
        let key = format!("{}/properties/{}", self.key, escape(wire));
        Self::inline(key, vec![vec![Rung::Of(self.key.clone()), Rung::Words(wire.to_owned())]])
    }

    /// A property that stands at a pointer. One that a component has from another is the other's, so
    /// that its type is named alike whichever of the two is read first.
    pub(crate) fn property_at(&self, wire: &str, pointer: &Pointer) -> Self {
        let tokens: Vec<String> = pointer.tokens().collect();
        let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
        let ["components", "schemas", owner, path @ ..] = tokens.as_slice() else {
            return self.property(wire);
        };
        let base = Self::component(owner);
        if self.key == base.key || self.key.starts_with(&format!("{}/", base.key)) {
            return self.property(wire);
        }
        let mut path = path;
        while let ["allOf", _, rest @ ..] = path {
            path = rest;
        }
        if path == ["properties", wire] {
            return base.property(wire);
        }
        Self { key: pointer.to_string(), ..self.property(wire) }
    }

    /// A schema inside of this one that has no name in the document: items, values.
    pub(crate) fn inner(&self, member: &str, word: &str) -> Self {
        let ladder = self.nested().into_iter().map(|mut rungs| {
            rungs.push(Rung::Words(word.to_owned()));
            rungs
        });
        Self::inline(format!("{}/{member}", self.key), ladder.collect())
    }

    /// The names that something inside of this place begins with. An array or a map has no type of
    /// its own, so what is inside takes the name that it would have.
    fn nested(&self) -> Vec<Vec<Rung>> {
        self.ladder.clone()
    }
}

/// The key of the schema that a key is of, without what says that what is sent is meant.
pub(crate) fn whole(key: &str) -> &str {
    key.strip_suffix(SENT).unwrap_or(key)
}

/// A stable pointer.
pub(crate) fn key(tokens: &[&str]) -> String {
    let mut key = "#".to_owned();
    for token in tokens {
        key.push('/');
        key.push_str(&escape(token));
    }
    key
}

pub(crate) fn escape(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}
