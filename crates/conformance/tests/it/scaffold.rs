//! The scaffolded crate: it compiles, its own test passes, it starts and ends, and it is written once.
//!
//! What is generated for it stands in the target folder and is left there, so that it is compiled again
//! only after it has changed.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use specwright_codegen::config::{Api, FILE, Runtime};
use specwright_codegen::diagnostics::Diagnostics;
use specwright_codegen::folder::Sync;
use specwright_codegen::run::{Action, Job, Verdict, read_config};
use specwright_codegen::service::Service;
use specwright_conformance::{Scratch, repository, target};

/// Contracts, each with a service crate. Its name is no other crate's: the target folder has one program
/// of a name. Those of the repository, then cases.
const SERVICES: [(&str, &str); 4] = [
    ("customer-api", "scaffolded-customer-service"),
    ("naming-obstacles", "scaffolded-obstacles"),
    ("orders", "scaffolded-service"),
    ("empty", "scaffolded-nothing"),
];

/// A contract with a service crate in this folder.
fn job(name: &str, service: &Path) -> Job {
    let mut sink = Diagnostics::new();
    let path = repository().join(FILE);
    let (config, base) = read_config(&path.to_string_lossy(), &mut sink).expect("the configuration");
    let ours = Job::all(&config, &base).into_iter().find(|job| job.api.name == name);
    let mut job = ours.unwrap_or_else(|| Job {
        api: Api {
            name: name.to_owned(),
            spec: format!("crates/conformance/cases/scaffold/{name}.yaml"),
            ..Api::default()
        },
        base,
        command: config.command,
    });
    job.api.out = target().join("scaffold").join(name).to_string_lossy().into_owned();
    job.api.service = Some(service.to_string_lossy().into_owned());
    job.api.runtime = Runtime::Path(repository().join("crates/runtime").to_string_lossy().into_owned());
    job
}

fn run(job: &Job, action: Action) -> Service {
    let outcome = job.run(action);
    assert_eq!(outcome.verdict, Verdict::Done, "{}", outcome.diagnostics.render(false));
    outcome.service
}

/// Every file of a folder by its path, with its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else {
            files.insert(path.display().to_string(), fs::read(&path).expect("a readable file"));
        }
    }
    files
}

#[test]
fn a_scaffold_is_written_once_and_compiles_without_a_word() {
    let mut scratch = Scratch::new().expect("a temporary folder");
    for (name, service) in SERVICES {
        let folder = scratch.member(service).expect("a member");
        let job = job(name, &folder);
        let written = run(&job, Action::Sync(Sync::default()));
        let count = files(&folder).len();
        assert_eq!(written, Service::Scaffolded { files: count, formatted: true }, "{name}");

        let main = folder.join("src/main.rs");
        let text = fs::read_to_string(&main).expect("a readable file");
        fs::write(&main, text.replace("every request is answered", "good-bye")).expect("an edit");
        fs::remove_file(folder.join("src/config.rs")).expect("a removal");
        let edited = files(&folder);
        assert_eq!(run(&job, Action::Sync(Sync::default())), Service::Present, "{name}");
        assert_eq!(run(&job, Action::Check), Service::Present, "{name}");
        assert!(files(&folder) == edited, "{name}: another run touched the crate");

        fs::remove_dir_all(&folder).expect("a removal");
        run(&job, Action::Sync(Sync::default()));
    }
    for (arguments, variables) in [
        (&["fmt", "--check"][..], &[][..]),
        (&["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"], &[]),
        (&["doc", "--quiet", "--workspace", "--no-deps"], &[("RUSTDOCFLAGS", "-D warnings -D rustdoc::all")]),
        (&["test", "--quiet", "--workspace"], &[]),
    ] {
        scratch.cargo(arguments, variables).unwrap_or_else(|said| panic!("{arguments:?}:\n{said}"));
    }
    let (_, service) = SERVICES[0];
    let program = target().join("debug").join(format!("{service}{}", std::env::consts::EXE_SUFFIX));
    refuses_what_it_cannot_do(&program);
    ends_when_it_is_asked_to(&program);
}

fn refuses_what_it_cannot_do(program: &Path) {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let taken = taken.local_addr().expect("a bound socket").to_string();
    for (listen, said) in [("everywhere", "LISTEN is \"everywhere\""), (taken.as_str(), "cannot listen on")] {
        let mut command = Command::new(program);
        let Output { status, stdout, stderr } = command.env("LISTEN", listen).output().expect("it starts");
        let stderr = String::from_utf8_lossy(&stderr);
        assert_eq!((status.code(), stdout.len()), (Some(1), 0), "{stderr}");
        assert!(stderr.contains(said), "{stderr}");
    }
}

#[cfg(unix)]
fn ends_when_it_is_asked_to(program: &Path) {
    for signal in ["TERM", "INT"] {
        let mut command = Command::new(program);
        let command = command.env("LISTEN", "127.0.0.1:0").stderr(Stdio::piped());
        let mut service: Child = command.spawn().expect("it starts");
        let mut said = BufReader::new(service.stderr.take().expect("a pipe"));
        let mut line = String::new();
        said.read_line(&mut line).expect("a line");
        assert!(line.contains("listening on http://127.0.0.1:"), "{line}");
        let killed = Command::new("kill").args(["-s", signal, &service.id().to_string()]).status();
        assert!(killed.expect("kill runs").success());
        assert_eq!(service.wait().expect("an end").code(), Some(0), "{signal}");
        let mut rest = String::new();
        said.read_to_string(&mut rest).expect("text");
        assert!(rest.contains("every request is answered"), "{rest}");
    }
}

#[cfg(not(unix))]
fn ends_when_it_is_asked_to(_program: &Path) {}
