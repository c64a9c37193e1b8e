//! Forms: the specification's examples, and what no form may say.

use serde_json::json;
use specwright_runtime::style::form::{read, write};
use specwright_runtime::{Encoding, Form, Property, Schema, Style};

static STRING: Schema = Schema::string();
static INTEGER: Schema = Schema::integer();
static BOOLEAN: Schema = Schema::boolean();
static ANY: Schema = Schema::any();
static STRINGS: Schema = Schema::array(&STRING);
static INTEGERS: Schema = Schema::array(&INTEGER);
static ADDRESS: Schema = Schema::object(&[
    Property::optional("streetAddress", &STRING),
    Property::optional("zip", &INTEGER),
    Property::optional("lines", &STRINGS),
]);
static ADDRESSES: Schema = Schema::array(&ADDRESS);
static NULLABLE: Schema = Schema::integer().nullable();

static PLAIN: Form = Form {
    schema: &Schema::object(&[
        Property::optional("id", &STRING),
        Property::optional("age", &INTEGER),
        Property::optional("vip", &BOOLEAN),
        Property::optional("tags", &STRINGS),
        Property::optional("numbers", &INTEGERS),
        Property::optional("address", &ADDRESS),
        Property::optional("addresses", &ADDRESSES),
        Property::optional("any", &ANY),
    ]),
    encodings: &[],
};

static ENCODED: Form = Form {
    schema: &Schema::object(&[
        Property::optional("id", &STRING),
        Property::optional("tags", &STRINGS),
        Property::optional("bars", &STRINGS),
        Property::optional("color", &ADDRESS),
        Property::optional("deep", &ADDRESS),
        Property::optional("url", &STRING),
        Property::optional("note", &STRING),
    ]),
    encodings: &[
        Encoding::style("tags", Style::Form, false),
        Encoding::style("bars", Style::PipeDelimited, false),
        Encoding::style("color", Style::Form, true),
        Encoding::style("deep", Style::DeepObject, true),
        Encoding::style("url", Style::Form, true).allow_reserved(),
        Encoding::json("note"),
    ],
};

#[test]
fn values_are_written_and_read_as_the_form_has_it() {
    for (form, value, text) in [
        (&PLAIN, json!({}), ""),
        (
            &PLAIN,
            json!({ "id": "a b&c=d+é", "age": -3, "vip": true }),
            "id=a+b%26c%3Dd%2B%C3%A9&age=-3&vip=true",
        ),
        (&PLAIN, json!({ "id": "" }), "id="),
        (&PLAIN, json!({ "id": "12" }), "id=12"),
        (&PLAIN, json!({ "tags": ["a", "b,c"], "numbers": [1, 2] }), "tags=a&tags=b%2Cc&numbers=1&numbers=2"),
        (&PLAIN, json!({ "tags": ["a"] }), "tags=a"),
        // The example of OpenAPI 3.0.4, "Support for x-www-form-urlencoded Request Bodies".
        (
            &PLAIN,
            json!({ "id": "f81d4fae", "address": { "streetAddress": "123 Example Dr.", "zip": 9 } }),
            "id=f81d4fae&address=%7B%22streetAddress%22%3A%22123+Example+Dr.%22%2C%22zip%22%3A9%7D",
        ),
        (
            &PLAIN,
            json!({ "addresses": [{ "zip": 1 }, {}] }),
            "addresses=%7B%22zip%22%3A1%7D&addresses=%7B%7D",
        ),
        (&PLAIN, json!({ "any": "x" }), "any=x"),
        (&ENCODED, json!({ "id": "1", "tags": ["a", "b"] }), "id=1&tags=a,b"),
        (&ENCODED, json!({ "bars": ["a", "b c"] }), "bars=a%7Cb%20c"),
        (
            &ENCODED,
            json!({ "id": "1", "color": { "streetAddress": "x", "lines": ["1", "2"] } }),
            "id=1&streetAddress=x&lines=1&lines=2",
        ),
        (
            &ENCODED,
            json!({ "deep": { "streetAddress": "a b", "zip": 7 } }),
            "deep%5BstreetAddress%5D=a%20b&deep%5Bzip%5D=7",
        ),
        (&ENCODED, json!({ "url": "http://a/b?c&d" }), "url=http://a/b?c%26d"),
        (&ENCODED, json!({ "note": "a" }), "note=%22a%22"),
    ] {
        assert_eq!(write(form, &value).expect("a text"), text);
        assert_eq!(read(form, text.as_bytes()), Ok(value), "{text}");
    }
}

#[test]
fn what_means_the_same_is_read_the_same() {
    for (text, value) in [
        ("&&id=a%20b&", json!({ "id": "a b" })),
        ("%69d=a", json!({ "id": "a" })),
        ("id", json!({ "id": "" })),
        ("unknown=1&age=1", json!({ "age": 1 })),
        ("any=1&any=b", json!({ "any": ["1", "b"] })),
        // What is none of the type stays text, and validation tells.
        ("age=x&address=y", json!({ "age": "x", "address": "y" })),
    ] {
        assert_eq!(read(&PLAIN, text.as_bytes()), Ok(value), "{text}");
    }
}

#[test]
fn null_is_nothing() {
    static REQUIRED: Form = Form {
        schema: &Schema::object(&[Property::required("a", &NULLABLE), Property::optional("b", &NULLABLE)]),
        encodings: &[],
    };
    assert_eq!(write(&REQUIRED, &json!({ "a": null, "b": null })).expect("a text"), "");
    assert_eq!(read(&REQUIRED, b""), Ok(json!({ "a": null })));
    assert_eq!(read(&REQUIRED, b"b=1&a=2"), Ok(json!({ "a": 2, "b": 1 })));
}

#[test]
fn other_names_follow_the_schema() {
    static CLOSED: Form = Form {
        schema: &Schema::object(&[Property::optional("id", &STRING)]).deny_additional(),
        encodings: &[],
    };
    static OPEN: Form = Form { schema: &Schema::map(&INTEGERS), encodings: &[] };
    static TAKING: Form = Form {
        schema: &Schema::object(&[
            Property::optional("id", &STRING),
            Property::optional("rest", &Schema::map(&STRING)),
        ])
        .additional(&INTEGER),
        encodings: &[Encoding::style("rest", Style::Form, true)],
    };
    let refused = read(&CLOSED, b"id=1&x=2").unwrap();
    assert_eq!(refused, json!({ "id": "1", "x": null }), "validation refuses the name");
    assert_eq!(read(&OPEN, b"a=1&b=2&a=3"), Ok(json!({ "a": [1, 3], "b": [2] })));
    assert_eq!(read(&TAKING, b"a=1&id=2"), Ok(json!({ "id": "2", "rest": { "a": "1" } })));
}

#[test]
fn violations_name_the_property() {
    let told = |form: &Form, text: &[u8]| {
        let violations = read(form, text).unwrap_err();
        let lines = violations.iter().map(|found| format!("{} {}", found.constraint, found.pointer));
        lines.collect::<Vec<_>>().join("; ")
    };
    assert_eq!(told(&PLAIN, b"id=1&id=2&age=%zz&tags=%FF"), "repeated /id; encoding /age; encoding /tags");
    assert_eq!(told(&PLAIN, b"%FF=1"), "encoding ");
    assert_eq!(told(&PLAIN, b"\xFF"), "encoding ");
    assert_eq!(told(&ENCODED, b"note=a&tags=a&tags=b"), "repeated /tags; type /note");
    assert_eq!(told(&ENCODED, b"deep[zip]=1&deep[zip]=2"), "type /deep");
}
