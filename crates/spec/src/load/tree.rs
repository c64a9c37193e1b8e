//! The visitor that builds a tree from either notation.
//!
//! `serde_json::Value` by itself keeps the last of two equal keys and `serde_yaml::Value` has integer
//! keys and tags; this visitor sees to both.

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// What is known while one text is read.
pub(super) struct Reading {
    /// Bytes that the tree may still take: aliases could make it larger than the text by any factor.
    budget: Cell<usize>,
    /// Whether a key stood twice.
    pub duplicates: Cell<bool>,
    /// Why the reading stopped, if not for the text's syntax.
    pub trouble: RefCell<Option<Trouble>>,
    /// Whether `<<` merges.
    merges: bool,
}

/// What a parser accepts and we do not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// A tag such as `!include`.
    Tag,
    /// A key that is null, a fraction, a list or a mapping.
    Key,
    /// `.nan` or `.inf`.
    Number,
    /// Aliases that multiply the text.
    Size,
}

impl Reading {
    pub fn new(text: &str, merges: bool) -> Self {
        Self {
            budget: Cell::new(text.len().saturating_mul(10).saturating_add(1 << 20)),
            duplicates: Cell::new(false),
            trouble: RefCell::new(None),
            merges,
        }
    }

    fn stop<E: Error>(&self, trouble: Trouble, message: &str) -> E {
        self.trouble.borrow_mut().get_or_insert(trouble);
        E::custom(message)
    }

    fn spend<E: Error>(&self, bytes: usize) -> Result<(), E> {
        match self.budget.get().checked_sub(bytes.saturating_add(1)) {
            Some(left) => {
                self.budget.set(left);
                Ok(())
            }
            None => Err(self.stop(Trouble::Size, "the text's aliases make it too large")),
        }
    }
}

impl<'de> DeserializeSeed<'de> for &Reading {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &Reading {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        self.spend(0)?;
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        self.spend(0)?;
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        self.spend(0)?;
        Ok(value.into())
    }

    #[expect(clippy::cast_precision_loss, reason = "what JSON readers do with integers of this size")]
    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    #[expect(clippy::cast_precision_loss, reason = "what JSON readers do with integers of this size")]
    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        self.spend(0)?;
        Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| self.stop(Trouble::Number, "not a number that JSON has"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.spend(value.len())?;
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        self.spend(value.len())?;
        Ok(Value::String(value))
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.spend(0)?;
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        self.spend(0)?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        self.spend(0)?;
        let mut map = Map::new();
        let mut merged = None;
        while let Some(key) = members.next_key_seed(Key(self))? {
            let value = members.next_value_seed(self)?;
            if self.merges && key == "<<" && !value.is_string() {
                merged = Some(value);
            } else if map.contains_key(&key) {
                self.duplicates.set(true);
            } else {
                map.insert(key, value);
            }
        }
        if let Some(merged) = merged {
            merge(&mut map, merged);
        }
        Ok(Value::Object(map))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, _: A) -> Result<Value, A::Error> {
        Err(self.stop(Trouble::Tag, "a YAML tag"))
    }
}

/// The merge key of YAML 1.1, which hand-written documents use: members that are not there yet.
fn merge(map: &mut Map<String, Value>, merged: Value) {
    match merged {
        Value::Object(members) => {
            for (key, value) in members {
                map.entry(key).or_insert(value);
            }
        }
        Value::Array(several) => several.into_iter().for_each(|one| merge(map, one)),
        other => {
            map.insert("<<".to_owned(), other);
        }
    }
}

/// A mapping's key: a string, or what YAML reads as an integer or boolean where it was meant as one.
struct Key<'a>(&'a Reading);

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Key<'_> {
    fn refuse<E: Error>(&self) -> E {
        self.0.stop(Trouble::Key, "a key that is not a string")
    }
}

impl<'de> Visitor<'de> for Key<'_> {
    type Value = String;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<String, E> {
        self.0.spend(value.len())?;
        Ok(value.to_owned())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<String, E> {
        Err(self.refuse())
    }

    fn visit_unit<E: Error>(self) -> Result<String, E> {
        Err(self.refuse())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<String, A::Error> {
        Err(self.refuse())
    }

    fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<String, A::Error> {
        Err(self.refuse())
    }

    fn visit_enum<A: EnumAccess<'de>>(self, _: A) -> Result<String, A::Error> {
        Err(self.0.stop(Trouble::Tag, "a YAML tag"))
    }
}
