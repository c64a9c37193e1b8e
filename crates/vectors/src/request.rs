//! Requests: legal ones, and those that break one constraint.

mod path;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use specwright_ir::{
    Additional, BodyKind, Content as Declared, Example, Ir, Location, Operation, Parameter, Shape, Style,
    TypeKind,
};

use crate::edge::{Edge, Verdict};
use crate::route::Served;
use crate::value::{self, Extent};
use crate::vector::{self, Body, Request, Violation};
use crate::walk::changes;
use crate::wire::{self, Parts};
use crate::{body, fits};

/// The names of the schemes of each alternative.
pub(crate) fn security(ir: &Ir, operation: &Operation) -> Vec<Vec<String>> {
    let names = operation.security.iter().map(|alternative| {
        alternative.schemes.iter().map(|used| ir.scheme(used.scheme).name.wire.clone()).collect()
    });
    names.collect()
}

/// Adds an operation's requests to its vectors.
pub(crate) fn requests(ir: &Ir, operation: &Operation, vectors: &mut vector::Operation) {
    let maker = Maker { ir, operation };
    let style = |parameter: &Parameter| match parameter.style {
        Style::SpaceDelimited if !parameter.explode => Some("SpaceDelimited"),
        Style::PipeDelimited if !parameter.explode => Some("PipeDelimited"),
        Style::TabDelimited if !parameter.explode => Some("TabDelimited"),
        _ => None,
    };
    let queries = operation.parameters.iter().filter(|parameter| parameter.location == Location::Query);
    let styles = queries.map(|one| Some((one.name.wire.clone(), style(one)?)));
    vectors.styles = styles.flatten().collect();
    if let Some(name) = maker.name_of_two() {
        vectors.untested.push(format!("requests: nothing tells whose `{name}` stands in the query"));
        return;
    }
    let full = maker.draft(Extent::Full, &mut vectors.untested);
    let least = maker.draft(Extent::Least, &mut Vec::new());
    let first = match (full, least) {
        (Ok(full), least) => {
            vectors.accepted.push(full.request("all that may be there"));
            let least = least.ok().filter(|least| !least.is_same(&full));
            vectors.accepted.extend(least.map(|least| least.request("nothing that may be left out")));
            full
        }
        (Err(_), Ok(least)) => {
            vectors.accepted.push(least.request("nothing that may be left out"));
            least
        }
        (Err(why), Err(_)) => {
            vectors.untested.push(format!("requests: {why}"));
            return;
        }
    };
    for parameter in &operation.parameters {
        maker.parameter(&first, parameter, vectors);
    }
    maker.bodies(&first, vectors);
    vectors.untested.sort();
    vectors.untested.dedup();
}

/// A request in the making: each parameter as it stands there.
#[derive(Clone, Default)]
struct Draft {
    path: String,
    query: BTreeMap<usize, Vec<String>>,
    headers: BTreeMap<String, String>,
    cookies: BTreeMap<usize, Vec<String>>,
    body: Option<Body>,
}

impl Draft {
    fn target(&self) -> String {
        let query: Vec<&str> = self.query.values().flatten().map(String::as_str).collect();
        if query.is_empty() {
            return self.path.clone();
        }
        let separator = if self.path.contains('?') { '&' } else { '?' };
        format!("{}{separator}{}", self.path, query.join("&"))
    }

    fn all_headers(&self) -> BTreeMap<String, Option<String>> {
        let mut headers: BTreeMap<_, _> =
            self.headers.iter().map(|(name, value)| (name.clone(), Some(value.clone()))).collect();
        let cookies: Vec<&str> = self.cookies.values().flatten().map(String::as_str).collect();
        if !cookies.is_empty() {
            headers.insert("cookie".to_owned(), Some(cookies.join("; ")));
        }
        headers
    }

    fn is_same(&self, other: &Self) -> bool {
        self.target() == other.target()
            && self.all_headers() == other.all_headers()
            && self.body == other.body
    }

    fn request(&self, what: &str) -> Request {
        Request {
            what: what.to_owned(),
            target: Some(self.target()),
            headers: self.all_headers(),
            body: self.body.clone(),
            ..Request::default()
        }
    }

    /// The request, as it differs from another one in its parameters.
    fn beside(&self, first: &Self, what: String) -> Request {
        let (mut headers, before) = (self.all_headers(), first.all_headers());
        headers.retain(|name, value| before.get(name) != Some(value));
        for name in before.keys().filter(|name| !self.all_headers().contains_key(*name)) {
            headers.insert(name.clone(), None);
        }
        let target = (self.target() != first.target()).then(|| self.target());
        Request { what, target, headers, ..Request::default() }
    }
}

struct Maker<'a> {
    ir: &'a Ir,
    operation: &'a Operation,
}

impl Maker<'_> {
    /// A request of an extent. What is optional is left out where it cannot be made.
    fn draft(&self, extent: Extent, untested: &mut Vec<String>) -> Result<Draft, String> {
        let mut draft = Draft { path: self.path(None)?, ..Draft::default() };
        let others = self.operation.parameters.iter().filter(|one| one.location != Location::Path);
        let is_there = |one: &&Parameter| one.required || extent == Extent::Full || self.fixed(one).is_some();
        for parameter in others.filter(is_there) {
            let made =
                self.value(parameter, extent).and_then(|value| self.place(&mut draft, parameter, &value));
            match made {
                Err(why) if parameter.required => return Err(why),
                Err(why) => untested.push(why),
                Ok(()) => {}
            }
        }
        if let Some(declared) = &self.operation.body
            && (declared.required || extent == Extent::Full)
        {
            let mut made = declared.contents.iter().map(|content| self.body(content, extent));
            let first = made.next().unwrap_or_else(|| Err("no media type is declared".to_owned()));
            match first.or_else(|why| made.find_map(Result::ok).ok_or(why)) {
                Ok(body) => draft.body = Some(body),
                Err(why) if declared.required => return Err(why),
                Err(why) => untested.push(format!("the body: {why}")),
            }
        }
        Ok(draft)
    }

    /// The text that a parameter has in every request that is let in and meant for the operation: a
    /// credential, or what stands behind the `#` of the path.
    fn fixed(&self, parameter: &Parameter) -> Option<String> {
        let asked = Served::of(self.operation).asked;
        let is_it = |name: &str| match parameter.location {
            Location::Query => parameter.name.wire == name,
            Location::Header => parameter.name.wire.eq_ignore_ascii_case(name),
            _ => false,
        };
        let asked = asked.into_iter().find(|(name, _)| is_it(name)).map(|(_, value)| value.to_owned());
        asked.or_else(|| crate::credential_of(self.ir, self.operation, parameter))
    }

    /// A value of a parameter.
    fn value(&self, parameter: &Parameter, extent: Extent) -> Result<Value, String> {
        let Some(text) = self.fixed(parameter) else {
            let made = value::value(self.ir, &parameter.schema, extent);
            return made.or_else(|why| example(parameter).ok_or(why));
        };
        let read = serde_json::from_str(&text).ok();
        let mut values = [Some(Value::String(text)), read].into_iter().flatten();
        let value = values.find(|value| fits::fits(self.ir, value, &parameter.schema));
        value.ok_or_else(|| format!("`{}` has no value that its place asks for", parameter.name.wire))
    }

    fn body(&self, content: &Declared, extent: Extent) -> Result<Body, String> {
        let made = body::body(self.ir, content, extent).or_else(|why| {
            let mut fitting = content.examples.iter().filter(|example| example.defect.is_none());
            let made = |example: &Example| body::of_value(self.ir, content, example.value.clone()).ok();
            fitting.find_map(made).ok_or(why)
        })?;
        let is_required = self.operation.body.as_ref().is_some_and(|body| body.required);
        match &made.content {
            vector::Content::Form(pairs) if pairs.is_empty() && !is_required => {
                Err("a form without pairs is no body at all".to_owned())
            }
            _ => Ok(made),
        }
    }

    fn parts(parameter: &Parameter, value: &Value) -> Result<Parts, String> {
        let none = || {
            format!("{} `{}`: its value has no place there", parameter.location.as_str(), parameter.name.wire)
        };
        let parts = match parameter.style {
            Style::Json => Some(Parts::One(value.to_string())),
            Style::DeepObject => Parts::of(value).filter(|parts| !matches!(parts, Parts::Items(_))),
            _ => Parts::of(value),
        };
        let parts = parts.ok_or_else(none)?;
        let is_sound = |text: &str| {
            let is_reserved = parameter.allow_reserved && wire::encode(text) != text;
            let is_separator = wire::delimiter(parameter.style).is_some() && text.contains([' ', '|', '\t']);
            !is_reserved && !is_separator
        };
        let is_sound = match &parts {
            Parts::One(text) => is_sound(text),
            Parts::Items(items) => items.iter().all(|item| is_sound(item)),
            Parts::Members(members) => members.iter().all(|(name, value)| is_sound(name) && is_sound(value)),
        };
        if is_sound { Ok(parts) } else { Err(none()) }
    }

    /// Whether a parameter's members stand in the query by names of their own, whatever these are.
    fn takes_any_name(&self, parameter: &Parameter) -> bool {
        let mut schema = &parameter.schema;
        let is_open = loop {
            match &schema.shape {
                Shape::Map(_) => break true,
                Shape::Named(id) => match &self.ir.ty(*id).kind {
                    TypeKind::Alias(alias) if !alias.newtype => schema = &alias.schema,
                    TypeKind::Struct(rules) => break matches!(rules.additional, Additional::Kept { .. }),
                    _ => break false,
                },
                _ => break false,
            }
        };
        is_open
            && parameter.location == Location::Query
            && parameter.style == Style::Form
            && parameter.explode
    }

    /// A name that two parameters have in the query: members of an object stand there by their own.
    fn name_of_two(&self) -> Option<String> {
        let mut seen = BTreeSet::new();
        let parameters = self.operation.parameters.iter().filter(|one| one.location == Location::Query);
        let mut names = parameters.flat_map(|parameter| {
            let mut schema = &parameter.schema;
            while let Shape::Named(id) = &schema.shape {
                match &self.ir.ty(*id).kind {
                    TypeKind::Alias(alias) if !alias.newtype => schema = &alias.schema,
                    TypeKind::Struct(object) if parameter.style == Style::Form && parameter.explode => {
                        return object.fields.iter().map(|field| field.name.wire.clone()).collect();
                    }
                    _ => break,
                }
            }
            vec![parameter.name.wire.clone()]
        });
        names.find(|name| !seen.insert(name.clone()))
    }

    /// Puts a parameter's value in its place.
    fn place(&self, draft: &mut Draft, parameter: &Parameter, value: &Value) -> Result<(), String> {
        let Parameter { name, style, explode, .. } = parameter;
        let at =
            self.operation.parameters.iter().position(|one| std::ptr::eq(one, parameter)).unwrap_or_default();
        let none =
            || format!("{} `{}`: its value has no place there", parameter.location.as_str(), name.wire);
        match parameter.location {
            Location::Path => draft.path = self.path(Some((&name.wire, &Self::text(parameter, value)?)))?,
            Location::Query => {
                let open = self.operation.parameters.iter().filter(|one| self.takes_any_name(one));
                if self.takes_any_name(parameter) && open.count() > 1 {
                    return Err(format!("query `{}`: another parameter takes its members too", name.wire));
                }
                let pairs = wire::pairs(&name.wire, *style, *explode, &Self::parts(parameter, value)?);
                draft.query.insert(at, pairs);
            }
            Location::Header => {
                let text =
                    wire::header(*style, *explode, &Self::parts(parameter, value)?).ok_or_else(none)?;
                draft.headers.insert(name.wire.to_lowercase(), text);
            }
            Location::Cookie => {
                let parts = Self::parts(parameter, value)?;
                draft
                    .cookies
                    .insert(at, wire::cookies(&name.wire, *style, *explode, &parts).ok_or_else(none)?);
            }
        }
        Ok(())
    }

    /// A parameter's examples and boundaries.
    fn parameter(&self, first: &Draft, parameter: &Parameter, vectors: &mut vector::Operation) {
        // What is said of the body's length has to be so.
        let is_length = parameter.location == Location::Header
            && parameter.name.wire.eq_ignore_ascii_case("content-length");
        if is_length || self.fixed(parameter).is_some() {
            return;
        }
        let name = &parameter.name.wire;
        let place = format!("{} `{name}`", parameter.location.as_str());
        for example in parameter.examples.iter().filter(|example| example.defect.is_none()) {
            let mut draft = first.clone();
            if self.place(&mut draft, parameter, &example.value).is_ok() && !draft.is_same(first) {
                let request = draft.beside(first, format!("{place}: `{}`", example.origin));
                vectors.accepted.push(Request { example: true, ..request });
            }
        }
        for Edge { value, verdict } in value::edges(self.ir, &parameter.schema) {
            let Some(value) = value else { continue };
            let is_text = matches!(verdict, Verdict::Refused("type")) && !self.has_type(parameter);
            let mut draft = first.clone();
            if is_text || self.place(&mut draft, parameter, &value).is_err() || draft.is_same(first) {
                continue;
            }
            match verdict {
                Verdict::Accepted(what) => {
                    vectors.accepted.push(draft.beside(first, format!("{place}: {what}")));
                }
                Verdict::Refused(constraint) => {
                    let request = draft.beside(first, format!("{place}: {constraint}"));
                    vectors.refused.push(refused(request, parameter, constraint));
                }
            }
        }
        if parameter.required && parameter.location != Location::Path {
            let mut draft = first.clone();
            let at = self.operation.parameters.iter().position(|one| std::ptr::eq(one, parameter));
            let at = at.unwrap_or_default();
            draft.query.remove(&at);
            draft.cookies.remove(&at);
            draft.headers.remove(&name.to_lowercase());
            let request = draft.beside(first, format!("{place}: required"));
            let may_be_missing = parameter.default.is_some() || parameter.may_be_null;
            if !may_be_missing && !draft.is_same(first) {
                vectors.refused.push(refused(request, parameter, "required"));
            }
        }
    }

    /// Whether there are texts that are not of the parameter's type.
    fn has_type(&self, parameter: &Parameter) -> bool {
        let mut schema = &parameter.schema;
        loop {
            match &schema.shape {
                Shape::Boolean | Shape::Integer(_) | Shape::Number(_) => return true,
                Shape::Named(id) => match &self.ir.ty(*id).kind {
                    TypeKind::Alias(alias) if !alias.newtype => schema = &alias.schema,
                    _ => return false,
                },
                _ => return false,
            }
        }
    }

    /// The body in its other media types, its examples, and the boundaries of its JSON.
    fn bodies(&self, first: &Draft, vectors: &mut vector::Operation) {
        let Some(declared) = &self.operation.body else { return };
        for content in &declared.contents {
            let media_type = &content.name.wire;
            for extent in [Extent::Full, Extent::Least] {
                match self.body(content, extent) {
                    Ok(body) if is_new(&body, vectors) => {
                        let what = format!("the body as `{media_type}`");
                        vectors.accepted.push(Request { what, body: Some(body), ..Request::default() });
                    }
                    Ok(_) => {}
                    Err(why) => vectors.untested.push(format!("the body as `{media_type}`: {why}")),
                }
            }
            let fitting = content.examples.iter().filter(|example| example.defect.is_none());
            for example in fitting.filter(|_| matches!(content.kind, BodyKind::Json(_) | BodyKind::Xml(_))) {
                let body = body::of_value(self.ir, content, example.value.clone());
                if let (BodyKind::Xml(_), Err(why)) = (&content.kind, &body) {
                    vectors.untested.push(format!("the body: `{}`: {why}", example.origin));
                }
                let body = body.ok().filter(|body| is_new(body, vectors));
                let what = format!("the body: `{}`", example.origin);
                let request = |body| Request { what, body: Some(body), example: true, ..Request::default() };
                vectors.accepted.extend(body.map(request));
            }
        }
        let Some(Body { media_type, content: vector::Content::Json(whole) }) = &first.body else { return };
        let is_sent = |content: &&Declared| content.name.wire == *media_type;
        let Some(BodyKind::Json(schema)) =
            declared.contents.iter().find(is_sent).map(|content| &content.kind)
        else {
            return;
        };
        for change in changes(self.ir, schema, whole) {
            let edit = Some(change.edit);
            let at = if change.at.is_empty() { "the body" } else { &change.at };
            match change.verdict {
                Verdict::Accepted(what) => {
                    vectors.accepted.push(Request {
                        what: format!("{at}: {what}"),
                        edit,
                        ..Request::default()
                    });
                }
                Verdict::Refused(constraint) => {
                    let violation = Violation {
                        location: "body",
                        name: String::new(),
                        pointer: change.at.clone(),
                        constraint,
                    };
                    let what = format!("{at}: {constraint}");
                    let request = Request { what, edit, violation: Some(violation), ..Request::default() };
                    vectors.refused.push(request);
                }
            }
        }
        if declared.required {
            let violation = Violation {
                location: "body",
                name: String::new(),
                pointer: String::new(),
                constraint: "required",
            };
            vectors.refused.push(Request {
                what: "the body: required".to_owned(),
                headers: BTreeMap::from([("content-type".to_owned(), None)]),
                edit: Some(vector::Edit::Remove(String::new())),
                violation: Some(violation),
                ..Request::default()
            });
        }
    }
}

fn example(parameter: &Parameter) -> Option<Value> {
    let fitting = parameter.examples.iter().find(|example| example.defect.is_none());
    fitting.map(|example| example.value.clone())
}

fn is_new(body: &Body, vectors: &vector::Operation) -> bool {
    !vectors.accepted.iter().any(|request| request.body.as_ref() == Some(body))
}

fn refused(request: Request, parameter: &Parameter, constraint: &'static str) -> Request {
    let violation = Violation {
        location: parameter.location.as_str(),
        name: parameter.name.wire.clone(),
        pointer: String::new(),
        constraint,
    };
    Request { violation: Some(violation), ..request }
}
