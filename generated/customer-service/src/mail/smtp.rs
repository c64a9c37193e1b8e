//! Mails through a mail server.

use std::error::Error as _;
use std::time::Duration;
use std::{fmt, io, iter};

use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MessageBuilder};
use lettre::transport::smtp::{self, PoolConfig};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use url::Url;
use zeroize::Zeroizing;

use super::{Delivery, Transport, Undelivered, text};
use crate::domain::mail::Message;

/// How long the server may take for one step of the dialogue, and for all of it.
const STEP: Duration = Duration::from_secs(10);
const DIALOGUE: Duration = Duration::from_secs(60);

/// Connections that are kept for the next mail, and for how long.
const KEPT: u32 = 8;
const KEPT_FOR: Duration = Duration::from_secs(60);

/// Which server delivers, and in whose name.
pub struct SmtpOptions {
    /// The server: `smtp://[user:password@]host[:port][?tls=required|opportunistic]` or `smtps://...`.
    pub url: Zeroizing<String>,
    /// The sender where the tenant has none.
    pub from: String,
}

impl SmtpOptions {
    /// A sender that nobody can answer to.
    pub const NOBODY: &str = "no-reply@localhost";

    /// A server, and a sender that nobody can answer to.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: Zeroizing::new(url.into()), from: Self::NOBODY.to_owned() }
    }
}

// The URL holds a password.
impl fmt::Debug for SmtpOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("SmtpOptions").field("from", &self.from).finish_non_exhaustive()
    }
}

/// Why there is no delivering with these options. The text does not repeat them: they hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SmtpOptionsError {
    /// The URL.
    #[error(
        "the mail server is not `smtp://[user:password@]host[:port][?tls=required|opportunistic]` or `smtps://...`"
    )]
    Url,
    /// The sender.
    #[error("the sender of mails is not a mail address")]
    From,
}

/// Delivers through a mail server.
pub struct Smtp {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Smtp {
    /// A server that is not spoken to before there is a mail.
    pub fn new(options: &SmtpOptions) -> Result<Self, SmtpOptionsError> {
        let from = options.from.parse().map_err(|_| SmtpOptionsError::From)?;
        let url = Url::parse(&options.url).map_err(|_| SmtpOptionsError::Url)?;
        // A misspelt `tls` must not mean that there is none.
        let is_known = url.query_pairs().all(|(name, _)| name == "tls") && url.fragment().is_none();
        if !is_known || url.host_str().is_none_or(str::is_empty) {
            return Err(SmtpOptionsError::Url);
        }
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(&options.url)
            .map_err(|_| SmtpOptionsError::Url)?
            .timeout(Some(STEP))
            .pool_config(PoolConfig::new().max_size(KEPT).idle_timeout(KEPT_FOR))
            .build();
        if url.scheme() == "smtp" && url.query().is_none() && url.password().is_some() {
            tracing::warn!(
                "the mail server gets its password without TLS; `?tls=required` in its URL mends that"
            );
        }
        Ok(Self { server, from })
    }

    fn compose(&self, message: &Message) -> Result<lettre::Message, Undelivered> {
        let from = match &message.from {
            Some(from) => from.parse().map_err(|_| Undelivered::Address)?,
            None => self.from.clone(),
        };
        let to: Address = message.to.parse().map_err(|_| Undelivered::Address)?;
        // The same at every attempt, so that a mail that arrives twice can be told to be one.
        let id = format!("<{}@{}>", message.id, from.email.domain());
        MessageBuilder::new()
            .message_id(Some(id))
            .from(from)
            .to(Mailbox::new(None, to))
            .subject(text::subject(message.kind))
            .header(AutoSubmitted)
            .header(ContentType::TEXT_PLAIN)
            .date_now()
            .body(text::body(message))
            .map_err(|_| Undelivered::Address)
    }

    async fn send(&self, message: &Message) -> Result<(), Undelivered> {
        let mail = self.compose(message)?;
        match tokio::time::timeout(DIALOGUE, self.server.send(mail)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(reason(&error)),
            Err(_) => Err(Undelivered::Unreachable),
        }
    }
}

/// The error's own text is not used: servers repeat the receiver in theirs.
fn reason(error: &smtp::Error) -> Undelivered {
    match error.status() {
        Some(code) if error.is_transient() => Undelivered::PutOff(code.into()),
        Some(code) => Undelivered::Refused(code.into()),
        None if error.is_client() || error.is_tls() || is_bad_handshake(error) => Undelivered::Unfit,
        None => Undelivered::Unreachable,
    }
}

/// A certificate that does not hold shows only as data that an I/O error calls invalid.
fn is_bad_handshake(error: &smtp::Error) -> bool {
    let mut causes = iter::successors(error.source(), |&cause| cause.source());
    causes.any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::InvalidData)
    })
}

impl Transport for Smtp {
    fn name(&self) -> &'static str {
        "smtp"
    }

    fn deliver<'a>(&'a self, message: &'a Message) -> Delivery<'a> {
        Box::pin(self.send(message))
    }

    fn is_remote(&self) -> bool {
        true
    }
}

/// Tells out-of-office notes not to answer.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod tests {
    use super::*;
    use crate::domain::mail::MailKind;
    use crate::mail::queue::tests::message;

    // Connections that are kept belong to a runtime, which is why these tests have one.
    fn smtp(url: &str) -> Result<Smtp, SmtpOptionsError> {
        Smtp::new(&SmtpOptions::new(url))
    }

    #[tokio::test]
    async fn urls_of_servers() {
        for url in [
            "smtp://mail.example",
            "smtp://127.0.0.1:2525",
            "smtp://user:p%40ss@mail.example:587?tls=required",
            "smtp://mail.example?tls=opportunistic",
            "smtps://user:pass@mail.example",
        ] {
            assert!(smtp(url).is_ok(), "{url}");
        }
        for url in [
            "mail.example",
            "http://mail.example",
            "smtp://",
            "smtp://mail.example?tls=none",
            "smtp://mail.example?tsl=required",
            "smtp://mail.example:99999",
        ] {
            assert_eq!(smtp(url).err(), Some(SmtpOptionsError::Url), "{url}");
        }
    }

    #[tokio::test]
    async fn options_and_their_errors_show_no_password() {
        let options = SmtpOptions::new("smtp://user:secret@mail.example?tls=wrong");
        let error = Smtp::new(&options).err().unwrap();
        assert!(!format!("{options:?} {error} {error:?}").contains("secret"));
    }

    #[tokio::test]
    async fn a_mail_says_what_it_has_to() {
        let mut mail = message("acme", "ann@a.example", MailKind::PasswordReset, "1");
        mail.from = Some("The Shop <shop@b.example>".to_owned());
        let written = smtp("smtp://mail.example").unwrap().compose(&mail).unwrap().formatted();
        let written = String::from_utf8(written).unwrap();
        for line in [
            "From: \"The Shop\" <shop@b.example>\r\n",
            "To: ann@a.example\r\n",
            "Subject: Choose a new password\r\n",
            "Auto-Submitted: auto-generated\r\n",
            &format!("Message-ID: <{}@b.example>\r\n", mail.id),
        ] {
            assert!(written.contains(line), "{line} in {written}");
        }
    }

    #[tokio::test]
    async fn no_address_adds_a_header() {
        let smtp = smtp("smtp://mail.example").unwrap();
        let mut mail = message("acme", "ann@a.example\r\nBcc: eve@a.example", MailKind::OptIn, "1");
        assert_eq!(smtp.compose(&mail).err(), Some(Undelivered::Address));

        "ann@a.example".clone_into(&mut mail.to);
        for from in
            ["shop@b.example\r\nBcc: eve@a.example", "Shop\r\nBcc: eve@a.example\r\n <shop@b.example>"]
        {
            mail.from = Some(from.to_owned());
            let composed = smtp.compose(&mail).map(|mail| String::from_utf8(mail.formatted()).unwrap());
            assert!(composed.is_err() || !composed.unwrap().contains("\r\nBcc:"), "{from:?}");
        }
    }

    #[tokio::test]
    async fn a_server_that_is_not_there_may_come_back() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        drop(listener);
        let mail = message("acme", "ann@a.example", MailKind::OptIn, "1");
        let outcome = smtp(&url).unwrap().deliver(&mail).await;
        assert_eq!(outcome, Err(Undelivered::Unreachable));
        assert!(Undelivered::Unreachable.may_pass());
    }
}
