//! What the command understands.

use clap::{Parser, Subcommand, ValueEnum};

/// Contracts become Rust crates: server traits on axum, clients on reqwest.
#[derive(Debug, Parser)]
#[command(name = "specwright", version, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Generate(Generate),
    Inspect(Inspect),
    Explain(Explain),
}

/// Generate one contract, or all in `specwright.toml`
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[command(after_help = "Exit codes: 0 done, 1 refused, 2 usage, 4 `--check` found a difference.")]
pub(crate) struct Generate {
    /// The document; without it, `specwright.toml` says what is generated
    #[arg(requires_all = ["out", "name"])]
    pub spec: Option<String>,
    /// The folder of the generated crate
    #[arg(long, value_name = "DIR", requires = "spec")]
    pub out: Option<String>,
    /// The crate's name; without SPEC, the one contract of the configuration to generate
    #[arg(long)]
    pub name: Option<String>,
    /// An overlay to apply; may be given several times, in order
    #[arg(long = "overlay", value_name = "FILE", requires = "spec")]
    pub overlays: Vec<String>,
    /// The configuration; with SPEC, where the settings of the contract NAME are taken from
    #[arg(long, value_name = "FILE")]
    pub config: Option<String>,
    /// The folder of a local `specwright-runtime`
    #[arg(long, value_name = "PATH")]
    pub runtime: Option<String>,
    /// Write nothing; tell what differs from what would be written
    #[arg(long, conflicts_with_all = ["dry_run", "force"])]
    pub check: bool,
    /// Write nothing; tell what would be written
    #[arg(long)]
    pub dry_run: bool,
    /// Overwrite generated files that were edited by hand
    #[arg(long)]
    pub force: bool,
    /// Emit the server, and the client only if `--client` is given too
    #[arg(long)]
    pub server: bool,
    /// Emit the client, and the server only if `--server` is given too
    #[arg(long)]
    pub client: bool,
    /// Emit tests of both sides against the contract
    #[arg(long)]
    pub tests: bool,
    /// Who reads what is found: people on stderr, or machines on stdout
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub message_format: MessageFormat,
}

/// Show a document's operations and types, and the names they get
#[derive(Debug, clap::Args)]
pub(crate) struct Inspect {
    /// The document
    pub spec: String,
    /// An overlay to apply; may be given several times, in order
    #[arg(long = "overlay", value_name = "FILE")]
    pub overlays: Vec<String>,
    /// The configuration that the settings are taken from
    #[arg(long, value_name = "FILE", requires = "name")]
    pub config: Option<String>,
    /// The contract of the configuration whose settings are taken
    #[arg(long, requires = "config")]
    pub name: Option<String>,
    /// Print the intermediate representation as JSON
    #[arg(long, conflicts_with = "coverage")]
    pub ir: bool,
    /// Count what is carried over, repaired, refused and allowed
    #[arg(long)]
    pub coverage: bool,
    /// Who reads what is found: people on stderr, or machines on stdout
    #[arg(long, value_name = "FORMAT", default_value = "human", conflicts_with = "ir")]
    pub message_format: MessageFormat,
}

/// Print the page of a diagnostic
#[derive(Debug, clap::Args)]
pub(crate) struct Explain {
    /// The code, such as `SW0104`
    pub code: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MessageFormat {
    /// Excerpts and help
    Human,
    /// One JSON value
    Json,
}
