//! What a service decides for all of its operations.

use std::future::{Ready, ready};

use axum::body::Body;
use http::header::{CONTENT_TYPE, HeaderValue};
use serde::Serialize;

use crate::{Failure, Operation, Parameter, Rejection, Unimplemented, Violation};

/// A response of the server.
pub type Response = http::Response<Body>;

/// What a service decides for all of its operations.
pub trait Service: Send + Sync + 'static {
    /// Renders everything that is not a handler's answer; by default as [`problem`] details. The
    /// rejection's headers are added to the response unless it sets them itself.
    fn reject(&self, rejection: &Rejection) -> Response {
        problem(rejection)
    }

    /// The largest request body that is read before the handler runs, in octets.
    fn body_limit(&self) -> usize {
        2 * 1024 * 1024
    }

    /// The largest multipart body that is read, in octets. Files that are large are kept on disk, and all
    /// the other parts together are held to [`Self::body_limit`], which by default holds for the files
    /// too.
    fn upload_limit(&self, operation: &'static Operation) -> u64 {
        let _ = operation;
        self.body_limit() as u64
    }

    /// The largest request body that a handler reads piece by piece, in octets. What is above breaks the
    /// stream off. By default there is no limit: such a body is never in memory as a whole.
    fn stream_limit(&self, operation: &'static Operation) -> u64 {
        let _ = operation;
        u64::MAX
    }

    /// How many arrays and objects of a JSON body may lie inside of one another. More than 127 are not
    /// read whatever this says.
    fn nesting_limit(&self) -> usize {
        127
    }

    /// Whether a path that is none of the contract's is taken for the one without the slash at its end.
    fn ignores_trailing_slash(&self) -> bool {
        false
    }

    /// What the values of a query parameter are joined with that takes one and is there more than once.
    /// Without it, which is the default, such a request breaks the contract.
    fn separator(&self, parameter: &'static Parameter) -> Option<&'static str> {
        let _ = parameter;
        None
    }
}

/// The answer to a webhook or callback that a receiver has nothing for: 501.
pub fn not_received<R, T, E>(_request: R) -> Ready<Result<T, Failure<E>>> {
    ready(Err(Unimplemented.into()))
}

/// RFC 9457 problem details, with the violations as an extension member.
pub fn problem(rejection: &Rejection) -> Response {
    #[derive(Serialize)]
    struct Problem<'a> {
        r#type: &'static str,
        title: &'static str,
        status: u16,
        #[serde(skip_serializing_if = "Option::is_none")]
        detail: Option<&'a str>,
        #[serde(skip_serializing_if = "<[_]>::is_empty")]
        violations: &'a [Violation],
    }

    let status = rejection.status();
    let problem = Problem {
        r#type: "about:blank",
        title: status.canonical_reason().unwrap_or("Error"),
        status: status.as_u16(),
        detail: rejection.detail(),
        violations: rejection.violations(),
    };
    let mut response = Response::new(Body::from(serde_json::to_vec(&problem).unwrap_or_default()));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    response
}

/// Renders a rejection by the service's hook, and adds the headers that the hook left out.
pub(super) fn rejected<S: Service>(service: &S, rejection: &Rejection) -> Response {
    let mut response = service.reject(rejection);
    for name in rejection.headers().keys() {
        if !response.headers().contains_key(name) {
            for value in rejection.headers().get_all(name) {
                response.headers_mut().append(name.clone(), value.clone());
            }
        }
    }
    response
}
