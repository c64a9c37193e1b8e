//! Numbers that are integers; base64.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};
use specwright_runtime::{Base64, Nullable, Patch, integral};

#[derive(Debug, PartialEq, Deserialize)]
struct Token {
    #[serde(deserialize_with = "integral")]
    expires: i32,
    #[serde(default, deserialize_with = "integral")]
    optional: Option<i64>,
    #[serde(default, deserialize_with = "integral")]
    patch: Patch<u32>,
    #[serde(default = "null", deserialize_with = "integral")]
    nullable: Nullable<u64>,
    #[serde(default, deserialize_with = "integral")]
    list: Vec<i32>,
    #[serde(default, deserialize_with = "integral")]
    map: BTreeMap<String, Option<i32>>,
}

fn null() -> Nullable<u64> {
    Nullable::Null
}

fn read(value: Value) -> Result<Token, serde_json::Error> {
    serde_json::from_value(value)
}

#[test]
fn whole_numbers_are_read_however_they_are_written() {
    let token = read(json!({
        "expires": 3599.0, "optional": 1.0, "patch": 2, "nullable": 1e3, "list": [1.0, 2], "map": { "a": 3.0, "b": null },
    }))
    .unwrap();
    assert_eq!((token.expires, token.optional, token.patch), (3599, Some(1), Patch::Value(2)));
    assert_eq!((token.nullable, token.list), (Nullable::Value(1000), vec![1, 2]));
    assert_eq!(token.map, BTreeMap::from([("a".to_owned(), Some(3)), ("b".to_owned(), None)]));
}

#[test]
fn absent_and_null_stay_what_they_are() {
    let token = read(json!({ "expires": 1, "optional": null, "patch": null })).unwrap();
    assert_eq!((token.optional, token.patch), (None, Patch::Null));
    assert_eq!(read(json!({ "expires": 1 })).unwrap().patch, Patch::Absent);
}

#[test]
fn everything_else_is_refused() {
    for expires in
        [json!(3599.5), json!("1"), json!(null), json!(4e9), json!(1e300), json!(-2_147_483_649_i64)]
    {
        assert!(read(json!({ "expires": expires })).is_err(), "{expires}");
    }
    assert!(read(json!({})).is_err());
    assert!(read(json!({ "expires": 1, "patch": -1 })).is_err());
}

#[test]
fn octets_travel_as_base64() {
    let octets = Base64::from(vec![0, 255, 16]);
    assert_eq!(serde_json::to_value(&octets).unwrap(), json!("AP8Q"));
    assert_eq!(serde_json::from_value::<Base64>(json!("AP8Q")).unwrap(), octets);
    assert!(serde_json::from_value::<Base64>(json!("AP8")).is_err());
}
