//! Enums whose values are strings on the wire.

use std::fmt;

use serde::de::{Deserializer, Error, Visitor};

/// What an enum of strings needs: `as_str`, `Display`, `Serialize` and `Deserialize`. The variant
/// that follows `..` keeps every other string; without one there are no others.
///
/// ```
/// #[derive(Clone, Copy, Debug, PartialEq)]
/// pub enum Size {
///     Small,
///     Large,
/// }
///
/// specwright_runtime::texts!(Size { Small = "S", Large = "L" });
///
/// assert_eq!(serde_json::from_str::<Size>(r#""L""#).unwrap(), Size::Large);
/// assert_eq!(Size::Small.to_string(), "S");
/// assert!(serde_json::from_str::<Size>(r#""XL""#).is_err());
///
/// #[derive(Clone, Debug, PartialEq)]
/// pub enum Color {
///     Red,
///     Unknown(String),
/// }
///
/// specwright_runtime::texts!(Color { Red = "red", ..Unknown });
///
/// let mauve: Color = serde_json::from_str(r#""mauve""#).unwrap();
/// assert_eq!(mauve, Color::Unknown("mauve".to_owned()));
/// assert_eq!(serde_json::to_string(&mauve).unwrap(), r#""mauve""#);
/// ```
#[macro_export]
macro_rules! texts {
    ($name:ident { $($variant:ident = $wire:literal),* $(,)? }) => {
        #[allow(deprecated, reason = "what is deprecated stays on the wire")]
        impl $name {
            /// The value on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $wire),* }
            }
        }

        $crate::texts!(@serde $name |text| match text { $($wire => Some(Self::$variant),)* _ => None });
    };
    ($name:ident { $($variant:ident = $wire:literal,)* ..$unknown:ident $(,)? }) => {
        #[allow(deprecated, reason = "what is deprecated stays on the wire")]
        impl $name {
            /// The value on the wire.
            pub fn as_str(&self) -> &str {
                match self { $(Self::$variant => $wire,)* Self::$unknown(other) => other }
            }
        }

        $crate::texts!(@serde $name |text| Some(match text {
            $($wire => Self::$variant,)*
            other => Self::$unknown(other.to_owned()),
        }));
    };
    (@serde $name:ident $read:expr) => {
        #[allow(deprecated, reason = "what is deprecated stays on the wire")]
        impl ::core::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }

        #[allow(deprecated, reason = "what is deprecated stays on the wire")]
        impl $crate::private::serde::Serialize for $name {
            fn serialize<S>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error>
            where
                S: $crate::private::serde::Serializer,
            {
                serializer.serialize_str(self.as_str())
            }
        }

        #[allow(deprecated, reason = "what is deprecated stays on the wire")]
        impl<'de> $crate::private::serde::Deserialize<'de> for $name {
            fn deserialize<D>(deserializer: D) -> ::core::result::Result<Self, D::Error>
            where
                D: $crate::private::serde::Deserializer<'de>,
            {
                $crate::texts::read(deserializer, $read)
            }
        }
    };
}

/// Reads a string for which there is a value.
pub fn read<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    value: fn(&str) -> Option<T>,
) -> Result<T, D::Error> {
    deserializer.deserialize_str(Text(value))
}

struct Text<T>(fn(&str) -> Option<T>);

impl<T> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.0)(text).ok_or_else(|| E::custom(format_args!("there is no value `{text}`")))
    }
}
