//! The objects of OpenAPI 3 but for schemas, which are in [`super::schema`]. Those of 2.0 are in
//! [`super::swagger`].

use super::grammar::{Kind, Object, OtherKey, Others, may, must, object};
use super::rules;
use super::schema::SCHEMA;
use crate::version::Version;

// Kinds that occur often. Not constants: a constant may not lead back to itself through a static.
macro_rules! kind {
    (texts) => {
        Kind::List(&Kind::Text)
    };
    (security) => {
        Kind::List(&Kind::Object(&SECURITY_REQUIREMENT))
    };
    (servers) => {
        Kind::List(&Kind::Object(&SERVER))
    };
    (parameters) => {
        Kind::List(&Kind::Reference(&PARAMETER))
    };
    (content) => {
        Kind::Map(&Kind::Object(&MEDIA_TYPE))
    };
    (examples) => {
        Kind::Map(&Kind::Reference(&EXAMPLE))
    };
    (headers) => {
        Kind::Map(&Kind::Reference(&HEADER))
    };
    (links) => {
        Kind::Map(&Kind::Reference(&LINK))
    };
    (docs) => {
        Kind::Object(&EXTERNAL_DOCUMENTATION)
    };
    (operation) => {
        Kind::Object(&OPERATION)
    };
    (flow) => {
        Kind::Object(&OAUTH_FLOW)
    };
}

pub(crate) static OPENAPI: Object = Object {
    ..object(
        "OpenAPI Object",
        &[
            must("openapi", Kind::Text),
            may("$self", Kind::Text).since(Version::V3_2).annotation(),
            must("info", Kind::Object(&INFO)),
            may("jsonSchemaDialect", Kind::Text).since(Version::V3_1).annotation(),
            may("servers", kind!(servers)),
            must("paths", Kind::Object(&PATHS)).required_until(Version::V3_0),
            may("webhooks", Kind::Object(&WEBHOOKS)).since(Version::V3_1),
            may("x-webhooks", Kind::Object(&WEBHOOKS)).since(Version::V3_0).stands_for("webhooks"),
            may("components", Kind::Object(&COMPONENTS)),
            may("security", kind!(security)),
            may("tags", Kind::List(&Kind::Object(&TAG))),
            may("externalDocs", kind!(docs)),
        ],
    )
};

pub(crate) static INFO: Object = Object {
    ..object(
        "Info Object",
        &[
            must("title", Kind::Text),
            may("summary", Kind::Text).since(Version::V3_1).documentation(),
            may("description", Kind::Text),
            may("termsOfService", Kind::Text),
            may("contact", Kind::Object(&CONTACT)),
            may("license", Kind::Object(&LICENSE)),
            must("version", Kind::Text),
        ],
    )
};

static CONTACT: Object =
    object("Contact Object", &[may("name", Kind::Text), may("url", Kind::Text), may("email", Kind::Text)]);

pub(crate) static LICENSE: Object = Object {
    ..object(
        "License Object",
        &[
            must("name", Kind::Text),
            may("identifier", Kind::Text).since(Version::V3_1).documentation(),
            may("url", Kind::Text),
        ],
    )
};

static SERVER: Object = object(
    "Server Object",
    &[
        must("url", Kind::Text),
        may("description", Kind::Text),
        may("name", Kind::Text).since(Version::V3_2).annotation(),
        may("variables", Kind::Map(&Kind::Object(&SERVER_VARIABLE))),
    ],
);

static SERVER_VARIABLE: Object = Object {
    rule: rules::server_variable,
    ..object(
        "Server Variable Object",
        &[may("enum", kind!(texts)), must("default", Kind::Text), may("description", Kind::Text)],
    )
};

pub(crate) static COMPONENTS: Object = Object {
    rule: rules::components,
    ..object(
        "Components Object",
        &[
            may("schemas", Kind::Map(&Kind::Reference(&SCHEMA))),
            may("responses", Kind::Map(&Kind::Reference(&RESPONSE))),
            may("parameters", Kind::Map(&Kind::Reference(&PARAMETER))),
            may("examples", kind!(examples)),
            may("requestBodies", Kind::Map(&Kind::Reference(&REQUEST_BODY))),
            may("headers", kind!(headers)),
            may("securitySchemes", Kind::Map(&Kind::Reference(&SECURITY_SCHEME))),
            may("links", kind!(links)),
            may("callbacks", Kind::Map(&Kind::Reference(&CALLBACK))),
            may("pathItems", Kind::Map(&Kind::Reference(&PATH_ITEM))).since(Version::V3_1),
            may("mediaTypes", Kind::Map(&Kind::Reference(&MEDIA_TYPE))).since(Version::V3_2).refused(),
        ],
    )
};

pub(crate) static PATHS: Object = Object {
    others: Some(Others { key: OtherKey::Path, kind: Kind::Reference(&PATH_ITEM) }),
    ..object("Paths Object", &[])
};

/// A map, whose keys may be extensions as those of `paths` may.
static WEBHOOKS: Object = Object {
    others: Some(Others { key: OtherKey::Expression, kind: Kind::Reference(&PATH_ITEM) }),
    ..object("map of Path Item Objects", &[])
};

pub(crate) static PATH_ITEM: Object = Object {
    rule: rules::path_item,
    ..object(
        "Path Item Object",
        &[
            may("$ref", Kind::Text),
            may("summary", Kind::Text),
            may("description", Kind::Text),
            may("get", kind!(operation)),
            may("put", kind!(operation)),
            may("post", kind!(operation)),
            may("delete", kind!(operation)),
            may("options", kind!(operation)),
            may("head", kind!(operation)),
            may("patch", kind!(operation)),
            may("trace", kind!(operation)),
            may("query", kind!(operation)).since(Version::V3_2).refused(),
            may("additionalOperations", Kind::Map(&kind!(operation))).since(Version::V3_2).refused(),
            may("servers", kind!(servers)),
            may("parameters", kind!(parameters)),
        ],
    )
};

pub(crate) static OPERATION: Object = Object {
    rule: rules::operation,
    ..object(
        "Operation Object",
        &[
            may("tags", kind!(texts)),
            may("summary", Kind::Text),
            may("description", Kind::Text),
            may("externalDocs", kind!(docs)),
            may("operationId", Kind::Text),
            may("parameters", kind!(parameters)),
            may("requestBody", Kind::Reference(&REQUEST_BODY)),
            must("responses", Kind::Object(&RESPONSES)).required_until(Version::V3_0),
            may("callbacks", Kind::Map(&Kind::Reference(&CALLBACK))),
            may("deprecated", Kind::Bool),
            may("security", kind!(security)),
            may("servers", kind!(servers)),
        ],
    )
};

pub(crate) static EXTERNAL_DOCUMENTATION: Object =
    object("External Documentation Object", &[may("description", Kind::Text), must("url", Kind::Text)]);

pub(crate) static PARAMETER: Object = Object {
    rule: rules::parameter,
    ..object(
        "Parameter Object",
        &[
            must("name", Kind::Text),
            must("in", Kind::Text),
            may("description", Kind::Text),
            may("required", Kind::Bool),
            may("deprecated", Kind::Bool),
            may("allowEmptyValue", Kind::Bool),
            may("style", Kind::Text),
            may("explode", Kind::Bool),
            may("allowReserved", Kind::Bool),
            may("schema", Kind::Reference(&SCHEMA)),
            may("example", Kind::Any),
            may("examples", kind!(examples)),
            may("content", kind!(content)),
        ],
    )
};

static REQUEST_BODY: Object = object(
    "Request Body Object",
    &[may("description", Kind::Text), must("content", kind!(content)), may("required", Kind::Bool)],
);

pub(crate) static MEDIA_TYPE: Object = Object {
    ..object(
        "Media Type Object",
        &[
            may("schema", Kind::Reference(&SCHEMA)),
            may("example", Kind::Any),
            may("examples", kind!(examples)),
            may("itemSchema", Kind::Reference(&SCHEMA)).since(Version::V3_2),
            may("encoding", Kind::Map(&Kind::Object(&ENCODING))),
            may("prefixEncoding", Kind::List(&Kind::Object(&ENCODING))).since(Version::V3_2).refused(),
            may("itemEncoding", Kind::Object(&ENCODING)).since(Version::V3_2).refused(),
        ],
    )
};

static ENCODING: Object = object(
    "Encoding Object",
    &[
        may("contentType", Kind::Text),
        may("headers", kind!(headers)),
        may("style", Kind::OneOf(&["form", "spaceDelimited", "pipeDelimited", "deepObject"])),
        may("explode", Kind::Bool),
        may("allowReserved", Kind::Bool),
        may("encoding", Kind::Map(&Kind::Object(&ENCODING))).since(Version::V3_2).refused(),
        may("prefixEncoding", Kind::List(&Kind::Object(&ENCODING))).since(Version::V3_2).refused(),
        may("itemEncoding", Kind::Object(&ENCODING)).since(Version::V3_2).refused(),
    ],
);

static RESPONSES: Object = Object {
    others: Some(Others { key: OtherKey::Status, kind: Kind::Reference(&RESPONSE) }),
    rule: rules::responses,
    ..object("Responses Object", &[may("default", Kind::Reference(&RESPONSE))])
};

pub(crate) static RESPONSE: Object = Object {
    ..object(
        "Response Object",
        &[
            may("summary", Kind::Text).since(Version::V3_2).documentation(),
            must("description", Kind::Text).required_until(Version::V3_1),
            may("headers", kind!(headers)),
            may("content", kind!(content)),
            may("links", kind!(links)),
        ],
    )
};

static CALLBACK: Object = Object {
    others: Some(Others { key: OtherKey::Expression, kind: Kind::Reference(&PATH_ITEM) }),
    ..object("Callback Object", &[])
};

pub(crate) static EXAMPLE: Object = Object {
    ..object(
        "Example Object",
        &[
            may("summary", Kind::Text),
            may("description", Kind::Text),
            may("dataValue", Kind::Any).since(Version::V3_2).documentation(),
            may("serializedValue", Kind::Text).since(Version::V3_2).annotation(),
            may("value", Kind::Any),
            may("externalValue", Kind::Text),
        ],
    )
};

static LINK: Object = Object {
    rule: rules::link,
    ..object(
        "Link Object",
        &[
            may("operationRef", Kind::Text),
            may("operationId", Kind::Text),
            may("parameters", Kind::Map(&Kind::Any)),
            may("requestBody", Kind::Any),
            may("description", Kind::Text),
            may("server", Kind::Object(&SERVER)),
        ],
    )
};

static HEADER: Object = Object {
    rule: rules::header,
    ..object(
        "Header Object",
        &[
            may("description", Kind::Text),
            may("required", Kind::Bool),
            may("deprecated", Kind::Bool),
            may("allowEmptyValue", Kind::Bool),
            may("style", Kind::OneOf(&["simple"])),
            may("explode", Kind::Bool),
            may("allowReserved", Kind::Bool),
            may("schema", Kind::Reference(&SCHEMA)),
            may("example", Kind::Any),
            may("examples", kind!(examples)),
            may("content", kind!(content)),
        ],
    )
};

pub(crate) static TAG: Object = Object {
    ..object(
        "Tag Object",
        &[
            must("name", Kind::Text),
            may("summary", Kind::Text).since(Version::V3_2).documentation(),
            may("description", Kind::Text),
            may("externalDocs", kind!(docs)),
            may("parent", Kind::Text).since(Version::V3_2).annotation(),
            may("kind", Kind::Text).since(Version::V3_2).annotation(),
        ],
    )
};

pub(crate) static SECURITY_SCHEME: Object = Object {
    rule: rules::security_scheme,
    ..object(
        "Security Scheme Object",
        &[
            must("type", Kind::Text),
            may("description", Kind::Text),
            may("name", Kind::Text),
            may("in", Kind::OneOf(&["query", "header", "cookie"])),
            may("scheme", Kind::Text),
            may("bearerFormat", Kind::Text),
            may("flows", Kind::Object(&OAUTH_FLOWS)),
            may("openIdConnectUrl", Kind::Text),
            may("oauth2MetadataUrl", Kind::Text).since(Version::V3_2).annotation(),
            may("deprecated", Kind::Bool).since(Version::V3_2).annotation(),
        ],
    )
};

static OAUTH_FLOWS: Object = Object {
    rule: rules::flows,
    ..object(
        "OAuth Flows Object",
        &[
            may("implicit", kind!(flow)),
            may("password", kind!(flow)),
            may("clientCredentials", kind!(flow)),
            may("authorizationCode", kind!(flow)),
            may("deviceAuthorization", kind!(flow)).since(Version::V3_2),
        ],
    )
};

static OAUTH_FLOW: Object = object(
    "OAuth Flow Object",
    &[
        may("authorizationUrl", Kind::Text),
        may("tokenUrl", Kind::Text),
        may("refreshUrl", Kind::Text),
        must("scopes", Kind::Map(&Kind::Text)),
        may("deviceAuthorizationUrl", Kind::Text).since(Version::V3_2),
    ],
);

pub(crate) static SECURITY_REQUIREMENT: Object = Object {
    others: Some(Others { key: OtherKey::Expression, kind: kind!(texts) }),
    rule: rules::security_requirement,
    ..object("Security Requirement Object", &[])
};
