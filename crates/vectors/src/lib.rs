//! Requests and responses that a contract allows and forbids, as they stand on the wire.
//!
//! Generated tests hold generated code against these vectors. They are made of the contract alone:
//! the styles of parameters, the texts of patterns and the bounds of values are worked out here, and by
//! nothing that generated code calls. The same contract gives the same vectors.

mod answer;
mod body;
mod edge;
mod fits;
mod number;
mod pattern;
mod request;
mod route;
mod text;
mod value;
mod vector;
mod walk;
mod wire;
mod xml;

use std::collections::BTreeMap;

use specwright_ir::{self as ir, Ir, Location, Scheme, SchemeId, SchemeKind};
use specwright_pattern::format;

pub use vector::{
    Answer, Body, Content, Credential, CredentialPlace, Edit, Operation, Part, Request, Vectors, Violation,
};

/// The vectors of every tag, in the order of the contract's tags.
pub fn vectors(ir: &Ir) -> Vec<Vectors> {
    let routes = route::Routes::new(ir);
    let unservable = routes.unservable();
    let mut answers = answer::Answers::new(ir);
    let mut tags = vec![Vectors::default(); ir.tags.len()];
    // In an order that does not change with the document's: a shared answer is varied in the first.
    let mut operations: Vec<_> = ir.operations.iter().enumerate().collect();
    operations.sort_by_key(|(_, operation)| (&ir.tags[operation.tag.0].name.snake, &operation.name.snake));
    for (at, operation) in operations {
        let mut vectors = Operation {
            id: operation.name.wire.clone(),
            method: operation.method.to_string(),
            unservable: unservable
                .contains(&at)
                .then(|| "another operation has the same method and path".to_owned()),
            security: request::security(ir, operation),
            ..Operation::default()
        };
        vectors.security.retain(|names| {
            let why = unsendable(ir, operation, names);
            vectors.untested.extend(why.map(|why| format!("credentials: {} {why}", names.join(" and "))));
            why.is_none()
        });
        // Nothing is let in, so that nothing is answered.
        if operation.security.is_empty() || !vectors.security.is_empty() {
            request::requests(ir, &routes, at, &mut vectors);
            answers.of(operation, &mut vectors);
        }
        let tag = &mut tags[operation.tag.0];
        for used in operation.security.iter().flat_map(|alternative| &alternative.schemes) {
            let name = &ir.scheme(used.scheme).name.wire;
            tag.schemes.entry(name.clone()).or_insert_with(|| credential(ir, used.scheme));
        }
        tag.operations.insert(operation.name.file_stem().to_owned(), vectors);
    }
    tags
}

/// The token, key or password that tests take for a scheme's. Schemes that are asked for together, and whose
/// credentials stand in one place, share it: a request has room for one.
pub fn token(ir: &Ir, id: SchemeId) -> String {
    let kind = &ir.scheme(id).kind;
    let is_in_place = |other: &SchemeKind| match (kind, other) {
        (SchemeKind::Bearer { .. }, SchemeKind::Bearer { .. }) => true,
        (SchemeKind::HeaderKey { header: one }, SchemeKind::HeaderKey { header: other }) => {
            one.eq_ignore_ascii_case(other)
        }
        (one, other) => one == other,
    };
    let alternatives = || ir.operations.iter().flat_map(|operation| &operation.security);
    let together = alternatives().filter(|uses| uses.schemes.iter().any(|used| used.scheme == id));
    let schemes = together.flat_map(|uses| uses.schemes.iter().map(|used| used.scheme));
    let first = schemes.filter(|other| is_in_place(&ir.scheme(*other).kind)).map(|other| other.0).min();
    format!("credential-{}", first.unwrap_or(id.0))
}

/// The credential that a parameter is, if it is one: it has the name and the place of a scheme's.
fn credential_of(ir: &Ir, operation: &ir::Operation, parameter: &ir::Parameter) -> Option<String> {
    let name = &parameter.name.wire;
    let is_it = |kind: &SchemeKind| match (kind, parameter.location) {
        (SchemeKind::HeaderKey { header }, Location::Header) => header.eq_ignore_ascii_case(name),
        (SchemeKind::QueryKey { parameter }, Location::Query) => parameter == name,
        (SchemeKind::CookieKey { cookie }, Location::Cookie) => cookie == name,
        _ => false,
    };
    let mut used = operation.security.iter().flat_map(|alternative| &alternative.schemes);
    used.find(|used| is_it(&ir.scheme(used.scheme).kind)).map(|used| token(ir, used.scheme))
}

/// Why no request has the credentials that tests take for these schemes, if none has.
fn unsendable(ir: &Ir, operation: &ir::Operation, names: &[String]) -> Option<&'static str> {
    let uses = operation.security.iter().flat_map(|alternative| &alternative.schemes);
    let uses = uses.filter(|used| names.contains(&ir.scheme(used.scheme).name.wire));
    let mut headers = BTreeMap::new();
    for used in uses {
        let CredentialPlace::Header(name, value) = credential(ir, used.scheme).place else { continue };
        if !format::is_token(&name) {
            return Some("cannot be in a header of that name");
        }
        if *headers.entry(name).or_insert_with(|| value.clone()) != value {
            return Some("are in one header");
        }
    }
    None
}

fn credential(ir: &Ir, id: SchemeId) -> Credential {
    use base64::Engine as _;
    let Scheme { kind, .. } = ir.scheme(id);
    let token = token(ir, id);
    let authorization = |value: String| CredentialPlace::Header("authorization".to_owned(), value);
    let place = match kind {
        SchemeKind::Bearer { .. } => authorization(format!("Bearer {token}")),
        SchemeKind::Basic => {
            let pair = format!("{token}:{token}");
            authorization(format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(pair)))
        }
        SchemeKind::Http { scheme } => authorization(format!("{scheme} {token}")),
        SchemeKind::HeaderKey { header } => CredentialPlace::Header(header.to_lowercase(), token.clone()),
        SchemeKind::QueryKey { parameter } => CredentialPlace::Query(parameter.clone(), token.clone()),
        SchemeKind::CookieKey { cookie } => CredentialPlace::Cookie(cookie.clone(), token.clone()),
        SchemeKind::MutualTls => CredentialPlace::Connection,
    };
    Credential { token, place }
}
