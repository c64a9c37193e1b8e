//! What can be set. The command line wins over the environment, that over the file, that over what holds
//! by default.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Parser as _;
use http::HeaderValue;
use tracing_subscriber::EnvFilter;
use url::Url;

use self::flags::{Flags, SmtpUrl};
use crate::domain::options::TenantOptions;
use crate::domain::password::Hashing;
use crate::domain::tenant::Tenant;
use crate::mail::SmtpOptions;

mod environment;
mod file;
mod flags;
mod tenants;

pub use self::flags::LogFormat;
pub use self::tenants::TenantTable;

/// How the service runs.
pub struct Options {
    /// Whether this is development: tenants come to be on the way, and `/_dev` is there.
    pub dev: bool,
    /// Where to listen.
    pub listen: SocketAddr,
    /// The origin that clients know the service by, if it is not the address.
    pub public_url: Option<Url>,
    /// The tenants.
    pub tenants: BTreeMap<String, TenantOptions>,
    /// What holds for a tenant that does not say otherwise.
    pub tenant_defaults: TenantTable,
    /// Whether anonymous login creates the tenant that it names.
    pub auto_tenants: bool,
    /// How much work a password hash is.
    pub hashing: Hashing,
    /// The folder that mails are written to.
    pub outbox_dir: Option<PathBuf>,
    /// The server that delivers mails.
    pub smtp_url: Option<SmtpUrl>,
    /// The sender of mails where the tenant has none.
    pub mail_from: String,
    /// The origins whose pages may call the service.
    pub cors_origins: Vec<HeaderValue>,
    /// Requests a second that an address may make.
    pub rate_limit: Option<NonZeroU32>,
    /// Connections at a time.
    pub max_connections: usize,
    /// How long the end waits for requests that are under way.
    pub drain_timeout: Duration,
    /// How the log is written.
    pub log_format: LogFormat,
    /// What is logged.
    pub log_filter: String,
}

/// Why the options do not hold. It repeats no value: a value may be a secret.
#[derive(Debug, thiserror::Error)]
pub enum OptionsError {
    /// The command line, or a variable that stands for one of its options; or a wish for help.
    #[error(transparent)]
    CommandLine(#[from] clap::Error),
    /// The file is not there or not readable.
    #[error("cannot read the options in {}: {reason}; name a file that is there with --config", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: std::io::ErrorKind,
    },
    /// The file does not hold options.
    #[error("{}: {reason}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Which key, and what is wrong with it.
        reason: String,
    },
    /// A variable is not an option's.
    #[error("the variable {name}: {reason}")]
    Variable {
        /// The variable.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A tenant's options do not hold together.
    #[error("the options of tenant `{tenant}`: {reason}")]
    Tenant {
        /// The tenant.
        tenant: String,
        /// What is wrong.
        reason: String,
    },
    /// A tenant cannot be called that.
    #[error(
        "`{0}` cannot be a tenant's name: it takes 3 to 16 lower-case letters and digits, a letter first"
    )]
    TenantName(String),
    /// The hooks of development would be open to everybody.
    #[error(
        "--dev opens hooks that anybody who reaches {0} can use; listen on a loopback address, or add --dev-allow-remote"
    )]
    DevOnRemote(SocketAddr),
    /// Cheap hashes outside of development.
    #[error("--password-hashing cheap protects no password and is for --dev only; leave it out")]
    CheapOutsideOfDev,
    /// The filter of the log cannot be read.
    #[error(
        "--log-filter takes a level such as `info`, or levels by module such as `warn,customer_service=debug`"
    )]
    LogFilter,
    /// Something that is not an origin.
    #[error("{0} takes an origin such as https://shop.example, without a path")]
    Origin(&'static str),
}

impl Options {
    /// From the process's command line, environment and the file that they name.
    pub fn read() -> Result<Self, OptionsError> {
        let said = Flags::try_parse()?;
        let variables = environment::tenants(std::env::vars_os())?;
        let file = said.config.as_deref().map(file::read).transpose()?.unwrap_or_default();
        Self::settled(said, variables, file)
    }

    fn settled(said: Flags, variables: tenants::Layer, file: file::File) -> Result<Self, OptionsError> {
        let mut flags = said.over(file.flags);
        let tenant_defaults = file.tenants.defaults.under(variables.defaults);
        let mut tables: BTreeMap<String, TenantTable> =
            flags.tenant.drain(..).map(|name| (name, TenantTable::default())).collect();
        for (name, table) in file.tenants.tenants.into_iter().chain(variables.tenants) {
            let before = tables.remove(&name).unwrap_or_default();
            tables.insert(name, before.under(table));
        }
        let mut tenants = BTreeMap::new();
        for (name, table) in tables {
            if !Tenant::is_name(&name) {
                return Err(OptionsError::TenantName(name));
            }
            let options = tenant_defaults
                .with(table)
                .map_err(|reason| OptionsError::Tenant { tenant: name.clone(), reason })?;
            tenants.insert(name, options);
        }
        Self { tenants, tenant_defaults, ..Self::of_flags(flags)? }.checked()
    }

    fn of_flags(flags: Flags) -> Result<Self, OptionsError> {
        let dev = flags.dev.unwrap_or(false);
        let rate_limit = flags.rate_limit.unwrap_or(if dev { 0 } else { flags::RATE_LIMIT });
        let listen = flags.listen.unwrap_or(flags::LISTEN);
        if dev && !listen.ip().is_loopback() && !flags.dev_allow_remote.unwrap_or(false) {
            return Err(OptionsError::DevOnRemote(listen));
        }
        let origins = flags.cors_origin.iter().map(|url| origin(url, "--cors-origin"));
        let cors_origins = origins
            .map(|origin| {
                origin.and_then(|text| text.parse().map_err(|_| OptionsError::Origin("--cors-origin")))
            })
            .collect::<Result<_, _>>()?;
        if let Some(url) = &flags.public_url {
            origin(url, "--public-url")?;
        }
        Ok(Self {
            dev,
            listen,
            public_url: flags.public_url,
            tenants: BTreeMap::new(),
            tenant_defaults: TenantTable::default(),
            auto_tenants: flags.auto_tenants.unwrap_or(dev),
            hashing: flags.password_hashing.unwrap_or_default().into(),
            outbox_dir: flags.outbox_dir,
            smtp_url: flags.smtp_url,
            mail_from: flags.mail_from.unwrap_or_else(|| SmtpOptions::NOBODY.to_owned()),
            cors_origins,
            rate_limit: NonZeroU32::new(rate_limit),
            max_connections: flags.max_connections.unwrap_or(flags::MAX_CONNECTIONS).get().into(),
            drain_timeout: Duration::from_secs(flags.drain_timeout.unwrap_or(flags::DRAIN_TIMEOUT).into()),
            log_format: flags.log_format.unwrap_or_default(),
            log_filter: flags.log_filter.or_else(customary_filter).unwrap_or_else(|| "info".to_owned()),
        })
    }

    fn checked(self) -> Result<Self, OptionsError> {
        if self.hashing == Hashing::Cheap && !self.dev {
            return Err(OptionsError::CheapOutsideOfDev);
        }
        EnvFilter::try_new(&self.log_filter).map_err(|_| OptionsError::LogFilter)?;
        // A tenant that comes to be on the way has nobody to tell that its defaults do not hold.
        self.tenant_defaults.options().map_err(|reason| OptionsError::Tenant {
            tenant: "every tenant (tenant_defaults)".to_owned(),
            reason,
        })?;
        Ok(self)
    }
}

/// What `RUST_LOG` asks for. It is there for other programs too, so that it refuses nothing.
fn customary_filter() -> Option<String> {
    std::env::var("RUST_LOG").ok().filter(|filter| EnvFilter::try_new(filter).is_ok())
}

/// `scheme://host[:port]`, as a browser writes it.
fn origin(url: &Url, option: &'static str) -> Result<String, OptionsError> {
    let is_web = matches!(url.scheme(), "http" | "https");
    let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    if is_web && is_bare && url.username().is_empty() && url.password().is_none() {
        Ok(url.origin().ascii_serialization())
    } else {
        Err(OptionsError::Origin(option))
    }
}

/// A message of a deserialiser, without the value that it may show.
fn without_value(message: &str) -> String {
    if let Some((found, expected)) = message.split_once(", expected ")
        && found.starts_with("invalid ")
    {
        return format!("the value is not {expected}");
    }
    // As what reads a URL writes it.
    message.split(": \"").next().unwrap_or_default().to_owned()
}

fn file_error(path: &Path, reason: String) -> OptionsError {
    OptionsError::File { path: path.to_owned(), reason }
}
