//! Requests: legal ones, and those that break one constraint.

mod parameter;
mod path;

use std::collections::BTreeMap;

use specwright_ir::{BodyKind, Content as Declared, Ir, Location, Operation, Parameter, RequestBody, Style};

use crate::body;
use crate::edge::Verdict;
use crate::route::Routes;
use crate::value::Extent;
use crate::vector::{self, Body, Request, Violation};
use crate::walk::changes;

/// The names of the schemes of each alternative.
pub(crate) fn security(ir: &Ir, operation: &Operation) -> Vec<Vec<String>> {
    let names = operation.security.iter().map(|alternative| {
        alternative.schemes.iter().map(|used| ir.scheme(used.scheme).name.wire.clone()).collect()
    });
    names.collect()
}

/// Adds an operation's requests to its vectors.
pub(crate) fn requests(ir: &Ir, routes: &Routes, at: usize, vectors: &mut vector::Operation) {
    let operation = &ir.operations[at];
    let maker = Maker { ir, operation, routes, at };
    let style = |parameter: &Parameter| match parameter.style {
        Style::SpaceDelimited if !parameter.explode => Some("SpaceDelimited"),
        Style::PipeDelimited if !parameter.explode => Some("PipeDelimited"),
        Style::TabDelimited if !parameter.explode => Some("TabDelimited"),
        _ => None,
    };
    let queries = operation.parameters.iter().filter(|parameter| parameter.location == Location::Query);
    let styles = queries.map(|one| Some((one.name.wire.clone(), style(one)?)));
    vectors.styles = styles.flatten().collect();
    for (parameter, name) in maker.indistinct() {
        let why = format!("nothing tells whose `{name}` stands in the query");
        if Maker::is_always_there(parameter) {
            vectors.untested.push(format!("requests: {why}"));
            return;
        }
        vectors.untested.push(format!("query `{}`: {why}", parameter.name.wire));
    }
    if !maker.takes_any_length() {
        vectors.untested.push("requests: not every body's length is a `Content-Length`".to_owned());
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
    /// Whether the body is an example of the document's.
    example: bool,
}

impl Draft {
    fn target(&self) -> String {
        let said: Vec<&str> = self.query.values().flatten().map(String::as_str).collect();
        let (path, fixed) = self.path.split_once('?').unwrap_or((&self.path, ""));
        // What the path has behind a `?`, unless a parameter says it.
        let name = |pair: &str| pair.split('=').next().unwrap_or_default().to_owned();
        let is_said = |pair: &&str| said.iter().any(|other| name(other) == name(pair));
        let fixed = fixed.split('&').filter(|pair| !pair.is_empty() && !is_said(pair));
        let query: Vec<&str> = fixed.chain(said.iter().copied()).collect();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
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
            example: self.example,
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
    routes: &'a Routes<'a>,
    /// The operation's index.
    at: usize,
}

impl Maker<'_> {
    /// A request of an extent. What is optional is left out where it cannot be made.
    fn draft(&self, extent: Extent, untested: &mut Vec<String>) -> Result<Draft, String> {
        let mut draft = Draft { path: self.path(None)?, ..Draft::default() };
        let others = self.operation.parameters.iter().filter(|one| one.location != Location::Path);
        let indistinct = self.indistinct();
        let is_told = |one: &&Parameter| {
            !is_length(one) && !indistinct.iter().any(|(other, _)| std::ptr::eq(*other, *one))
        };
        let is_there = |one: &&Parameter| {
            one.required || extent == Extent::Full || self.is_in_path(one) || self.fixed(one).is_some()
        };
        for parameter in others.filter(is_told).filter(is_there) {
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
                Ok((body, example)) => (draft.body, draft.example) = (Some(body), example),
                Err(why) if declared.required => return Err(why),
                Err(why) => untested.push(format!("the body: {why}")),
            }
        }
        // Where there is a body, whoever sends the request measures it.
        if draft.body.is_none() && self.operation.parameters.iter().any(|one| one.required && is_length(one))
        {
            draft.headers.insert(LENGTH.to_owned(), "0".to_owned());
        }
        if self.is_anothers(&draft) {
            return Err("its parameters may be meant for another operation".to_owned());
        }
        Ok(draft)
    }

    /// Whether it may be meant for another operation of the same path.
    fn is_anothers(&self, draft: &Draft) -> bool {
        let target = draft.target();
        let query = target.split_once('?').map_or("", |(_, query)| query);
        self.routes.is_anothers(self.at, query, |name, value| {
            let found = draft.headers.get(&name.to_lowercase());
            found.is_some_and(|found| value.is_none_or(|value| found == value))
        })
    }

    /// A body of an extent, or else an example of the document's, and whether it is one.
    fn body(&self, content: &Declared, extent: Extent) -> Result<(Body, bool), String> {
        let made = body::body(self.ir, content, extent).map(|body| (body, false));
        let (body, is_example) =
            made.or_else(|why| body::example(self.ir, content).map(|body| (body, true)).ok_or(why))?;
        if self.is_nothing(&body) {
            return Err("a form without pairs is no body at all".to_owned());
        }
        Ok((body, is_example))
    }

    /// Whether a body is the same as none.
    fn is_nothing(&self, body: &Body) -> bool {
        let is_required = self.operation.body.as_ref().is_some_and(|body| body.required);
        !is_required && matches!(&body.content, vector::Content::Form(pairs) if pairs.is_empty())
    }

    /// The body in its other media types, its examples, and the boundaries of its JSON.
    fn bodies(&self, first: &Draft, vectors: &mut vector::Operation) {
        let Some(declared) = &self.operation.body else { return };
        for content in &declared.contents {
            let media_type = &content.name.wire;
            for extent in [Extent::Full, Extent::Least] {
                match self.body(content, extent) {
                    Ok((body, example)) if is_new(&body, vectors) => {
                        let what = format!("the body as `{media_type}`");
                        let body = Some(body);
                        vectors.accepted.push(Request { what, body, example, ..Request::default() });
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
        for content in &declared.contents {
            for (change, body) in body::varied(self.ir, content) {
                let at = if change.at.is_empty() { "the body" } else { &change.at };
                let as_such = format!("as `{}`: {at}", content.name.wire);
                match change.verdict {
                    Verdict::Accepted(what) if is_new(&body, vectors) && !self.is_nothing(&body) => {
                        let what = format!("{as_such}: {what}");
                        vectors.accepted.push(Request { what, body: Some(body), ..Request::default() });
                    }
                    Verdict::Accepted(_) => {}
                    Verdict::Refused(constraint) => {
                        let what = format!("{as_such}: {constraint}");
                        let violation = Some(broken(&change.at, constraint));
                        vectors.refused.push(Request {
                            what,
                            body: Some(body),
                            violation,
                            ..Request::default()
                        });
                    }
                }
            }
        }
        self.boundaries(first, declared, vectors);
        if declared.required {
            vectors.refused.push(Request {
                what: "the body: required".to_owned(),
                headers: BTreeMap::from([("content-type".to_owned(), None)]),
                edit: Some(vector::Edit::Remove(String::new())),
                violation: Some(broken("", "required")),
                ..Request::default()
            });
        }
    }

    /// The boundaries inside of a body of JSON, as changes of the first.
    fn boundaries(&self, first: &Draft, declared: &RequestBody, vectors: &mut vector::Operation) {
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
                    let violation = broken(&change.at, constraint);
                    let what = format!("{at}: {constraint}");
                    let request = Request { what, edit, violation: Some(violation), ..Request::default() };
                    vectors.refused.push(request);
                }
            }
        }
    }
}

/// The header that a body's length stands in.
const LENGTH: &str = "content-length";

/// Whether a parameter is the body's length: it is not the contract's to choose.
fn is_length(parameter: &Parameter) -> bool {
    parameter.location == Location::Header && parameter.name.wire.eq_ignore_ascii_case(LENGTH)
}

fn is_new(body: &Body, vectors: &vector::Operation) -> bool {
    !vectors.accepted.iter().any(|request| request.body.as_ref() == Some(body))
}

/// What the body breaks, and where in it.
fn broken(at: &str, constraint: &'static str) -> Violation {
    Violation { location: "body", name: String::new(), pointer: at.to_owned(), constraint }
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
