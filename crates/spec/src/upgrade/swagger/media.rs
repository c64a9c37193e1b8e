//! Bodies: `consumes`, `produces`, parameters in bodies and forms, responses.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use specwright_diagnostics::{Code, Diagnostic, Place, Pointer};

use super::parameter::{list_style, style};
use super::schema::is_nullable_key;
use super::{Members, Shared, Upgrade};
use crate::reference;
use crate::structure::{Kind, SWAGGER_SCHEMA};

const JSON: &str = "application/json";
const OCTETS: &str = "application/octet-stream";
const URLENCODED: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// The media types of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Types {
    pub consumes: Vec<String>,
    pub produces: Vec<String>,
    /// The operation.
    pub at: Pointer,
}

/// Shared bodies and responses, by name, with the media types that they were written for.
#[derive(Debug, Default)]
pub(super) struct Media {
    bodies: BTreeMap<String, (Vec<String>, Value)>,
    responses: BTreeMap<String, (Vec<String>, Value)>,
    /// The fields of forms that are used.
    fields: BTreeSet<Pointer>,
}

impl Upgrade<'_> {
    pub(super) fn responses(
        &mut self,
        responses: &Value,
        media: &Types,
        at: &Pointer,
        to: &Pointer,
        shared: &mut Shared<'_>,
    ) -> Value {
        let mut out = Members::new();
        for (status, response) in responses.as_object().into_iter().flatten() {
            let (at, to) = (at.child(status), to.child(status));
            let copied = match response {
                Value::Object(_) if !status.starts_with("x-") => {
                    self.shared_response(response, media, &at, &to, shared)
                }
                other => self.any(other, &at, &to),
            };
            out.insert(status.clone(), copied);
        }
        Value::Object(out)
    }

    /// A response, or the reference to one that is the same for this operation's media types.
    fn shared_response(
        &mut self,
        response: &Value,
        media: &Types,
        at: &Pointer,
        to: &Pointer,
        shared: &mut Shared<'_>,
    ) -> Value {
        let Some((pointer, target)) =
            reference::resolve(self.root, at).filter(|_| response.get("$ref").is_some())
        else {
            return self.response(response, &media.produces, media, at, to);
        };
        let Some(name) = named(&pointer, "responses") else {
            return self.response(target, &media.produces, media, &pointer, to);
        };
        let place = Pointer::root().child("components").child("responses").child(&name);
        if let Some((produces, _)) = shared.media.responses.get(&name) {
            if *produces != media.produces && target.get("schema").is_some() {
                return self.response(target, &media.produces, media, &pointer, to);
            }
        } else {
            let copied = self.response(target, &media.produces, media, &pointer, &place);
            shared.media.responses.insert(name, (media.produces.clone(), copied));
        }
        self.moves.record(to, at);
        json!({"$ref": place.to_string()})
    }

    fn response(
        &mut self,
        response: &Value,
        produces: &[String],
        media: &Types,
        at: &Pointer,
        to: &Pointer,
    ) -> Value {
        let Value::Object(members) = response else { return response.clone() };
        self.moves.record(to, at);
        let mut out = Members::new();
        let examples = members.get("examples").and_then(Value::as_object);
        for (key, value) in members {
            let (at, to) = (at.child(key), to.child(key));
            match key.as_str() {
                "schema" | "examples" => {}
                "headers" => {
                    let headers = value.as_object().into_iter().flatten().map(|(name, header)| {
                        (name.clone(), self.header(header, &at.child(name), &to.child(name)))
                    });
                    out.insert(key.clone(), Value::Object(headers.collect()));
                }
                _ => {
                    out.insert(key.clone(), self.any(value, &at, &to));
                }
            }
        }
        let schema = members.get("schema");
        let is_file = schema.is_some_and(|schema| schema.get("type") == Some(&json!("file")));
        let mut types = produces.to_vec();
        if types.is_empty() && schema.is_some() {
            let assumed = if is_file { OCTETS } else { JSON };
            self.assumed("produces", assumed, &media.at);
            types.push(assumed.to_owned());
        }
        let mut content = Members::new();
        for name in types {
            let example = examples.and_then(|examples| examples.get(&name));
            if schema.is_none() && example.is_none() {
                continue;
            }
            let to = to.child("content").child(&name);
            self.moves.record(&to, at);
            let mut entry = Members::new();
            if let Some(schema) = schema {
                let copied = self.schema_of_2_0(schema, &at.child("schema"), &to.child("schema"));
                entry.insert("schema".to_owned(), copied);
            }
            if let Some(example) = example {
                self.moves.record(&to.child("example"), &at.child("examples").child(&name));
                entry.insert("example".to_owned(), example.clone());
            }
            content.insert(name, Value::Object(entry));
        }
        for name in examples.into_iter().flat_map(Members::keys) {
            if !content.contains_key(name) && !name.starts_with("x-") {
                let place = Place::key(&at.child("examples").child(name));
                let message = format!("the example of `{name}` is not carried over: it is not produced");
                self.say(Diagnostic::new(Code::NotCarried, message, place, "left out"));
            }
        }
        if !content.is_empty() {
            out.insert("content".to_owned(), Value::Object(content));
        }
        Value::Object(out)
    }

    /// The body that one parameter, or the parameters of a form, are.
    pub(super) fn request_body(
        &mut self,
        bodies: &[Pointer],
        media: &Types,
        to: &Pointer,
        shared: &mut Shared<'_>,
    ) -> Value {
        let resolved: Vec<(Pointer, &Value)> =
            bodies.iter().filter_map(|pointer| reference::resolve(self.root, pointer)).collect();
        shared.media.fields.extend(resolved.iter().map(|(pointer, _)| pointer.clone()));
        let [(pointer, parameter)] = resolved.as_slice() else {
            return self.form(&resolved, media, to);
        };
        if parameter.get("in") == Some(&json!("formData")) {
            return self.form(&resolved, media, to);
        }
        let Some(name) = named(pointer, "parameters") else {
            return self.body(parameter, media, pointer, to);
        };
        let place = Pointer::root().child("components").child("requestBodies").child(&name);
        if let Some((consumes, _)) = shared.media.bodies.get(&name) {
            if *consumes != media.consumes {
                return self.body(parameter, media, pointer, to);
            }
        } else {
            let copied = self.body(parameter, media, pointer, &place);
            shared.media.bodies.insert(name, (media.consumes.clone(), copied));
        }
        if let [used] = bodies {
            self.moves.record(to, used);
        }
        json!({"$ref": place.to_string()})
    }

    fn body(&mut self, parameter: &Value, media: &Types, at: &Pointer, to: &Pointer) -> Value {
        let Value::Object(members) = parameter else { return parameter.clone() };
        self.moves.record(to, at);
        let mut out = Members::new();
        for (key, value) in members {
            if !matches!(key.as_str(), "name" | "in" | "schema") {
                out.insert(key.clone(), self.any(value, &at.child(key), &to.child(key)));
            }
        }
        let mut types = media.consumes.clone();
        if types.is_empty() {
            self.assumed("consumes", JSON, &media.at);
            types.push(JSON.to_owned());
        }
        let mut content = Members::new();
        for name in types {
            let to = to.child("content").child(&name);
            self.moves.record(&to, at);
            let schema = members.get("schema").unwrap_or(&Value::Null);
            let schema = self.schema_of_2_0(schema, &at.child("schema"), &to.child("schema"));
            content.insert(name, json!({"schema": schema}));
        }
        out.insert("content".to_owned(), Value::Object(content));
        Value::Object(out)
    }

    fn form(&mut self, fields: &[(Pointer, &Value)], media: &Types, to: &Pointer) -> Value {
        let Some((first, _)) = fields.first() else { return json!({"content": {}}) };
        self.moves.record(to, first);
        let has_file = fields.iter().any(|(_, field)| field.get("type") == Some(&json!("file")));
        let is_form = |name: &&String| {
            let essence = name.split(';').next().unwrap_or_default().trim();
            essence == MULTIPART || (essence == URLENCODED && !has_file)
        };
        let mut types: Vec<String> = media.consumes.iter().filter(is_form).cloned().collect();
        if types.is_empty() {
            let assumed = if has_file { MULTIPART } else { URLENCODED };
            self.assumed("consumes", assumed, &media.at);
            types.push(assumed.to_owned());
        }
        let mut content = Members::new();
        for name in types {
            let to = to.child("content").child(&name);
            self.moves.record(&to, first);
            let urlencoded = !name.starts_with(MULTIPART);
            content.insert(name, self.form_content(fields, &to, urlencoded));
        }
        let required = fields.iter().any(|(_, field)| field.get("required") == Some(&Value::Bool(true)));
        json!({"required": required, "content": content})
    }

    fn form_content(&mut self, fields: &[(Pointer, &Value)], to: &Pointer, urlencoded: bool) -> Value {
        let mut properties = Members::new();
        let mut required = Vec::new();
        let mut encoding = Members::new();
        let schema_at = to.child("schema");
        for (at, field) in fields {
            let Some(members) = field.as_object() else { continue };
            let name = members.get("name").and_then(Value::as_str).unwrap_or_default();
            let to = schema_at.child("properties").child(name);
            let mut property = self.simple_schema(members, at, &to);
            for (key, value) in members.iter().filter(|(key, _)| is_said_of_property(key)) {
                property[key] = value.clone();
            }
            if members.contains_key("allowEmptyValue") {
                self.annotation("allowEmptyValue", &at.child("allowEmptyValue"));
            }
            properties.insert(name.to_owned(), property);
            if members.get("required") == Some(&Value::Bool(true)) {
                self.moves.record(&schema_at.child("required").index(required.len()), &at.child("required"));
                required.push(name);
            }
            // Without it, each item of a list is a part of its own in 3.0.
            let is_whole = |style: &(&str, bool)| urlencoded || !style.1;
            let style = list_style(members).and_then(|format| style(format, "form")).filter(is_whole);
            if let Some((style, explode)) = style {
                encoding.insert(name.to_owned(), json!({"style": style, "explode": explode}));
            }
        }
        let mut schema = json!({"type": "object", "properties": properties});
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        let mut content = json!({"schema": schema});
        if !encoding.is_empty() {
            content["encoding"] = Value::Object(encoding);
        }
        content
    }

    /// What operations share; what none of them uses is written for the document's own media types.
    pub(super) fn shared_bodies(
        &mut self,
        members: &Members,
        shared: &mut Shared<'_>,
        components: &mut Members,
    ) {
        let root = Pointer::root();
        let media = shared.media_of(&Members::new(), &root.child("swagger"));
        let mut responses = Members::new();
        for (name, response) in members.get("responses").and_then(Value::as_object).into_iter().flatten() {
            let place = root.child("components").child("responses").child(name);
            let used = shared.media.responses.remove(name).map(|(_, written)| written);
            let written = used.unwrap_or_else(|| {
                let at = root.child("responses").child(name);
                self.response(response, &media.produces, &media, &at, &place)
            });
            responses.insert(name.clone(), written);
        }
        let mut bodies = Members::new();
        for (name, parameter) in members.get("parameters").and_then(Value::as_object).into_iter().flatten() {
            let at = root.child("parameters").child(name);
            if parameter.get("in") == Some(&json!("formData")) && !shared.media.fields.contains(&at) {
                let message = format!("`{name}` is not carried over: nothing refers to this parameter");
                self.say(Diagnostic::new(Code::NotCarried, message, Place::key(&at), "left out"));
            }
            if parameter.get("in") == Some(&json!("body")) {
                let place = root.child("components").child("requestBodies").child(name);
                let used = shared.media.bodies.remove(name).map(|(_, written)| written);
                let written = used.unwrap_or_else(|| self.body(parameter, &media, &at, &place));
                bodies.insert(name.clone(), written);
            }
        }
        components.insert("responses".to_owned(), Value::Object(responses));
        components.insert("requestBodies".to_owned(), Value::Object(bodies));
    }

    fn schema_of_2_0(&mut self, schema: &Value, at: &Pointer, to: &Pointer) -> Value {
        self.value(&Kind::Reference(&SWAGGER_SCHEMA), schema, at, to)
    }
}

/// The name of something that stands in a section of the document.
fn named(pointer: &Pointer, section: &str) -> Option<String> {
    let tokens: Vec<String> = pointer.tokens().collect();
    match tokens.as_slice() {
        [held, name] if held == section => Some(name.clone()),
        _ => None,
    }
}

/// What a field says that is not about its values.
fn is_said_of_property(key: &str) -> bool {
    key == "description" || (key.starts_with("x-") && !is_nullable_key(key))
}
