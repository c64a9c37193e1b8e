//! Examples of the document against what was generated from it. Generated tests call this.

use std::fmt;
use std::sync::OnceLock;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::schema::{Additional, Shape};
use crate::union::choose;
use crate::validate::validate;
use crate::{
    Base64, Base64Url, Date, DateTime, Described, Format, Location, Operation, Schema, Uuid, pointer, whole,
};

static ANY: Schema = Schema::any();

/// An example: where it stands in the document, and what it has to be. It holds no value, for examples
/// look like secrets now and then.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    pointer: &'static str,
    expected: Expected,
    lost: &'static [&'static str],
    hold: fn(&Value, &Schema, &[&str]) -> Result<(), String>,
}

/// A document as JSON, read when it is first asked for: all tests of a crate share it.
#[derive(Debug)]
pub struct Document {
    text: &'static str,
    root: OnceLock<Result<Value, String>>,
}

impl Document {
    /// A document by its text.
    pub const fn new(text: &'static str) -> Self {
        Self { text, root: OnceLock::new() }
    }

    fn root(&self) -> Result<&Value, &str> {
        let read = || serde_json::from_str(self.text).map_err(|error| error.to_string());
        self.root.get_or_init(read).as_ref().map_err(String::as_str)
    }
}

/// The schema that an example is of.
#[derive(Clone, Copy, Debug)]
enum Expected {
    Schema(&'static Schema),
    Type(fn() -> &'static Schema),
    Parameter(&'static Operation, Location, &'static str),
}

impl Example {
    /// An example of a type of the contract, at an RFC 6901 pointer.
    pub const fn of<T: Described + DeserializeOwned + Serialize>(pointer: &'static str) -> Self {
        Self { pointer, expected: Expected::Type(T::schema), lost: &[], hold: hold::<T> }
    }

    /// An example of a schema.
    pub const fn value<T: DeserializeOwned + Serialize>(
        pointer: &'static str,
        schema: &'static Schema,
    ) -> Self {
        Self { pointer, expected: Expected::Schema(schema), lost: &[], hold: hold::<T> }
    }

    /// An example of a type that is only received, and so has no schema while the program runs. All
    /// that is read is written again but for what the contract does not declare: members at these
    /// pointers inside of the example.
    pub const fn received<T: DeserializeOwned + Serialize>(
        pointer: &'static str,
        lost: &'static [&'static str],
    ) -> Self {
        Self { pointer, expected: Expected::Schema(&ANY), lost, hold: hold::<T> }
    }

    /// An example of a parameter.
    pub const fn parameter<T: DeserializeOwned + Serialize>(
        pointer: &'static str,
        operation: &'static Operation,
        location: Location,
        name: &'static str,
    ) -> Self {
        let expected = Expected::Parameter(operation, location, name);
        Self { pointer, expected, lost: &[], hold: hold::<T> }
    }

    /// Holds examples of a document against their schemas and types.
    pub fn check(document: &Document, examples: &[Self]) -> Result<(), Unfit> {
        let document = document.root().map_err(|why| Unfit(vec![format!("the document: {why}")]))?;
        let unfit: Vec<_> = examples.iter().filter_map(|example| example.check_in(document).err()).collect();
        if unfit.is_empty() { Ok(()) } else { Err(Unfit(unfit)) }
    }

    fn check_in(&self, document: &Value) -> Result<(), String> {
        let found = document.pointer(self.pointer).ok_or_else(|| "there is nothing".to_owned());
        let checked = found.and_then(|value| (self.hold)(value, self.schema()?, self.lost));
        checked.map_err(|why| format!("#{}: {why}", self.pointer))
    }

    fn schema(&self) -> Result<&'static Schema, String> {
        match self.expected {
            Expected::Schema(schema) => Ok(schema),
            Expected::Type(schema) => Ok(schema()),
            Expected::Parameter(operation, location, name) => {
                let parameter = operation.parameter(location, name);
                let missing = || format!("{operation:?} has no {} `{name}`", location.as_str());
                parameter.map(|parameter| parameter.schema).ok_or_else(missing)
            }
        }
    }
}

/// Tests of examples: the document's JSON text, then a test an item, then a line an example.
///
/// `"/pointer" => Type` is of a type of the contract; `= schema(..)` after it gives the schema of any other
/// type, `= parameter(OPERATION, Query, "name")` takes that of a parameter, and `= received("/lost")` has none.
#[macro_export]
macro_rules! examples {
    (@one $pointer:literal, $ty:ty) => {
        $crate::examples::Example::of::<$ty>($pointer)
    };
    (@one $pointer:literal, $ty:ty, schema($schema:expr)) => {
        $crate::examples::Example::value::<$ty>($pointer, &$schema)
    };
    (@one $pointer:literal, $ty:ty, parameter($operation:expr, $location:ident, $name:literal)) => {
        $crate::examples::Example::parameter::<$ty>($pointer, &$operation, $crate::Location::$location, $name)
    };
    (@one $pointer:literal, $ty:ty, received($($lost:literal),*)) => {
        $crate::examples::Example::received::<$ty>($pointer, &[$($lost),*])
    };
    ($document:expr; $($test:ident {
        $($pointer:literal => $ty:ty $(= $kind:ident $arguments:tt)?,)*
    })*) => {
        static DOCUMENT: $crate::examples::Document = $crate::examples::Document::new($document);

        $(
        #[test]
        #[allow(deprecated, reason = "what is deprecated stays on the wire")]
        fn $test() -> ::core::result::Result<(), $crate::examples::Unfit> {
            static EXAMPLES: &[$crate::examples::Example] =
                &[$($crate::examples!(@one $pointer, $ty $(, $kind $arguments)?)),*];
            $crate::examples::Example::check(&DOCUMENT, EXAMPLES)
        }
        )*
    };
}

/// Examples that do not hold, a line each.
#[derive(Clone, PartialEq, Eq)]
pub struct Unfit(Vec<String>);

impl fmt::Display for Unfit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.join("\n"))
    }
}

/// As [`fmt::Display`] does: it is what a failing test shows.
impl fmt::Debug for Unfit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl std::error::Error for Unfit {}

/// Whether a value is what its schema asks for, can be read as `T`, and is the same when it is written
/// again. The text says why not.
///
/// Two values are the same where they mean the same: `3599.0` and `3599`, one instant written in two
/// ways. Members that the schema does not declare may be lost, unless it says that they are kept.
pub fn round_trip<T: DeserializeOwned + Serialize>(value: &Value, schema: &Schema) -> Result<(), String> {
    hold::<T>(value, schema, &[])
}

fn hold<T: DeserializeOwned + Serialize>(
    value: &Value,
    schema: &Schema,
    lost: &[&str],
) -> Result<(), String> {
    let violations = validate(value, schema, Location::Body, "");
    if !violations.is_empty() {
        let texts = violations.iter().map(|found| format!("{} {}", found.pointer, found.message));
        return Err(texts.map(|text| text.trim().to_owned()).collect::<Vec<_>>().join("; "));
    }
    let read: T = whole::read(value.clone(), serde_json::from_value)
        .map_err(|error| format!("is not read: {error}"))?;
    // Through text, where a `f32` has no more digits than it was given.
    let written = serde_json::to_string(&read).map_err(|error| format!("is not written: {error}"))?;
    let written = serde_json::from_str(&written).map_err(|error| format!("is not JSON: {error}"))?;
    Comparison { at: String::new(), lost }.same(value, &written, schema)
}

/// The schema of a union that a value is read by.
fn chosen(value: &Value, schema: &Schema) -> Option<&'static Schema> {
    let Shape::Union(rules) = schema.resolved().shape else { return None };
    let (choice, _) = choose(&rules, value);
    choice.first().map(|at| rules.alternatives[*at].schema)
}

/// A value beside what was written of it.
struct Comparison<'a> {
    at: String,
    /// Where members may be missing.
    lost: &'a [&'a str],
}

impl Comparison<'_> {
    fn same(&mut self, value: &Value, written: &Value, schema: &Schema) -> Result<(), String> {
        if let Some(chosen) = chosen(value, schema) {
            return self.same(value, written, chosen);
        }
        let shape = schema.resolved().shape;
        let is_same = match (shape, value, written) {
            (shape, Value::Object(value), Value::Object(written)) => {
                return self.members(value, written, &shape);
            }
            (shape, Value::Array(value), Value::Array(written)) if value.len() == written.len() => {
                let items = if let Shape::Array(rules) = shape { rules.items } else { &ANY };
                let mut pairs = value.iter().zip(written).enumerate();
                return pairs.try_for_each(|(index, (value, written))| {
                    self.inside(&index.to_string(), |inner| inner.same(value, written, items))
                });
            }
            (Shape::Number(_) | Shape::Any, Value::Number(value), Value::Number(written)) => {
                same_float(value, written)
            }
            (_, Value::Number(value), Value::Number(written)) => {
                value == written || value.as_f64() == written.as_f64()
            }
            (Shape::String(rules), Value::String(value), Value::String(written)) => {
                value == written || rules.format.is_some_and(|format| same_text(value, written, format))
            }
            (Shape::Any, Value::String(value), Value::String(written)) => {
                let formats = [Format::DateTime, Format::Date, Format::Uuid, Format::Byte, Format::Base64Url];
                value == written || formats.into_iter().any(|format| same_text(value, written, format))
            }
            _ => value == written,
        };
        let at = &self.at;
        if is_same { Ok(()) } else { Err(format!("{at} is written as another value").trim().to_owned()) }
    }

    fn members(
        &mut self,
        value: &Map<String, Value>,
        written: &Map<String, Value>,
        shape: &Shape,
    ) -> Result<(), String> {
        for (name, value) in value {
            let (schema, is_declared) = member(shape, name);
            self.inside(name, |inner| match written.get(name) {
                Some(written) => inner.same(value, written, schema),
                None if !is_declared || inner.lost.contains(&inner.at.as_str()) => Ok(()),
                None => Err(format!("{} is not written", inner.at)),
            })?;
        }
        let more = written.keys().find(|name| !value.contains_key(*name));
        more.map_or(Ok(()), |name| {
            self.inside(name, |inner| Err(format!("{} is written and was not there", inner.at)))
        })
    }

    fn inside<T>(&mut self, token: &str, check: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.at.len();
        pointer::push(&mut self.at, token);
        let checked = check(self);
        self.at.truncate(length);
        checked
    }
}

/// The schema of a member, and whether it is declared: it has to be written again.
fn member(shape: &Shape, name: &str) -> (&'static Schema, bool) {
    let Shape::Object(rules) = shape else { return (&ANY, true) };
    let property = rules.properties.iter().find(|property| property.name == name);
    match (property, rules.additional) {
        (Some(property), _) => (property.schema, !property.ignored),
        (None, Additional::Checked(values)) => (values, true),
        (None, Additional::Denied | Additional::Ignored) => (&ANY, false),
    }
}

/// A float of 32 bits keeps fewer digits than the document may give.
fn same_float(value: &serde_json::Number, written: &serde_json::Number) -> bool {
    let (Some(value), Some(written)) = (value.as_f64(), written.as_f64()) else { return value == written };
    #[expect(clippy::cast_possible_truncation, reason = "it is what reading such a float does")]
    let near = (value as f32).to_bits() == (written as f32).to_bits();
    near || value.to_bits() == written.to_bits()
}

/// Whether two texts of a format mean the same.
pub(crate) fn same_text(value: &str, written: &str, format: Format) -> bool {
    fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
        serde_json::from_value(text.into()).ok()
    }
    fn agree<T: DeserializeOwned + PartialEq>(value: &str, written: &str) -> bool {
        read::<T>(value).is_some_and(|value| read(written) == Some(value))
    }
    match format {
        Format::DateTime => agree::<DateTime>(value, written),
        Format::Date => agree::<Date>(value, written),
        Format::Uuid => agree::<Uuid>(value, written),
        Format::Byte => agree::<Base64>(value, written),
        Format::Base64Url => agree::<Base64Url>(value, written),
        Format::Binary | Format::Duration | Format::Time => false,
    }
}
