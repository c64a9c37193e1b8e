//! What the table of objects cannot say: conditions between fields, keys, and uniqueness.

use serde_json::{Map, Value};
use specwright_diagnostics::{Code, Diagnostic, Place, Pointer};

use super::openapi::PATH_ITEM;
use super::report::{illegal_value, later, missing_field, must_be};
use super::swagger::SWAGGER_PATH_ITEM;
use super::walk::Check;
use crate::reference::resolve;
use crate::version::Version;

type Members = Map<String, Value>;

/// Nothing to add to the table.
pub(super) fn none(_: &mut Check<'_>, _: &Members, _: &Pointer) {}

fn text<'v>(members: &'v Members, key: &str) -> Option<&'v str> {
    members.get(key).and_then(Value::as_str)
}

pub(super) fn server_variable(check: &mut Check<'_>, members: &Members, pointer: &Pointer) {
    if let (Some(Value::Array(values)), Some(default)) = (members.get("enum"), members.get("default"))
        && !values.contains(default)
    {
        let place = Place::value(&pointer.child("default"));
        check.say(
            Diagnostic::new(Code::UnfitValue, "the default is not one of the variable's values", place, "")
                .with_secondary(Place::value(&pointer.child("enum")), "the values"),
        );
    }
}

pub(super) fn components(check: &mut Check<'_>, members: &Members, pointer: &Pointer) {
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
    for (section, names) in members.iter().filter(|(section, _)| !section.starts_with("x-")) {
        for name in names.as_object().into_iter().flat_map(Map::keys) {
            if name.is_empty() || !name.bytes().all(legal) {
                let place = Place::key(&pointer.child(section).child(name));
                let message = format!("`{name}` is not a legal component name");
                check.say(
                    Diagnostic::new(Code::ComponentKey, message, place, "")
                        .with_help("letters, digits, `.`, `-` and `_` are"),
                );
            }
        }
    }
}

/// Whether a key of `paths` is a path whose item can be checked.
pub(super) fn path(check: &mut Check<'_>, path: &str, pointer: &Pointer) -> bool {
    let refuse = |check: &mut Check<'_>, message: String| {
        check.say(Diagnostic::new(Code::InvalidPath, message, Place::key(pointer), ""));
    };
    if !path.starts_with('/') {
        let place = Place::key(pointer);
        check.say(
            Diagnostic::new(
                Code::InvalidPath,
                format!("the path `{path}` does not begin with `/`"),
                place,
                "",
            )
            .with_help(format!("write `/{path}`; a key of your own begins with `x-`")),
        );
        return true;
    }
    match template_names(path) {
        Err(problem) => refuse(check, format!("the path `{path}` has {problem}")),
        Ok(names) => {
            for (index, name) in names.iter().enumerate() {
                if names[..index].contains(name) {
                    check.say(
                        Diagnostic::new(
                            Code::RepeatedPathParameter,
                            format!("the path `{path}` has `{{{name}}}` twice"),
                            Place::key(pointer),
                            "",
                        )
                        .with_help("it is one parameter: the same value stands in both places"),
                    );
                }
            }
        }
    }
    true
}

/// The names between the braces of a path.
fn template_names(path: &str) -> Result<Vec<&str>, &'static str> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some(at) = rest.find(['{', '}']) {
        let inside = rest[at..].strip_prefix('{').ok_or("a `}` without a `{`")?;
        let end = inside.find(['{', '}']).ok_or("a `{` without a `}`")?;
        let after = inside[end..].strip_prefix('}').ok_or("a `{` inside of braces")?;
        if end == 0 {
            return Err("braces without a name");
        }
        names.push(&inside[..end]);
        rest = after;
    }
    Ok(names)
}

/// Whether a key of `responses` is a status.
pub(super) fn status(check: &mut Check<'_>, key: &str, pointer: &Pointer) -> bool {
    let [class, rest @ ..] = key.as_bytes() else {
        check.say(not_a_status(key, pointer));
        return true;
    };
    let code = rest.len() == 2 && rest.iter().all(u8::is_ascii_digit);
    if !(b'1'..=b'5').contains(class) || !(code || rest == b"XX") {
        check.say(not_a_status(key, pointer));
    }
    true
}

fn not_a_status(key: &str, pointer: &Pointer) -> Diagnostic {
    let message = format!("`{key}` is not a status");
    let diagnostic = Diagnostic::new(Code::InvalidStatus, message, Place::key(pointer), "");
    let upper = key.to_ascii_uppercase();
    match key.to_ascii_lowercase().as_str() {
        "default" => diagnostic.with_help("did you mean `default`?"),
        "1xx" | "2xx" | "3xx" | "4xx" | "5xx" => diagnostic.with_help(format!("did you mean `{upper}`?")),
        _ => diagnostic.with_help("a code from 100 to 599, a range such as `4XX`, or `default`"),
    }
}

pub(super) fn responses(check: &mut Check<'_>, members: &Members, pointer: &Pointer) {
    if !members.keys().any(|key| !key.starts_with("x-")) {
        let place = Place::key(pointer);
        let message = "`responses` must have at least one response";
        check.say(Diagnostic::new(Code::MissingField, message, place, "none is declared"));
    }
}

pub(super) fn path_item(check: &mut Check<'_>, members: &Members, pointer: &Pointer) {
    let expected = if check.version == Version::V2_0 { &SWAGGER_PATH_ITEM } else { &PATH_ITEM };
    check.follow_later(expected, members, pointer);
    parameters(check, members, pointer);
}

pub(super) fn operation(check: &mut Check<'_>, members: &Members, pointer: &Pointer) {
    parameters(check, members, pointer);
    let Some(id) = text(members, "operationId") else { return };
    let here = pointer.child("operationId");
    match check.operation_ids.get(id) {
        Some(first) => {
            let diagnostic = Diagnostic::new(
                Code::DuplicateOperationId,
                format!("two operations have the operationId `{id}`"),
                Place::value(&here),
                "the second",
            )
            .with_secondary(Place::value(first), "the first");
            check.say(diagnostic);
        }
        None => {
            check.operation_ids.insert(id.to_owned(), here);
        }
    }
}

/// No parameter twice in one list; names of headers differ by more than case.
fn parameters(check: &mut Check<'_>, members: &Members, pointer: &Pointer) {
    let Some(Value::Array(items)) = members.get("parameters") else { return };
    let pointer = pointer.child("parameters");
    let mut seen: Vec<((String, &str), Pointer)> = Vec::new();
    for index in 0..items.len() {
        let here = pointer.index(index);
        let Some((_, parameter)) = resolve(check.root, &here) else { continue };
        let field = |key: &str| parameter.get(key).and_then(Value::as_str);
        let (Some(name), Some(location)) = (field("name"), field("in")) else { continue };
        let name = if location == "header" { name.to_lowercase() } else { name.to_owned() };
        let key = (name, location);
        if let Some((_, first)) = seen.iter().find(|(other, _)| *other == key) {
            let message = format!("the {location} parameter `{}` is declared twice", key.0);
            let diagnostic =
                Diagnostic::new(Code::DuplicateParameter, message, Place::value(&here), "again here")
                    .with_secondary(Place::value(first), "first here");
            check.say(diagnostic);
        } else {
            seen.push((key, here));
        }
    }
}

pub(super) fn parameter(check: &mut Check<'_>, members: &Members, pointer: &Pointer) {
    let location = text(members, "in").unwrap_or_default();
    let legal: &[&str] = if check.version >= Version::V3_2 {
        &["query", "header", "path", "cookie", "querystring"]
    } else {
        &["query", "header", "path", "cookie"]
    };
    if members.get("in").is_some_and(Value::is_string) && !legal.contains(&location) {
        check.say(illegal_value(&pointer.child("in"), location, legal));
    }
    if location == "path" && members.get("required") != Some(&Value::Bool(true)) {
        let at = if members.contains_key("required") { pointer.child("required") } else { pointer.clone() };
        let message = "a path parameter without `required: true`: taken as required";
        check.say(
            Diagnostic::new(
                Code::OptionalPathParameter,
                message,
                Place::key(&at),
                "in a path, and not required",
            )
            .with_help("add `required: true`: a path without it would be another path"),
        );
    }
    if let Some(style) = text(members, "style") {
        let legal: &[&str] = match location {
            "path" => &["matrix", "label", "simple"],
            "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
            "header" => &["simple"],
            "cookie" if check.version >= Version::V3_2 => &["form", "cookie"],
            "cookie" => &["form"],
            _ => &[],
        };
        if !legal.is_empty() && !legal.contains(&style) {
            check.say(illegal_value(&pointer.child("style"), style, legal));
        }
    }
    header(check, members, pointer);
}

/// What parameters and headers share: a schema or a content with one media type.
pub(super) fn header(check: &mut Check<'_>, members: &Members, pointer: &Pointer) {
    match (members.get("schema"), members.get("content")) {
        (Some(_), Some(_)) => {
            let place = Place::key(&pointer.child("content"));
            check.say(
                Diagnostic::new(Code::Conflict, "`schema` and `content` exclude each other", place, "")
                    .with_secondary(Place::key(&pointer.child("schema")), "the other"),
            );
        }
        (None, None) => {
            let place = Place::key(pointer);
            let message = "neither `schema` nor `content` says what the value is";
            check.say(Diagnostic::new(Code::MissingField, message, place, "`schema` is missing here"));
        }
        (None, Some(Value::Object(content))) if content.len() != 1 => {
            let place = Place::value(&pointer.child("content"));
            let message = "`content` must have exactly one media type here";
            check.say(Diagnostic::new(
                Code::IllegalValue,
                message,
                place,
                format!("{} of them", content.len()),
            ));
        }
        _ => {}
    }
}

pub(super) fn security_scheme(check: &mut Check<'_>, members: &Members, pointer: &Pointer) {
    let legal = ["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"];
    let legal = if check.version >= Version::V3_1 { &legal[..] } else { &legal[..4] };
    match text(members, "type") {
        Some("mutualTLS") if check.version >= Version::V3_1 => {}
        Some("mutualTLS") => {
            let version = check.version;
            check.say(later(version, &pointer.child("type"), "`type: mutualTLS`"));
        }
        Some(kind) if !legal.contains(&kind) => {
            check.say(illegal_value(&pointer.child("type"), kind, legal));
        }
        _ => {}
    }
    let needed: &[&str] = match text(members, "type") {
        Some("apiKey") => &["name", "in"],
        Some("http") => &["scheme"],
        Some("oauth2") => &["flows"],
        Some("openIdConnect") => &["openIdConnectUrl"],
        _ => &[],
    };
    for field in needed.iter().filter(|field| !members.contains_key(**field)) {
        let kind = text(members, "type").unwrap_or_default();
        check.say(missing_field(pointer, &format!("Security Scheme Object of type `{kind}`"), field));
    }
}

pub(super) fn link(check: &mut Check<'_>, members: &Members, pointer: &Pointer) {
    match (members.get("operationRef"), members.get("operationId")) {
        (Some(_), Some(_)) => {
            let place = Place::key(&pointer.child("operationId"));
            let message = "`operationRef` and `operationId` exclude each other";
            check.say(
                Diagnostic::new(Code::Conflict, message, place, "")
                    .with_secondary(Place::key(&pointer.child("operationRef")), "the other"),
            );
        }
        (None, None) => check.say(missing_field(pointer, "Link Object", "operationId")),
        _ => {}
    }
}

pub(super) fn flows(check: &mut Check<'_>, members: &Members, pointer: &Pointer) {
    let needed: [(&str, &[&str]); 4] = [
        ("implicit", &["authorizationUrl"]),
        ("password", &["tokenUrl"]),
        ("clientCredentials", &["tokenUrl"]),
        ("authorizationCode", &["authorizationUrl", "tokenUrl"]),
    ];
    for (flow, fields) in needed {
        let Some(Value::Object(members)) = members.get(flow) else { continue };
        for field in fields.iter().filter(|field| !members.contains_key(**field)) {
            check.say(missing_field(&pointer.child(flow), "OAuth Flow Object of this kind", field));
        }
    }
}

pub(super) fn security_requirement(check: &mut Check<'_>, members: &Members, pointer: &Pointer) {
    let section = match check.version {
        Version::V2_0 => "/securityDefinitions",
        _ => "/components/securitySchemes",
    };
    let schemes = check.root.pointer(section).and_then(Value::as_object);
    for name in members.keys().filter(|name| !schemes.is_some_and(|schemes| schemes.contains_key(*name))) {
        let place = Place::key(&pointer.child(name));
        let message = format!("there is no security scheme `{name}`");
        let mut diagnostic = Diagnostic::new(Code::DanglingReference, message, place, "not declared");
        let known = schemes.into_iter().flat_map(Map::keys).map(String::as_str);
        diagnostic = match super::near_miss(name, known) {
            Some(meant) => diagnostic.with_help(format!("did you mean `{meant}`?")),
            None => diagnostic.with_help(format!("declare it in `#{section}`")),
        };
        check.say(diagnostic);
    }
    for (name, scopes) in members.iter().filter(|(name, _)| name.starts_with("x-")) {
        if !scopes.is_array() {
            let diagnostic = must_be(check.root, &pointer.child(name), "a list of scopes", scopes);
            check.say(diagnostic);
        }
    }
}
