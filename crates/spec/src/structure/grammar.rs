//! The objects of OpenAPI 3: their fields, what may stand in them, which are required, and which
//! versions have them. Those of 2.0 are in [`super::swagger`].

use serde_json::{Map, Value};
use specwright_diagnostics::Pointer;

use super::swagger::SWAGGER;
use super::{rules, schema_rules};
use crate::structure::walk::Rule;
use crate::version::Version;

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
    pub required: Required,
    /// The first version that has it.
    pub since: Version,
    /// The last version that has it; `None` where the newest does.
    pub until: Option<Version>,
    pub fate: Fate,
    /// The field that it is read as, where that is not there: an extension in use since before the field.
    pub stands_for: Option<&'static str>,
}

/// Until which version a field must stand there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Required {
    Never,
    Always,
    Until(Version),
}

/// What becomes of a field on the way to the model.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// The model has it, or something as good.
    Kept,
    /// It only annotates, and the model has it, or something as good.
    Documentation,
    /// It only annotates, and the contract has no place for it.
    Annotation,
    /// It changes what the document means, and the model does not hold it yet.
    Refused,
}

pub(super) const fn may(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        kind,
        required: Required::Never,
        since: Version::V2_0,
        until: None,
        fate: Fate::Kept,
        stands_for: None,
    }
}

pub(super) const fn must(name: &'static str, kind: Kind) -> Field {
    Field { required: Required::Always, ..may(name, kind) }
}

impl Field {
    pub(super) const fn since(self, version: Version) -> Self {
        Self { since: version, ..self }
    }

    const fn until(self, version: Version) -> Self {
        Self { until: Some(version), ..self }
    }

    const fn required_until(self, version: Version) -> Self {
        Self { required: Required::Until(version), ..self }
    }

    pub(super) const fn refused(self) -> Self {
        Self { fate: Fate::Refused, ..self }
    }

    const fn documentation(self) -> Self {
        Self { fate: Fate::Documentation, ..self }
    }

    pub(super) const fn annotation(self) -> Self {
        Self { fate: Fate::Annotation, ..self }
    }

    const fn stands_for(self, field: &'static str) -> Self {
        Self { stands_for: Some(field), ..self }
    }

    /// Whether a version has it.
    pub fn is_of(&self, version: Version) -> bool {
        self.since <= version && self.until.is_none_or(|last| version <= last)
    }

    /// Whether it must stand there.
    pub fn is_required(&self, version: Version) -> bool {
        match self.required {
            Required::Never => false,
            Required::Always => self.is_of(version),
            Required::Until(last) => version <= last,
        }
    }
}

pub(super) const fn object(name: &'static str, fields: &'static [Field]) -> Object {
    Object { name, fields, others: None, rule: rules::none }
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
            may("prefixItems", kind!(schemas)).since(Version::V3_1),
            may("items", Kind::Reference(&SCHEMA)),
            may("contains", Kind::Reference(&SCHEMA)).since(Version::V3_1),
            may("minContains", Kind::Count).since(Version::V3_1),
            may("maxContains", Kind::Count).since(Version::V3_1),
            may("unevaluatedItems", Kind::Reference(&SCHEMA)).since(Version::V3_1),
            may("minItems", Kind::Count),
            may("maxItems", Kind::Count),
            may("uniqueItems", Kind::Bool),
            may("required", kind!(texts)),
            may("properties", Kind::Map(&Kind::Reference(&SCHEMA))),
            may("additionalProperties", Kind::BoolOr(&SCHEMA)),
            may("patternProperties", Kind::Map(&Kind::Reference(&SCHEMA))).since(Version::V3_1),
            may("propertyNames", Kind::Reference(&SCHEMA)).since(Version::V3_1),
            may("unevaluatedProperties", Kind::Reference(&SCHEMA)).since(Version::V3_1),
            may("dependentRequired", Kind::Map(&kind!(texts))).since(Version::V3_1),
            may("dependentSchemas", Kind::Map(&Kind::Reference(&SCHEMA))).since(Version::V3_1),
            may("minProperties", Kind::Count),
            may("maxProperties", Kind::Count),
            may("allOf", kind!(schemas)),
            may("oneOf", kind!(schemas)),
            may("anyOf", kind!(schemas)),
            may("not", Kind::Reference(&SCHEMA)),
            may("if", Kind::Reference(&SCHEMA)).since(Version::V3_1),
            may("then", Kind::Reference(&SCHEMA)).since(Version::V3_1),
            may("else", Kind::Reference(&SCHEMA)).since(Version::V3_1),
            may("discriminator", Kind::Object(&DISCRIMINATOR)),
            may("xml", Kind::Object(&XML)),
            may("externalDocs", kind!(docs)),
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

impl Kind {
    /// Whether a value looks like a map of objects, whatever faults those have: each has some field.
    fn resembles(&self, value: &Value) -> bool {
        let (Self::Object(Object { others: Some(others), .. }), Value::Object(members)) = (self, value)
        else {
            return false;
        };
        let Kind::Reference(object) = &others.kind else { return false };
        let has_field = |member: &Value| {
            let mut keys = member.as_object().into_iter().flat_map(Map::keys);
            keys.any(|key| object.field_of_another_version(key).is_some())
        };
        let mut named = members.iter().filter(|(key, _)| !key.starts_with("x-")).peekable();
        named.peek().is_some() && named.all(|(_, member)| has_field(member))
    }
}

impl Object {
    /// The field of this name, if a version has it.
    pub fn field(&self, name: &str, version: Version) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name && field.is_of(version))
    }

    /// The field of this name that an earlier or later version has.
    pub fn field_of_another_version(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The field that a key is among these members: an extension is one where it is read as another
    /// that is not there, and looks like it.
    pub fn field_among(
        &self,
        name: &str,
        members: &Map<String, Value>,
        version: Version,
    ) -> Option<&'static Field> {
        let field = self.field(name, version)?;
        let Some(meant) = field.stands_for else { return Some(field) };
        let is_there = members.contains_key(meant) && self.field(meant, version).is_some();
        let is_taken = !is_there && members.get(name).is_some_and(|value| field.kind.resembles(value));
        is_taken.then_some(field)
    }

    /// What stands under a key among these members.
    pub fn inside_among(
        &'static self,
        key: &str,
        members: &Map<String, Value>,
        version: Version,
    ) -> &'static Kind {
        static ANY: Kind = Kind::Any;
        match self.field(key, version) {
            Some(_) if self.field_among(key, members, version).is_none() => &ANY,
            _ => self.inside(key, version),
        }
    }

    /// What stands under a key.
    pub fn inside(&'static self, token: &str, version: Version) -> &'static Kind {
        static ANY: Kind = Kind::Any;
        match (self.field(token, version), &self.others) {
            (Some(field), _) => &field.kind,
            (None, Some(others)) if !token.starts_with("x-") => &others.kind,
            (None, _) => &ANY,
        }
    }

    /// Whether it is this object of the table.
    pub fn is(&'static self, other: &'static Object) -> bool {
        std::ptr::eq(self, other)
    }
}

/// What a document as a whole is.
pub(crate) fn root_kind(version: Version) -> &'static Kind {
    static SWAGGER_ROOT: Kind = Kind::Object(&SWAGGER);
    static OPENAPI_ROOT: Kind = Kind::Object(&OPENAPI);
    if version == Version::V2_0 { &SWAGGER_ROOT } else { &OPENAPI_ROOT }
}

/// What the specification has at a place in a document.
pub(crate) fn kind_at(version: Version, root: &Value, pointer: &Pointer) -> &'static Kind {
    static ANY: Kind = Kind::Any;
    let whole = (root_kind(version), Some(root));
    let (kind, _) = pointer.tokens().fold(whole, |(kind, value), token| {
        let inside = match (kind, value) {
            (
                Kind::Object(object) | Kind::Reference(object) | Kind::BoolOr(object),
                Some(Value::Object(members)),
            ) => object.inside_among(&token, members, version),
            (Kind::Map(kind) | Kind::List(kind), _) => kind,
            _ => &ANY,
        };
        let value = value.and_then(|value| match value {
            Value::Object(members) => members.get(&token),
            Value::Array(items) => items.get(token.parse::<usize>().ok()?),
            _ => None,
        });
        (inside, value)
    });
    kind
}
