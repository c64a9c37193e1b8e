//! Values of one of several schemas: what is said where one fits none of them.

use serde_json::{Map, Value};

use super::Check;
use crate::schema::{Groups, Shape, UnionRules};
use crate::union::{Named, distance, names};
use crate::{Constraint, Schema};

impl Check<'_> {
    /// All violations of the alternative that a value is meant to be of; one where nothing tells.
    pub(super) fn union(&mut self, value: &Value, rules: &UnionRules, nullable: bool) {
        let named = rules.named(value);
        if let Named::One(at) = named {
            // It need not be a member of what it tells apart.
            self.tag = rules.discriminator;
            return self.value(value, rules.alternatives[at].schema);
        }
        let candidates = rules.candidates(value, &named);
        match (candidates.as_slice(), named) {
            ([], Named::Missing(property)) => {
                self.inside(property, |check| check.note(Constraint::Required, "is required"));
            }
            ([], Named::Other(property)) => {
                let values: Vec<_> = rules.alternatives.iter().flat_map(|one| one.values).collect();
                let values: Vec<_> = values.iter().map(|value| format!("`{value}`")).collect();
                let message = format!("must be one of {}", values.join(", "));
                self.inside(property, |check| check.note(Constraint::Enum, message));
            }
            ([], _) => {
                let mut types = Vec::new();
                expected(rules, &mut types, 0);
                let or_null = if nullable { " or null" } else { "" };
                self.note(Constraint::Type, format!("must be {}{or_null}", types.join(" or ")));
            }
            ([only], _) => self.value(value, rules.alternatives[*only].schema),
            (several, _) => self.several(value, rules, several),
        }
    }

    fn several(&mut self, value: &Value, rules: &UnionRules, candidates: &[usize]) {
        let schema = |at: &usize| rules.alternatives[*at].schema;
        let fitting = candidates.iter().filter(|at| self.fits(value, schema(at))).count();
        let constraint = if rules.exactly_one { Constraint::OneOf } else { Constraint::AnyOf };
        if fitting > 1 && rules.exactly_one {
            self.note(constraint, format!("must be only one of {}", names(rules)));
        }
        if fitting > 0 {
            return;
        }
        let mut distances: Vec<_> = candidates.iter().map(|at| (distance(schema(at), value), *at)).collect();
        distances.sort_unstable();
        match distances.as_slice() {
            // An object that is nearer to one than to all others is meant to be that one.
            [(nearest, at), (next, _), ..] if nearest < next => self.value(value, schema(at)),
            _ => self.note(constraint, format!("must be one of {}", names(rules))),
        }
    }

    /// Whether a value is all that a schema asks for. What was found once is not looked for again:
    /// unions of unions would take a time that doubles with each.
    pub(super) fn fits(&mut self, value: &Value, schema: &'static Schema) -> bool {
        let key = (std::ptr::from_ref(value).addr(), std::ptr::from_ref(schema).addr());
        if let Some(fits) = self.known.get(&key) {
            return *fits;
        }
        // A union that is one of its own alternatives is not found by going round.
        self.known.insert(key, false);
        let mut probe = Check {
            location: self.location,
            name: self.name,
            pointer: String::new(),
            depth: self.depth,
            violations: Vec::new(),
            enough: 1,
            known: std::mem::take(&mut self.known),
            tag: None,
        };
        probe.value(value, schema);
        let fits = probe.violations.is_empty();
        self.known = probe.known;
        self.known.insert(key, fits);
        fits
    }

    /// Members of which some have to be there together.
    pub(super) fn groups(&mut self, members: &Map<String, Value>, groups: &[Groups]) {
        for all in groups {
            let is_met = |group: &&&[&str]| group.iter().all(|name| members.contains_key(*name));
            let met = all.groups.iter().filter(is_met).count();
            let (constraint, amount) = if all.exactly_one {
                (Constraint::OneOf, "exactly one")
            } else {
                (Constraint::AnyOf, "at least one")
            };
            if met == 0 || (met > 1 && all.exactly_one) {
                let names: Vec<_> =
                    all.groups.iter().map(|group| format!("`{}`", group.join("` with `"))).collect();
                self.note(constraint, format!("must have {amount} of {}", names.join(", ")));
            }
        }
    }
}

/// The types that a union takes, each once.
fn expected(rules: &UnionRules, types: &mut Vec<&'static str>, depth: usize) {
    for alternative in rules.alternatives {
        match alternative.schema.resolved().shape {
            Shape::Union(inner) if depth < 8 => expected(&inner, types, depth + 1),
            shape => {
                let name = super::expected(&shape);
                if !types.contains(&name) {
                    types.push(name);
                }
            }
        }
    }
}
