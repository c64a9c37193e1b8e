//! The crate that implements a contract's traits: written once, and then it belongs to people.
//!
//! [`files`] is pure. Its Rust is laid out by the backend's printer and by templates, and neither knows
//! how the owner of the code has it formatted. Whoever writes the files runs [`format`] over them: the
//! owner's own `rustfmt` with the owner's own `rustfmt.toml`, so that `cargo fmt` finds nothing to do. A
//! layout of ours could at most be that of one configuration of one version.

mod request;
mod sample;

use std::env;
use std::path::Path;
use std::process::{Command, Stdio};

use minijinja::{Value, value::Serde};
use serde::Serialize;
use specwright_backend_axum::scaffold::{self, Names};
use specwright_ir::Ir;
use specwright_naming::{TYPES, pascal, type_ident};
use specwright_rust_emit::{FileSet, Options, one_line};

use crate::config::{Api, Runtime};
use crate::{Files, shells};
use request::Request;

const TEMPLATES: [(&str, &str, &str); 5] = [
    ("Cargo.toml", "service/Cargo.toml.j2", include_str!("../../../../templates/service/Cargo.toml.j2")),
    ("src/config.rs", "service/config.rs.j2", include_str!("../../../../templates/service/config.rs.j2")),
    ("src/lib.rs", "service/lib.rs.j2", include_str!("../../../../templates/service/lib.rs.j2")),
    ("src/main.rs", "service/main.rs.j2", include_str!("../../../../templates/service/main.rs.j2")),
    ("tests/it/main.rs", "service/it.rs.j2", include_str!("../../../../templates/service/it.rs.j2")),
];

/// The roots of the crate's targets: where `rustfmt` begins to read.
const ROOTS: [&str; 3] = ["src/lib.rs", "src/main.rs", "tests/it/main.rs"];

/// What the scaffolded crate depends on beside the generated one.
pub(crate) const DEPENDENCIES: [&str; 5] =
    ["axum", "specwright-runtime", "tokio", "tracing", "tracing-subscriber"];

/// Where the scaffolded crate stands and what it finds from there.
pub(crate) struct Site<'a> {
    /// The last part of its folder's path, which names the crate.
    pub name: &'a str,
    /// The way from it to the generated crate.
    pub api: String,
    /// The runtime, as its manifest writes it.
    pub runtime: Runtime,
    /// The command that its header names.
    pub command: &'a str,
}

/// What the templates see.
#[derive(Serialize)]
struct Shell {
    header: String,
    name: String,
    /// The package's name, as cargo writes it.
    package: String,
    /// The crate's name, as Rust writes it.
    #[serde(rename = "crate")]
    krate: String,
    rust_version: String,
    title: String,
    description: String,
    dependencies: Vec<shells::Dependency>,
    service: String,
    /// The generated crate, as `lib.rs` names it.
    api_path: String,
    unknown_path: String,
    unwritten: Option<Sent>,
    secured: Option<Sent>,
}

/// A request as literals of Rust.
#[derive(Serialize)]
struct Sent {
    head: String,
    body: String,
}

/// Makes the files of the crate.
pub(crate) fn files(api: &Api, ir: &Ir, site: &Site<'_>) -> Result<Files, minijinja::Error> {
    let header =
        format!("Scaffolded once by `{}`; it belongs to people and is never overwritten.", site.command);
    let names = Names { api: shells::crate_name(&api.name), service: service_name(site.name) };
    let shell = Value::from(Serde(Shell::of(api, ir, site, &header, &names)));
    let environment = shells::environment(&TEMPLATES)?;
    let mut files: FileSet = scaffold::emit(ir, &Options { header }, &names);
    for (path, name, _) in TEMPLATES {
        files.insert(path, environment.get_template(name)?.render(&shell)? + "\n");
    }
    Ok(files.into_iter().collect())
}

/// Formats the files as their owner formats code; whether that could be done.
pub(crate) fn format(folder: &Path) -> bool {
    let rustfmt = env::var_os("RUSTFMT").unwrap_or_else(|| "rustfmt".into());
    let mut command = Command::new(rustfmt);
    command.args(["--edition", "2024"]).args(ROOTS).current_dir(folder);
    let silent = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    silent.status().is_ok_and(|status| status.success())
}

impl Shell {
    fn of(api: &Api, ir: &Ir, site: &Site<'_>, header: &str, names: &Names) -> Self {
        let title = match one_line(&ir.info.title) {
            title if title.is_empty() => site.name.to_owned(),
            title => title,
        };
        let description = match shells::plain_line(&ir.info.title) {
            title if title.is_empty() => "A service".to_owned(),
            title => format!("{title}: the service"),
        };
        // Modules of its own, which a path's first segment would mean.
        let is_taken = ["api", "config", "service"].contains(&names.api.as_str());
        Self {
            header: header.to_owned(),
            name: site.name.to_owned(),
            package: shells::toml_string(site.name),
            krate: shells::crate_name(site.name),
            rust_version: shells::toml_string(shells::RUST_VERSION),
            title,
            description: shells::toml_string(&description),
            dependencies: dependencies(api, site),
            service: names.service.clone(),
            api_path: if is_taken { format!("::{}", names.api) } else { names.api.clone() },
            unknown_path: request::unknown_path(ir),
            unwritten: Request::unwritten(ir).map(|request| Sent::of(&request)),
            secured: Request::secured(ir).map(|request| Sent::of(&request)),
        }
    }
}

impl Sent {
    fn of(request: &Request) -> Self {
        // What `Debug` writes of a string is a literal of Rust, whatever the document says.
        Self { head: format!("{:?}", request.head()), body: format!("{:?}", request.body()) }
    }
}

/// Sorted, as people list them.
fn dependencies(api: &Api, site: &Site<'_>) -> Vec<shells::Dependency> {
    let registry = |version: &str, features: &[&str]| {
        let features: Vec<String> = features.iter().map(|feature| shells::toml_string(feature)).collect();
        format!(
            "{{ version = {}, default-features = false, features = [{}] }}",
            shells::toml_string(version),
            features.join(", ")
        )
    };
    let server = [shells::toml_string("server")];
    let path = Runtime::Path(site.api.clone());
    let [axum, runtime, tokio, tracing, subscriber] = DEPENDENCIES;
    let mut dependencies = [
        (axum, registry("0.8", &["http1", "tokio"])),
        (&api.name, shells::source(&path, &server)),
        (runtime, shells::source(&site.runtime, &server)),
        (tokio, registry("1", &["macros", "net", "rt-multi-thread", "signal"])),
        (tracing, registry("0.1", &["std"])),
        (subscriber, registry("0.3", &["fmt"])),
    ];
    dependencies.sort();
    dependencies
        .into_iter()
        .map(|(name, source)| shells::Dependency { name: name.to_owned(), source })
        .collect()
}

/// The name of the type that implements the traits: the crate's, unless it is the prelude's.
fn service_name(name: &str) -> String {
    let name = type_ident(&pascal(name));
    if TYPES.contains(&name.as_str()) { name + "Service" } else { name }
}

#[cfg(test)]
mod tests {
    use super::service_name;

    #[test]
    fn a_service_is_named_like_its_folder() {
        for (folder, service) in [
            ("customer-service", "CustomerService"),
            ("shop_api2", "ShopApi2"),
            ("service", "Service"),
            ("Option", "OptionService"),
        ] {
            assert_eq!(service_name(folder), service);
        }
    }
}
