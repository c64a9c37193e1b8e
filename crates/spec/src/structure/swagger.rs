//! The objects of OpenAPI 2.0, as far as 3 does not have the same.

use super::grammar::{Field, Kind, Object, OtherKey, Others, may, must, object};
use super::openapi::{EXTERNAL_DOCUMENTATION, INFO, SECURITY_REQUIREMENT, TAG};
use super::schema::XML;
use super::{rules, schema_rules, swagger_rules};
use crate::version::Version;

// Kinds that occur often. Not constants: a constant may not lead back to itself through a static.
macro_rules! kind {
    (texts) => {
        Kind::List(&Kind::Text)
    };
    (schemes) => {
        Kind::List(&Kind::OneOf(&["http", "https", "ws", "wss"]))
    };
    (security) => {
        Kind::List(&Kind::Object(&SECURITY_REQUIREMENT))
    };
    (parameters) => {
        Kind::List(&Kind::Reference(&SWAGGER_PARAMETER))
    };
    (schema) => {
        Kind::Reference(&SWAGGER_SCHEMA)
    };
    (operation) => {
        Kind::Object(&OPERATION)
    };
}

/// What a parameter that is no body, a header and an item say of their values.
macro_rules! simple_schema {
    ($($field:expr),* $(,)?) => {
        &[
            $($field,)*
            may("format", Kind::Text),
            may("items", Kind::Object(&ITEMS)),
            may("collectionFormat", Kind::Text),
            may("default", Kind::Any),
            may("maximum", Kind::Number),
            may("exclusiveMaximum", Kind::Bool),
            may("minimum", Kind::Number),
            may("exclusiveMinimum", Kind::Bool),
            may("maxLength", Kind::Count),
            may("minLength", Kind::Count),
            may("pattern", Kind::Text),
            may("maxItems", Kind::Count),
            may("minItems", Kind::Count),
            may("uniqueItems", Kind::Bool),
            may("enum", Kind::List(&Kind::Any)),
            may("multipleOf", Kind::Number),
        ]
    };
}

pub(crate) static SWAGGER: Object = object(
    "Swagger Object",
    &[
        must("swagger", Kind::Text),
        must("info", Kind::Object(&INFO)),
        may("host", Kind::Text),
        may("basePath", Kind::Text),
        may("schemes", kind!(schemes)),
        may("consumes", kind!(texts)),
        may("produces", kind!(texts)),
        must("paths", Kind::Object(&PATHS)),
        may("definitions", Kind::Map(&kind!(schema))),
        may("parameters", Kind::Map(&Kind::Object(&SWAGGER_PARAMETER))),
        may("responses", Kind::Map(&Kind::Object(&SWAGGER_RESPONSE))),
        may("securityDefinitions", Kind::Map(&Kind::Object(&SWAGGER_SECURITY_SCHEME))),
        may("security", kind!(security)),
        may("tags", Kind::List(&Kind::Object(&TAG))),
        may("externalDocs", Kind::Object(&EXTERNAL_DOCUMENTATION)),
    ],
);

static PATHS: Object = Object {
    others: Some(Others { key: OtherKey::Path, kind: Kind::Object(&SWAGGER_PATH_ITEM) }),
    ..object("Paths Object", &[])
};

pub(crate) static SWAGGER_PATH_ITEM: Object = Object {
    rule: rules::path_item,
    ..object(
        "Path Item Object",
        &[
            may("$ref", Kind::Text),
            may("get", kind!(operation)),
            may("put", kind!(operation)),
            may("post", kind!(operation)),
            may("delete", kind!(operation)),
            may("options", kind!(operation)),
            may("head", kind!(operation)),
            may("patch", kind!(operation)),
            may("parameters", kind!(parameters)),
        ],
    )
};

static OPERATION: Object = Object {
    rule: swagger_rules::operation,
    ..object(
        "Operation Object",
        &[
            may("tags", kind!(texts)),
            may("summary", Kind::Text),
            may("description", Kind::Text),
            may("externalDocs", Kind::Object(&EXTERNAL_DOCUMENTATION)),
            may("operationId", Kind::Text),
            may("consumes", kind!(texts)),
            may("produces", kind!(texts)),
            may("parameters", kind!(parameters)),
            must("responses", Kind::Object(&RESPONSES)),
            may("schemes", kind!(schemes)),
            may("deprecated", Kind::Bool),
            may("security", kind!(security)),
        ],
    )
};

pub(crate) static SWAGGER_PARAMETER: Object = Object {
    rule: swagger_rules::parameter,
    ..object(
        "Parameter Object",
        simple_schema![
            must("name", Kind::Text),
            must("in", Kind::OneOf(&["query", "header", "path", "formData", "body"])),
            may("description", Kind::Text),
            may("required", Kind::Bool),
            may("schema", kind!(schema)),
            may("type", Kind::OneOf(&["string", "number", "integer", "boolean", "array", "file"])),
            may("allowEmptyValue", Kind::Bool),
        ],
    )
};

static ITEMS: Object = Object {
    rule: swagger_rules::items,
    ..object(
        "Items Object",
        simple_schema![must("type", Kind::OneOf(&["string", "number", "integer", "boolean", "array"]))],
    )
};

static RESPONSES: Object = Object {
    others: Some(Others { key: OtherKey::Status, kind: Kind::Reference(&SWAGGER_RESPONSE) }),
    rule: rules::responses,
    ..object("Responses Object", &[may("default", Kind::Reference(&SWAGGER_RESPONSE))])
};

pub(crate) static SWAGGER_RESPONSE: Object = object(
    "Response Object",
    &[
        must("description", Kind::Text),
        may("schema", kind!(schema)),
        may("headers", Kind::Map(&Kind::Object(&SWAGGER_HEADER))),
        may("examples", Kind::Map(&Kind::Any)),
    ],
);

pub(crate) static SWAGGER_HEADER: Object = Object {
    rule: swagger_rules::items,
    ..object(
        "Header Object",
        simple_schema![
            may("description", Kind::Text),
            must("type", Kind::OneOf(&["string", "number", "integer", "boolean", "array"])),
        ],
    )
};

pub(crate) static SWAGGER_SCHEMA: Object =
    Object { rule: schema_rules::schema, ..object("Schema Object", SCHEMA_FIELDS) };

static SCHEMA_FIELDS: &[Field] = &[
    may("title", Kind::Text),
    may("type", Kind::Any),
    may("format", Kind::Text),
    may("description", Kind::Text),
    may("nullable", Kind::Bool).since(Version::V3_0),
    may("deprecated", Kind::Bool).since(Version::V3_0).annotation(),
    may("readOnly", Kind::Bool),
    may("writeOnly", Kind::Bool).since(Version::V3_0),
    may("default", Kind::Any),
    may("enum", Kind::List(&Kind::Any)),
    may("multipleOf", Kind::Number),
    may("minimum", Kind::Number),
    may("exclusiveMinimum", Kind::Bool),
    may("maximum", Kind::Number),
    may("exclusiveMaximum", Kind::Bool),
    may("minLength", Kind::Count),
    may("maxLength", Kind::Count),
    may("pattern", Kind::Text),
    may("items", kind!(schema)),
    may("minItems", Kind::Count),
    may("maxItems", Kind::Count),
    may("uniqueItems", Kind::Bool),
    may("required", kind!(texts)),
    may("properties", Kind::Map(&kind!(schema))),
    may("additionalProperties", Kind::BoolOr(&SWAGGER_SCHEMA)),
    may("minProperties", Kind::Count),
    may("maxProperties", Kind::Count),
    may("allOf", Kind::List(&kind!(schema))),
    may("oneOf", Kind::List(&kind!(schema))).since(Version::V3_0),
    may("anyOf", Kind::List(&kind!(schema))).since(Version::V3_0),
    may("not", kind!(schema)).since(Version::V3_0),
    may("discriminator", Kind::Text),
    may("xml", Kind::Object(&XML)),
    may("externalDocs", Kind::Object(&EXTERNAL_DOCUMENTATION)),
    may("example", Kind::Any),
];

pub(crate) static SWAGGER_SECURITY_SCHEME: Object = Object {
    rule: swagger_rules::security_scheme,
    ..object(
        "Security Scheme Object",
        &[
            must("type", Kind::OneOf(&["basic", "apiKey", "oauth2"])),
            may("description", Kind::Text),
            may("name", Kind::Text),
            may("in", Kind::OneOf(&["query", "header"])),
            may("flow", Kind::OneOf(&["implicit", "password", "application", "accessCode"])),
            may("authorizationUrl", Kind::Text),
            may("tokenUrl", Kind::Text),
            may("scopes", Kind::Map(&Kind::Text)),
        ],
    )
};
