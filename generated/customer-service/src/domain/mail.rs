//! Mails: what is sent, and who takes it from here.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use uuid::Uuid;

use super::secret::Token;

/// What a mail is about; its text is the name of the documented event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MailKind {
    /// Confirm the e-mail of a new account.
    OptIn,
    /// Set a new password.
    PasswordReset,
    /// Confirm another login e-mail.
    EmailChangeRequest,
    /// The login e-mail was changed; to the old address.
    EmailChange,
    /// Confirm the deletion of a profile.
    DeletionRequest,
    /// The password was changed.
    PasswordChanged,
    /// Welcome.
    Created,
}

impl MailKind {
    /// The event's name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OptIn => "customer.opt-in",
            Self::PasswordReset => "customer.password-reset",
            Self::EmailChangeRequest => "customer.email-change-request",
            Self::EmailChange => "customer.email-change",
            Self::DeletionRequest => "customer.deletion-request",
            Self::PasswordChanged => "customer.password-changed",
            Self::Created => "customer.created",
        }
    }
}

impl fmt::Display for MailKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A mail.
#[derive(Clone)]
pub struct Message {
    /// Unique.
    pub id: Uuid,
    /// Whose customer it goes to.
    pub tenant: String,
    /// The sender that the tenant has configured.
    pub from: Option<String>,
    /// The receiver.
    pub to: String,
    /// What it is about.
    pub kind: MailKind,
    /// When it was written.
    pub created_at: Timestamp,
    /// What it lets the receiver redeem.
    pub token: Option<Token>,
    /// Where the receiver redeems it, if the tenant has a page for it. It holds the token.
    pub link: Option<String>,
    /// The event's documented members. They hold the token.
    pub variables: BTreeMap<&'static str, String>,
}

impl fmt::Debug for Message {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Message");
        shown
            .field("id", &self.id)
            .field("tenant", &self.tenant)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

/// Takes mails over. It neither blocks nor fails: what becomes of a mail changes no answer.
pub trait Mailer: Send + Sync + 'static {
    /// Takes a mail over.
    fn send(&self, message: Message);

    /// Does what may come to a mail, at some time: a caller who is not to learn whether there is somebody to
    /// write to must not measure it either. A mailer that waits for nothing does it at once.
    fn later(&self, errand: Errand) {
        errand();
    }
}

/// What is to be done for somebody who does not wait for it.
pub type Errand = Box<dyn FnOnce() + Send>;
