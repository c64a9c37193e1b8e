//! The files that are no Rust items: manifest, crate root, readme. `templates/` holds their shape.
//!
//! Templates see ready strings only: what comes from a document is quoted for TOML or sanitised for
//! Markdown here, so that it stays data whatever it says.

use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, value::Serde};
use serde::Serialize;
use specwright_ir::{BodyKind, Ir};
use specwright_rust_emit::{FileSet, doc_lines, one_line};

use crate::config::{Api, Runtime};

const TEMPLATES: [(&str, &str, &str); 3] = [
    ("Cargo.toml", "Cargo.toml.j2", include_str!("../../../templates/Cargo.toml.j2")),
    ("README.md", "README.md.j2", include_str!("../../../templates/README.md.j2")),
    ("src/lib.rs", "lib.rs.j2", include_str!("../../../templates/lib.rs.j2")),
];

/// Lints that generated code sets aside, each with the reason that the crate's root gives.
const ALLOWS: [(&str, &str); 5] = [
    ("clippy::doc_markdown", "the words are the document's"),
    ("clippy::large_enum_variant", "answers are as large as the document says"),
    ("clippy::missing_errors_doc", "the error type says what can go wrong"),
    ("clippy::must_use_candidate", "an attribute on each method would say nothing"),
    ("clippy::similar_names", "names are as similar as the document's"),
];

/// The oldest Rust that generated code compiles with: this workspace's.
pub(crate) const RUST_VERSION: &str = env!("CARGO_PKG_RUST_VERSION");

/// What the templates see.
#[expect(clippy::struct_excessive_bools, reason = "each is a side of the crate")]
#[derive(Serialize)]
struct Shell {
    header: String,
    command: String,
    /// The package's name, as cargo writes it.
    name: String,
    package: String,
    /// The crate's name, as Rust writes it.
    #[serde(rename = "crate")]
    krate: String,
    version: String,
    rust_version: String,
    title: String,
    description: String,
    default_features: String,
    server: bool,
    client: bool,
    sender: bool,
    receiver: bool,
    /// Whether something is compiled with webhooks and callbacks alone.
    events: bool,
    runtime: String,
    /// The runtime with what tests call, where there are tests.
    testing: Option<String>,
    dependencies: Vec<Dependency>,
    docs: Vec<String>,
    allows: Vec<Allowed>,
    modules: Vec<Module>,
}

/// A dependency, as a manifest lists it.
#[derive(Serialize)]
pub(crate) struct Dependency {
    pub name: String,
    pub source: String,
}

#[derive(Serialize)]
struct Allowed {
    lint: &'static str,
    reason: &'static str,
}

#[derive(Serialize)]
struct Module {
    name: &'static str,
    feature: Option<&'static str>,
}

/// Renders the shells around what the backends emitted.
pub(crate) fn shells(
    api: &Api,
    ir: &Ir,
    header: &str,
    command: &str,
    emitted: &FileSet,
) -> Result<FileSet, minijinja::Error> {
    let environment = environment(&TEMPLATES)?;
    let shell = Value::from(Serde(Shell::of(api, ir, header, command, emitted)));
    let mut files = FileSet::default();
    for (path, name, _) in TEMPLATES {
        files.insert(path, environment.get_template(name)?.render(&shell)? + "\n");
    }
    Ok(files)
}

/// Templates by name: path, name and source of each. What they ask for and do not get is an error.
pub(crate) fn environment(
    templates: &'static [(&str, &str, &str)],
) -> Result<Environment<'static>, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    for (_, name, source) in templates {
        environment.add_template(name, source)?;
    }
    Ok(environment)
}

impl Shell {
    fn of(api: &Api, ir: &Ir, header: &str, command: &str, emitted: &FileSet) -> Self {
        let title = one_line(&ir.info.title);
        let (server, client) = (api.sides.has_server(), api.sides.has_client());
        // Webhooks may be most of a contract, and few who call its operations need them.
        let features: Vec<_> = [("server", server), ("client", client)]
            .iter()
            .filter(|(_, on)| *on)
            .map(|(name, _)| toml_string(name))
            .collect();
        Self {
            header: header.to_owned(),
            command: command.to_owned(),
            name: api.name.clone(),
            package: toml_string(&api.name),
            krate: crate_name(&api.name),
            version: toml_string(version(&ir.info.version)),
            rust_version: toml_string(RUST_VERSION),
            description: toml_string(&plain_line(&ir.info.title)),
            default_features: format!("[{}]", features.join(", ")),
            server,
            client,
            sender: server && ir.has_events(),
            receiver: client && ir.has_events(),
            events: ir.has_events(),
            runtime: source(&api.runtime, &runtime_features(ir)),
            testing: api.tests.then(|| source(&api.runtime, &[toml_string("testing")])),
            dependencies: dependencies(api),
            docs: docs(&title, &ir.info.description),
            title: if title.is_empty() { api.name.clone() } else { title },
            allows: ALLOWS.map(|(lint, reason)| Allowed { lint, reason }).into(),
            modules: modules(emitted),
        }
    }
}

/// The crate's name, as Rust writes it.
pub(crate) fn crate_name(package: &str) -> String {
    package.replace('-', "_")
}

/// Title and description as the crate's docs, each line with the space that follows `//!`.
fn docs(title: &str, description: &str) -> Vec<String> {
    let title = if title.is_empty() { "Types of one contract, and both sides of it." } else { title };
    let mut lines = vec![title.to_owned()];
    let description = doc_lines(description);
    if !description.is_empty() {
        lines.push(String::new());
        lines.extend(description);
    }
    lines.into_iter().map(|line| if line.is_empty() { line } else { format!(" {line}") }).collect()
}

fn dependencies(api: &Api) -> Vec<Dependency> {
    let dependency =
        |(name, source): (&String, &String)| Dependency { name: name.clone(), source: source.clone() };
    api.dependencies.iter().map(dependency).collect()
}

/// The features of the runtime that a contract needs whatever its side.
fn runtime_features(ir: &Ir) -> Vec<String> {
    let has_xml = ir.contents().any(|content| matches!(content.kind, BodyKind::Xml(_)));
    has_xml.then(|| toml_string("xml")).into_iter().collect()
}

/// The modules that have a file, behind the feature of their side.
fn modules(emitted: &FileSet) -> Vec<Module> {
    let known = [
        ("client", Some("client")),
        ("operations", None),
        ("receiver", Some("receiver")),
        ("responses", None),
        ("sender", Some("sender")),
        ("server", Some("server")),
        ("types", None),
    ];
    let has = |name: &str| {
        emitted
            .get(&format!("src/{name}.rs"))
            .or_else(|| emitted.get(&format!("src/{name}/mod.rs")))
            .is_some()
    };
    known.into_iter().filter(|(name, _)| has(name)).map(|(name, feature)| Module { name, feature }).collect()
}

/// A crate's place with these features, which are ready strings, and no others.
pub(crate) fn source(place: &Runtime, features: &[String]) -> String {
    let place = match place {
        Runtime::Path(path) => format!("path = {}", toml_string(path)),
        Runtime::Version(version) => format!("version = {}", toml_string(version)),
        Runtime::Git { url, at: None } => format!("git = {}", toml_string(url)),
        Runtime::Git { url, at: Some((key, value)) } => {
            format!("git = {}, {key} = {}", toml_string(url), toml_string(value))
        }
    };
    let features =
        if features.is_empty() { String::new() } else { format!(", features = [{}]", features.join(", ")) };
    format!("{{ {place}, default-features = false{features} }}")
}

/// A basic string of TOML.
pub(crate) fn toml_string(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            // Control characters are illegal in TOML, and the rest would end or turn a line around.
            _ if character.is_control() || is_invisible(character) => {
                quoted.extend(format!("\\U{:08X}", u32::from(character)).chars());
            }
            _ => quoted.push(character),
        }
    }
    quoted + "\""
}

/// Line and paragraph separators, marks of writing direction, and the like.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// A text on one line.
pub(crate) fn plain_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The document's version where cargo takes it, else `0.0.0`.
fn version(text: &str) -> &str {
    if is_semantic(text) { text } else { "0.0.0" }
}

/// Whether a text is a version by Semantic Versioning 2.0.
fn is_semantic(text: &str) -> bool {
    let identifier = |part: &str| {
        !part.is_empty()
            && part.chars().all(|character| character.is_ascii_alphanumeric() || character == '-')
    };
    let number = |part: &str| {
        let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        digits && (part == "0" || !part.starts_with('0')) && part.parse::<u64>().is_ok()
    };
    let released =
        |part: &str| identifier(part) && (number(part) || !part.bytes().all(|byte| byte.is_ascii_digit()));
    let (text, build) = text.split_once('+').map_or((text, None), |(text, build)| (text, Some(build)));
    let (core, pre) = text.split_once('-').map_or((text, None), |(core, pre)| (core, Some(pre)));
    core.split('.').count() == 3
        && core.split('.').all(number)
        && pre.is_none_or(|pre| pre.split('.').all(released))
        && build.is_none_or(|build| build.split('.').all(identifier))
}

#[cfg(test)]
mod tests {
    use super::{toml_string, version};

    #[test]
    fn a_version_that_cargo_would_refuse_is_zero() {
        for (text, expected) in [
            ("1.2.3", "1.2.3"),
            ("1.2.3-rc.1+build.5", "1.2.3-rc.1+build.5"),
            ("", "0.0.0"),
            ("v1", "0.0.0"),
            ("1.2", "0.0.0"),
            ("01.2.3", "0.0.0"),
            ("1.2.3-01", "0.0.0"),
            ("1.2.3\"\n[dependencies]", "0.0.0"),
        ] {
            assert_eq!(version(text), expected, "{text}");
        }
    }

    #[test]
    fn a_title_stays_data() {
        let title = "a\"\\\n[dependencies]\u{202E}é";
        let line = format!("x = {}", toml_string(title));
        assert_eq!(line.lines().count(), 1);
        let read: toml::Table = toml::from_str(&line).unwrap_or_default();
        assert_eq!(read["x"].as_str(), Some(title));
    }
}
