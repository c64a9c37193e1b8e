//! `type: number` with an integer's format: `3599.0` is an integer, `3599.5` is not.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};

use crate::whole::whole;
use crate::{Nullable, Patch};

/// For `#[serde(deserialize_with = "specwright_runtime::integral")]`.
pub fn integral<'de, D: Deserializer<'de>, T: Integral>(deserializer: D) -> Result<T, D::Error> {
    T::read(deserializer)
}

/// A type that [`integral`] reads: an integer, or something that holds them.
pub trait Integral: Sized {
    /// Reads it.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

struct Whole<T>(T);

impl<'de, T: Integral> Deserialize<'de> for Whole<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self)
    }
}

struct Number<T>(PhantomData<T>);

impl<T: TryFrom<i128>> Visitor<'_> for Number<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a whole number within its range")
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        T::try_from(value.into()).map_err(|_| E::custom("the number is out of range"))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        T::try_from(value.into()).map_err(|_| E::custom("the number is out of range"))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        let whole = whole(value).ok_or_else(|| E::custom("the number is not whole"))?;
        T::try_from(whole).map_err(|_| E::custom("the number is out of range"))
    }
}

macro_rules! integers {
    ($($integer:ty),*) => {$(
        impl Integral for $integer {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(Number(PhantomData))
            }
        }
    )*};
}

integers!(i32, i64, u32, u64);

impl<T: Integral> Integral for Option<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::<Whole<T>>::deserialize(deserializer)?.map(|whole| whole.0))
    }
}

impl<T: Integral> Integral for Patch<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Patch::<Whole<T>>::deserialize(deserializer)?.map(|whole| whole.0))
    }
}

impl<T: Integral> Integral for Nullable<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Nullable::<Whole<T>>::deserialize(deserializer)?.map(|whole| whole.0))
    }
}

impl<T: Integral> Integral for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<Whole<T>>::deserialize(deserializer)?.into_iter().map(|whole| whole.0).collect())
    }
}

impl<T: Integral> Integral for BTreeMap<String, T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let members = BTreeMap::<String, Whole<T>>::deserialize(deserializer)?;
        Ok(members.into_iter().map(|(name, whole)| (name, whole.0)).collect())
    }
}
