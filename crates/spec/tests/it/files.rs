//! Documents in several files: one snapshot for each folder under `cases/files`.
//!
//! A snapshot holds what is said, names, and the one document that comes of the files.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use specwright_diagnostics::Diagnostics;
use specwright_spec::{Document, Library, Lock, Settings, Source, lower};

fn attempt(root: &Path) -> (Option<(Document, Lock)>, Diagnostics) {
    attempt_with(root, &BTreeMap::new())
}

fn attempt_with(root: &Path, copies: &BTreeMap<String, String>) -> (Option<(Document, Lock)>, Diagnostics) {
    let mut sink = Diagnostics::new();
    let loaded = Source::read(root, "spec/root.yaml", &mut sink).and_then(|source| {
        let library = Library::read(root, &source, &[], copies);
        Document::load_with(source, Vec::new(), &library, &mut sink)
    });
    let lowered = loaded.and_then(|document| {
        let lowered = lower(&document, &Settings::default(), &mut sink)?;
        Some((document, lowered.lock))
    });
    (lowered, sink)
}

#[test]
fn every_case_of_several_files() {
    insta::glob!("../../cases/files", "*/root.yaml", |path| {
        let (lowered, sink) = attempt(path);
        let mut report = sink.render(false).trim_end().to_owned();
        if let Some((document, lock)) = lowered {
            let document = document.to_canonical_yaml();
            assert!(!document.contains(".yaml") && !document.contains(".json"), "it holds everything");
            write!(report, "\n\n{lock}\n{document}").unwrap();
        }
        insta::with_settings!({omit_expression => true}, { insta::assert_snapshot!(report.trim_start()); });
    });
}

/// A folder that is made for one test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = std::env::temp_dir().join(format!("specwright-{name}-{}", std::process::id()));
        for (path, text) in files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const ROOT: &str = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n";

#[cfg(unix)]
#[test]
fn links_do_not_lead_out_of_the_folder() {
    let root = format!("{ROOT}    A: {{$ref: inside.yaml}}\n    B: {{$ref: outside.yaml}}\n");
    let folder = Folder::new(
        "links",
        &[("api/root.yaml", &root), ("api/real.yaml", "type: string"), ("secret.yaml", "type: string")],
    );
    std::os::unix::fs::symlink("real.yaml", folder.0.join("api/inside.yaml")).unwrap();
    std::os::unix::fs::symlink("../secret.yaml", folder.0.join("api/outside.yaml")).unwrap();
    let (lowered, sink) = attempt(&folder.0.join("api/root.yaml"));
    assert!(lowered.is_none());
    let said: Vec<_> = sink.iter().map(|said| (said.code.as_str(), said.message.as_str())).collect();
    assert_eq!(said, [("SW0208", "`outside.yaml` is outside of the document's folder")]);
}

#[test]
fn a_copy_stands_for_what_is_on_the_network() {
    let root = format!(
        "{ROOT}    A: {{$ref: 'https://a.example/schemas/b/c.yaml#/C'}}\n    E: {{$ref: 'https://a.example/e.yaml'}}\n"
    );
    let c = "C: {type: object, properties: {d: {$ref: '../d.yaml'}, f: {$ref: 'https://a.example/schemas/f.json'}}}";
    let folder = Folder::new(
        "copies",
        &[
            ("api/root.yaml", &root),
            ("api/copies/b/c.yaml", c),
            ("api/copies/d.yaml", "{type: string, maxLength: 7}"),
            ("api/json/f.json", r#"{"type": "boolean"}"#),
            ("api/other.yaml", "{type: integer}"),
        ],
    );
    let root = folder.0.join("api/root.yaml");
    let copies = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(url, path)| ((*url).to_owned(), (*path).to_owned())).collect::<BTreeMap<_, _>>()
    };
    let (lowered, sink) = attempt_with(
        &root,
        &copies(&[
            ("https://a.example/schemas/", "copies"),
            ("https://a.example/schemas/f.json", "json/f.json"),
            ("https://a.example/e.yaml", "other.yaml"),
        ]),
    );
    let document = lowered.map(|(document, _)| document.to_canonical_yaml()).unwrap_or_default();
    for text in ["maxLength: 7", "type: boolean", "type: integer"] {
        assert!(document.contains(text), "{text}: {}\n{document}", sink.render(false));
    }

    let said = |pairs| {
        let (_, sink) = attempt_with(&root, &copies(pairs));
        sink.iter().map(|said| said.code.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(said(&[]), ["SW0205", "SW0205"]);
    let beyond =
        [("https://a.example/schemas/", "../../elsewhere"), ("https://a.example/e.yaml", "none.yaml")];
    assert_eq!(said(&beyond), ["SW0208", "SW0207"]);
}

#[test]
fn what_another_file_has_wrong_is_said_there() {
    let root = format!("{ROOT}    A: {{$ref: 'parts/a.json#/deep/A'}}\n");
    let part = "{\n  \"deep\": {\"A\": {\"type\": \"object\",\n    \"properties\": {\"b\": {\"type\": \"strin\"}}}}\n}\n";
    let folder = Folder::new("positions", &[("root.yaml", &root), ("parts/a.json", part)]);
    let (_, sink) = attempt(&folder.0.join("root.yaml"));
    let rendered = sink.render(false);
    assert!(rendered.contains("spec/parts/a.json:3:34"), "{rendered}");
}

#[test]
fn the_names_of_what_is_there_stay() {
    let one = format!("{ROOT}    A: {{type: object, properties: {{b: {{$ref: 'b.yaml#/B'}}}}}}\n");
    let two = format!(
        "{ROOT}    Z: {{$ref: 'c.yaml#/B'}}\n    A: {{type: object, properties: {{b: {{$ref: 'b.yaml#/B'}}}}}}\n"
    );
    let b = "B: {type: object, properties: {c: {type: string}}}";
    let folder = Folder::new("names", &[("root.yaml", &one), ("b.yaml", b), ("c.yaml", b)]);
    let (before, _) = attempt(&folder.0.join("root.yaml"));
    fs::write(folder.0.join("root.yaml"), two).unwrap();
    let (after, _) = attempt(&folder.0.join("root.yaml"));
    let lines = |lock: Lock| lock.to_string().lines().map(str::to_owned).collect::<Vec<_>>();
    let (before, after) = (lines(before.unwrap().1), lines(after.unwrap().1));
    for line in before {
        assert!(after.contains(&line), "{line} is still there: {after:?}");
    }
}
