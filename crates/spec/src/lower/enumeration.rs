//! `enum`: closed sets of values, and lists that values of another type are held against.

use serde_json::{Number, Value};
use specwright_diagnostics::{Code, Diagnostic, Place as At};
use specwright_ir::{Enum, EnumRepr, EnumValue, Name, Rule, Schema};

use super::context::Lowering;
use super::facts::Facts;
use super::{Cursor, Place};

/// Whether a value is of a type, by the type's name.
pub(super) fn is_of(value: &Value, ty: &str) -> bool {
    specwright_ir::JsonType::named(ty).is_none_or(|ty| ty.is_of(value))
}

/// What a listed value stands for where a type is asked for: itself, or the same value as the type
/// writes it, such as `"1"` for 1.
pub(crate) fn fitted(value: &Value, stated: Option<&str>) -> Option<Value> {
    let short = value.as_f64().filter(|_| value.is_f64()).and_then(whole).map(Value::from);
    let Some(ty) = stated else { return Some(short.unwrap_or_else(|| value.clone())) };
    match (ty, value) {
        ("integer" | "number", Value::Number(_)) if short.is_some() => short,
        _ if is_of(value, ty) => Some(value.clone()),
        ("string", Value::Number(_) | Value::Bool(_)) => Some(Value::String(value.to_string())),
        ("integer" | "number", Value::String(text)) => {
            let number = text.trim().parse::<Number>().ok().map(Value::Number)?;
            fitted(&number, stated)
        }
        ("boolean", Value::String(text)) => text.trim().parse::<bool>().ok().map(Value::Bool),
        _ => None,
    }
}

/// The integer that a float is.
fn whole(real: f64) -> Option<i64> {
    const LIMIT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and exact")]
    (real.fract() == 0.0 && real.abs() <= LIMIT).then_some(real as i64)
}

impl<'a> Lowering<'a, '_> {
    /// Whether the listed values have names: those of strings and numbers, and of several types. What does
    /// not fit the type is not counted.
    pub(super) fn is_enumerable(facts: &Facts<'a>, stated: Option<&str>) -> bool {
        if !matches!(stated, None | Some("string" | "integer" | "number")) {
            return false;
        }
        let lists = facts.all("enum");
        let mut values = lists.iter().filter_map(|list| list.value.as_array()).flatten();
        let mut scalars = values.clone().filter(|value| !value.is_null()).peekable();
        let is_scalar = |value: &Value| !value.is_array() && !value.is_object();
        scalars.peek().is_some()
            && (stated.is_some() || scalars.all(is_scalar))
            && values.any(|value| fitted(value, stated).is_some_and(|value| !value.is_null()))
    }

    pub(super) fn enumeration(&mut self, facts: &Facts<'a>, stated: Option<&str>) -> Enum {
        let values = self.values_of_lists(facts, stated);
        let is_short = values.iter().all(|value| value.value.is_i64());
        let repr = match stated {
            Some("string") => EnumRepr::String,
            Some("integer") if is_short => EnumRepr::Integer,
            _ => EnumRepr::Literal,
        };
        let zero_fraction = repr == EnumRepr::Integer && self.document.has_zero_fractions();
        Enum { repr, values, open: false, zero_fraction }
    }

    /// The values that all lists of a place have, each once, as the type writes them.
    fn values_of_lists(&mut self, facts: &Facts<'a>, stated: Option<&str>) -> Vec<EnumValue> {
        let lists = self.lists(facts);
        let mut values: Vec<EnumValue> = Vec::new();
        let Some((last, others)) = lists.split_last() else { return values };
        let fitted_of = |list: &Cursor<'a>| -> Vec<Value> {
            let listed = list.value.as_array().into_iter().flatten();
            listed.filter_map(|value| fitted(value, stated)).collect()
        };
        let others: Vec<Vec<Value>> = others.iter().map(fitted_of).collect();
        let items = last.value.as_array().into_iter().flatten().enumerate();
        for (index, given) in items.filter(|(_, value)| !value.is_null()) {
            let origin = last.pointer.index(index);
            let value = fitted(given, stated);
            let is_same = |value: &Value| value == given || (value.is_i64() && given.is_f64());
            if !value.as_ref().is_some_and(is_same) {
                self.unfit_value(facts, &Cursor::new(given, origin.clone()), stated, value.as_ref());
            }
            let Some(value) = value else { continue };
            if let Some(first) = values.iter().find(|other| other.value == value) {
                self.say(
                    Diagnostic::new(
                        Code::RepeatedEnumValue,
                        format!("the value {value} stands twice in `enum`"),
                        At::value(&origin),
                        "left out",
                    )
                    .with_secondary(At::value(&first.name.origin), "it stands here already"),
                );
                continue;
            }
            // Where several schemas hold at once, so do all their lists.
            if others.iter().all(|list| list.contains(&value)) {
                values.push(EnumValue { name: Name::unallocated(wire(&value), origin), value });
            }
        }
        values
    }

    /// A value that is not of its type. Where both stand in one schema, that is said already.
    fn unfit_value(
        &mut self,
        facts: &Facts<'a>,
        value: &Cursor<'a>,
        stated: Option<&str>,
        taken: Option<&Value>,
    ) {
        let list = value.pointer.parent().and_then(|list| list.parent());
        let is_said =
            facts.leaves.iter().any(|leaf| list.as_ref() == Some(&leaf.pointer) && leaf.has("type"));
        if !is_said {
            let ty = stated.unwrap_or_default();
            let repair = taken.map_or_else(|| "left out".to_owned(), |taken| format!("taken as {taken}"));
            let message = format!("an `enum` value does not fit `type: {ty}`");
            self.say(Diagnostic::new(Code::UnfitValue, message, value.place(), repair));
        }
    }

    /// The list that values of a type without names are held against.
    pub(super) fn listed_values(&mut self, facts: &Facts<'a>, stated: Option<&'a str>) -> Option<Rule> {
        if !facts.has("enum") || (stated == Some("array") && Self::lists_items(facts)) {
            return None;
        }
        let null = facts
            .all("enum")
            .iter()
            .all(|list| list.value.as_array().is_some_and(|values| values.contains(&Value::Null)));
        let values = self.values_of_lists(facts, stated).into_iter().map(|value| value.value);
        let null = Some(Value::Null).filter(|_| stated.is_none() && (null || facts.nullable));
        let values: Vec<Value> = values.chain(null).collect();
        let is_all = stated == Some("boolean") && values.len() > 1;
        (!is_all && !values.is_empty()).then_some(Rule::Values(values))
    }

    /// Whether lists of values beside an array are about its items: no value is an array.
    pub(super) fn lists_items(facts: &Facts<'a>) -> bool {
        let lists = facts.all("enum");
        let mut values = lists.iter().filter_map(|list| list.value.as_array()).flatten().peekable();
        values.peek().is_some() && values.all(|value| !value.is_array() && !value.is_null())
    }

    /// Items with the list of values that stands beside their array.
    pub(super) fn listed_items(&mut self, facts: &Facts<'a>, items: &[Cursor<'a>], place: &Place) -> Schema {
        let lists = facts.all("enum");
        for list in &lists {
            self.say(
                Diagnostic::new(
                    Code::UnfitValue,
                    "an `enum` of an array lists no array",
                    At::key(&list.pointer),
                    "taken as the `enum` of its items",
                )
                .with_help("move it into `items`"),
            );
        }
        let mut inner = self.flatten_all(items);
        let Some(last) = items.last().or(lists.last()).cloned() else {
            return Schema::new(specwright_ir::Shape::Any, facts.origin.clone());
        };
        if items.is_empty() {
            (inner.origin, inner.nullable) = (last.pointer.clone(), false);
        }
        inner.nullable &= inner.flag("nullable");
        inner.listed = lists;
        self.merged_facts(inner, &last, place)
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
