//! Enums of numbers, or of values of several types.

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::validate::canonical;

/// The value that a JSON text of the contract is.
fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or(Value::Null)
}

/// Whether a value is the one that a JSON text of the contract stands for: `1.0` is `1`.
pub fn is(found: &Value, text: &str) -> bool {
    canonical(found) == canonical(&value(text))
}

/// Writes the value that a JSON text of the contract stands for.
pub fn write<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    value(text).serialize(serializer)
}

/// The value of a JSON text, strings without their quotes.
pub fn plain(text: &str) -> String {
    match value(text) {
        Value::String(text) => text,
        value => value.to_string(),
    }
}

/// The value that a text without quotes stands for, of those that the contract lists.
pub(crate) fn read(text: &str, values: &[&str]) -> Option<Value> {
    let given: Option<Value> = serde_json::from_str(text).ok();
    let is_it =
        |listed: &&&str| plain(listed) == text || given.as_ref().is_some_and(|given| is(given, listed));
    values.iter().find(is_it).map(|listed| value(listed))
}

/// Makes a generated enum of numbers or of values of several types readable and writable: its variants
/// with the JSON texts of their values, and behind `..` the variant for other values.
#[macro_export]
macro_rules! literals {
    (@unknown $value:ident) => {
        ::core::result::Result::Err($crate::private::serde::de::Error::custom("not one of the values"))
    };
    (@unknown $value:ident $unknown:ident) => {
        ::core::result::Result::Ok(Self::$unknown($value))
    };
    ($name:ident { $($variant:ident = $text:literal),* $(,)? $(..$unknown:ident $(,)?)? }) => {
        #[allow(deprecated, reason = "what is deprecated stays on the wire")]
        impl<'de> $crate::private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let value: $crate::Value = $crate::private::serde::Deserialize::deserialize(deserializer)?;
                $(if $crate::literal::is(&value, $text) {
                    return ::core::result::Result::Ok(Self::$variant);
                })*
                $crate::literals!(@unknown value $($unknown)?)
            }
        }

        #[allow(deprecated, reason = "what is deprecated stays on the wire")]
        impl $crate::private::serde::Serialize for $name {
            fn serialize<S: $crate::private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant => $crate::literal::write($text, serializer),)*
                    $(Self::$unknown(value) => $crate::private::serde::Serialize::serialize(value, serializer),)?
                }
            }
        }

        #[allow(deprecated, reason = "what is deprecated stays on the wire")]
        impl ::core::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match self {
                    $(Self::$variant => formatter.write_str(&$crate::literal::plain($text)),)*
                    $(Self::$unknown(value) => ::core::fmt::Display::fmt(value, formatter),)?
                }
            }
        }
    };
}
