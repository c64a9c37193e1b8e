//! Operations as tests see them.

use std::any::Any;
use std::fmt;
use std::marker::PhantomData;

use crate::client::{Core, DeclaredError, DeclaredSuccess, DecodeError, Outcome, Reply, Request};
use crate::{Answers, ContentKind, Declares, Operation};

/// An operation's request, with what it is answered with. [`operation!`](crate::operation!) implements it.
pub trait Subject:
    Request<Output: fmt::Debug + PartialEq + 'static, Error = Self::Declared>
    + Clone
    + fmt::Debug
    + PartialEq
    + Send
    + 'static
{
    /// Its successes.
    type Response: DeclaredSuccess + ReadAnswer + fmt::Debug + PartialEq + Send + 'static;
    /// Its errors.
    type Declared: Answers<Response = Self::Declared>
        + Declares<Self::Declared>
        + DeclaredError
        + fmt::Debug
        + PartialEq
        + Send
        + 'static;
}

/// What a service answers with, out of a reply. [`responses!`](crate::responses) implements it.
pub trait ReadAnswer: Sized {
    /// Reads it, if it is one.
    fn read_answer(reply: &Reply) -> Result<Option<Self>, DecodeError>;
}

/// What a service answers.
pub(super) type Answer<S> = Result<<S as Subject>::Response, <S as Subject>::Declared>;

type Decoded<S> = Outcome<<S as Request>::Output, <S as Request>::Error>;

/// Any value.
pub(super) type Anything = Box<dyn Any + Send>;

/// A subject without its types, so that the tests of a contract are compiled once.
pub(super) trait Erased {
    /// The operation.
    fn operation(&self) -> &'static Operation;

    /// The request that a client makes of what a service got.
    fn prepare(&self, core: &Core, request: &dyn Any) -> Result<reqwest::Request, String>;

    /// Whether two requests are equal; without it, how they are shown. Streams are equal to themselves
    /// only, and of requests that hold one it is enough to be shown in the same way.
    fn same(&self, one: &dyn Any, other: &dyn Any) -> Result<(), String>;

    /// What a service answers, out of a reply.
    fn answer(&self, reply: &Reply) -> Result<Anything, String>;

    /// Whether a client makes the same of two replies.
    fn same_outcome(&self, one: &Reply, other: &Reply) -> Result<(), String>;
}

pub(super) struct Of<S>(pub PhantomData<S>);

impl<S: Subject> Erased for Of<S> {
    fn operation(&self) -> &'static Operation {
        S::OPERATION
    }

    fn prepare(&self, core: &Core, request: &dyn Any) -> Result<reqwest::Request, String> {
        let request = request.downcast_ref::<S>().ok_or("it is another operation's")?;
        core.call(request.clone()).prepare().map_err(|error| match error {
            crate::client::Error::InvalidRequest { violations, .. } => {
                let violations: Vec<_> = violations.iter().map(ToString::to_string).collect();
                format!("the client does not send it: {}", violations.join("; "))
            }
            error => format!("the client does not send it: {error:?}"),
        })
    }

    fn same(&self, one: &dyn Any, other: &dyn Any) -> Result<(), String> {
        let (one, other) = (one.downcast_ref::<S>(), other.downcast_ref::<S>());
        let mut contents = S::OPERATION.body.iter().flat_map(|body| body.contents);
        let is_streamed = contents.any(|content| matches!(content.kind, ContentKind::Bytes));
        if is_streamed && one.is_some() && format!("{one:?}") == format!("{other:?}") {
            return Ok(());
        }
        same(one, other)
    }

    fn answer(&self, reply: &Reply) -> Result<Anything, String> {
        let told = |error: DecodeError| format!("cannot be read: {error}");
        let mut found = None;
        // What takes every other status comes last.
        for is_success in [!S::Response::HAS_DEFAULT, S::Response::HAS_DEFAULT] {
            let read = if is_success {
                S::Response::read_answer(reply).map_err(told)?.map(Answer::<S>::Ok)
            } else {
                S::Declared::decode(reply).map_err(told)?.map(Answer::<S>::Err)
            };
            if read.is_some() {
                found = read;
                break;
            }
        }
        found.map(|answer| Box::new(answer) as Anything).ok_or_else(|| "is not declared".to_owned())
    }

    fn same_outcome(&self, one: &Reply, other: &Reply) -> Result<(), String> {
        let read = |reply: &Reply| -> Result<Decoded<S>, String> {
            S::decode(reply).map_err(|error| format!("the client cannot read it: {error}"))
        };
        same(Some(&read(one)?), Some(&read(other)?))
    }
}

fn same<T: PartialEq + fmt::Debug>(one: Option<&T>, other: Option<&T>) -> Result<(), String> {
    if one.is_some() && one == other { Ok(()) } else { Err(format!("{one:?} is not {other:?}")) }
}
