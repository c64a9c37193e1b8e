//! The objects of OpenAPI 3.0: their fields, what may stand in them, and which are required.

use specwright_diagnostics::Pointer;

use super::{rules, schema_rules};
use crate::structure::walk::Rule;

/// What may stand at a place.
pub(crate) enum Kind {
    Text,
    Bool,
    Number,
    /// An integer from zero up.
    Count,
    /// Anything; the inside is not looked at.
    Any,
    OneOf(&'static [&'static str]),
    Map(&'static Kind),
    List(&'static Kind),
    Object(&'static Object),
    /// The object or a Reference Object.
    Reference(&'static Object),
    /// `true`, `false`, or the object or a Reference Object.
    BoolOr(&'static Object),
}

/// One object of the specification.
pub(crate) struct Object {
    /// As the specification calls it, such as `Schema Object`.
    pub name: &'static str,
    /// In the specification's order.
    pub fields: &'static [Field],
    /// What stands under keys that are no fields.
    pub others: Option<Others>,
    /// Keys that later versions of OpenAPI give a meaning that cannot be left out.
    pub later: &'static [&'static str],
    /// Keys of later versions that only annotate.
    pub later_notes: &'static [&'static str],
    /// What the table cannot say.
    pub rule: Rule,
}

/// Keys that the document chooses.
pub(crate) struct Others {
    /// The key of a `paths`, a `responses` or a callback.
    pub key: OtherKey,
    pub kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum OtherKey {
    Path,
    Status,
    Expression,
}

pub(crate) struct Field {
    pub name: &'static str,
    pub kind: Kind,
    pub required: bool,
}

const fn may(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, required: false }
}

const fn must(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, required: true }
}

const fn object(name: &'static str, fields: &'static [Field]) -> Object {
    Object { name, fields, others: None, later: &[], later_notes: &[], rule: rules::none }
}

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
    (schemas) => {
        Kind::List(&Kind::Reference(&SCHEMA))
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
    later: &["webhooks", "jsonSchemaDialect", "$self"],
    ..object(
        "OpenAPI Object",
        &[
            must("openapi", Kind::Text),
            must("info", Kind::Object(&INFO)),
            may("servers", kind!(servers)),
            must("paths", Kind::Object(&PATHS)),
            may("components", Kind::Object(&COMPONENTS)),
            may("security", kind!(security)),
            may("tags", Kind::List(&Kind::Object(&TAG))),
            may("externalDocs", kind!(docs)),
        ],
    )
};

static INFO: Object = Object {
    later_notes: &["summary"],
    ..object(
        "Info Object",
        &[
            must("title", Kind::Text),
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

static LICENSE: Object = Object {
    later_notes: &["identifier"],
    ..object("License Object", &[must("name", Kind::Text), may("url", Kind::Text)])
};

static SERVER: Object = object(
    "Server Object",
    &[
        must("url", Kind::Text),
        may("description", Kind::Text),
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

static COMPONENTS: Object = Object {
    later: &["pathItems"],
    later_notes: &["mediaTypes"],
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
        ],
    )
};

static PATHS: Object = Object {
    others: Some(Others { key: OtherKey::Path, kind: Kind::Reference(&PATH_ITEM) }),
    ..object("Paths Object", &[])
};

pub(crate) static PATH_ITEM: Object = Object {
    later: &["query", "additionalOperations"],
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
            may("servers", kind!(servers)),
            may("parameters", kind!(parameters)),
        ],
    )
};

static OPERATION: Object = Object {
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
            must("responses", Kind::Object(&RESPONSES)),
            may("callbacks", Kind::Map(&Kind::Reference(&CALLBACK))),
            may("deprecated", Kind::Bool),
            may("security", kind!(security)),
            may("servers", kind!(servers)),
        ],
    )
};

static EXTERNAL_DOCUMENTATION: Object =
    object("External Documentation Object", &[may("description", Kind::Text), must("url", Kind::Text)]);

static PARAMETER: Object = Object {
    rule: rules::parameter,
    ..object(
        "Parameter Object",
        &[
            must("name", Kind::Text),
            must("in", Kind::OneOf(&["query", "header", "path", "cookie"])),
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

static MEDIA_TYPE: Object = Object {
    later: &["itemSchema", "itemEncoding", "prefixEncoding"],
    ..object(
        "Media Type Object",
        &[
            may("schema", Kind::Reference(&SCHEMA)),
            may("example", Kind::Any),
            may("examples", kind!(examples)),
            may("encoding", Kind::Map(&Kind::Object(&ENCODING))),
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
    ],
);

static RESPONSES: Object = Object {
    others: Some(Others { key: OtherKey::Status, kind: Kind::Reference(&RESPONSE) }),
    rule: rules::responses,
    ..object("Responses Object", &[may("default", Kind::Reference(&RESPONSE))])
};

static RESPONSE: Object = Object {
    later_notes: &["summary"],
    ..object(
        "Response Object",
        &[
            must("description", Kind::Text),
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

static EXAMPLE: Object = Object {
    later_notes: &["dataValue", "serializedValue"],
    ..object(
        "Example Object",
        &[
            may("summary", Kind::Text),
            may("description", Kind::Text),
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

static TAG: Object = Object {
    later_notes: &["summary", "parent", "kind"],
    ..object(
        "Tag Object",
        &[must("name", Kind::Text), may("description", Kind::Text), may("externalDocs", kind!(docs))],
    )
};

pub(crate) static SCHEMA: Object = Object {
    later: &[
        "const",
        "if",
        "then",
        "else",
        "prefixItems",
        "contains",
        "minContains",
        "maxContains",
        "propertyNames",
        "patternProperties",
        "dependentRequired",
        "dependentSchemas",
        "unevaluatedItems",
        "unevaluatedProperties",
        "$defs",
        "$id",
        "$anchor",
        "$dynamicRef",
        "$dynamicAnchor",
    ],
    later_notes: &[
        "examples",
        "$comment",
        "$schema",
        "$vocabulary",
        "contentEncoding",
        "contentMediaType",
        "contentSchema",
    ],
    rule: schema_rules::schema,
    ..object(
        "Schema Object",
        &[
            may("title", Kind::Text),
            may("type", Kind::Any),
            may("format", Kind::Text),
            may("description", Kind::Text),
            may("nullable", Kind::Bool),
            may("deprecated", Kind::Bool),
            may("readOnly", Kind::Bool),
            may("writeOnly", Kind::Bool),
            may("default", Kind::Any),
            may("enum", Kind::List(&Kind::Any)),
            may("multipleOf", Kind::Number),
            may("minimum", Kind::Number),
            may("exclusiveMinimum", Kind::Any),
            may("maximum", Kind::Number),
            may("exclusiveMaximum", Kind::Any),
            may("minLength", Kind::Count),
            may("maxLength", Kind::Count),
            may("pattern", Kind::Text),
            may("items", Kind::Reference(&SCHEMA)),
            may("minItems", Kind::Count),
            may("maxItems", Kind::Count),
            may("uniqueItems", Kind::Bool),
            may("required", kind!(texts)),
            may("properties", Kind::Map(&Kind::Reference(&SCHEMA))),
            may("additionalProperties", Kind::BoolOr(&SCHEMA)),
            may("minProperties", Kind::Count),
            may("maxProperties", Kind::Count),
            may("allOf", kind!(schemas)),
            may("oneOf", kind!(schemas)),
            may("anyOf", kind!(schemas)),
            may("not", Kind::Reference(&SCHEMA)),
            may("discriminator", Kind::Object(&DISCRIMINATOR)),
            may("xml", Kind::Object(&XML)),
            may("externalDocs", kind!(docs)),
            may("example", Kind::Any),
        ],
    )
};

static DISCRIMINATOR: Object = object(
    "Discriminator Object",
    &[must("propertyName", Kind::Text), may("mapping", Kind::Map(&Kind::Text))],
);

static XML: Object = Object {
    later_notes: &["nodeType"],
    ..object(
        "XML Object",
        &[
            may("name", Kind::Text),
            may("namespace", Kind::Text),
            may("prefix", Kind::Text),
            may("attribute", Kind::Bool),
            may("wrapped", Kind::Bool),
        ],
    )
};

static SECURITY_SCHEME: Object = Object {
    later: &["oauth2MetadataUrl"],
    later_notes: &["deprecated"],
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
        ],
    )
};

static OAUTH_FLOWS: Object = Object {
    later: &["deviceAuthorization"],
    rule: rules::flows,
    ..object(
        "OAuth Flows Object",
        &[
            may("implicit", kind!(flow)),
            may("password", kind!(flow)),
            may("clientCredentials", kind!(flow)),
            may("authorizationCode", kind!(flow)),
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
    ],
);

static SECURITY_REQUIREMENT: Object = Object {
    others: Some(Others { key: OtherKey::Expression, kind: kind!(texts) }),
    rule: rules::security_requirement,
    ..object("Security Requirement Object", &[])
};

impl Object {
    /// The field of this name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// What stands under a key.
    pub fn inside(&'static self, token: &str) -> &'static Kind {
        static ANY: Kind = Kind::Any;
        match (self.field(token), &self.others) {
            (Some(field), _) => &field.kind,
            (None, Some(others)) if !token.starts_with("x-") => &others.kind,
            (None, _) => &ANY,
        }
    }
}

/// What the specification has at a place in a document.
pub(crate) fn kind_at(pointer: &Pointer) -> &'static Kind {
    static ROOT: Kind = Kind::Object(&OPENAPI);
    static ANY: Kind = Kind::Any;
    pointer.tokens().fold(&ROOT, |kind, token| match kind {
        Kind::Object(object) | Kind::Reference(object) | Kind::BoolOr(object) => object.inside(&token),
        Kind::Map(kind) | Kind::List(kind) => kind,
        Kind::Text | Kind::Bool | Kind::Number | Kind::Count | Kind::Any | Kind::OneOf(_) => &ANY,
    })
}
