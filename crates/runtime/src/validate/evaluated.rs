//! What `unevaluatedProperties` and `unevaluatedItems` leave alone: what other keywords speak of.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Check;
use crate::Schema;
use crate::rule::Rule;
use crate::schema::Shape;

/// How deep schemas are followed for what they say something about.
const DEPTH: usize = 32;

impl Check<'_> {
    /// The members that a schema and all that holds beside it say something about.
    pub(super) fn evaluated_members<'v>(
        &mut self,
        value: &'v Value,
        schema: &Schema,
        names: &mut BTreeSet<&'v str>,
        depth: usize,
    ) {
        let (Value::Object(members), true) = (value, depth < DEPTH) else { return };
        let schema = schema.resolved();
        let mut add = |is_meant: &dyn Fn(&str) -> bool| {
            names.extend(members.keys().map(String::as_str).filter(|name| is_meant(name)));
        };
        match schema.shape {
            Shape::Object(rules) => {
                // Members that patterns or `unevaluatedProperties` are about are kept whatever these say.
                let is_ruled =
                    |rule: &Rule| matches!(rule, Rule::Members { .. } | Rule::UnevaluatedProperties(_));
                let keeps_all = matches!(rules.additional, crate::schema::Additional::Checked(_))
                    && !schema.rules.iter().any(is_ruled);
                let speaks_of = |name: &str| {
                    rules.properties.iter().any(|property| property.name == name && !property.conditional)
                };
                add(&|name| keeps_all || speaks_of(name));
            }
            Shape::Union(rules) => {
                for alternative in rules.alternatives {
                    if self.fits(value, alternative.schema) {
                        self.evaluated_members(value, alternative.schema, names, depth + 1);
                    }
                }
            }
            _ => {}
        }
        for rule in schema.rules {
            match rule {
                Rule::Properties(properties) => {
                    let is_named = |name: &str| properties.iter().any(|(known, _)| *known == name);
                    names.extend(members.keys().map(String::as_str).filter(|name| is_named(name)));
                }
                Rule::Members { known, patterns, rest } => {
                    let is_meant = |name: &str| {
                        patterns.iter().any(|(pattern, _)| pattern.matches(name))
                            || (rest.is_some() && !known.contains(&name))
                    };
                    names.extend(members.keys().map(String::as_str).filter(|name| is_meant(name)));
                }
                Rule::DependentSchema(name, inner) if members.contains_key(*name) => {
                    self.evaluated_members(value, inner, names, depth + 1);
                }
                Rule::UnevaluatedProperties(_) if depth > 0 => {
                    names.extend(members.keys().map(String::as_str));
                }
                rule => {
                    for inner in self.applied(value, rule) {
                        self.evaluated_members(value, inner, names, depth + 1);
                    }
                }
            }
        }
    }

    /// The items that the rules of a schema and of all that holds beside it say something about.
    pub(super) fn evaluated_items(
        &mut self,
        value: &Value,
        schema: &Schema,
        known: &mut BTreeSet<usize>,
        depth: usize,
    ) {
        let (Value::Array(items), true) = (value, depth < DEPTH) else { return };
        let schema = schema.resolved();
        if let Shape::Union(rules) = schema.shape {
            for alternative in rules.alternatives {
                if self.fits(value, alternative.schema) {
                    self.evaluated_items(value, alternative.schema, known, depth + 1);
                }
            }
        }
        for rule in schema.rules {
            match rule {
                Rule::Prefix(schemas) => known.extend(0..schemas.len()),
                Rule::Items(from, _) => known.extend(*from..items.len()),
                Rule::Contains(inner, _, _) => {
                    let found = items.iter().enumerate().filter(|(_, item)| self.fits(item, inner));
                    let found: Vec<usize> = found.map(|(at, _)| at).collect();
                    known.extend(found);
                }
                Rule::UnevaluatedItems(_) if depth > 0 => known.extend(0..items.len()),
                rule => {
                    for inner in self.applied(value, rule) {
                        self.evaluated_items(value, inner, known, depth + 1);
                    }
                }
            }
        }
    }

    /// The schemas of a rule that hold for the value as a whole.
    fn applied(&mut self, value: &Value, rule: &Rule) -> Vec<&'static Schema> {
        match *rule {
            Rule::Fits(schema) | Rule::When(schema) => vec![schema],
            Rule::AnyOf(schemas) | Rule::OneOf(schemas) => {
                schemas.iter().filter(|schema| self.fits(value, schema)).collect()
            }
            Rule::If(condition, then, otherwise) => {
                if self.fits(value, condition) {
                    std::iter::once(condition).chain(then).collect()
                } else {
                    otherwise.into_iter().collect()
                }
            }
            _ => Vec::new(),
        }
    }
}
