//! Why the service does not start.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::mail::SmtpOptionsError;

/// Why the service does not start, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// No threads.
    #[error("cannot start threads: {0}; see how many processes this user may have")]
    Runtime(ErrorKind),
    /// The address is taken, or not ours.
    #[error(
        "cannot listen on {address}: {reason}; choose another address with --listen, port 0 takes a free port"
    )]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        reason: ErrorKind,
    },
    /// No signals.
    #[error("cannot wait for signals: {0}; the service could not be told to end")]
    Signals(ErrorKind),
    /// The folder for mails.
    #[error("cannot write mails to {}: {reason}; name another folder with --outbox-dir", path.display())]
    OutboxDir {
        /// The folder.
        path: PathBuf,
        /// Why.
        reason: ErrorKind,
    },
    /// The mail server's URL, or the sender.
    #[error("cannot deliver mails: {0}; correct --smtp-url or --mail-from")]
    Smtp(#[from] SmtpOptionsError),
    /// The client of identity providers.
    #[error("cannot set up TLS for identity providers")]
    Tls(#[source] reqwest::Error),
    /// No randomness for keys.
    #[error("the system has no randomness to give: {0}")]
    Randomness(#[from] getrandom::Error),
    /// The document that was compiled in.
    #[error("the contract cannot be shown: {0}")]
    Document(String),
}
