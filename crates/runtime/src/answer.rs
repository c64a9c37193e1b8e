//! What a handler may answer: what its operation declares, and nothing else.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use http::header::{HeaderValue, RETRY_AFTER};

use crate::{Constraint, ItemError, Location, Rejection, RejectionKind, StreamError, Violation};

/// An error that has a response in the contract. Component responses and operations' errors answer
/// as themselves; a service implements it for errors of its own, and `?` then works in exactly the
/// operations that declare the response.
pub trait Answers {
    /// The response.
    type Response;

    /// Makes the response.
    fn answer(self) -> Self::Response;
}

/// An operation's error that has a variant for the response `R`.
#[diagnostic::on_unimplemented(
    message = "the operation of `{Self}` does not declare the response `{R}`",
    label = "this response is not declared by the operation",
    note = "an operation can answer only what the contract declares for it"
)]
pub trait Declares<R> {
    /// The variant that holds the response.
    fn declare(response: R) -> Self;
}

/// The enum of an operation's errors: it answers as itself.
pub trait OperationError {}

impl<E: OperationError> Answers for E {
    type Response = Self;

    fn answer(self) -> Self {
        self
    }
}

impl<E: OperationError> Declares<E> for E {
    fn declare(response: Self) -> Self {
        response
    }
}

/// What an operation fails with: an error that it declares, or one of [`Internal`], [`Unavailable`]
/// and [`Unimplemented`], which the service's hook renders.
#[derive(Debug)]
pub struct Failure<E>(Kind<E>);

#[derive(Debug)]
enum Kind<E> {
    Declared(E),
    Rejected(Rejection),
}

impl<E> Failure<E> {
    /// The declared error, if it is one.
    pub const fn declared(&self) -> Option<&E> {
        match &self.0 {
            Kind::Declared(error) => Some(error),
            Kind::Rejected(_) => None,
        }
    }

    /// The rejection, if it is one.
    pub const fn rejection(&self) -> Option<&Rejection> {
        match &self.0 {
            Kind::Declared(_) => None,
            Kind::Rejected(rejection) => Some(rejection),
        }
    }

    /// The declared error, or else the rejection.
    pub fn into_declared(self) -> Result<E, Rejection> {
        match self.0 {
            Kind::Declared(error) => Ok(error),
            Kind::Rejected(rejection) => Err(rejection),
        }
    }
}

impl<E, A: Answers> From<A> for Failure<E>
where
    E: Declares<A::Response>,
{
    fn from(error: A) -> Self {
        Self(Kind::Declared(E::declare(error.answer())))
    }
}

/// `?` for an enum whose variants hold one error each and are named after its type. It works where the
/// operation declares a response for every one of them.
///
/// ```
/// use specwright_runtime::{Answers, Failure, Unavailable, error_responses, failures, response};
///
/// #[derive(Debug)]
/// pub struct Conflict;
/// response!(Conflict());
///
/// #[derive(Debug)]
/// pub enum RenameError {
///     Conflict(Conflict),
/// }
/// error_responses!(RenameError { 409 => Conflict(Conflict) });
///
/// // The service's own errors.
/// pub struct Taken;
///
/// impl Answers for Taken {
///     type Response = Conflict;
///
///     fn answer(self) -> Conflict {
///         Conflict
///     }
/// }
///
/// pub enum StoreError {
///     Taken(Taken),
///     Unavailable(Unavailable),
/// }
///
/// failures! { StoreError: Taken, Unavailable; }
///
/// fn rename(stored: Result<(), StoreError>) -> Result<(), Failure<RenameError>> {
///     Ok(stored?)
/// }
///
/// assert!(rename(Err(StoreError::Taken(Taken))).unwrap_err().declared().is_some());
/// ```
#[macro_export]
macro_rules! failures {
    ($($error:ident: $($kind:ident),+ $(,)?;)*) => {$(
        impl<E> ::core::convert::From<$error> for $crate::Failure<E>
        where
            $(Self: ::core::convert::From<$kind>,)+
        {
            fn from(error: $error) -> Self {
                match error {
                    $($error::$kind(kind) => ::core::convert::From::from(kind),)+
                }
            }
        }
    )*};
}

impl<E> From<Internal> for Failure<E> {
    fn from(error: Internal) -> Self {
        Self(Kind::Rejected(error.into()))
    }
}

impl<E> From<Unavailable> for Failure<E> {
    fn from(error: Unavailable) -> Self {
        Self(Kind::Rejected(error.into()))
    }
}

impl<E> From<Unimplemented> for Failure<E> {
    fn from(error: Unimplemented) -> Self {
        Self(Kind::Rejected(error.into()))
    }
}

/// 413 for a body that is too large, 400 for one that broke off.
impl<E> From<StreamError> for Failure<E> {
    fn from(error: StreamError) -> Self {
        Self(Kind::Rejected(error.into()))
    }
}

/// 400 with what is wrong with the item; as [`StreamError`] where the stream is.
impl<E> From<ItemError> for Failure<E> {
    fn from(error: ItemError) -> Self {
        Self(Kind::Rejected(error.into()))
    }
}

impl From<StreamError> for Rejection {
    fn from(error: StreamError) -> Self {
        let rejection = if error.is_too_large() {
            Self::new(RejectionKind::TooLarge)
        } else {
            let message = "ended before it was complete";
            Self::malformed(vec![Violation::new(Location::Body, "", Constraint::Encoding, message)])
        };
        rejection.with_source(error)
    }
}

impl From<ItemError> for Rejection {
    fn from(error: ItemError) -> Self {
        if error.stream().is_some_and(StreamError::is_too_large) {
            return Self::new(RejectionKind::TooLarge).with_source(error);
        }
        let violations = match error.violations() {
            [] => {
                let message = "has an item that cannot be read as what the contract declares";
                vec![Violation::new(Location::Body, "", Constraint::Type, message)]
            }
            violations => violations.to_vec(),
        };
        Self::invalid(violations).with_source(error)
    }
}

impl<E: fmt::Display> fmt::Display for Failure<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Declared(error) => error.fmt(formatter),
            Kind::Rejected(rejection) => rejection.fmt(formatter),
        }
    }
}

impl<E: Error> Error for Failure<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.0 {
            Kind::Declared(error) => error.source(),
            Kind::Rejected(rejection) => rejection.source(),
        }
    }
}

/// 500: an error that is nobody's business but ours. It is the rejection's source, and by default
/// rendered nowhere.
#[derive(Debug)]
pub struct Internal(Box<dyn Error + Send + Sync>);

impl Internal {
    /// An internal error for this reason: an error, or a text.
    pub fn new(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self(source.into())
    }
}

impl fmt::Display for Internal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl Error for Internal {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.0.as_ref())
    }
}

impl From<Internal> for Rejection {
    fn from(error: Internal) -> Self {
        Self::internal(error.0)
    }
}

/// 503: not now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unavailable {
    /// After how long the caller may try again.
    pub retry_after: Option<Duration>,
}

impl Unavailable {
    /// Unavailable for nobody knows how long.
    pub const fn new() -> Self {
        Self { retry_after: None }
    }

    /// Unavailable for so long; rounded up to seconds.
    pub const fn retry_after(delay: Duration) -> Self {
        Self { retry_after: Some(delay) }
    }
}

impl fmt::Display for Unavailable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the service is unavailable")
    }
}

impl Error for Unavailable {}

impl From<Unavailable> for Rejection {
    fn from(error: Unavailable) -> Self {
        let rejection = Self::new(RejectionKind::Unavailable);
        match error.retry_after {
            Some(delay) => {
                let seconds = delay.as_secs() + u64::from(delay.subsec_nanos() > 0);
                rejection.with_header(RETRY_AFTER, HeaderValue::from(seconds))
            }
            None => rejection,
        }
    }
}

/// 501: the operation is not implemented.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unimplemented;

impl fmt::Display for Unimplemented {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the operation is not implemented")
    }
}

impl Error for Unimplemented {}

impl From<Unimplemented> for Rejection {
    fn from(_: Unimplemented) -> Self {
        Self::new(RejectionKind::Unimplemented)
    }
}
