//! `specwright.toml`: which contracts are generated, from what, into which folders.

mod problem;
mod read;
mod table;

use std::collections::BTreeMap;

pub use problem::near_miss;
pub use read::parse;
use specwright_spec::Allowance;

/// The configuration's name where none is given.
pub const FILE: &str = "specwright.toml";

/// A configuration: its contracts, in the order in which they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// `command`: what headers and help tell people to run.
    pub command: String,
    /// `[[api]]`
    pub apis: Vec<Api>,
}

impl Default for Config {
    fn default() -> Self {
        Self { command: "specwright generate".to_owned(), apis: Vec::new() }
    }
}

/// One contract and the crate that is generated from it. Paths are as written: relative to the
/// configuration's folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Api {
    /// `name`: the crate's.
    pub name: String,
    /// `spec`: the document.
    pub spec: String,
    /// `overlays`, in the order in which they are applied.
    pub overlays: Vec<String>,
    /// `out`: the folder of the generated crate.
    pub out: String,
    /// `service`: the folder of the scaffolded crate.
    pub service: Option<String>,
    /// `runtime`: where the generated crate finds `specwright-runtime`.
    pub runtime: Runtime,
    /// `server` and `client`: what is emitted beside the types.
    pub sides: Sides,
    /// `tests`: whether tests of both sides against the contract are emitted.
    pub tests: bool,
    /// `[api.copies]`: URL to what is read instead, by its path from the document's folder.
    pub copies: BTreeMap<String, String>,
    /// `[api.names]`: pointer, operationId or tag to Rust name.
    pub names: BTreeMap<String, String>,
    /// `[api.types]`: format or pointer to Rust type.
    pub types: BTreeMap<String, String>,
    /// `[api.dependencies]`: what those types need, name to source as the generated manifest writes it.
    pub dependencies: BTreeMap<String, String>,
    /// `[[api.allow]]`: what the document asks for and is not to be carried over.
    pub allow: Vec<Allowance>,
}

/// Where the generated crate finds `specwright-runtime`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Runtime {
    /// A folder: in a configuration relative to it, in a generated manifest relative to the crate.
    Path(String),
    /// A git repository.
    Git {
        /// Its URL.
        url: String,
        /// `rev`, `tag` or `branch`, and its value.
        at: Option<(&'static str, String)>,
    },
    /// A version of the registry's.
    Version(String),
}

impl Default for Runtime {
    /// The version that belongs to this generator.
    fn default() -> Self {
        Self::Version(env!("CARGO_PKG_VERSION").to_owned())
    }
}

/// What is emitted beside the types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sides {
    /// Server and client.
    #[default]
    Both,
    /// The server alone.
    Server,
    /// The client alone.
    Client,
    /// Neither.
    Types,
}

impl Sides {
    /// The sides that two switches choose.
    pub const fn of(server: bool, client: bool) -> Self {
        match (server, client) {
            (true, true) => Self::Both,
            (true, false) => Self::Server,
            (false, true) => Self::Client,
            (false, false) => Self::Types,
        }
    }

    /// Whether the server is emitted.
    pub const fn has_server(self) -> bool {
        matches!(self, Self::Both | Self::Server)
    }

    /// Whether the client is emitted.
    pub const fn has_client(self) -> bool {
        matches!(self, Self::Both | Self::Client)
    }
}

/// Whether cargo takes a text for a crate's name and Rust for a path's first segment.
pub fn is_crate_name(name: &str) -> bool {
    const TAKEN: [&str; 6] = ["core", "std", "alloc", "test", "proc-macro", "proc_macro"];
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|character| character.is_ascii_alphanumeric() || matches!(character, '-' | '_'))
        && !TAKEN.contains(&name)
        && !KEYWORDS.contains(&name)
}

const KEYWORDS: [&str; 53] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop",
    "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "Self",
    "static", "struct", "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield", "_",
];
