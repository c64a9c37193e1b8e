//! Names that stay: edits of the contract leave every other name, and every file that they do not
//! touch, as they were.

use std::collections::BTreeSet;
use std::fs;

use specwright_codegen::Files;
use specwright_codegen::run::Job;
use tempfile::TempDir;

use crate::generate::{files, root};

/// The Customer Service in a folder of its own, generated once, so that there is a lock to read.
struct Edited {
    _root: TempDir,
    before: Files,
    after: Files,
}

fn edit(change: impl FnOnce(&str) -> String) -> Edited {
    let folder = TempDir::new().unwrap();
    let spec = fs::read_to_string(root().join("spec/customer-service.yaml")).unwrap();
    let overlay = fs::read_to_string(root().join("spec/customer-service.overlay.yaml")).unwrap();
    let config = fs::read_to_string(root().join("specwright.toml")).unwrap();
    fs::create_dir(folder.path().join("spec")).unwrap();
    fs::write(folder.path().join("specwright.toml"), config).unwrap();
    fs::write(folder.path().join("spec/customer-service.overlay.yaml"), overlay).unwrap();
    let document = folder.path().join("spec/customer-service.yaml");
    fs::write(&document, &spec).unwrap();
    let job = job(&folder);
    let before = files(&job);
    fs::create_dir_all(job.out()).unwrap();
    fs::write(job.out().join("names.lock"), &before["names.lock"]).unwrap();
    let changed = change(&spec);
    assert_ne!(changed, spec, "the edit changes the document");
    fs::write(&document, changed).unwrap();
    let after = files(&job);
    Edited { _root: folder, before, after }
}

fn job(folder: &TempDir) -> Job {
    let mut sink = specwright_codegen::diagnostics::Diagnostics::new();
    let path = folder.path().join("specwright.toml");
    let (config, base) = specwright_codegen::run::read_config(path.to_str().unwrap(), &mut sink).unwrap();
    Job::all(&config, &base).remove(0)
}

/// Files that say what the whole contract says.
const SUMMARIES: [&str; 4] = ["api.txt", "names.lock", "openapi.json", "specwright.manifest"];

impl Edited {
    /// The files that differ, those that sum up the contract aside.
    fn touched(&self) -> Vec<&str> {
        let paths: BTreeSet<_> = self.before.keys().chain(self.after.keys()).collect();
        let differs = |path: &&&String| self.before.get(**path) != self.after.get(**path);
        let touched = paths.iter().filter(differs).map(|path| path.as_str());
        touched.filter(|path| !SUMMARIES.contains(path)).collect()
    }

    /// The files that differ in more than their documentation.
    fn code_touched(&self) -> Vec<&str> {
        let code = |files: &Files, path: &str| -> Vec<String> {
            let lines = files.get(path).map(String::as_str).unwrap_or_default().lines();
            lines.filter(|line| !line.trim_start().starts_with("//")).map(str::to_owned).collect()
        };
        self.touched()
            .into_iter()
            .filter(|path| code(&self.before, path) != code(&self.after, path))
            .collect()
    }

    /// What stood in the lock and does no longer.
    fn renamed(&self) -> Vec<String> {
        let lines = |files: &Files| files["names.lock"].lines().map(str::to_owned).collect::<BTreeSet<_>>();
        let (before, after) = (lines(&self.before), lines(&self.after));
        before.difference(&after).cloned().collect()
    }

    /// Lines of the listing that are gone.
    fn gone(&self) -> Vec<String> {
        let lines = |files: &Files| files["api.txt"].lines().map(str::to_owned).collect::<BTreeSet<_>>();
        lines(&self.before).difference(&lines(&self.after)).cloned().collect()
    }
}

/// The document's top-level parts by key, as text.
fn replace_once(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from:?} is in the document");
    text.replacen(from, to, 1)
}

#[test]
fn a_reworded_response_description_touches_only_documentation() {
    let edited = edit(|text| {
        let start = text.find("\n    400_bad_request:\n").unwrap();
        let (head, tail) = text.split_at(start);
        let line = tail.lines().find(|line| line.trim_start().starts_with("description:")).unwrap();
        head.to_owned() + &tail.replacen(line, "      description: Reworded.", 1)
    });
    assert_eq!(edited.renamed(), Vec::<String>::new());
    assert_eq!(edited.gone(), Vec::<String>::new());
    assert!(edited.touched().contains(&"src/responses.rs"));
    assert_eq!(edited.code_touched(), Vec::<&str>::new());
}

/// The entries of `paths`, as text.
fn paths(text: &str) -> (String, Vec<String>, String) {
    let start = text.find("\npaths:\n").unwrap() + "\npaths:\n".len();
    let length = text[start..].match_indices('\n').map(|(at, _)| start + at + 1);
    let end = length.clone().find(|at| !text[*at..].starts_with([' ', '\n'])).unwrap();
    let mut entries: Vec<String> = Vec::new();
    for line in text[start..end].split_inclusive('\n') {
        if line.starts_with("  ") && !line.starts_with("   ") {
            entries.push(String::new());
        }
        entries.last_mut().unwrap().push_str(line);
    }
    (text[..start].to_owned(), entries, text[end..].to_owned())
}

#[test]
fn reordered_paths_rename_nothing_and_change_no_type() {
    let edited = edit(|text| {
        let (head, mut entries, tail) = paths(text);
        entries.reverse();
        head + &entries.concat() + &tail
    });
    assert_eq!(edited.renamed(), Vec::<String>::new());
    assert_eq!(edited.gone(), Vec::<String>::new());
    assert_eq!(edited.touched(), Vec::<&str>::new());
}

#[test]
fn an_operation_inserted_first_renames_nothing() {
    let edited = edit(|text| {
        let new = "\npaths:\n  /health:\n    get:\n      operationId: GET-health\n      tags: [Health]\n      \
                   responses:\n        '204':\n          description: Well.\n";
        replace_once(text, "\npaths:\n", new)
    });
    assert_eq!(edited.renamed(), Vec::<String>::new());
    assert_eq!(edited.gone(), Vec::<String>::new());
    let expected = [
        "src/client/health.rs",
        "src/client/mod.rs",
        "src/operations/health.rs",
        "src/operations/mod.rs",
        "src/server/health.rs",
        "src/server/mod.rs",
        "tests/conformance/health.json",
        "tests/conformance/health.rs",
        "tests/conformance/main.rs",
    ];
    assert_eq!(edited.touched(), expected);
}

#[test]
fn a_schema_that_differs_in_case_takes_no_name_away() {
    let edited = edit(|text| {
        let new = "\n  schemas:\n    addressDto:\n      type: object\n      properties:\n        x:\n          type: string\n";
        assert!(text.contains("\n    AddressDto:\n"), "the document has the sibling");
        replace_once(text, "\n  schemas:\n", new)
    });
    assert_eq!(edited.renamed(), Vec::<String>::new());
    assert_eq!(edited.gone(), Vec::<String>::new());
    assert_eq!(edited.touched().len(), 2, "{:?}", edited.touched());
}

#[test]
fn a_component_named_like_an_inline_type_takes_no_name_away() {
    let before = edit(|text| replace_once(text, "title: Customer Service", "title: The Customer Service"));
    // The first inline type: one whose origin is not a component.
    let inline = before.before["names.lock"]
        .lines()
        .find(|line| line.contains("/properties/") && line.contains("/components/schemas/") && has_type(line))
        .and_then(name_of)
        .expect("the contract has an inline type");
    let edited = edit(|text| {
        let new = format!(
            "\n  schemas:\n    {inline}:\n      type: object\n      properties:\n        x:\n          type: string\n"
        );
        replace_once(text, "\n  schemas:\n", &new)
    });
    assert_eq!(edited.renamed(), Vec::<String>::new());
    assert_eq!(edited.gone(), Vec::<String>::new());
}

/// Whether a line of the lock names a type: its Rust name begins with a capital letter.
fn has_type(line: &str) -> bool {
    name_of(line).is_some_and(|name| name.starts_with(|first: char| first.is_ascii_uppercase()))
}

fn name_of(line: &str) -> Option<String> {
    let name = line.rsplit([' ', '=', '"']).find(|part| !part.is_empty())?;
    Some(name.to_owned())
}

#[test]
fn an_operation_moved_to_another_tag_keeps_its_name() {
    let edited = edit(|text| {
        let start = text.find("operationId: POST-customer-add-address\n").unwrap();
        let (head, tail) = text.split_at(start);
        head.to_owned() + &tail.replacen("- Addresses", "- Credentials", 1)
    });
    assert_eq!(edited.renamed(), Vec::<String>::new());
    assert_eq!(edited.gone(), ["operation add_address tag Addresses"]);
    let (moved, rest): (Vec<_>, Vec<_>) = edited
        .touched()
        .into_iter()
        .partition(|path| path.contains("addresses") || path.contains("credentials"));
    assert_eq!(moved.len(), 10, "{moved:?}");
    assert!(rest.iter().all(|path| !path.contains("/types/")), "{rest:?}");
}

#[test]
fn a_new_title_and_version_touch_what_shows_them() {
    let edited = edit(|text| {
        let text = replace_once(text, "title: Customer Service", "title: The Customer Service");
        replace_once(&text, "version: ''", "version: 2.0.0")
    });
    assert_eq!(edited.renamed(), Vec::<String>::new());
    assert_eq!(edited.gone().len(), 1);
    assert_eq!(edited.code_touched(), ["Cargo.toml", "README.md"]);
    let showing = ["Cargo.toml", "README.md", "src/client/mod.rs", "src/lib.rs"];
    assert!(edited.touched().iter().all(|path| showing.contains(path)), "{:?}", edited.touched());
}
