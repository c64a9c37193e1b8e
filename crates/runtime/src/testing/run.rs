//! The test of an operation.

use std::any::TypeId;
use std::fmt;
use std::marker::PhantomData;
use std::{panic, thread};

use http::{HeaderMap, Method, StatusCode};
use serde_json::Value;

use super::compare::{bodies, is_all_there, parameters, responses, shown};
use super::exchange::{Got, Sent, block_on, body, content_type, octets};
use super::record::Service;
use super::subject::{Anything, Erased, Of, Subject};
use super::vector::{self, Credential, Place, Request, Vectors, Violation};
use crate::client::{self, Core, Reply};
use crate::{Location, Operation, SchemeKind};

/// Octets of stack: a type of thousands of members is moved about whole where nothing is optimized, and the
/// threads of tests have 2 MiB.
const STACK: usize = 64 << 20;

/// So many things that are wrong with an operation are told.
const ENOUGH: usize = 20;

/// What is not as the contract says, a line each.
#[derive(Clone, PartialEq, Eq)]
pub struct Unmet(Vec<String>);

impl fmt::Display for Unmet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = &self.0[..self.0.len().min(ENOUGH)];
        formatter.write_str(&told.join("\n"))?;
        let more = self.0.len() - told.len();
        if more > 0 { write!(formatter, "\nand {more} more") } else { Ok(()) }
    }
}

/// As [`fmt::Display`] does: it is what a failing test shows.
impl fmt::Debug for Unmet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl std::error::Error for Unmet {}

/// Whether the operations that no request can reach are those that are listed.
pub fn unservable(service: &Service, listed: &[&str]) -> Result<(), Unmet> {
    let not_listed = service.unservable.iter().filter(|(id, _)| !listed.contains(id));
    let mut unmet: Vec<String> =
        not_listed.map(|(id, reason)| format!("{id} is not served: {reason}")).collect();
    let served = listed.iter().filter(|id| !service.unservable.iter().any(|(other, _)| other == *id));
    unmet.extend(served.map(|id| format!("{id} is listed as unservable, and is served")));
    if unmet.is_empty() { Ok(()) } else { Err(Unmet(unmet)) }
}

/// Holds an operation against its vectors.
pub fn conform<S: Subject>(service: &Service, vectors: &Vectors, test: &str) -> Result<(), Unmet> {
    let wrong = |why: String| Unmet(vec![why]);
    let file = vectors.0.as_ref().map_err(|why| wrong(why.clone()))?;
    let name = test.trim_start_matches("r#");
    let vector =
        file.operations.get(name).ok_or_else(|| wrong(format!("there are no vectors for `{name}`")))?;
    let core = service.core.as_ref().map_err(|why| wrong(why.clone()))?;
    let all = || {
        let of = Of::<S>(PhantomData);
        let request = TypeId::of::<S>();
        let mut run = Run { of: &of, request, service, core, file, vector, unmet: Vec::new() };
        run.all();
        run.unmet
    };
    let unmet = thread::scope(|scope| {
        let started = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, all);
        let ended = started.map_err(|error| wrong(error.to_string()))?.join();
        ended.map_err(|panicked| panic::resume_unwind(panicked))
    })?;
    if unmet.is_empty() { Ok(()) } else { Err(Unmet(unmet)) }
}

struct Run<'a> {
    of: &'a dyn Erased,
    request: TypeId,
    service: &'a Service,
    core: &'a Core,
    file: &'a vector::File,
    vector: &'a vector::Operation,
    unmet: Vec<String>,
}

impl<'a> Run<'a> {
    fn all(&mut self) {
        let operation = self.of.operation();
        if operation.id != self.vector.id {
            self.unmet.push(format!("the operation is `{}` and not `{}`", operation.id, self.vector.id));
        }
        for (name, style) in &self.vector.styles {
            let found = operation.parameter(Location::Query, name).map(|parameter| parameter.style);
            if found.map(|found| format!("{found:?}")).as_ref() != Some(style) {
                self.unmet.push(format!("query `{name}`: its style is {found:?} and not {style}"));
            }
        }
        if self.vector.unservable.is_some() {
            return;
        }
        let alternative = self.vector.security.first().map_or(&[][..], Vec::as_slice);
        for request in &self.vector.accepted {
            if let Err(why) = self.accepted(request, alternative) {
                self.unmet.push(format!("{}: {why}", request.what));
            }
        }
        for request in &self.vector.refused {
            if let Err(why) = self.refused(request, alternative) {
                self.unmet.push(format!("{}: {why}", request.what));
            }
        }
        self.security();
        let Some(first) = self.vector.accepted.first() else { return };
        for answer in &self.vector.answers {
            if let Err(why) = self.answer(answer, first, alternative) {
                self.unmet.push(format!("{} {}: {why}", answer.status, answer.what));
            }
        }
    }

    fn credentials(&self, alternative: &[String]) -> Result<Vec<&'a Credential>, String> {
        let find =
            |name: &String| self.file.schemes.get(name).ok_or_else(|| format!("there is no scheme `{name}`"));
        alternative.iter().map(find).collect()
    }

    /// A client with the credentials of an alternative.
    fn client(&self, alternative: &[String]) -> Result<Core, String> {
        let mut core = self.core.clone();
        let used = self.of.operation().security.iter().flat_map(|uses| uses.iter());
        for (name, credential) in alternative.iter().zip(self.credentials(alternative)?) {
            let scheme = used.clone().find(|used| used.scheme.name == name).map(|used| used.scheme);
            let scheme = scheme.ok_or_else(|| format!("the operation does not ask for `{name}`"))?;
            let token = credential.token.as_str();
            let credential = match scheme.kind {
                SchemeKind::Basic => client::Credential::basic(token, token),
                _ => client::Credential::token(token),
            };
            core = core.with_credential(scheme, credential);
        }
        Ok(core)
    }

    fn sent(&self, request: &Request, alternative: &[String]) -> Result<Sent, String> {
        Sent::of(self.vector, request, &self.credentials(alternative)?)
    }

    /// What the service gets of a request.
    fn got(&self, sent: &Sent) -> Result<Anything, String> {
        self.service.record.take(self.request);
        let got = sent.exchange(&self.service.router)?;
        let recorded = self.service.record.take(self.request);
        recorded.ok_or_else(|| format!("{} is answered {}: {}", sent.uri, got.status, shown(&got.body)))
    }

    /// As text to the service, from there through the client, which sends the same, to the service again.
    fn accepted(&self, request: &Request, alternative: &[String]) -> Result<(), String> {
        let sent = self.sent(request, alternative)?;
        let got = self.got(&sent)?;
        let mut again = Sent::by(self.of.prepare(&self.client(alternative)?, &*got)?)?;
        let first = self.vector.accepted.first().unwrap_or(request);
        let body = body(request, first)?;
        // A body that is no request's own is the first's.
        let is_example = request.example || request.body.is_none() && first.example;
        parameters(self.of.operation(), &sent, &again, request.example)?;
        bodies(self.of.operation(), body.as_ref(), &again, is_example)?;
        if is_example && !is_all_there(body.as_ref(), &again.body) {
            return Ok(());
        }
        again.extensions = sent.extensions;
        let same = self.of.same(&*got, &*self.got(&again)?);
        same.map_err(|why| format!("the service gets another request: {why}"))
    }

    /// As text to the service, which gets nothing: the answer names the violation.
    fn refused(&self, request: &Request, alternative: &[String]) -> Result<(), String> {
        let violation = request.violation.as_ref().ok_or("there is no violation to look for")?;
        let sent = self.sent(request, alternative)?;
        self.service.record.take(self.request);
        let got = sent.exchange(&self.service.router)?;
        if self.service.record.take(self.request).is_some() {
            return Err("the service gets it".to_owned());
        }
        let problem: Value = serde_json::from_slice(&got.body).unwrap_or_default();
        let named = problem["violations"].as_array().into_iter().flatten().any(|found| is(found, violation));
        // The answer to HEAD has no body to name it in.
        let is_head = self.of.operation().method == Method::HEAD;
        if got.status == StatusCode::BAD_REQUEST && (named || is_head) {
            Ok(())
        } else {
            Err(format!("is answered {}: {}", got.status, shown(&got.body)))
        }
    }

    /// Each alternative is enough; nothing is not, and neither is a part.
    fn security(&mut self) {
        let Some(request) = self.vector.accepted.first() else { return };
        let alternatives = &self.vector.security;
        for alternative in alternatives.iter().skip(1) {
            if let Err(why) = self.accepted(request, alternative) {
                self.unmet.push(format!("with {}: {why}", alternative.join(" and ")));
            }
        }
        if alternatives.is_empty() || alternatives.iter().any(Vec::is_empty) {
            return;
        }
        // A request without a credential that is a parameter is another request.
        if self.has_credential_parameters() {
            return;
        }
        let parts =
            alternatives.iter().filter(|alternative| alternatives.len() == 1 && alternative.len() > 1);
        // Another scheme may ask for what the one that is left out does.
        let parts = parts.filter(|alternative| {
            let places = |names| self.credentials(names).into_iter().flatten().map(|one| &one.place);
            let mut left_out = places(&alternative[..1]);
            left_out.all(|place| places(&alternative[1..]).all(|other| other != place))
        });
        let parts: Vec<_> = parts.map(|alternative| &alternative[1..]).chain([&[][..]]).collect();
        for part in parts {
            let answered = self.sent(request, part).and_then(|sent| sent.exchange(&self.service.router));
            match answered {
                Ok(got) if got.status == StatusCode::UNAUTHORIZED => {}
                Ok(got) => {
                    let why = format!("with [{}] alone: is answered {}", part.join(", "), got.status);
                    self.unmet.push(why);
                }
                Err(why) => self.unmet.push(why),
            }
        }
    }

    fn has_credential_parameters(&self) -> bool {
        let operation = self.of.operation();
        let used = self.vector.security.iter().flatten().filter_map(|name| self.file.schemes.get(name));
        used.map(|credential| &credential.place).any(|place| match place {
            Place::Header(name, _) => operation.parameter(Location::Header, name).is_some(),
            Place::Query(name, _) => operation.parameter(Location::Query, name).is_some(),
            Place::Cookie(name, _) => operation.parameter(Location::Cookie, name).is_some(),
            Place::Connection => false,
        })
    }

    /// From the service through the router to the client.
    fn answer(
        &self,
        answer: &vector::Answer,
        request: &Request,
        alternative: &[String],
    ) -> Result<(), String> {
        let operation = self.of.operation();
        let status = StatusCode::from_u16(answer.status).map_err(|error| error.to_string())?;
        let mut headers = HeaderMap::new();
        for (name, value) in &answer.headers {
            let name = name.parse::<http::HeaderName>().map_err(|error| error.to_string())?;
            headers.append(name, value.parse().map_err(|_| format!("no header holds `{value}`"))?);
        }
        if let Some(body) = &answer.body {
            let value =
                content_type(body).parse().map_err(|_| "no header holds the media type".to_owned())?;
            headers.insert(http::header::CONTENT_TYPE, value);
        }
        let octets = answer.body.as_ref().map(octets).unwrap_or_default();
        let expected = reply(operation, &Got { status, headers: headers.clone(), body: octets })?;
        let value = self.of.answer(&expected)?;
        // Anew each time: of a stream there is nothing left once it has been sent.
        let asked = self.sent(request, alternative)?;
        let mut sent = Sent::by(self.of.prepare(&self.client(alternative)?, &*self.got(&asked)?)?)?;
        sent.extensions = asked.extensions;
        // Of several media types the server sends the one that is wanted.
        let media_type = headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let essence = media_type.and_then(|value| value.split(';').next()).map(str::trim);
        // Octets of a range of types have no other name than that of octets.
        let declared = |essence: &&str| {
            crate::media::find(operation.produces.successes.iter().copied(), essence).is_some()
        };
        let wanted = if answer.status < 400 {
            essence.filter(declared).map(str::to_owned)
        } else {
            // The success that might have been is not to be refused for it.
            essence.map(|essence| format!("{essence}, */*;q=0.1"))
        };
        if let Some(wanted) = wanted.and_then(|wanted| wanted.parse().ok()) {
            sent.headers.insert(http::header::ACCEPT, wanted);
        }
        self.service.record.set(self.request, value);
        let mut got = sent.exchange(&self.service.router)?;
        // It is written where the answer is sent, whatever the handler says.
        got.headers.remove(http::header::CONTENT_LENGTH);
        responses(answer, &headers, &got)?;
        if answer.example && !is_all_there(answer.body.as_ref(), &got.body) {
            return Ok(());
        }
        let outcome = self.of.same_outcome(&expected, &reply(operation, &got)?);
        outcome.map_err(|why| format!("the client gets another answer: {why}"))
    }
}

/// A response as a client receives it.
fn reply(operation: &'static Operation, got: &Got) -> Result<Reply, String> {
    let mut response = http::Response::new(got.body.clone());
    *response.status_mut() = got.status;
    got.headers.clone_into(response.headers_mut());
    let received = Reply::receive(operation, reqwest::Response::from(response));
    block_on(received).map_err(|error| format!("the client cannot receive it: {error}"))
}

fn is(found: &Value, violation: &Violation) -> bool {
    found["location"] == violation.location.as_str()
        && found["name"] == violation.name.as_str()
        && found["pointer"] == violation.pointer.as_str()
        && found["constraint"] == violation.constraint.as_str()
}
