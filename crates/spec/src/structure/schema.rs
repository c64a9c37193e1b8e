//! The Schema Object of OpenAPI 3, and the objects that stand in it alone. That of 2.0 is in
//! [`super::swagger`].

use super::grammar::{Kind, Object, may, must, object};
use super::openapi::EXTERNAL_DOCUMENTATION;
use super::schema_rules;
use crate::version::Version;

pub(crate) static SCHEMA: Object = Object {
    rule: schema_rules::schema,
    ..object(
        "Schema Object",
        &[
            may("$id", Kind::Text).since(Version::V3_1),
            may("$schema", Kind::Text).since(Version::V3_1).annotation(),
            may("$vocabulary", Kind::Any).since(Version::V3_1).annotation(),
            may("$comment", Kind::Text).since(Version::V3_1).annotation(),
            may("$anchor", Kind::Text).since(Version::V3_1),
            may("$ref", Kind::Text).since(Version::V3_1),
            may("$dynamicRef", Kind::Text).since(Version::V3_1).refused(),
            may("$dynamicAnchor", Kind::Text).since(Version::V3_1).annotation(),
            may("title", Kind::Text),
            may("type", Kind::Any),
            may("format", Kind::Text),
            may("description", Kind::Text),
            may("nullable", Kind::Bool).until(Version::V3_0),
            may("deprecated", Kind::Bool),
            may("readOnly", Kind::Bool),
            may("writeOnly", Kind::Bool),
            may("default", Kind::Any),
            may("enum", Kind::List(&Kind::Any)),
            may("const", Kind::Any).since(Version::V3_1),
            may("multipleOf", Kind::Number),
            may("minimum", Kind::Number),
            may("exclusiveMinimum", Kind::Any),
            may("maximum", Kind::Number),
            may("exclusiveMaximum", Kind::Any),
            may("minLength", Kind::Count),
            may("maxLength", Kind::Count),
            may("pattern", Kind::Text),
            may("prefixItems", Kind::List(&Kind::Reference(&SCHEMA))).since(Version::V3_1),
            may("items", Kind::Reference(&SCHEMA)),
            may("contains", Kind::Reference(&SCHEMA)).since(Version::V3_1),
            may("minContains", Kind::Count).since(Version::V3_1),
            may("maxContains", Kind::Count).since(Version::V3_1),
            may("unevaluatedItems", Kind::Reference(&SCHEMA)).since(Version::V3_1),
            may("minItems", Kind::Count),
            may("maxItems", Kind::Count),
            may("uniqueItems", Kind::Bool),
            may("required", Kind::List(&Kind::Text)),
            may("properties", Kind::Map(&Kind::Reference(&SCHEMA))),
            may("additionalProperties", Kind::BoolOr(&SCHEMA)),
            may("patternProperties", Kind::Map(&Kind::Reference(&SCHEMA))).since(Version::V3_1),
            may("propertyNames", Kind::Reference(&SCHEMA)).since(Version::V3_1),
            may("unevaluatedProperties", Kind::Reference(&SCHEMA)).since(Version::V3_1),
            may("dependentRequired", Kind::Map(&Kind::List(&Kind::Text))).since(Version::V3_1),
            may("dependentSchemas", Kind::Map(&Kind::Reference(&SCHEMA))).since(Version::V3_1),
            may("minProperties", Kind::Count),
            may("maxProperties", Kind::Count),
            may("allOf", Kind::List(&Kind::Reference(&SCHEMA))),
            may("oneOf", Kind::List(&Kind::Reference(&SCHEMA))),
            may("anyOf", Kind::List(&Kind::Reference(&SCHEMA))),
            may("not", Kind::Reference(&SCHEMA)),
            may("if", Kind::Reference(&SCHEMA)).since(Version::V3_1),
            may("then", Kind::Reference(&SCHEMA)).since(Version::V3_1),
            may("else", Kind::Reference(&SCHEMA)).since(Version::V3_1),
            may("discriminator", Kind::Object(&DISCRIMINATOR)),
            may("xml", Kind::Object(&XML)),
            may("externalDocs", Kind::Object(&EXTERNAL_DOCUMENTATION)),
            may("example", Kind::Any),
            may("examples", Kind::List(&Kind::Any)).since(Version::V3_1).documentation(),
            may("contentEncoding", Kind::Text).since(Version::V3_1).documentation(),
            may("contentMediaType", Kind::Text).since(Version::V3_1).documentation(),
            may("contentSchema", Kind::Reference(&SCHEMA)).since(Version::V3_1).annotation(),
            may("$defs", Kind::Map(&Kind::Reference(&SCHEMA))).since(Version::V3_1),
        ],
    )
};

static DISCRIMINATOR: Object = object(
    "Discriminator Object",
    &[
        must("propertyName", Kind::Text),
        may("mapping", Kind::Map(&Kind::Text)),
        may("defaultMapping", Kind::Text).since(Version::V3_2).refused(),
    ],
);

pub(crate) static XML: Object = Object {
    ..object(
        "XML Object",
        &[
            may("name", Kind::Text),
            may("namespace", Kind::Text),
            may("prefix", Kind::Text),
            may("attribute", Kind::Bool),
            may("wrapped", Kind::Bool),
            may("nodeType", Kind::OneOf(&["element", "attribute", "text", "cdata", "none"]))
                .since(Version::V3_2),
        ],
    )
};
