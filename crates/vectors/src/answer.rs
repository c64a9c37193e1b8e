//! Answers: each declared status in each media type.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use specwright_ir::{
    BodyKind, Content as Declared, Header, Ir, Method, Operation, OperationResponse, Response, ResponseBody,
    ResponseId, Status,
};

use crate::body;
use crate::edge::Verdict;
use crate::value::{Extent, example, value};
use crate::vector::{self, Answer, Body, Content};
use crate::walk::{Change, changes};
use crate::wire;

/// A body of more characters is not varied.
const LONG: usize = 1000;

/// So many variants of a body are enough.
const ENOUGH: usize = 24;

/// Makes the answers of operations. What a component response holds is varied once.
pub(crate) struct Answers<'a> {
    ir: &'a Ir,
    met: BTreeSet<ResponseId>,
}

/// A body of an answer.
struct Variant {
    /// What is special about it.
    what: String,
    body: Body,
    /// Whether it is an example of the document's, or has one's members.
    example: bool,
}

impl<'a> Answers<'a> {
    pub fn new(ir: &'a Ir) -> Self {
        Self { ir, met: BTreeSet::new() }
    }

    /// Adds an operation's answers to its vectors.
    pub fn of(&mut self, operation: &Operation, vectors: &mut vector::Operation) {
        for declared in &operation.responses {
            let response = self.ir.resolve(declared);
            let is_first = match declared.body {
                ResponseBody::Shared(id) => self.met.insert(id),
                ResponseBody::Inline(_) => true,
            };
            let key = &declared.name.wire;
            let Some(status) = status(operation, declared) else {
                vectors.untested.push(format!("the answer `{key}`: no answer ends with such a status"));
                continue;
            };
            let has_none = operation.method == Method::Head || matches!(status, 204 | 205 | 304);
            if has_none && !response.contents.is_empty() {
                vectors.untested.push(format!("the answer `{key}`: HTTP lets it have no body"));
                continue;
            }
            if let Err(why) = self.response(response, status, is_first, &mut vectors.answers) {
                vectors.untested.push(format!("the answer `{key}`: {why}"));
            }
        }
        vectors.untested.sort();
        vectors.untested.dedup();
    }

    fn response(
        &self,
        response: &Response,
        status: u16,
        is_first: bool,
        answers: &mut Vec<Answer>,
    ) -> Result<(), String> {
        let least = self.headers(response, Extent::Least)?;
        let full = self.headers(response, Extent::Full)?;
        let answer = |what: &str, headers: &BTreeMap<String, String>, body| Answer {
            what: what.to_owned(),
            status,
            headers: headers.clone(),
            body,
            example: false,
        };
        let examples = if is_first { header_examples(response, &full) } else { Vec::new() };
        let of_examples = |body: &Option<Body>| {
            let made = examples.iter().map(|(what, headers)| answer(what, headers, body.clone()));
            made.map(|made| Answer { example: true, ..made }).collect::<Vec<_>>()
        };
        if response.contents.is_empty() {
            answers.push(answer("all that may be there", &full, None));
            if full != least {
                answers.push(answer("nothing that may be left out", &least, None));
            }
            answers.extend(of_examples(&None));
            return Ok(());
        }
        let mut exemplary = false;
        let mut failed = None;
        for content in &response.contents {
            let bodies = match self.bodies(content, is_first) {
                Ok(bodies) => bodies,
                Err(why) => {
                    failed = failed.or_else(|| Some(format!("as `{}`: {why}", content.name.wire)));
                    continue;
                }
            };
            for (index, Variant { what, body, example }) in bodies.into_iter().enumerate() {
                let headers = if index == 0 { &full } else { &least };
                answers.push(Answer { example, ..answer(&what, headers, Some(body.clone())) });
                if index == 0 && !std::mem::replace(&mut exemplary, true) {
                    // Beside a body of which there is little to read.
                    let small = body::body(self.ir, content, Extent::Least).unwrap_or(body);
                    answers.extend(of_examples(&Some(small)));
                }
            }
        }
        failed.map_or(Ok(()), Err)
    }

    /// The bodies of a media type: one, and where it is the first time, all that vary it.
    fn bodies(&self, content: &Declared, is_first: bool) -> Result<Vec<Variant>, String> {
        let ir = self.ir;
        let extent = if is_first { Extent::Full } else { Extent::Least };
        let (first, example) = body::body(ir, content, extent)
            .or_else(|why| body::body(ir, content, Extent::Least).map_err(|_| why))
            .map(|body| (body, false))
            .or_else(|why| body::example(ir, content).map(|body| (body, true)).ok_or(why))?;
        let mut bodies = vec![Variant { what: "all that may be there".to_owned(), body: first, example }];
        if is_first {
            let mut others = self.others(content, &bodies[0]);
            others.retain(|other| other.body != bodies[0].body);
            bodies.append(&mut others);
        }
        Ok(bodies)
    }

    /// What else is a body, beside the first.
    fn others(&self, content: &Declared, first: &Variant) -> Vec<Variant> {
        let ir = self.ir;
        let least = body::body(ir, content, Extent::Least);
        let what = || "nothing that may be left out".to_owned();
        let mut others: Vec<_> =
            least.into_iter().map(|body| Variant { what: what(), body, example: false }).collect();
        for example in content.examples.iter().filter(|example| example.defect.is_none()) {
            let body = body::of_value(ir, content, example.value.clone());
            let what = || format!("`{}`", example.origin);
            others.extend(body.into_iter().map(|body| Variant { what: what(), body, example: true }));
        }
        let legal = |change: &Change, body| {
            let Verdict::Accepted(what) = change.verdict else { return None };
            let at = if change.at.is_empty() { "the body" } else { &change.at };
            Some(Variant { what: format!("{at}: {what}"), body, example: false })
        };
        if let (BodyKind::Json(schema), Content::Json(whole)) = (&content.kind, &first.body.content) {
            let is_small = |value: &Value| value.to_string().len() <= LONG;
            let whole = Some(whole.clone()).filter(is_small);
            let whole = whole.or_else(|| value(ir, schema, Extent::Least).ok().filter(is_small));
            let changes = whole.map(|whole| changes(ir, schema, &whole)).unwrap_or_default();
            let varied = changes.into_iter().filter_map(|change| {
                let content = Content::Json(change.changed.clone());
                let made = legal(&change, Body { media_type: first.body.media_type.clone(), content })?;
                Some(Variant { example: first.example, ..made })
            });
            others.extend(varied.take(ENOUGH));
        }
        others
            .extend(body::varied(ir, content).into_iter().filter_map(|(change, body)| legal(&change, body)));
        others
    }

    fn headers(&self, response: &Response, extent: Extent) -> Result<BTreeMap<String, String>, String> {
        let mut headers = BTreeMap::new();
        for header in response.headers.iter().filter(|header| header.required || extent == Extent::Full) {
            let name = header.name.wire.to_lowercase();
            if is_of_the_connection(header) {
                if header.required {
                    return Err(format!("the header `{name}`: it is written where the answer is sent"));
                }
                continue;
            }
            let made = value(self.ir, &header.schema, extent)
                .or_else(|why| example(self.ir, &header.examples, &header.schema).ok_or(why))
                .and_then(|value| wire::header_of(header.style, header.explode, &value));
            match made {
                Ok(text) => {
                    headers.insert(name, text);
                }
                Err(why) if header.required => return Err(format!("the header `{name}`: {why}")),
                Err(_) => {}
            }
        }
        Ok(headers)
    }
}

/// All headers, with an example of one of them each time, and what that is.
fn header_examples(
    response: &Response,
    full: &BTreeMap<String, String>,
) -> Vec<(String, BTreeMap<String, String>)> {
    let mut made = Vec::new();
    for header in response.headers.iter().filter(|header| !is_of_the_connection(header)) {
        for example in header.examples.iter().filter(|example| example.defect.is_none()) {
            let Ok(text) = wire::header_of(header.style, header.explode, &example.value) else {
                continue;
            };
            let mut headers = full.clone();
            if headers.insert(header.name.wire.to_lowercase(), text.clone()) != Some(text) {
                made.push((format!("header `{}`: `{}`", header.name.wire, example.origin), headers));
            }
        }
    }
    made
}

/// Whether a header is written where the answer is sent.
fn is_of_the_connection(header: &Header) -> bool {
    let name = header.name.wire.as_str();
    ["connection", "content-length", "transfer-encoding"].iter().any(|other| name.eq_ignore_ascii_case(other))
}

/// A status that a declared response answers with; `None` where HTTP has no final answer of it.
fn status(operation: &Operation, response: &OperationResponse) -> Option<u16> {
    let is_free = |code: &u16| {
        !operation.responses.iter().any(|other| match other.status {
            Status::Code(taken) => taken == *code,
            Status::Range(class) => response.status == Status::Default && code / 100 == u16::from(class),
            Status::Default => false,
        })
    };
    let has_success = operation.responses.iter().any(OperationResponse::is_success);
    let found = match response.status {
        Status::Code(code) => Some(code),
        Status::Range(class) => {
            (0..100).map(|number| u16::from(class) * 100 + number).find(|code| is_free(code))
        }
        Status::Default if has_success => (500..600).chain(400..500).find(is_free),
        Status::Default => (200..204).chain(400..600).find(is_free),
    };
    found.filter(|code| *code >= 200)
}
