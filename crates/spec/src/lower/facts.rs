//! What holds of the values at one place.

use serde_json::Value;
use specwright_diagnostics::Pointer;
use specwright_ir::RequiredGroups;

use super::Cursor;
use super::choice::Choice;

/// The schemas that hold at one place at once: a schema and all that its `allOf` brings in.
#[derive(Default)]
pub(super) struct Facts<'a> {
    pub(super) origin: Pointer,
    /// Base first; the schema itself last.
    pub(super) leaves: Vec<Cursor<'a>>,
    pub(super) nullable: bool,
    /// Lists of schemas of which one holds besides.
    pub(super) choices: Vec<Choice<'a>>,
    /// Properties of which some have to be there together.
    pub(super) groups: Vec<RequiredGroups>,
    /// Lists of values that stand elsewhere, and are about what is here.
    pub(super) listed: Vec<Cursor<'a>>,
    /// How many of the leaves have their rules held by the union that this is a variant of.
    pub(super) ruled: usize,
}

impl<'a> Facts<'a> {
    /// The values of a keyword, base first.
    pub(super) fn all(&self, key: &str) -> Vec<Cursor<'a>> {
        let stated = self.leaves.iter().filter_map(|leaf| leaf.get(key));
        let listed = self.listed.iter().filter(|_| key == "enum").cloned();
        stated.chain(listed).collect()
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.leaves.iter().any(|leaf| leaf.has(key)) || (key == "enum" && !self.listed.is_empty())
    }

    pub(super) fn flag(&self, key: &str) -> bool {
        self.leaves.iter().any(|leaf| leaf.flag(key))
    }

    /// The same without where they stand.
    pub(super) fn values(&self, key: &str) -> impl Iterator<Item = &'a Value> {
        self.leaves.iter().filter_map(move |leaf| leaf.value.get(key))
    }

    /// The tightest of a lower limit's values.
    pub(super) fn at_least(&self, key: &str) -> Option<u64> {
        self.values(key).filter_map(Value::as_u64).max()
    }

    /// The tightest of an upper limit's values.
    pub(super) fn at_most(&self, key: &str) -> Option<u64> {
        self.values(key).filter_map(Value::as_u64).min()
    }

    pub(super) fn any_of(&self, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.has(key))
    }
}
