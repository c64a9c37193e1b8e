//! The router of every committed crate is built once: nothing in it panics, and nothing is out of reach.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use customer_api::server;
use specwright_conformance::{Scratch, repository};

use crate::stub::Stub;

#[test]
fn customer_api() {
    let routes = server::routes(Stub::default());
    assert!(routes.unservable().is_empty());
    let _ = routes.into_router();
}

/// The method of a service that has none of its own, by the last line of its signature.
const UNIMPLEMENTED: &str = " { async { \
    ::core::result::Result::Err(::specwright_runtime::Failure::from(::specwright_runtime::Unimplemented)) } }";
const NOT_MINE: &str = " { async { ::specwright_runtime::server::Authentication::NotMine } }";

/// An implementation of the trait in a generated module, whose methods all do the same: nobody writes
/// methods for so many operations. `path` is the module's.
fn implementation(path: &str, text: &str, body: &str) -> Option<String> {
    let (imports, rest) = text.split_once("\npub trait ")?;
    let (head, rest) = rest.split_once('{')?;
    let (members, _) = rest.split_once("\n}\n")?;
    let name = head.split(':').next()?;
    let imports: Vec<&str> = imports
        .split_inclusive(';')
        .filter_map(|item| item.find("\nuse ").map(|at| &item[at..]))
        .filter(|item| !item.contains("axum"))
        .collect();
    let imports = imports.concat().replace("crate::", "naming_obstacles::");
    let members = members.lines().map(str::trim).filter(|line| !line.starts_with(['/', '#']));
    let members = members.fold(String::new(), |text, line| {
        let member = match (line.strip_prefix("type "), line.strip_suffix(';')) {
            (Some(named), _) => format!("type {} = ();", named.split(':').next().unwrap_or_default()),
            (None, Some(signature)) => format!("{signature}{body}"),
            (None, None) => line.to_owned(),
        };
        text + &member + "\n"
    });
    let module =
        format!("use naming_obstacles::{path};\n{imports}\nimpl {name} for crate::Service {{{members}}}");
    Some(module)
}

/// A program that builds the router of a service without methods, and tells what it cannot reach.
fn program(server: &Path) -> String {
    let text = |file: &str| fs::read_to_string(server.join(file)).expect("a generated file");
    let root = text("mod.rs");
    let mut modules = vec![implementation("server::Authenticate", &root, NOT_MINE).expect("a trait")];
    for line in root.lines() {
        let Some(name) = line.strip_prefix("pub mod ").and_then(|rest| rest.strip_suffix(';')) else {
            continue;
        };
        let file = format!("{}.rs", name.trim_start_matches("r#"));
        let path = format!("server::{name}::*");
        modules.push(implementation(&path, &text(&file), UNIMPLEMENTED).expect("a trait"));
    }
    assert!(modules.len() > 100);
    let mut program = PROGRAM.to_owned();
    for (at, module) in modules.iter().enumerate() {
        let _ = writeln!(program, "mod m{at} {{\n{module}\n}}");
    }
    program
}

const PROGRAM: &str = "
#![allow(warnings)]
pub struct Service;
impl specwright_runtime::server::Service for Service {}
fn main() {
    let routes = naming_obstacles::server::routes(Service);
    for unservable in routes.unservable() {
        println!(\"{}: {}\", unservable.operation.id, unservable.reason);
    }
    let _ = routes.into_router();
    println!(\"built\");
}
";

#[test]
fn naming_obstacles() {
    let mut scratch = Scratch::new().expect("a temporary folder");
    let folder = scratch.member("service").expect("a member");
    let root = repository();
    fs::create_dir_all(folder.join("src")).expect("a folder");
    let program = program(&root.join("generated/naming-obstacles/src/server"));
    fs::write(folder.join("src/main.rs"), program).expect("a program");
    let root = root.display();
    fs::write(
        folder.join("Cargo.toml"),
        format!(
            "[package]\nname = \"service\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             naming-obstacles = {{ path = \"{root}/generated/naming-obstacles\", default-features = false, \
             features = [\"server\"] }}\n\
             specwright-runtime = {{ path = \"{root}/crates/runtime\", features = [\"server\"] }}\n"
        ),
    )
    .expect("a manifest");
    assert_eq!(scratch.run("service").unwrap_or_else(|error| panic!("{error}")), "built\n");
}
