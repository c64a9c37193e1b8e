//! `enum`: closed sets of strings or integers.

use serde_json::Value;
use specwright_diagnostics::{Code, Diagnostic};
use specwright_ir::{Enum, EnumRepr, EnumValue, Name};

use super::Cursor;
use super::context::Lowering;
use super::schema::Facts;

impl<'a> Lowering<'a, '_> {
    /// Whether every value is of the stated type; `null` is left to `nullable`.
    pub(super) fn is_enumerable(facts: &Facts<'a>, stated: Option<&str>) -> bool {
        let values = facts.leaves.iter().flat_map(|leaf| leaf.items_of("enum"));
        let mut values = values.filter(|value| !value.value.is_null()).peekable();
        values.peek().is_some()
            && values.all(|value| match stated {
                Some("string") => value.value.is_string(),
                Some("integer") => value.value.is_i64(),
                _ => false,
            })
    }

    pub(super) fn enumeration(&mut self, facts: &Facts<'a>, stated: Option<&str>) -> Enum {
        let repr = if stated == Some("integer") { EnumRepr::Integer } else { EnumRepr::String };
        let lists = self.lists(facts);
        let mut values: Vec<EnumValue> = Vec::new();
        let Some(last) = lists.last() else { return Enum { repr, values, open: false } };
        let items = last.value.as_array().into_iter().flatten().enumerate();
        for (index, value) in items.filter(|(_, value)| !value.is_null()) {
            let origin = last.pointer.index(index);
            if let Some(first) = values.iter().find(|other| other.value == *value) {
                self.say(
                    Diagnostic::new(
                        Code::RepeatedEnumValue,
                        format!("the value {value} stands twice in `enum`"),
                        specwright_diagnostics::Place::value(&origin),
                        "left out",
                    )
                    .with_secondary(
                        specwright_diagnostics::Place::value(&first.name.origin),
                        "it stands here already",
                    ),
                );
                continue;
            }
            // Where several schemas hold at once, so do all their lists.
            let in_all =
                lists.iter().all(|list| list.value.as_array().is_some_and(|list| list.contains(value)));
            if in_all {
                values.push(EnumValue { name: Name::unallocated(wire(value), origin), value: value.clone() });
            }
        }
        Enum { repr, values, open: false }
    }

    /// The lists of values that hold at once. Where they have none in common, the last replaces the others.
    pub(super) fn lists(&mut self, facts: &Facts<'a>) -> Vec<Cursor<'a>> {
        let lists = facts.all("enum");
        match (super::conflict::clash_of_values(&facts.leaves), lists.split_last()) {
            (Some(clash), Some((last, others))) => {
                for other in others {
                    self.conflict(other, "left out", last, &clash.why);
                }
                vec![last.clone()]
            }
            _ => lists,
        }
    }
}

pub(super) fn wire(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
