//! Where mails go: a queue in front of every transport.
//!
//! The domain sends into a [`Queue`] and learns nothing of what becomes of a mail. Behind it there are
//! transports that do not wait for each other: the [`Outbox`] of development, a [`Directory`] of files,
//! a mail server through [`Smtp`].

use std::io;
use std::pin::Pin;

use crate::domain::mail::Message;

mod directory;
mod outbox;
mod queue;
mod shown;
mod smtp;
mod text;

pub use directory::Directory;
pub use outbox::Outbox;
pub use queue::Queue;
pub use shown::Shown;
pub use smtp::{Smtp, SmtpOptions, SmtpOptionsError};

/// Delivers mails to one place.
pub trait Transport: Send + Sync + 'static {
    /// Its name in logs.
    fn name(&self) -> &'static str;

    /// Delivers a mail.
    fn deliver<'a>(&'a self, message: &'a Message) -> Delivery<'a>;

    /// Whether it delivers to elsewhere, so that a failure may pass with time.
    fn is_remote(&self) -> bool {
        false
    }
}

/// A delivery that is under way.
pub type Delivery<'a> = Pin<Box<dyn Future<Output = Result<(), Undelivered>> + Send + 'a>>;

/// Why a mail is not delivered. It says nothing of the mail, its receiver or the server's credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undelivered {
    /// The server could not be spoken to.
    #[error("the server gives no answer")]
    Unreachable,
    /// The server asks to try again later.
    #[error("the server puts it off ({0})")]
    PutOff(u16),
    /// The server refuses the mail.
    #[error("the server refuses it ({0})")]
    Refused(u16),
    /// The server cannot be spoken to as the options demand, with TLS or with credentials.
    #[error("the server cannot be spoken to as the options demand")]
    Unfit,
    /// The sender or the receiver cannot stand in a mail.
    #[error("the sender or the receiver is not a mail address")]
    Address,
    /// It cannot be written to disk.
    #[error("it cannot be written: {0}")]
    Unwritten(io::ErrorKind),
    /// The transport broke off.
    #[error("the transport broke off")]
    Aborted,
}

impl Undelivered {
    /// Whether trying again may help.
    pub const fn may_pass(self) -> bool {
        matches!(self, Self::Unreachable | Self::PutOff(_))
    }
}
