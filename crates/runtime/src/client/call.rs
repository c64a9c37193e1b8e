//! One call: from the request's type to the operation's answer.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

use http::header::{HeaderMap, HeaderName, HeaderValue};
use tracing::Instrument as _;

use super::core::Core;
use super::encoder::{Encoded, Encoder};
use super::error::{DecodeError, Error};
use super::reply::{Outcome, Reply};
use super::send::Sending;
use super::success::Success;
use crate::{Constraint, Location, Operation, Violation, span};

/// An operation's request.
pub trait Request {
    /// What a success holds.
    type Output;
    /// The errors that the operation declares.
    type Error;
    /// The operation.
    const OPERATION: &'static Operation;

    /// Writes the request.
    fn encode(&self, request: &mut Encoder);

    /// Reads the response.
    fn decode(reply: &Reply) -> Result<Outcome<Self::Output, Self::Error>, DecodeError>;
}

/// A body that may have several media types.
pub trait RequestBody {
    /// Writes it.
    fn encode(&self, request: &mut Encoder);
}

/// A call that is ready to be sent: by `.await`.
#[must_use = "a call is sent when it is awaited"]
pub struct Call<'a, R> {
    core: &'a Core,
    request: R,
    timeout: Option<Duration>,
    headers: HeaderMap,
    violations: Vec<Violation>,
}

impl<'a, R> Call<'a, R> {
    pub(super) fn new(core: &'a Core, request: R) -> Self {
        let timeout = core.shared.timeout;
        Self { core, request, timeout, headers: HeaderMap::new(), violations: Vec::new() }
    }

    /// Changes the request: `.with(|request| request.with_expand("addresses"))`.
    pub fn with(mut self, change: impl FnOnce(R) -> R) -> Self {
        self.request = change(self.request);
        self
    }

    /// How long this call may take.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// A header of this call, in place of what the client would send.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let (Ok(name), Ok(value)) =
            (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_bytes(value.as_bytes()))
        {
            self.headers.insert(name, value);
        } else {
            let message = "is not what a header may hold";
            self.violations.push(Violation::new(Location::Header, name, Constraint::Encoding, message));
        }
        self
    }
}

impl<R: Request> Call<'_, R> {
    /// Sends the request and reads the response: to its end, unless it is a success of octets, events or
    /// items, which the caller reads.
    pub async fn send(self) -> Result<Success<R::Output>, Error<R::Error>> {
        let operation = R::OPERATION;
        let span = span::opened(operation);
        let encoded = span.in_scope(|| self.encode())?;
        let Self { core, timeout, headers, .. } = self;
        let sending = Sending { core, operation, timeout, headers };
        let reply = sending.exchange(encoded).instrument(span.clone()).await.map_err(Error::widened)?;
        span::answered(&span, reply.status());
        match R::decode(&reply).map_err(Error::Decode)? {
            Outcome::Success(body) => Ok(Success::of(&reply, body)),
            Outcome::Failure(error) => Err(Error::Api(error)),
            Outcome::Undeclared => Err(Error::Undeclared(reply)),
        }
    }

    /// The request as it would be sent with the credentials that the client has.
    #[cfg(all(feature = "testing", feature = "server"))]
    pub(crate) fn prepare(&self) -> Result<reqwest::Request, Error<R::Error>> {
        let encoded = self.encode()?;
        let (core, timeout) = (self.core, self.timeout);
        let sending = Sending { core, operation: R::OPERATION, timeout, headers: self.headers.clone() };
        sending.prepare(&encoded).map_err(Error::widened)
    }

    fn encode(&self) -> Result<Encoded, Error<R::Error>> {
        let operation = R::OPERATION;
        let mut writer = Encoder::new(operation);
        self.request.encode(&mut writer);
        match (writer.finish(), self.violations.as_slice()) {
            (Ok(encoded), []) => Ok(encoded),
            (result, ours) => {
                let mut violations = ours.to_vec();
                violations.extend(result.err().unwrap_or_default());
                Err(Error::InvalidRequest { operation, violations })
            }
        }
    }
}

impl<'a, R> IntoFuture for Call<'a, R>
where
    R: Request + Send + 'a,
    R::Output: Send,
    R::Error: Send,
{
    type Output = Result<Success<R::Output>, Error<R::Error>>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

// The request may hold secrets.
impl<R: Request> fmt::Debug for Call<'_, R> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Call")
            .field("operation", &R::OPERATION.id)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}
