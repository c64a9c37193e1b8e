//! The options of the command line. Each can also stand in the environment and in the file.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZeroU16;
use std::path::PathBuf;

use clap::builder::BoolishValueParser;
use serde::Deserialize;
use url::Url;
use zeroize::Zeroizing;

use crate::domain::password::Hashing;

pub(super) const LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);
pub(super) const RATE_LIMIT: u32 = 50;
pub(super) const MAX_CONNECTIONS: NonZeroU16 = NonZeroU16::MIN.saturating_add(4095);
pub(super) const DRAIN_TIMEOUT: u16 = 20;

/// The Customer Service, in memory: what it holds ends with it.
///
/// Every option can also be set by the variable in brackets, and in the file of --config by its name with
/// underscores (`listen = "127.0.0.1:0"`). The command line wins over the environment, the environment over
/// the file.
#[derive(clap::Parser, Default, Deserialize)]
#[command(name = "customer-service", version, max_term_width = 100, after_long_help = super::tenants::HELP)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Flags {
    /// Run for development.
    ///
    /// Anonymous login creates the tenant that it names, an identity provider for social login is built in,
    /// no address is throttled, and `/_dev` serves the mails that were sent, a clock that can be moved, and
    /// more. Only on a loopback address.
    #[arg(long, env = "CUSTOMER_SERVICE_DEV", value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_missing_value = "true", value_parser = BoolishValueParser::new())]
    pub dev: Option<bool>,

    /// Where to listen; port 0 takes a free one [default: 127.0.0.1:8080]
    #[arg(long, env = "CUSTOMER_SERVICE_LISTEN", value_name = "ADDRESS:PORT")]
    pub listen: Option<SocketAddr>,

    /// A TOML file with options, those of tenants included
    #[arg(long, env = "CUSTOMER_SERVICE_CONFIG", value_name = "FILE")]
    #[serde(skip)]
    pub config: Option<PathBuf>,

    /// A tenant; can be given several times
    #[arg(long, env = "CUSTOMER_SERVICE_TENANT", value_name = "NAME", value_delimiter = ',')]
    pub tenant: Vec<String>,

    /// Whether anonymous login creates the tenant that it names, up to 1000 [default: true with --dev]
    #[arg(long, env = "CUSTOMER_SERVICE_AUTO_TENANTS", value_name = "BOOL", value_parser = BoolishValueParser::new())]
    pub auto_tenants: Option<bool>,

    /// A folder that each mail is written to, as a JSON file
    #[arg(long, env = "CUSTOMER_SERVICE_OUTBOX_DIR", value_name = "DIR")]
    pub outbox_dir: Option<PathBuf>,

    /// The server that delivers mails: `smtp://[user:password@]host[:port][?tls=required]` or `smtps://...`
    #[arg(long, env = "CUSTOMER_SERVICE_SMTP_URL", value_name = "URL", hide_env_values = true)]
    pub smtp_url: Option<SmtpUrl>,

    /// The sender of mails that the server delivers, for tenants without a `mail_from`
    /// [default: no-reply@localhost]
    #[arg(long, env = "CUSTOMER_SERVICE_MAIL_FROM", value_name = "ADDRESS")]
    pub mail_from: Option<String>,

    /// The origin that clients know the service by, for the served document [default: the address]
    #[arg(long, env = "CUSTOMER_SERVICE_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<Url>,

    /// An origin whose pages may call the service; can be given several times [default: none]
    #[arg(long, env = "CUSTOMER_SERVICE_CORS_ORIGIN", value_name = "ORIGIN", value_delimiter = ',')]
    pub cors_origin: Vec<Url>,

    /// Requests a second that an address may make, with bursts of four times as many; 0 for any number
    /// [default: 50, with --dev 0]
    #[arg(long, env = "CUSTOMER_SERVICE_RATE_LIMIT", value_name = "NUMBER")]
    pub rate_limit: Option<u32>,

    /// Connections at a time; more have to wait [default: 4096]
    #[arg(long, env = "CUSTOMER_SERVICE_MAX_CONNECTIONS", value_name = "NUMBER")]
    pub max_connections: Option<NonZeroU16>,

    /// Seconds that requests under way get when the service is told to end [default: 20]
    #[arg(long, env = "CUSTOMER_SERVICE_DRAIN_TIMEOUT", value_name = "SECONDS")]
    pub drain_timeout: Option<u16>,

    /// How much work a password hash is; `cheap` is for tests, with --dev only [default: standard]
    #[arg(long, env = "CUSTOMER_SERVICE_PASSWORD_HASHING", value_name = "WORK")]
    pub password_hashing: Option<Work>,

    /// Let --dev listen on an address that others can reach
    #[arg(long, env = "CUSTOMER_SERVICE_DEV_ALLOW_REMOTE", value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_missing_value = "true", value_parser = BoolishValueParser::new())]
    pub dev_allow_remote: Option<bool>,

    /// How the log is written to standard error [default: text]
    #[arg(long, env = "CUSTOMER_SERVICE_LOG_FORMAT", value_name = "FORMAT")]
    pub log_format: Option<LogFormat>,

    /// What is logged: a level, or levels by module such as `warn,customer_service=debug`
    /// [default: `RUST_LOG`, else info]
    #[arg(long, env = "CUSTOMER_SERVICE_LOG_FILTER", value_name = "FILTER")]
    pub log_filter: Option<String>,
}

impl Flags {
    /// What is said here, and else what is said there.
    pub(super) fn over(self, there: Self) -> Self {
        Self {
            dev: self.dev.or(there.dev),
            listen: self.listen.or(there.listen),
            config: self.config,
            tenant: said(self.tenant, there.tenant),
            auto_tenants: self.auto_tenants.or(there.auto_tenants),
            outbox_dir: self.outbox_dir.or(there.outbox_dir),
            smtp_url: self.smtp_url.or(there.smtp_url),
            mail_from: self.mail_from.or(there.mail_from),
            public_url: self.public_url.or(there.public_url),
            cors_origin: said(self.cors_origin, there.cors_origin),
            rate_limit: self.rate_limit.or(there.rate_limit),
            max_connections: self.max_connections.or(there.max_connections),
            drain_timeout: self.drain_timeout.or(there.drain_timeout),
            password_hashing: self.password_hashing.or(there.password_hashing),
            dev_allow_remote: self.dev_allow_remote.or(there.dev_allow_remote),
            log_format: self.log_format.or(there.log_format),
            log_filter: self.log_filter.or(there.log_filter),
        }
    }
}

fn said<T>(here: Vec<T>, there: Vec<T>) -> Vec<T> {
    if here.is_empty() { there } else { here }
}

/// How the log is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

/// How much work a password hash is.
#[derive(Clone, Copy, Debug, Default, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(super) enum Work {
    /// argon2id with 19 MiB and two passes
    #[default]
    Standard,
    /// As little as possible
    Cheap,
}

impl From<Work> for Hashing {
    fn from(work: Work) -> Self {
        match work {
            Work::Standard => Self::Standard,
            Work::Cheap => Self::Cheap,
        }
    }
}

/// The URL of a mail server. It may hold a password, and is never shown.
#[derive(Clone, Deserialize)]
#[serde(from = "String")]
pub struct SmtpUrl(Zeroizing<String>);

impl SmtpUrl {
    /// Its text.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for SmtpUrl {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl std::str::FromStr for SmtpUrl {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(text.to_owned().into())
    }
}

impl std::fmt::Debug for SmtpUrl {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("SmtpUrl(..)")
    }
}
