//! One contract, from texts to the files of its crate. Nothing is read or written here.

use specwright_diagnostics::{Diagnostics, Place};
use specwright_ir::Ir;
use specwright_rust_emit::{FileSet, Options};
use specwright_spec::{Document, Library, Lock, Settings, Source, lower};

use crate::config::{Api, Sides};
use crate::manifest::{self, Manifest};
use crate::{Files, listing, problem, shells};

/// The names of the last run, in the folder.
pub const LOCK: &str = "names.lock";
/// The effective document, in the folder.
pub const DOCUMENT: &str = "openapi.json";

/// What a run depends on, all of it.
#[derive(Clone, Debug)]
pub struct Input<'a> {
    /// The contract's entry in the configuration. `runtime` is as the generated manifest writes it.
    pub api: &'a Api,
    /// The document.
    pub spec: Source,
    /// Its overlays, in the order in which they are applied.
    pub overlays: Vec<Source>,
    /// The files that the document refers to.
    pub library: Library,
    /// The names of the last run.
    pub lock: Option<Source>,
    /// The command that headers and help name.
    pub command: &'a str,
}

/// What a run makes of its input.
#[derive(Debug, Default)]
pub struct Output {
    /// The files, with their manifest; `None` where something stops the run.
    pub files: Option<Files>,
    /// The contract; `None` where something stops the run.
    pub ir: Option<Ir>,
    /// What there is to say.
    pub diagnostics: Diagnostics,
}

/// Makes the files of a crate. The same input gives the same bytes.
pub fn generate(input: Input<'_>) -> Output {
    let mut diagnostics = Diagnostics::new();
    let made = files(input, &mut diagnostics);
    let stopped = diagnostics.has_errors();
    match made.filter(|_| !stopped) {
        Some((files, ir)) => Output { files: Some(files), ir: Some(ir), diagnostics },
        None => Output { diagnostics, ..Output::default() },
    }
}

/// Makes the contract and stops before any file.
pub fn inspect(input: Input<'_>) -> Output {
    let mut diagnostics = Diagnostics::new();
    let read = read(input, &mut diagnostics);
    let ir = read.map(|read| read.ir);
    Output { files: None, ir, diagnostics }
}

/// A contract that is read.
struct Read {
    document: Document,
    ir: Ir,
    lock: Lock,
}

fn read(input: Input<'_>, sink: &mut Diagnostics) -> Option<Read> {
    let Input { api, spec, overlays, library, lock, .. } = input;
    let lock = lock.and_then(|source| {
        sink.keep_text(&source.name, &source.text);
        Lock::parse(&source.name, &source.text).map_err(|wrong| sink.extend(wrong)).ok()
    });
    let document = Document::load_with(spec, overlays, &library, sink)?;
    let settings =
        Settings { names: api.names.clone(), types: api.types.clone(), lock, allow: api.allow.clone() };
    let lowered = lower(&document, &settings, sink).filter(|_| !sink.has_errors())?;
    Some(Read { document, ir: lowered.ir, lock: lowered.lock })
}

fn files(input: Input<'_>, sink: &mut Diagnostics) -> Option<(Files, Ir)> {
    let (api, command) = (input.api, input.command);
    let header = header(command, &input.spec.name);
    if api.tests && api.sides != Sides::Both {
        sink.push(problem::tests_of_one_side(Place::file(&api.name)));
    }
    let read = read(input, sink)?;
    let mut emitted = emit(api, &read, &header);
    match shells::shells(api, &read.ir, &header, command, &emitted) {
        Ok(shells) => emitted.extend(shells),
        Err(error) => {
            sink.push(problem::template(&error));
            return None;
        }
    }
    let mut files: Files = emitted.into_iter().collect();
    let manifest = Manifest::of(&files).to_text();
    files.insert(manifest::NAME.to_owned(), manifest);
    Some((files, read.ir))
}

/// What is made of a contract. Each part is a function of the contract alone, so they run side by side;
/// their files have different paths, so the order in which they end does not matter.
fn emit(api: &Api, read: &Read, header: &str) -> FileSet {
    let Read { document, ir, lock } = read;
    let options = Options { header: header.to_owned() };
    let options = &options;
    let krate = shells::crate_name(&api.name);
    let mut parts: Vec<Box<dyn Fn() -> FileSet + Send + Sync + '_>> = vec![
        Box::new(|| specwright_rust_emit::emit_types(ir, options)),
        Box::new(|| specwright_rust_emit::emit_operations(ir, options)),
        Box::new(|| specwright_rust_emit::examples(ir, options, &krate)),
        Box::new(|| one(DOCUMENT, document.to_canonical_json())),
        Box::new(|| one(LOCK, lock.to_string())),
        Box::new(|| one(listing::NAME, listing::listing(ir))),
    ];
    if api.sides.has_server() {
        parts.push(Box::new(|| specwright_backend_axum::emit(ir, options)));
        parts.push(Box::new(|| specwright_backend_reqwest::emit_sender(ir, options)));
    }
    if api.tests {
        parts.push(Box::new(|| specwright_backend_axum::conformance(ir, options, &krate)));
    }
    if api.sides.has_client() {
        parts.push(Box::new(|| specwright_backend_reqwest::emit(ir, options)));
        parts.push(Box::new(|| specwright_backend_axum::emit_receiver(ir, options)));
    }
    let mut files = FileSet::default();
    std::thread::scope(|scope| {
        let running: Vec<_> = parts.iter().map(|part| (part, scope.spawn(part))).collect();
        for (part, thread) in running {
            // Invariant: emitting does not panic. If it did, doing it again here would say so.
            files.extend(thread.join().unwrap_or_else(|_| part()));
        }
    });
    files
}

fn one(path: &str, text: String) -> FileSet {
    let mut files = FileSet::default();
    files.insert(path, text);
    files
}

/// The line that begins each file. It is the same in any checkout: of a path from the root, only the
/// file's name is in it.
fn header(command: &str, document: &str) -> String {
    let name =
        if document.starts_with('/') { document.rsplit('/').next().unwrap_or_default() } else { document };
    let plain = |character: char| {
        if character.is_ascii_graphic() || character == ' ' || character.is_alphanumeric() {
            character
        } else {
            '?'
        }
    };
    format!("Generated by `{command}` from {}; do not edit.", name.chars().map(plain).collect::<String>())
}
