//! Objects on the wire: what serde needs of a generated struct, in a third of the code that a derive is.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};

use crate::integral::Integral;
use crate::{Patch, integral};

/// `Serialize` and `Deserialize` of a struct whose fields are an object's members: for each field whether
/// it is `required` or `optional`, and the member's name. A field of an `integral` member takes `3.0` for
/// a whole number. What follows `..` is a map that keeps every other member, `except` for those
/// that are listed; without one they are ignored.
///
/// ```
/// use specwright_runtime::Patch;
///
/// #[derive(Debug, PartialEq)]
/// pub struct Pet {
///     pub name: String,
///     pub year_of_birth: Option<i32>,
///     pub owner: Patch<String>,
/// }
///
/// specwright_runtime::object!(Pet {
///     name: required "name",
///     year_of_birth: optional integral "yearOfBirth",
///     owner: optional "owner",
/// });
///
/// let text = r#"{"name":"Rex","yearOfBirth":2019.0,"owner":null}"#;
/// let pet: Pet = serde_json::from_str(text).unwrap();
/// assert_eq!(pet, Pet { name: "Rex".to_owned(), year_of_birth: Some(2019), owner: Patch::Null });
/// assert_eq!(serde_json::to_string(&pet).unwrap(), r#"{"name":"Rex","yearOfBirth":2019,"owner":null}"#);
/// ```
#[macro_export]
macro_rules! object {
    ($name:ident {
        $($field:ident: $presence:ident $($integral:ident)? $wire:literal),* $(,)?
        $(..$rest:ident $(except $($ignored:literal)+)? $(,)?)?
    }) => {
        #[allow(deprecated, reason = "what is deprecated stays on the wire")]
        impl $crate::private::serde::Serialize for $name {
            fn serialize<S>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error>
            where
                S: $crate::private::serde::Serializer,
            {
                let mut object = $crate::object::Writer::new(serializer);
                $(object.$presence($wire, &self.$field);)*
                $(object.rest(&self.$rest);)?
                object.end()
            }
        }

        #[allow(deprecated, reason = "what is deprecated stays on the wire")]
        impl<'de> $crate::private::serde::Deserialize<'de> for $name {
            fn deserialize<D>(deserializer: D) -> ::core::result::Result<Self, D::Error>
            where
                D: $crate::private::serde::Deserializer<'de>,
            {
                $crate::object::read(deserializer)
            }
        }

        #[allow(deprecated, reason = "what is deprecated stays on the wire")]
        impl<'de> $crate::object::Object<'de> for $name {
            fn read<A>(members: &mut $crate::object::Reader<A>) -> ::core::result::Result<Self, A::Error>
            where
                A: $crate::private::serde::de::MapAccess<'de>,
            {
                $(let mut $field = $crate::object::Slot::new();)*
                $(let mut $rest = ::std::collections::BTreeMap::new();)?
                while let Some(name) = members.name()? {
                    match &*name {
                        $($wire => $crate::object!(@read members $field $wire $($integral)?),)*
                        $($($($ignored)|+ => members.ignore(),)?)?
                        _ => $crate::object!(@other members name $($rest)?),
                    }?;
                }
                Ok(Self {
                    $($field: $crate::object!(@take $presence $field $wire),)*
                    $($rest,)?
                })
            }
        }
    };
    (@read $members:ident $field:ident $wire:literal) => { $members.value(&mut $field, $wire) };
    (@read $members:ident $field:ident $wire:literal integral) => { $members.integral(&mut $field, $wire) };
    (@other $members:ident $name:ident) => { $members.ignore() };
    (@other $members:ident $name:ident $rest:ident) => { $members.keep(&mut $rest, $name) };
    // A `?` would convert the error, which costs a compiler more than the rest of the field.
    (@take required $field:ident $wire:literal) => {
        match $field.required($wire) {
            Ok(value) => value,
            Err(error) => return Err(error),
        }
    };
    (@take optional $field:ident $wire:literal) => { $field.optional() };
}

/// A struct that [`object!`](crate::object!) reads.
pub trait Object<'de>: Sized {
    /// Reads its members.
    fn read<A: MapAccess<'de>>(members: &mut Reader<A>) -> Result<Self, A::Error>;
}

/// Reads an object.
pub fn read<'de, D: Deserializer<'de>, T: Object<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(Members(PhantomData))
}

struct Members<T>(PhantomData<T>);

impl<'de, T: Object<'de>> Visitor<'de> for Members<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<T, A::Error> {
        T::read(&mut Reader(members))
    }
}

/// The members of an object, one after the other.
pub struct Reader<A>(A);

impl<'de, A: MapAccess<'de>> Reader<A> {
    /// The name of the next member.
    pub fn name(&mut self) -> Result<Option<Cow<'de, str>>, A::Error> {
        self.0.next_key_seed(Name)
    }

    /// The value of the member that was named last.
    pub fn value<T: Deserialize<'de>>(
        &mut self,
        slot: &mut Slot<T>,
        name: &'static str,
    ) -> Result<(), A::Error> {
        slot.fill(self.0.next_value()?, name)
    }

    /// The same for a whole number that may be written with a fraction.
    pub fn integral<T: Integral>(&mut self, slot: &mut Slot<T>, name: &'static str) -> Result<(), A::Error> {
        slot.fill(self.0.next_value_seed(Whole(PhantomData::<T>))?, name)
    }

    /// Passes over the value of the member that was named last.
    pub fn ignore(&mut self) -> Result<(), A::Error> {
        self.0.next_value::<IgnoredAny>().map(drop)
    }

    /// Keeps the value of the member that was named last.
    pub fn keep<T: Deserialize<'de>>(
        &mut self,
        rest: &mut BTreeMap<String, T>,
        name: Cow<'de, str>,
    ) -> Result<(), A::Error> {
        let value = self.0.next_value()?;
        rest.insert(name.into_owned(), value);
        Ok(())
    }
}

/// A whole number that may be written with a fraction.
struct Whole<T>(PhantomData<T>);

impl<'de, T: Integral> DeserializeSeed<'de> for Whole<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        integral(deserializer)
    }
}

/// A member's name, borrowed where the text is there to borrow from.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Cow<'de, str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a member's name")
    }

    fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(name.to_owned()))
    }

    fn visit_string<E: Error>(self, name: String) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(name))
    }
}

/// The value of a member, once it was read.
pub struct Slot<T>(Option<T>);

impl<T> Slot<T> {
    /// No value yet.
    #[expect(clippy::new_without_default, reason = "made by the macro alone")]
    pub const fn new() -> Self {
        Self(None)
    }

    fn fill<E: Error>(&mut self, value: T, name: &'static str) -> Result<(), E> {
        if self.0.is_some() {
            return Err(E::duplicate_field(name));
        }
        self.0 = Some(value);
        Ok(())
    }

    /// The value of a member that has to be there.
    pub fn required<E: Error>(self, name: &'static str) -> Result<T, E> {
        self.0.ok_or_else(|| E::missing_field(name))
    }
}

impl<T: Optional> Slot<T> {
    /// The value of a member that may be absent.
    pub fn optional(self) -> T {
        self.0.unwrap_or_default()
    }
}

/// The type of a field whose member may be absent, which is its default.
pub trait Optional: Default {
    /// Whether it is.
    fn is_absent(&self) -> bool;
}

impl<T> Optional for Option<T> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T> Optional for Patch<T> {
    fn is_absent(&self) -> bool {
        Self::is_absent(self)
    }
}

/// Writes an object, member by member. After the first error nothing is written, and `end` tells it.
pub struct Writer<S: Serializer>(Result<S::SerializeMap, S::Error>);

impl<S: Serializer> Writer<S> {
    /// No members yet.
    pub fn new(serializer: S) -> Self {
        Self(serializer.serialize_map(None))
    }

    /// A member that has to be there.
    pub fn required<T: Serialize>(&mut self, name: &str, value: &T) {
        if let Ok(object) = &mut self.0
            && let Err(error) = object.serialize_entry(name, value)
        {
            self.0 = Err(error);
        }
    }

    /// A member that may be absent.
    pub fn optional<T: Serialize + Optional>(&mut self, name: &str, value: &T) {
        if !value.is_absent() {
            self.required(name, value);
        }
    }

    /// The members that have no field of their own.
    pub fn rest<T: Serialize>(&mut self, rest: &BTreeMap<String, T>) {
        for (name, value) in rest {
            self.required(name, value);
        }
    }

    /// The whole object, or the first error.
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.0?.end()
    }
}
