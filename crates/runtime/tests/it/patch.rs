//! Absent, `null` and a value.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use specwright_runtime::{Nullable, Patch};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Draft {
    #[serde(default, skip_serializing_if = "Patch::is_absent")]
    street: Patch<String>,
    zip: Nullable<String>,
}

fn read(value: Value) -> Result<Draft, String> {
    // From text and from a tree alike.
    let text = serde_json::from_str::<Draft>(&value.to_string()).map_err(|error| error.to_string());
    let tree = serde_json::from_value::<Draft>(value).map_err(|error| error.to_string());
    assert_eq!(text.is_ok(), tree.is_ok());
    if let (Ok(text), Ok(tree)) = (&text, &tree) {
        assert_eq!(text, tree);
    }
    tree
}

#[test]
fn three_states_are_read_and_written() {
    for (street, members) in [
        (Patch::Absent, json!({ "zip": null })),
        (Patch::Null, json!({ "street": null, "zip": null })),
        (Patch::from("Main"), json!({ "street": "Main", "zip": null })),
    ] {
        let draft = Draft { street, zip: Nullable::Null };
        assert_eq!(serde_json::to_value(&draft).unwrap(), members);
        assert_eq!(read(members).unwrap(), draft);
    }
}

#[test]
fn required_and_nullable_must_be_there() {
    assert_eq!(read(json!({ "zip": "1" })).unwrap().zip, Nullable::from("1"));
    assert!(read(json!({})).unwrap_err().contains("missing field `zip`"));
    assert!(read(json!({ "zip": 1 })).is_err());
}

#[test]
fn a_nullable_inside_of_flattened_and_untagged_types() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Outer {
        #[serde(flatten)]
        draft: Draft,
    }
    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(untagged)]
    enum Either {
        Draft(Draft),
        Text(String),
    }
    let draft = Draft { street: Patch::Null, zip: Nullable::from("1") };
    let value = json!({ "street": null, "zip": "1" });
    assert_eq!(serde_json::from_value::<Outer>(value.clone()).unwrap().draft, draft);
    assert_eq!(serde_json::from_value::<Either>(value).unwrap(), Either::Draft(draft));
    assert!(serde_json::from_value::<Outer>(json!({})).is_err());
}

#[test]
fn a_patch_applies_to_what_was_there() {
    for (patch, expected) in [(Patch::Absent, Some(1)), (Patch::Null, None), (Patch::Value(2), Some(2))] {
        let mut target = Some(1);
        patch.apply(&mut target);
        assert_eq!(target, expected);
    }
    assert_eq!(Patch::Value(1).map(|value| value + 1).as_ref().into_option(), Some(Some(&2)));
}
