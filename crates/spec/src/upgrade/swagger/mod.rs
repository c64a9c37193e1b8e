//! OpenAPI 2.0: the document, its paths and its operations.

mod media;
mod parameter;
mod schema;
mod security;

use serde_json::{Value, json};
use specwright_diagnostics::{Code, Diagnostic, Place, Pointer};

use super::{Members, Upgrade};
use crate::reference;
use crate::structure::SWAGGER;
use crate::version::Version;

use media::Media;

const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];

/// Fields of the document that become something else.
const APART: [&str; 11] = [
    "swagger",
    "host",
    "basePath",
    "schemes",
    "consumes",
    "produces",
    "paths",
    "definitions",
    "parameters",
    "responses",
    "securityDefinitions",
];

impl Upgrade<'_> {
    pub(super) fn swagger(&mut self) -> Value {
        let root = self.root;
        let Value::Object(members) = root else { return root.clone() };
        let whole = Pointer::root();
        let mut out = Members::from_iter([("openapi".to_owned(), json!("3.0.3"))]);
        for (key, value) in members.iter().filter(|(key, _)| !APART.contains(&key.as_str())) {
            let here = whole.child(key);
            let copied = self.value(SWAGGER.inside(key, Version::V2_0), value, &here, &here);
            out.insert(key.clone(), copied);
        }
        self.servers(members, members.get("schemes"), &whole, &whole, &mut out);
        // What is shared goes first, so that references to it lead there.
        let mut components = self.components(members);
        let mut shared = Shared { root: members, media: Media::default() };
        let (at, to) = (whole.child("paths"), whole.child("paths"));
        let mut paths = Members::new();
        for (path, item) in members.get("paths").and_then(Value::as_object).into_iter().flatten() {
            let (at, to) = (at.child(path), to.child(path));
            let copied = match item {
                Value::Object(item) if !path.starts_with("x-") => self.path_item(item, &at, &to, &mut shared),
                other => self.any(other, &at, &to),
            };
            paths.insert(path.clone(), copied);
        }
        self.shared_bodies(members, &mut shared, &mut components);
        out.insert("paths".to_owned(), Value::Object(paths));
        out.insert("components".to_owned(), Value::Object(components));
        Value::Object(out)
    }

    fn components(&mut self, members: &Members) -> Members {
        let mut components = Members::new();
        let root = Pointer::root();
        let section = |name: &str| root.child("components").child(name);
        if let Some(definitions) = members.get("definitions") {
            let (at, to) = (root.child("definitions"), section("schemas"));
            self.moves.record(&to, &at);
            let kind = SWAGGER.inside("definitions", Version::V2_0);
            components.insert("schemas".to_owned(), self.value(kind, definitions, &at, &to));
        }
        if let Some(Value::Object(schemes)) = members.get("securityDefinitions") {
            let (at, to) = (root.child("securityDefinitions"), section("securitySchemes"));
            self.moves.record(&to, &at);
            let schemes = schemes.iter().map(|(name, scheme)| {
                (name.clone(), self.security_scheme(scheme, &at.child(name), &to.child(name)))
            });
            components.insert("securitySchemes".to_owned(), Value::Object(schemes.collect()));
        }
        if let Some(Value::Object(parameters)) = members.get("parameters") {
            let (at, to) = (root.child("parameters"), section("parameters"));
            let mut plain = Members::new();
            for (name, parameter) in parameters.iter().filter(|(_, parameter)| !is_body(parameter)) {
                let copied = self.parameter(parameter, &at.child(name), &to.child(name));
                plain.insert(name.clone(), copied);
            }
            components.insert("parameters".to_owned(), Value::Object(plain));
        }
        components
    }

    fn servers(
        &mut self,
        root: &Members,
        schemes: Option<&Value>,
        at: &Pointer,
        to: &Pointer,
        out: &mut Members,
    ) {
        let text = |key: &str| root.get(key).and_then(Value::as_str).unwrap_or_default();
        let (host, base) = (text("host"), text("basePath").trim_end_matches('/'));
        if host.is_empty() && base.is_empty() {
            return;
        }
        let said = if host.is_empty() { "basePath" } else { "host" };
        let to = to.child("servers");
        self.moves.record(&to, &Pointer::root().child(said));
        let listed: Vec<&str> =
            schemes.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        let mut servers = Vec::new();
        if host.is_empty() {
            servers.push(json!({"url": base}));
        } else if listed.is_empty() {
            servers.push(json!({"url": format!("//{host}{base}")}));
        }
        for (index, scheme) in listed.iter().enumerate().filter(|_| !host.is_empty()) {
            self.moves.record(&to.index(index), &at.child("schemes").index(index));
            servers.push(json!({"url": format!("{scheme}://{host}{base}")}));
        }
        for index in 0..servers.len() {
            self.moves.record(&to.index(index).child("url"), &Pointer::root().child(said));
        }
        out.insert("servers".to_owned(), Value::Array(servers));
    }

    fn path_item(&mut self, item: &Members, at: &Pointer, to: &Pointer, shared: &mut Shared<'_>) -> Value {
        let mut out = Members::new();
        let mut bodies = Vec::new();
        for (key, value) in item {
            let (at, to) = (at.child(key), to.child(key));
            match key.as_str() {
                "parameters" => {
                    let (plain, found) = self.parameters(value, &at, &to);
                    bodies = found;
                    out.insert(key.clone(), plain);
                }
                "$ref" => {
                    self.references.push(to);
                    out.insert(key.clone(), value.clone());
                }
                method if METHODS.contains(&method) => {}
                _ => {
                    out.insert(key.clone(), self.any(value, &at, &to));
                }
            }
        }
        for (key, value) in item.iter().filter(|(key, _)| METHODS.contains(&key.as_str())) {
            let Value::Object(operation) = value else { continue };
            let (at, to) = (at.child(key), to.child(key));
            let copied = self.swagger_operation(operation, &at, &to, &bodies, shared);
            out.insert(key.clone(), copied);
        }
        Value::Object(out)
    }

    fn swagger_operation(
        &mut self,
        operation: &Members,
        at: &Pointer,
        to: &Pointer,
        inherited: &[Pointer],
        shared: &mut Shared<'_>,
    ) -> Value {
        let mut out = Members::new();
        let media = shared.media_of(operation, at);
        let mut bodies = Vec::new();
        for (key, value) in operation {
            let (at, to) = (at.child(key), to.child(key));
            match key.as_str() {
                "consumes" | "produces" | "schemes" => {}
                "parameters" => {
                    let (plain, found) = self.parameters(value, &at, &to);
                    bodies = found;
                    out.insert(key.clone(), plain);
                }
                "responses" => {
                    out.insert(key.clone(), self.responses(value, &media, &at, &to, shared));
                }
                _ => {
                    out.insert(key.clone(), self.any(value, &at, &to));
                }
            }
        }
        self.inherit(&mut bodies, inherited);
        if !bodies.is_empty() {
            let body = self.request_body(&bodies, &media, &to.child("requestBody"), shared);
            out.insert("requestBody".to_owned(), body);
        }
        if operation.contains_key("schemes") {
            self.servers(shared.root, operation.get("schemes"), at, to, &mut out);
        }
        Value::Object(out)
    }

    /// The path item's body, or those fields of its form that the operation does not declare anew.
    fn inherit(&self, bodies: &mut Vec<Pointer>, inherited: &[Pointer]) {
        let field = |pointer: &Pointer| {
            let (_, parameter) = reference::resolve(self.root, pointer)?;
            let text = |key: &str| parameter.get(key).and_then(Value::as_str);
            Some((text("in")?, text("name").unwrap_or_default()))
        };
        let own: Vec<_> = bodies.iter().filter_map(field).collect();
        for pointer in inherited {
            let new = field(pointer).is_some_and(|other| {
                own.iter().all(|(location, name)| {
                    *location == "formData" && other.0 == "formData" && *name != other.1
                })
            });
            if new {
                bodies.push(pointer.clone());
            }
        }
    }

    /// The parameters of a list that are no bodies, and where the others stand.
    fn parameters(&mut self, list: &Value, at: &Pointer, to: &Pointer) -> (Value, Vec<Pointer>) {
        let mut plain = Vec::new();
        let mut bodies = Vec::new();
        for (index, parameter) in list.as_array().into_iter().flatten().enumerate() {
            let at = at.index(index);
            let resolved = reference::resolve(self.root, &at).map_or(parameter, |(_, value)| value);
            if is_body(resolved) {
                bodies.push(at);
                continue;
            }
            let to = to.index(plain.len());
            plain.push(self.parameter(parameter, &at, &to));
        }
        (Value::Array(plain), bodies)
    }

    /// A repair of something that 2.0 leaves open, said once.
    fn assumed(&mut self, key: &str, media: &str, at: &Pointer) {
        let message = format!("no `{key}` says what a body is: taken as `{media}`");
        if self.found.iter().any(|found| found.code == Code::MissingMediaType && found.message == message) {
            return;
        }
        self.say(
            Diagnostic::new(Code::MissingMediaType, message, Place::key(at), "")
                .with_help(format!("add `{key}` to the document, or to the operations that have a body"))
                .with_note("said once for the whole document"),
        );
    }
}

/// What the operations of a document have in common.
struct Shared<'v> {
    root: &'v Members,
    /// What shared bodies and responses were written for: that of the first operation that uses them.
    media: Media,
}

impl Shared<'_> {
    /// The media types of an operation: its own, else the document's.
    fn media_of(&self, operation: &Members, at: &Pointer) -> media::Types {
        let list = |key: &str| {
            let list = operation.get(key).or_else(|| self.root.get(key)).and_then(Value::as_array);
            let texts = list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
            let mut unique: Vec<String> = Vec::new();
            for text in texts {
                if !unique.contains(&text) {
                    unique.push(text);
                }
            }
            unique
        };
        media::Types { consumes: list("consumes"), produces: list("produces"), at: at.clone() }
    }
}

fn is_body(parameter: &Value) -> bool {
    matches!(parameter.get("in").and_then(Value::as_str), Some("body" | "formData"))
}
