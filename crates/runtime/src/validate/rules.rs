//! The keywords that hold besides a value's type.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{Check, counted};
use crate::rule::{JsonType, Rule};
use crate::schema::Shape;
use crate::{Constraint, Schema, literal};

impl Check<'_> {
    /// Everything that a value breaks of what its schema asks for besides the type. `before` is how many
    /// violations there were outside of the value: of one that is none of the schema's, nothing is the rest.
    pub(super) fn rules(&mut self, value: &Value, schema: &Schema, before: usize) {
        for rule in schema.rules {
            match (rule, value) {
                (Rule::UnevaluatedProperties(_) | Rule::UnevaluatedItems(_), _)
                    if self.violations.len() > before => {}
                (Rule::UnevaluatedProperties(rest), Value::Object(members)) => {
                    let mut names = BTreeSet::new();
                    self.evaluated_members(value, schema, &mut names, 0);
                    for (name, member) in members.iter().filter(|(name, _)| !names.contains(name.as_str())) {
                        self.rest(name, member, rest, Constraint::UnevaluatedProperties);
                    }
                }
                (Rule::UnevaluatedItems(rest), Value::Array(items)) => {
                    let mut known = BTreeSet::new();
                    self.evaluated_items(value, schema, &mut known, 0);
                    for (at, item) in items.iter().enumerate().filter(|(at, _)| !known.contains(at)) {
                        self.rest(&at.to_string(), item, rest, Constraint::UnevaluatedItems);
                    }
                }
                _ => self.rule(value, rule),
            }
        }
    }

    fn rule(&mut self, value: &Value, rule: &Rule) {
        match (*rule, value) {
            (Rule::Values(values), _) => {
                let is_listed = values.iter().any(|listed| literal::is(value, listed));
                self.note_unless(is_listed, Constraint::Enum, || format!("must be {}", one_of(values)));
            }
            (Rule::Types(types), _) => {
                let is_one = types.iter().any(|ty| ty.is_of(value));
                self.note_unless(is_one, Constraint::Type, || format!("must be {}", phrases(types)));
            }
            (Rule::Fits(schema), _) => self.value(value, schema),
            (Rule::When(schema), _) if is_about(schema, value) => self.value(value, schema),
            (Rule::Not(schema), _) => {
                let fits = self.fits(value, schema);
                self.note_unless(!fits, Constraint::Not, || format!("must not {}", excluded(schema)));
            }
            (Rule::AnyOf(schemas), _) => {
                let fits = schemas.iter().any(|schema| self.fits(value, schema));
                self.note_unless(fits, Constraint::AnyOf, || "must fit one of several schemas".to_owned());
            }
            (Rule::OneOf(schemas), _) => {
                let fitting = schemas.iter().filter(|schema| self.fits(value, schema)).count();
                self.note_unless(fitting == 1, Constraint::OneOf, || {
                    "must fit one of several schemas, and no other".to_owned()
                });
            }
            (Rule::If(condition, then, otherwise), _) => {
                let branch = if self.fits(value, condition) { then } else { otherwise };
                if let Some(schema) = branch {
                    self.value(value, schema);
                }
            }
            (rule, Value::Array(items)) => self.items_rule(items, &rule),
            (rule, Value::Object(members)) => self.members_rule(value, members, &rule),
            _ => {}
        }
    }

    fn items_rule(&mut self, items: &[Value], rule: &Rule) {
        match *rule {
            Rule::Prefix(schemas) => {
                for (at, (item, schema)) in items.iter().zip(schemas).enumerate() {
                    self.inside(&at.to_string(), |check| check.value(item, schema));
                }
            }
            Rule::Items(from, schema) => {
                for (at, item) in items.iter().enumerate().skip(from) {
                    self.inside(&at.to_string(), |check| check.value(item, schema));
                }
            }
            Rule::Contains(schema, min, max) => {
                let count = items.iter().filter(|item| self.fits(item, schema)).count() as u64;
                let least = min.unwrap_or(1);
                let constraint = if min.is_some() { Constraint::MinContains } else { Constraint::Contains };
                self.note_unless(count >= least, constraint, || {
                    format!("must have at least {} of one kind", counted(least, "item", "items"))
                });
                if let Some(max) = max {
                    self.note_unless(count <= max, Constraint::MaxContains, || {
                        format!("must have at most {} of one kind", counted(max, "item", "items"))
                    });
                }
            }
            _ => {}
        }
    }

    fn members_rule(&mut self, value: &Value, members: &Map<String, Value>, rule: &Rule) {
        match *rule {
            Rule::Required(names) => {
                for name in names.iter().filter(|name| !members.contains_key(**name)) {
                    self.inside(name, |check| check.note(Constraint::Required, "is required"));
                }
            }
            Rule::Properties(properties) => {
                for (name, schema) in properties {
                    if let Some(member) = members.get(*name) {
                        self.inside(name, |check| check.value(member, schema));
                    }
                }
            }
            Rule::Members { known, patterns, rest } => {
                for (name, member) in members {
                    let mut matched = patterns.iter().filter(|(pattern, _)| pattern.matches(name)).peekable();
                    let is_rest = matched.peek().is_none() && !known.contains(&name.as_str());
                    for (_, schema) in matched {
                        self.inside(name, |check| check.value(member, schema));
                    }
                    if let Some(rest) = rest.filter(|_| is_rest) {
                        self.rest(name, member, rest, Constraint::AdditionalProperties);
                    }
                }
            }
            Rule::Names(schema) => {
                for name in members.keys() {
                    let text = Value::String(name.clone());
                    let fits = super::violations(&text, schema).is_empty();
                    self.inside(name, |check| {
                        check.note_unless(fits, Constraint::PropertyNames, || {
                            "has a name that is not allowed".to_owned()
                        });
                    });
                }
            }
            Rule::DependentRequired(name, names) if members.contains_key(name) => {
                for other in names.iter().filter(|other| !members.contains_key(**other)) {
                    self.inside(other, |check| {
                        check.note(Constraint::DependentRequired, format!("is required with `{name}`"));
                    });
                }
            }
            Rule::DependentSchema(name, schema) if members.contains_key(name) => self.value(value, schema),
            _ => {}
        }
    }

    /// What is left for a schema that is about the rest. One that takes nothing has nothing to say of it.
    fn rest(&mut self, token: &str, value: &Value, schema: &'static Schema, constraint: Constraint) {
        self.inside(token, |check| {
            if is_never(schema) {
                check.note(constraint, "is not known");
            } else {
                check.value(value, schema);
            }
        });
    }
}

/// Whether a value is of the type that a schema is about.
fn is_about(schema: &Schema, value: &Value) -> bool {
    matches!(
        (schema.resolved().shape, value),
        (Shape::Integer(_) | Shape::Number(_), Value::Number(_))
            | (Shape::String(_), Value::String(_))
            | (Shape::Array(_), Value::Array(_))
            | (Shape::Object(_), Value::Object(_))
    )
}

/// Whether no value fits: `not: {}`.
fn is_never(schema: &Schema) -> bool {
    let is_any = |inner: &Schema| matches!(inner.shape, Shape::Any) && inner.rules.is_empty();
    matches!(schema.rules, [Rule::Not(inner)] if is_any(inner))
}

/// What a value must not do: what is legal about the value is not said, as it may be a secret.
fn excluded(schema: &Schema) -> String {
    match schema.rules {
        [] if matches!(schema.shape, Shape::Any) => "be there".to_owned(),
        [Rule::Values(values)] => format!("be {}", one_of(values)),
        [Rule::Types(types)] => format!("be {}", phrases(types)),
        [Rule::Required(names)] => format!("have {}", quoted(names, " with ")),
        _ => "fit a schema that the contract excludes".to_owned(),
    }
}

fn quoted(names: &[&str], separator: &str) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(separator)
}

fn one_of(values: &[&str]) -> String {
    let list =
        values.iter().map(|value| format!("`{}`", literal::plain(value))).collect::<Vec<_>>().join(", ");
    if values.len() == 1 { list } else { format!("one of {list}") }
}

fn phrases(types: &[JsonType]) -> String {
    types.iter().map(|ty| ty.phrase()).collect::<Vec<_>>().join(" or ")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::rule::{JsonType, Rule};
    use crate::validate::violations;
    use crate::{Alternative, Pattern, Property, Schema};

    const NEVER: Schema = Schema::never();
    const STRING: Schema = Schema::any().rules(&[Rule::Types(&[JsonType::String])]);
    static X: Pattern = Pattern::new("^x-");

    static ROWS: &[(Rule, &str, bool)] = &[
        (Rule::Values(&["1", "\"a\"", "{\"b\":[null]}"]), "1.0", true),
        (Rule::Values(&["1", "\"a\"", "{\"b\":[null]}"]), r#"{"b": [null]}"#, true),
        (Rule::Values(&["1", "\"a\""]), r#""1""#, false),
        (Rule::Types(&[JsonType::Integer, JsonType::Null]), "2.0", true),
        (Rule::Types(&[JsonType::Integer]), "2.5", false),
        (Rule::When(&Schema::string().length(Some(2), None)), r#""a""#, false),
        (Rule::When(&Schema::string().length(Some(2), None)), "1", true),
        (Rule::Not(&STRING), r#""a""#, false),
        (Rule::Not(&STRING), "1", true),
        (Rule::Not(&Schema::any()), "null", false),
        (Rule::AnyOf(&[STRING, NEVER]), r#""a""#, true),
        (Rule::OneOf(&[STRING, Schema::any()]), r#""a""#, false),
        (Rule::OneOf(&[STRING, Schema::any()]), "1", true),
        (Rule::If(&STRING, Some(&NEVER), None), r#""a""#, false),
        (Rule::If(&STRING, Some(&NEVER), None), "1", true),
        (Rule::If(&STRING, None, Some(&NEVER)), "1", false),
        (Rule::Prefix(&[STRING, STRING]), r#"["a"]"#, true),
        (Rule::Prefix(&[STRING, STRING]), r#"["a", 1]"#, false),
        (Rule::Items(1, &STRING), r#"[1, "a"]"#, true),
        (Rule::Items(1, &STRING), "[1, 1]", false),
        (Rule::Contains(&STRING, None, None), "[1]", false),
        (Rule::Contains(&STRING, Some(0), Some(1)), "[]", true),
        (Rule::Contains(&STRING, Some(0), Some(1)), r#"["a", "b"]"#, false),
        (Rule::Required(&["a"]), "[]", true),
        (Rule::Required(&["a"]), "{}", false),
        (Rule::Properties(&[("a", STRING)]), r#"{"a": 1}"#, false),
        (Rule::Names(&Schema::string().length(None, Some(1))), r#"{"ab": 1}"#, false),
        (Rule::DependentRequired("a", &["b"]), r#"{"a": 1}"#, false),
        (Rule::DependentRequired("a", &["b"]), r#"{"c": 1}"#, true),
        (Rule::DependentSchema("a", &NEVER), r#"{"a": 1}"#, false),
        (Rule::DependentSchema("a", &NEVER), r#"{"b": 1}"#, true),
    ];

    #[test]
    fn each_keyword_is_about_its_own_type() {
        for (rule, text, expected) in ROWS {
            let value: Value = serde_json::from_str(text).unwrap_or_default();
            let found = violations(&value, &Schema::any().rules(std::slice::from_ref(rule)));
            assert_eq!(found.is_empty(), *expected, "{rule:?} {value}: {found:?}");
        }
    }

    #[test]
    fn members_are_told_by_their_names() {
        static MEMBERS: Schema = Schema::any().rules(&[Rule::Members {
            known: &["a"],
            patterns: &[(&X, STRING)],
            rest: Some(&NEVER),
        }]);
        assert!(violations(&json!({"a": 1, "x-b": "c"}), &MEMBERS).is_empty());
        let found = violations(&json!({"x-b": 1, "c": 1}), &MEMBERS);
        let found: Vec<_> = found.iter().map(|one| (one.pointer.as_str(), one.constraint.as_str())).collect();
        assert_eq!(found, [("/x-b", "type"), ("/c", "additionalProperties")]);
    }

    #[test]
    fn what_no_schema_speaks_of_is_left_to_unevaluated() {
        static OPEN: Schema = Schema::union(&[
            Alternative::new("a", &Schema::object(&[Property::required("a", &STRING)])),
            Alternative::new("b", &Schema::object(&[Property::required("b", &STRING)])),
        ])
        .rules(&[Rule::UnevaluatedProperties(&NEVER)]);
        static LIST: Schema = Schema::array(&Schema::any())
            .rules(&[Rule::Contains(&STRING, None, None), Rule::UnevaluatedItems(&NEVER)]);
        assert!(violations(&json!({"a": "", "b": ""}), &OPEN).is_empty());
        let found = violations(&json!({"a": "", "b": 1}), &OPEN);
        assert_eq!(found[0].pointer, "/b");
        assert!(violations(&json!(["a", "b"]), &LIST).is_empty());
        assert_eq!(violations(&json!(["a", 1]), &LIST)[0].pointer, "/1");
    }
}
