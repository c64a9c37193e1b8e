//! Whether values keep what schemas ask for besides their type.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use specwright_diagnostics::Pointer;
use specwright_ir::{Additional, Count, Rule, Schema, Shape, TypeKind};

use super::{Judge, misfit_count, misfit_number, repeats};

/// How deep schemas are followed for what they say something about.
const DEPTH: usize = 32;

impl Judge<'_> {
    /// What a value breaks of what its schema asks for besides the type.
    pub(super) fn broken(&mut self, schema: &Schema, value: &Value, depth: usize) -> Option<String> {
        let of_type: &[Rule] = match &schema.shape {
            Shape::Named(id) => &self.ir.ty(*id).rules,
            _ => &[],
        };
        schema.rules.iter().chain(of_type).find_map(|rule| match (rule, value) {
            (Rule::UnevaluatedProperties(rest), Value::Object(members)) => {
                let mut known = BTreeSet::new();
                self.evaluated_by(schema, value, &mut known, 0);
                let mut others = members.iter().filter(|(name, _)| !known.contains(name.as_str()));
                let found = others.find(|(_, member)| !self.fits(member, rest, depth));
                found.map(|(name, _)| format!("`{name}` is not declared"))
            }
            _ => self.breaks(rule, value, depth),
        })
    }

    /// Whether a value fits a schema.
    fn fits(&mut self, value: &Value, schema: &Schema, depth: usize) -> bool {
        let mut misfits = Vec::new();
        self.value(value, &Pointer::root(), schema, depth + 1, &mut misfits);
        misfits.is_empty()
    }

    /// What is wrong where a value does not fit a schema.
    fn unless(&mut self, value: &Value, schema: &Schema, depth: usize) -> Option<String> {
        let mut misfits = Vec::new();
        self.value(value, &Pointer::root(), schema, depth + 1, &mut misfits);
        misfits.into_iter().next().map(|misfit| misfit.why)
    }

    fn breaks(&mut self, rule: &Rule, value: &Value, depth: usize) -> Option<String> {
        match (rule, value) {
            (Rule::Values(values), _) => {
                let is_it = |listed: &Value| {
                    listed == value || listed.as_f64().is_some_and(|real| value.as_f64() == Some(real))
                };
                (!values.iter().any(is_it)).then(|| "it is not one of the listed values".to_owned())
            }
            (Rule::Types(types), _) => {
                let names: Vec<_> = types.iter().map(|ty| ty.as_str()).collect();
                (!types.iter().any(|ty| ty.is_of(value)))
                    .then(|| format!("it is not of type {}", names.join(" or ")))
            }
            (Rule::Fits(schema), _) => self.unless(value, schema, depth),
            (Rule::Not(schema), _) => {
                self.fits(value, schema, depth).then(|| "it fits what `not` excludes".to_owned())
            }
            (Rule::AnyOf(schemas), _) => {
                let fits = schemas.iter().any(|schema| self.fits(value, schema, depth));
                (!fits).then(|| "it fits none of `anyOf`".to_owned())
            }
            (Rule::OneOf(schemas), _) => {
                let fitting = schemas.iter().filter(|schema| self.fits(value, schema, depth)).count();
                (fitting != 1).then(|| format!("it fits {fitting} of `oneOf`"))
            }
            (Rule::If { condition, then, otherwise }, _) => {
                let branch = if self.fits(value, condition, depth) { then } else { otherwise };
                branch.as_ref().and_then(|schema| self.unless(value, schema, depth))
            }
            (Rule::Number(number), Value::Number(_)) => misfit_number(number, value),
            (Rule::Text(text), Value::String(value)) => self.misfit_string(text, value),
            (rule, Value::Array(items)) => self.breaks_items(rule, items, depth),
            (rule, Value::Object(members)) => self.breaks_members(rule, value, members, depth),
            _ => None,
        }
    }

    fn breaks_items(&mut self, rule: &Rule, items: &[Value], depth: usize) -> Option<String> {
        match rule {
            Rule::Prefix(schemas) => {
                items.iter().zip(schemas).find_map(|(item, schema)| self.unless(item, schema, depth))
            }
            Rule::Items { from, schema } => {
                items.iter().skip(*from).find_map(|item| self.unless(item, schema, depth))
            }
            Rule::ItemCount(Count { min, max }) => misfit_count(items.len(), *min, *max, "items"),
            Rule::Unique => repeats(items).then(|| "two items are equal".to_owned()),
            Rule::Contains { schema, count } => {
                let found = items.iter().filter(|item| self.fits(item, schema, depth)).count();
                misfit_count(found, count.min.or(Some(1)), count.max, "items that `contains` asks for")
            }
            _ => None,
        }
    }

    fn breaks_members(
        &mut self,
        rule: &Rule,
        value: &Value,
        members: &Map<String, Value>,
        depth: usize,
    ) -> Option<String> {
        let missing = |names: &[String]| names.iter().find(|name| !members.contains_key(*name)).cloned();
        match rule {
            Rule::Required(names) => missing(names).map(|name| format!("`{name}` is required")),
            Rule::Properties(properties) => {
                properties.iter().find_map(|(name, schema)| self.unless(members.get(name)?, schema, depth))
            }
            Rule::Members { known, patterns, rest } => members.iter().find_map(|(name, member)| {
                let is_meant = |(pattern, _): &&(String, Schema)| self.matches(pattern, name) == Some(true);
                let matched: Vec<_> = patterns.iter().filter(is_meant).collect();
                let found = matched.iter().find_map(|(_, schema)| self.unless(member, schema, depth));
                let is_rest = matched.is_empty() && !known.contains(name);
                found.or_else(|| {
                    rest.as_ref().filter(|_| is_rest).and_then(|rest| self.unless(member, rest, depth))
                })
            }),
            Rule::MemberCount(Count { min, max }) => misfit_count(members.len(), *min, *max, "members"),
            Rule::Names(schema) => {
                let mut names = members.keys();
                let found = names.find(|name| !self.fits(&Value::String((*name).clone()), schema, depth));
                found.map(|name| format!("`{name}` is no name that is allowed"))
            }
            Rule::DependentRequired { name, names } if members.contains_key(name) => {
                missing(names).map(|other| format!("`{other}` is required with `{name}`"))
            }
            Rule::DependentSchema { name, schema } if members.contains_key(name) => {
                self.unless(value, schema, depth)
            }
            _ => None,
        }
    }

    /// The members that rules say something about.
    fn evaluated<'v>(
        &mut self,
        rules: &[Rule],
        value: &'v Value,
        known: &mut BTreeSet<&'v str>,
        depth: usize,
    ) {
        let (Value::Object(members), true) = (value, depth < DEPTH) else { return };
        for rule in rules {
            let inner: Vec<&Schema> = match rule {
                Rule::Properties(properties) => {
                    let is_named = |name: &&String| properties.iter().any(|(known, _)| known == *name);
                    known.extend(members.keys().filter(is_named).map(String::as_str));
                    Vec::new()
                }
                Rule::Members { patterns, rest, .. } => {
                    for name in members.keys() {
                        if rest.is_some()
                            || patterns.iter().any(|(pattern, _)| self.matches(pattern, name) == Some(true))
                        {
                            known.insert(name);
                        }
                    }
                    Vec::new()
                }
                Rule::Fits(schema) => vec![schema.as_ref()],
                Rule::DependentSchema { name, schema } if members.contains_key(name) => vec![schema.as_ref()],
                Rule::AnyOf(schemas) | Rule::OneOf(schemas) => {
                    schemas.iter().filter(|schema| self.fits(value, schema, depth)).collect()
                }
                Rule::If { condition, then, otherwise } => {
                    if self.fits(value, condition, depth) {
                        std::iter::once(condition.as_ref()).chain(then.as_deref()).collect()
                    } else {
                        otherwise.as_deref().into_iter().collect()
                    }
                }
                Rule::UnevaluatedProperties(_) if depth > 0 => {
                    known.extend(members.keys().map(String::as_str));
                    Vec::new()
                }
                _ => Vec::new(),
            };
            for schema in inner {
                self.evaluated_by(schema, value, known, depth + 1);
            }
        }
    }

    /// The members that a schema says something about.
    fn evaluated_by<'v>(
        &mut self,
        schema: &Schema,
        value: &'v Value,
        known: &mut BTreeSet<&'v str>,
        depth: usize,
    ) {
        let (Value::Object(members), true) = (value, depth < DEPTH) else { return };
        self.evaluated(&schema.rules, value, known, depth);
        let Shape::Named(id) = &schema.shape else {
            if matches!(schema.shape, Shape::Map(_)) {
                known.extend(members.keys().map(String::as_str));
            }
            return;
        };
        let ty = self.ir.ty(*id);
        self.evaluated(&ty.rules, value, known, depth);
        match &ty.kind {
            TypeKind::Alias(alias) => self.evaluated_by(&alias.schema, value, known, depth + 1),
            TypeKind::Struct(object) => {
                let keeps_all = matches!(object.additional, Additional::Kept { .. });
                let is_known =
                    |name: &&String| keeps_all || object.fields.iter().any(|field| field.name.wire == **name);
                known.extend(members.keys().filter(is_known).map(String::as_str));
            }
            TypeKind::Union(union) => {
                for variant in &union.variants {
                    if self.fits(value, &variant.schema, depth) {
                        self.evaluated_by(&variant.schema, value, known, depth + 1);
                    }
                }
            }
            TypeKind::Enum(_) => {}
        }
    }
}
