//! Enums whose values are integers on the wire.

use serde::de::{Deserialize, Deserializer, Error};
use serde_json::Number;

use crate::whole::whole;

/// What an enum of integers needs: conversions, `Display`, `Serialize` and `Deserialize`. The variant that
/// follows `..` keeps every other integer, as long as it may be; without one there are no others. `4.0` and
/// `4e0` are 4.
///
/// ```
/// use specwright_runtime::Number;
///
/// #[derive(Clone, Copy, Debug, PartialEq)]
/// pub enum Level {
///     Low,
///     High,
/// }
///
/// specwright_runtime::integers!(Level { Low = 1, High = 2 });
///
/// assert_eq!(serde_json::from_str::<Level>("2.0").unwrap(), Level::High);
/// assert_eq!(i64::from(Level::Low), 1);
/// assert!(serde_json::from_str::<Level>("3").is_err());
///
/// #[derive(Clone, Debug, PartialEq)]
/// pub enum Priority {
///     First,
///     Unknown(Number),
/// }
///
/// specwright_runtime::integers!(Priority { First = 1, ..Unknown });
///
/// let long: Priority = serde_json::from_str("18446744073709551615").unwrap();
/// assert_eq!(long, Priority::Unknown(u64::MAX.into()));
/// assert_eq!(Priority::from(1), Priority::First);
/// assert!(serde_json::from_str::<Priority>("1.5").is_err());
/// ```
#[macro_export]
macro_rules! integers {
    ($name:ident { $($variant:ident = $integer:literal),* $(,)? }) => {
        #[allow(deprecated, reason = "what is deprecated stays on the wire")]
        impl ::core::convert::From<$name> for i64 {
            fn from(value: $name) -> Self {
                match value { $($name::$variant => $integer),* }
            }
        }

        #[allow(deprecated, reason = "what is deprecated stays on the wire")]
        impl ::core::convert::TryFrom<i64> for $name {
            type Error = &'static str;

            fn try_from(value: i64) -> ::core::result::Result<Self, Self::Error> {
                match value {
                    $($integer => ::core::result::Result::Ok(Self::$variant),)*
                    _ => ::core::result::Result::Err("not one of the values"),
                }
            }
        }

        $crate::integers!(@serde $name { $($variant = $integer),* });
    };
    ($name:ident { $($variant:ident = $integer:literal,)* ..$unknown:ident $(,)? }) => {
        #[allow(deprecated, reason = "what is deprecated stays on the wire")]
        impl ::core::convert::From<i64> for $name {
            fn from(value: i64) -> Self {
                match value { $($integer => Self::$variant,)* _ => Self::$unknown(value.into()) }
            }
        }

        $crate::integers!(@serde $name { $($variant = $integer),* } $unknown);
    };
    (@other $number:ident) => {
        ::core::result::Result::Err($crate::private::serde::de::Error::custom("not one of the values"))
    };
    (@other $number:ident $unknown:ident) => {
        ::core::result::Result::Ok(Self::$unknown($number))
    };
    (@serde $name:ident { $($variant:ident = $integer:literal),* } $($unknown:ident)?) => {
        #[allow(deprecated, reason = "what is deprecated stays on the wire")]
        impl ::core::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match self {
                    $(Self::$variant => {
                        let integer: i64 = $integer;
                        ::core::fmt::Display::fmt(&integer, formatter)
                    })*
                    $(Self::$unknown(number) => ::core::fmt::Display::fmt(number, formatter),)?
                }
            }
        }

        #[allow(deprecated, reason = "what is deprecated stays on the wire")]
        impl $crate::private::serde::Serialize for $name {
            fn serialize<S: $crate::private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant => serializer.serialize_i64($integer),)*
                    $(Self::$unknown(number) => $crate::private::serde::Serialize::serialize(number, serializer),)?
                }
            }
        }

        #[allow(deprecated, reason = "what is deprecated stays on the wire")]
        impl<'de> $crate::private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let number = $crate::integers::read(deserializer)?;
                match number.as_i64() {
                    $(::core::option::Option::Some($integer) => ::core::result::Result::Ok(Self::$variant),)*
                    _ => $crate::integers!(@other number $($unknown)?),
                }
            }
        }
    };
}

/// Reads an integer, as JSON Schema has it: a number without a fraction, however it is written.
pub fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Number, D::Error> {
    let number = Number::deserialize(deserializer)?;
    let Some(float) = number.as_f64().filter(|_| number.is_f64()) else { return Ok(number) };
    if float.fract() != 0.0 {
        return Err(D::Error::custom("the number is not whole"));
    }
    let short = whole(float).and_then(|whole| i64::try_from(whole).ok());
    Ok(short.map_or(number, Number::from))
}
