//! Every keyword, with JSON written by hand.

use serde_json::{Value, json};
use specwright_runtime::validate::validate;
use specwright_runtime::{Described, Format, Location, Pattern, Property, Schema, Width};

static ANY: Schema = Schema::any();
static INTEGER: Schema = Schema::integer();
static STRING: Schema = Schema::string();

/// The violations of a value as `pointer keyword`.
fn found(schema: &Schema, value: &Value) -> Vec<String> {
    let violations = validate(value, schema, Location::Body, "");
    violations
        .iter()
        .map(|found| format!("{} {}", found.pointer, found.constraint).trim().to_owned())
        .collect()
}

fn expect(schema: &Schema, cases: &[(Value, &[&str])]) {
    for (value, expected) in cases {
        assert_eq!(&found(schema, value), expected, "{value}");
    }
}

#[test]
fn types() {
    let all = [json!(null), json!(true), json!(1), json!(1.5), json!("a"), json!([]), json!({})];
    for (schema, accepted) in [
        (Schema::any(), &[0, 1, 2, 3, 4, 5, 6][..]),
        (Schema::boolean(), &[1]),
        (Schema::boolean().nullable(), &[0, 1]),
        (Schema::integer(), &[2]),
        (Schema::integral(), &[2]),
        (Schema::number(), &[2, 3]),
        (Schema::string(), &[4]),
        (Schema::array(&ANY), &[5]),
        (Schema::object(&[]), &[6]),
    ] {
        for (at, value) in all.iter().enumerate() {
            let expected: &[&str] = if accepted.contains(&at) { &[] } else { &["type"] };
            assert_eq!(found(&schema, value), expected, "{schema:?} {value}");
        }
    }
}

#[test]
fn strings() {
    static DIGITS: Pattern = Pattern::new(r"\d{2}");
    static ASTRAL: Pattern = Pattern::new(r"^\u{1F600}$");
    static LEGACY: Pattern = Pattern::new(r"^\-$");
    let text = Schema::string().length(Some(2), Some(3)).pattern(&DIGITS);
    expect(
        &text,
        &[
            (json!("12"), &[]),
            (json!("a12"), &[]),
            (json!("1"), &["minLength", "pattern"]),
            (json!("a123"), &["maxLength"]),
            (json!("äöü"), &["pattern"]),
        ],
    );
    expect(
        &Schema::string().length(None, Some(1)),
        &[(json!("\u{1F600}"), &[]), (json!("e\u{301}"), &["maxLength"])],
    );
    expect(&Schema::string().pattern(&ASTRAL), &[(json!("\u{1F600}"), &[])]);
    expect(&Schema::string().pattern(&LEGACY), &[(json!("-"), &[]), (json!("+"), &["pattern"])]);
    expect(&Schema::string().one_of(&["B2B", "B2C"]), &[(json!("B2B"), &[]), (json!("b2b"), &["enum"])]);
    let nullable = Schema::string().one_of(&["A"]).nullable();
    expect(&nullable, &[(json!(null), &[]), (json!("B"), &["enum"]), (json!(1), &["type"])]);
    expect(
        &Schema::string().format(Format::Date),
        &[(json!("2024-02-29"), &[]), (json!("2023-02-29"), &["format"])],
    );
}

#[test]
fn patterns_are_run_on_strings_of_bounded_length_only() {
    static SLOW: Pattern = Pattern::new("(a+)+$");
    static LETTERS: Pattern = Pattern::new("^[a-z]*$");
    // A run of this pattern on this string would not end.
    let hostile = json!("a".repeat(60) + "!");
    expect(&Schema::string().pattern(&SLOW).length(None, Some(60)), &[(hostile, &["maxLength"])]);
    let letters = |length: usize| json!("a".repeat(length));
    expect(
        &Schema::string().pattern(&LETTERS),
        &[(letters(8 << 10), &[]), (letters((8 << 10) + 1), &["pattern"])],
    );
    expect(
        &Schema::string().pattern(&LETTERS).length(None, Some(1 << 20)),
        &[(letters(64 << 10), &[]), (letters((64 << 10) + 1), &["pattern"])],
    );
}

#[test]
fn integers() {
    let range = Schema::integer().range(Some(1), Some(5));
    expect(&range, &[(json!(1), &[]), (json!(5), &[]), (json!(0), &["minimum"]), (json!(6), &["maximum"])]);
    let open = range.exclusive_minimum().exclusive_maximum();
    expect(&open, &[(json!(2), &[]), (json!(1), &["exclusiveMinimum"]), (json!(5), &["exclusiveMaximum"])]);
    expect(
        &Schema::integer().multiple_of(3),
        &[(json!(-9), &[]), (json!(0), &[]), (json!(4), &["multipleOf"])],
    );
    expect(
        &Schema::integer(),
        &[(json!(1.0), &["type"]), (json!(u64::MAX), &["format"]), (json!(1e30), &["format"])],
    );
    expect(&Schema::integer().width(Width::Int32), &[(json!(2_147_483_648_i64), &["format"])]);
    expect(
        &Schema::integer().width(Width::Uint32),
        &[(json!(-1), &["format"]), (json!(4_294_967_295_u32), &[])],
    );
    expect(&Schema::integer().width(Width::Uint64), &[(json!(u64::MAX), &[])]);
    expect(
        &Schema::integral(),
        &[(json!(3599.0), &[]), (json!(3599.5), &["type"]), (json!(3e9), &[]), (json!(1e19), &["format"])],
    );
    expect(&Schema::integer().one_of_integers(&[1, 2]), &[(json!(2), &[]), (json!(3), &["enum"])]);
}

#[test]
fn numbers() {
    let range = Schema::number().range_f64(Some(0.5), Some(1.5)).multiple_of_f64(0.1);
    expect(
        &range,
        &[
            (json!(0.7), &[]),
            (json!(1), &[]),
            (json!(0.4), &["minimum"]),
            (json!(1.6), &["maximum"]),
            (json!(0.75), &["multipleOf"]),
            (json!(2.05), &["maximum", "multipleOf"]),
        ],
    );
    expect(&range.exclusive_minimum(), &[(json!(0.5), &["exclusiveMinimum"])]);
    expect(&range.exclusive_maximum(), &[(json!(1.5), &["exclusiveMaximum"])]);
}

#[test]
fn arrays() {
    let list = Schema::array(&INTEGER).items(Some(1), Some(2)).unique();
    expect(
        &list,
        &[
            (json!([1, 2]), &[]),
            (json!([]), &["minItems"]),
            (json!([1, 1]), &["uniqueItems"]),
            (json!([1, "a", null]), &["maxItems", "/1 type", "/2 type"]),
        ],
    );
    let any = Schema::array(&ANY).unique();
    expect(
        &any,
        &[
            (json!([{ "a": 1, "b": 2 }, { "b": 2.0, "a": 1 }]), &["uniqueItems"]),
            (json!(["1", 1, true, "true", null, "null", [], {}]), &[]),
            (json!([[1, 2], [2, 1], ["1,2"]]), &[]),
        ],
    );
}

#[test]
fn objects() {
    static OPEN: Schema = Schema::object(&[
        Property::required("a/b", &Schema::string()),
        Property::optional("m~n", &Schema::string()),
    ]);
    let open = OPEN;
    expect(
        &open,
        &[
            (json!({ "a/b": "x", "other": 1 }), &[]),
            (json!({}), &["/a~1b required"]),
            (json!({ "a/b": 1, "m~n": null }), &["/a~1b type", "/m~0n type"]),
        ],
    );
    expect(&open.deny_additional(), &[(json!({ "a/b": "x", "other": 1 }), &["/other additionalProperties"])]);
    expect(&open.additional(&STRING), &[(json!({ "a/b": "x", "other": 1, "more": "y" }), &["/other type"])]);
    expect(
        &Schema::map(&STRING).properties(Some(1), Some(1)),
        &[
            (json!({ "x": "y" }), &[]),
            (json!({}), &["minProperties"]),
            (json!({ "x": "y", "z": 1 }), &["maxProperties", "/z type"]),
        ],
    );
}

struct Tree;

impl Described for Tree {
    fn schema() -> &'static Schema {
        static SCHEMA: Schema = Schema::object(&[
            Property::required("name", &Schema::string()),
            Property::optional("children", &Schema::array(&Schema::of::<Tree>())),
            Property::optional("parent", &Schema::of::<Tree>().nullable()),
        ]);
        &SCHEMA
    }
}

#[test]
fn named_types_may_hold_themselves() {
    let tree = Schema::of::<Tree>();
    let value = json!({ "name": "a", "parent": null, "children": [{ "name": "b" }, { "children": [{ "name": 1 }] }] });
    assert_eq!(found(&tree, &value), ["/children/1/name required", "/children/1/children/0/name type"]);
    assert_eq!(found(&tree, &json!(null)), ["type"]);
}

#[test]
fn depth_and_number_of_violations_are_bounded() {
    let mut deep = json!({ "name": "a" });
    for _ in 0..600 {
        deep = json!({ "name": "a", "parent": deep });
    }
    let violations = found(&Schema::of::<Tree>(), &deep);
    assert_eq!(violations.len(), 2, "{violations:?}");
    assert!(violations.iter().all(|violation| violation.ends_with(" depth")));

    let many = Value::from(vec![1; 5000]);
    assert_eq!(found(&Schema::array(&STRING), &many).len(), 1000);
}

#[test]
fn messages_name_the_limit_and_never_the_value() {
    static PATTERN: Pattern = Pattern::new("^x$");
    static SECRET: Schema = Schema::string().length(Some(90), Some(1)).format(Format::Uuid).one_of(&["x"]);
    static MATCHING: Schema = Schema::string().pattern(&PATTERN);
    let value = json!({ "p": "hunter2" });
    let mut violations = validate(&value, &Schema::map(&SECRET), Location::Body, "");
    violations.extend(validate(&value, &Schema::map(&MATCHING), Location::Body, ""));
    assert_eq!(violations.len(), 5);
    for violation in &violations {
        assert!(!violation.to_string().contains("hunter2"), "{violation}");
    }
    let told: Vec<_> = violations.iter().map(ToString::to_string).collect();
    assert_eq!(told[1], "body /p must have at least 90 characters");
    assert_eq!(
        serde_json::to_value(&violations[2]).unwrap(),
        json!({
            "location": "body", "name": "", "pointer": "/p",
            "constraint": "maxLength", "message": "must have at most 1 character",
        })
    );
}
