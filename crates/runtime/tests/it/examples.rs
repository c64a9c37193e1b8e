//! What an example has to be, and what may differ when it is written again.
#![allow(clippy::items_after_statements, reason = "a schema stands beside the value that it is for")]

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use specwright_runtime::examples::{Document, Example, round_trip};
use specwright_runtime::{
    DateTime, Described, Format, Location, Method, Operation, Parameter, Patch, Produces, Property, Schema,
    Width,
};

/// A token, as generated code has it.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Token {
    #[serde(rename = "accessToken")]
    text: String,
    #[serde(default, deserialize_with = "specwright_runtime::integral")]
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_in: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<DateTime>,
    #[serde(default, skip_serializing_if = "Patch::is_absent")]
    session: Patch<String>,
}

impl Described for Token {
    fn schema() -> &'static Schema {
        static SCHEMA: Schema = Schema::object(&[
            Property::required("accessToken", &Schema::string().length(Some(1), None)),
            Property::optional("expiresIn", &Schema::integral().width(Width::Int32)),
            Property::optional("since", &Schema::string().format(Format::DateTime)),
            Property::optional("session", &Schema::string().nullable()),
        ]);
        &SCHEMA
    }
}

fn token(value: &Value) -> Result<(), String> {
    round_trip::<Token>(value, Token::schema())
}

#[test]
fn a_value_of_the_schema_fits() {
    for value in [
        json!({"accessToken": "a"}),
        json!({"accessToken": "a", "expiresIn": 3599, "session": null}),
        json!({"session": "s", "accessToken": "00000000", "since": "2024-02-29T12:00:00Z"}),
    ] {
        assert_eq!(token(&value), Ok(()), "{value}");
    }
}

#[test]
fn one_value_may_be_written_in_two_ways() {
    for value in [
        json!({"accessToken": "a", "expiresIn": 3599.0}),
        json!({"accessToken": "a", "since": "2024-02-29T12:00:00.000+01:00"}),
    ] {
        assert_eq!(token(&value), Ok(()), "{value}");
    }
    static LIST: Schema = Schema::array(&Schema::integral());
    assert_eq!(round_trip::<Vec<i64>>(&json!([3599.0, 1]), &LIST), Ok(()));
    static FLOAT: Schema = Schema::number();
    assert_eq!(round_trip::<f32>(&json!(0.123_456_789), &FLOAT), Ok(()));
}

#[test]
fn what_the_schema_does_not_allow_is_told() {
    for (value, expected) in [
        (json!({"accessToken": false}), "/accessToken must be a string"),
        (json!({}), "/accessToken is required"),
        (json!([]), "must be an object"),
        (
            json!({"accessToken": "", "expiresIn": 3599.5}),
            "/accessToken must have at least 1 character; /expiresIn must be a whole number",
        ),
    ] {
        assert_eq!(token(&value).unwrap_err(), expected, "{value}");
    }
}

#[test]
fn an_undeclared_member_may_be_lost() {
    assert_eq!(token(&json!({"accessToken": "a", "scope": "b"})), Ok(()));
    static CLOSED: Schema =
        Schema::object(&[Property::required("accessToken", &Schema::string())]).deny_additional();
    let refused = round_trip::<Token>(&json!({"accessToken": "a", "scope": "b"}), &CLOSED);
    assert_eq!(refused.unwrap_err(), "/scope is not a known member");
    static OPEN: Schema =
        Schema::object(&[Property::required("accessToken", &Schema::string())]).additional(&Schema::string());
    let lost = round_trip::<Token>(&json!({"accessToken": "a", "scope": "b"}), &OPEN);
    assert_eq!(lost.unwrap_err(), "/scope is not written");
}

#[test]
fn a_type_that_changes_the_value_is_told() {
    #[derive(Serialize, Deserialize)]
    struct Numbered {
        #[serde(rename(deserialize = "accessToken"))]
        number: String,
    }
    let value = json!({"accessToken": "a"});
    assert_eq!(round_trip::<Numbered>(&value, Token::schema()).unwrap_err(), "/accessToken is not written");
    static TEXT: Schema = Schema::string();
    assert!(round_trip::<i64>(&json!("1"), &TEXT).unwrap_err().starts_with("is not read: "));
    static ANY: Schema = Schema::any();
    assert_eq!(round_trip::<Option<()>>(&json!(null), &ANY), Ok(()));
}

static LOG_IN: Operation = Operation {
    id: "log-in",
    method: Method::GET,
    path: "/{tenant}/login",
    parameters: &[Parameter::path("tenant", &Schema::string().length(Some(3), None))],
    body: None,
    statuses: &["200"],
    produces: Produces::NONE,
    security: &[],
    servers: &[],
    span: specwright_runtime::operation_span!("log-in"),
};

#[test]
fn a_document_is_told_all_that_does_not_fit_by_place() {
    let document = r#"{"a/b": {"accessToken": "a"}, "c": 1, "tenant": "ab"}"#;
    static FITS: &[Example] = &[Example::of::<Token>("/a~1b")];
    assert_eq!(Example::check(&Document::new(document), FITS), Ok(()));
    static EXAMPLES: &[Example] = &[
        Example::of::<Token>("/a~1b"),
        Example::value::<bool>("/c", &Schema::boolean()),
        Example::parameter::<String>("/tenant", &LOG_IN, Location::Path, "tenant"),
        Example::parameter::<String>("/tenant", &LOG_IN, Location::Query, "tenant"),
        Example::of::<Token>("/d"),
    ];
    let unfit = Example::check(&Document::new(document), EXAMPLES).unwrap_err();
    let expected = [
        "#/c: must be a boolean",
        "#/tenant: must have at least 3 characters",
        "#/tenant: Operation(\"log-in\", GET /{tenant}/login) has no query `tenant`",
        "#/d: there is nothing",
    ];
    assert_eq!(unfit.to_string(), expected.join("\n"));
    assert_eq!(format!("{unfit:?}"), unfit.to_string());
}

/// A type without a schema.
#[derive(Serialize, Deserialize)]
struct Received {
    from: Token,
}

#[test]
fn what_is_only_received_loses_nothing_unsaid() {
    let document = r#"{"from": {"accessToken": "a", "scope": "b", "since": "2024-02-29T12:00:00.0Z"}}"#;
    static SAID: &[Example] = &[Example::received::<Received>("", &["/from/scope"])];
    assert_eq!(Example::check(&Document::new(document), SAID), Ok(()));
    static UNSAID: &[Example] = &[Example::received::<Received>("", &[])];
    assert_eq!(
        Example::check(&Document::new(document), UNSAID).unwrap_err().to_string(),
        "#: /from/scope is not written"
    );
}

specwright_runtime::examples! { r#"{"token": {"accessToken": "a"}, "tokens": [], "tenant": "abc",
    "received": {"from": {"accessToken": "a", "scope": "b", "expiresIn": 3599.0}}}"#;
    a_table_is_tests {
        "/token" => Token,
        "/tokens" => Vec<Token> = schema(Schema::array(&Schema::of::<Token>())),
        "/received" => Received = received("/from/scope"),
        "/tenant" => String = parameter(LOG_IN, Path, "tenant"),
    }
}
