//! JSON text against schemas while it is read, no value built of it: what most bodies need.

use std::fmt;

use serde::Deserialize as _;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};

use super::Check;
use crate::schema::{Additional, ArrayRules, ObjectRules, Property, Shape};
use crate::{Location, Schema};

/// Whether text is JSON in which [`validate`](super::validate) finds nothing. `false` says nothing: some
/// rules need the value, and what is wrong is told by those who have it.
pub(crate) fn is_surely_valid(text: &[u8], schema: &Schema) -> bool {
    let mut reader = serde_json::Deserializer::from_slice(text);
    Kept(schema).deserialize(&mut reader).is_ok() && reader.end().is_ok()
}

/// A schema that a value keeps, or else that is not sure.
struct Kept<'a>(&'a Schema);

impl<'de> DeserializeSeed<'de> for Kept<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<(), D::Error> {
        let (nullable, shape, rules) = self.0.resolved_parts();
        match shape {
            // Rules are about the whole of a value.
            _ if !rules.is_empty() => {
                let value = Value::deserialize(value)?;
                sure(super::violations(&value, self.0).is_empty())
            }
            // Built after all: text that is no value's is found so.
            Shape::Any => Value::deserialize(value).map(drop),
            // Which of its schemas a value is of is told by the whole of it.
            Shape::Union(_) => {
                let value = Value::deserialize(value)?;
                sure(super::violations(&value, self.0).is_empty())
            }
            shape => value.deserialize_any(Shaped { nullable, shape }),
        }
    }
}

struct Shaped<'a> {
    nullable: bool,
    shape: &'a Shape,
}

fn unsure<E: Error>() -> E {
    E::custom("not sure")
}

fn sure<E: Error>(is_sure: bool) -> Result<(), E> {
    if is_sure { Ok(()) } else { Err(unsure()) }
}

/// Whether a rule notes nothing.
fn is_kept(rule: impl FnOnce(&mut Check<'_>)) -> bool {
    let mut check = Check::new(Location::Body, "");
    rule(&mut check);
    check.violations.is_empty()
}

impl Shaped<'_> {
    fn number<E: Error>(&self, number: &Number) -> Result<(), E> {
        sure(match self.shape {
            Shape::Integer(rules) => is_kept(|check| check.integer(number, rules)),
            Shape::Number(rules) => is_kept(|check| check.number(number, rules)),
            _ => false,
        })
    }
}

impl<'de> Visitor<'de> for Shaped<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value that surely keeps its schema")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        sure(self.nullable)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        sure(matches!(self.shape, Shape::Boolean))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.number(&value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.number(&value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.number(&Number::from_f64(value).ok_or_else(unsure)?)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        sure(match self.shape {
            Shape::String(rules) => is_kept(|check| check.text(text, rules)),
            _ => false,
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<(), A::Error> {
        let Shape::Array(ArrayRules { items, min, max, unique: false, .. }) = self.shape else {
            return Err(unsure());
        };
        let mut count = 0_u64;
        while values.next_element_seed(Kept(items))?.is_some() {
            count += 1;
        }
        sure(min.is_none_or(|min| count >= min) && max.is_none_or(|max| count <= max))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        // A member may be there twice, and so members are not counted.
        let Shape::Object(ObjectRules { properties, additional, min: None, max: None, groups: [] }) =
            self.shape
        else {
            return Err(unsure());
        };
        let mut found = 0_u128;
        let mut next = 0;
        while let Some(name) = members.next_key_seed(Name { properties, next })? {
            match (name, additional) {
                (Some(at), _) => {
                    found |= 1_u128.checked_shl(u32::try_from(at).unwrap_or(u32::MAX)).unwrap_or_default();
                    next = at + 1;
                    members.next_value_seed(Kept(properties[at].schema))?;
                }
                (None, Additional::Ignored) => drop(members.next_value::<Value>()?),
                (None, Additional::Denied) => return Err(unsure()),
                (None, Additional::Checked(schema)) => members.next_value_seed(Kept(schema))?,
            }
        }
        let mut required = properties.iter().enumerate().filter(|(_, property)| property.required);
        sure(required.all(|(at, _)| at < 128 && found >> at & 1 == 1))
    }
}

/// A member's name, which is read as the position of its property.
struct Name<'a> {
    properties: &'a [Property],
    /// Where it is looked for first: members mostly come in the contract's order.
    next: usize,
}

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, name: D) -> Result<Option<usize>, D::Error> {
        name.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = Option<usize>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a member's name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Option<usize>, E> {
        // `serde_json` may be built to hand numbers over as if they were objects.
        if name.starts_with("$serde_json::private::") {
            return Err(unsure());
        }
        let is_named = |property: &Property| property.name == name;
        let (before, behind) = self.properties.split_at(self.next.min(self.properties.len()));
        let found = behind.iter().position(is_named).map(|at| at + before.len());
        Ok(found.or_else(|| before.iter().position(is_named)))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::is_surely_valid;
    use crate::validate::validate;
    use crate::{Alternative, Described, Format, Location, Pattern, Property, Schema};

    struct Tree;

    impl Described for Tree {
        fn schema() -> &'static Schema {
            static SCHEMA: Schema = Schema::object(&[
                Property::required("name", &Schema::string()),
                Property::optional("children", &Schema::array(&Schema::of::<Tree>()).nullable()),
            ])
            .nullable();
            &SCHEMA
        }
    }

    static WORD: Pattern = Pattern::new("^[a-z]+$");

    static SCHEMAS: &[Schema] = &[
        Schema::any(),
        Schema::boolean(),
        Schema::integer(),
        Schema::integer().range(Some(1), Some(3)).nullable(),
        Schema::integral(),
        Schema::number().range_f64(Some(0.5), None).multiple_of_f64(0.5),
        Schema::string(),
        Schema::string().pattern(&WORD).length(Some(1), Some(2)),
        Schema::string().format(Format::Date),
        Schema::string().one_of(&["a", "b"]),
        Schema::array(&Schema::integer()).items(Some(1), Some(2)),
        Schema::array(&Schema::any()).unique(),
        Schema::object(&[]),
        Schema::object(&[Property::optional("a", &Schema::string())]).deny_additional(),
        Schema::object(&[
            Property::required("a", &Schema::integer()),
            Property::required("b", &Schema::any()),
        ]),
        Schema::object(&[Property::required("a", &Schema::string())]).additional(&Schema::boolean()),
        Schema::map(&Schema::integer()).properties(Some(1), Some(1)),
        Schema::map(&Schema::of::<Tree>()),
        Schema::of::<Tree>(),
        Schema::union(&[
            Alternative::new("integer", &Schema::integer()),
            Alternative::new("tree", &Schema::of::<Tree>()),
        ])
        .exactly_one(),
    ];

    static TEXTS: &[&str] = &[
        "null",
        "true",
        "0",
        "1",
        "3",
        "4",
        "-0",
        "1.0",
        "1.5",
        "0.3",
        "3000000000",
        "18446744073709551615",
        "1e400",
        "1e20",
        r#""""#,
        r#""a""#,
        r#""b""#,
        r#""abc""#,
        r#""A""#,
        r#""\u0061""#,
        r#""\ud800""#,
        r#""2024-02-29""#,
        r#""2024-02-30""#,
        "[]",
        "[1]",
        "[1,2]",
        "[1,1]",
        "[1,2,3]",
        r#"["a"]"#,
        "[1,]",
        "{}",
        r#"{"a":1}"#,
        r#"{"a":"x"}"#,
        r#"{"a":1,"b":null}"#,
        r#"{"b":[{}],"a":2}"#,
        r#"{"a":"x","c":true}"#,
        r#"{"a":"x","c":1}"#,
        r#"{"a":1,"a":"x"}"#,
        r#"{"a":"x","a":1}"#,
        r#"{"a":1,"a":2}"#,
        r#"{"a":1,"b":2,"c":1e400}"#,
        r#"{"a":1,"b":2,"c":"\ud800"}"#,
        r#"{"\u0061":1,"b":2}"#,
        r#"{"name":"x"}"#,
        r#"{"name":"x","children":[{"name":"y","children":null},null]}"#,
        r#"{"name":"x","children":[{"name":1}]}"#,
        r#"{"x":{"name":"y"},"z":null}"#,
        r#"{"$serde_json::private::Number":"1"}"#,
        "1 2",
        "{",
        "",
        " \n[1] ",
    ];

    #[test]
    fn what_is_sure_is_valid() {
        for (at, schema) in SCHEMAS.iter().enumerate() {
            for text in TEXTS {
                let value: Result<Value, _> = serde_json::from_str(text);
                let is_valid =
                    value.is_ok_and(|value| validate(&value, schema, Location::Body, "").is_empty());
                assert!(!is_surely_valid(text.as_bytes(), schema) || is_valid, "schema {at}: {text}");
            }
        }
    }

    #[test]
    fn most_of_what_is_valid_is_sure() {
        for (at, schema) in SCHEMAS.iter().enumerate() {
            for text in TEXTS {
                let Ok(value) = serde_json::from_str::<Value>(text) else { continue };
                // What cannot be told without the value: whether items are alike, how many members there are, and
                // which one of two of the same name counts.
                let needs_value =
                    at == 11 || at == 16 || text.contains("\"a\":1,\"a\"") || text.contains("private");
                let is_valid = validate(&value, schema, Location::Body, "").is_empty();
                assert!(
                    needs_value || !is_valid || is_surely_valid(text.as_bytes(), schema),
                    "schema {at}: {text}"
                );
            }
        }
    }

    #[test]
    fn octets_that_are_no_text_are_not_sure() {
        let schema = Schema::object(&[]);
        assert!(is_surely_valid(br#"{"a":"b"}"#, &schema));
        assert!(!is_surely_valid(b"{\"a\":\"\xff\"}", &schema));
        assert!(!is_surely_valid(b"{\"\xff\":1}", &schema));
        let deep = "[".repeat(200) + &"]".repeat(200);
        assert!(!is_surely_valid(deep.as_bytes(), &Schema::any()));
    }
}
