//! What is said about documents that are wrong: one snapshot for each file under `cases/reject`.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use specwright_diagnostics::{Code, Diagnostics};
use specwright_spec::{Document, Library, Source};

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/reject")
}

/// The overlays that lie beside a document: `x.overlay.yaml` for `x.yaml`, and `x.2.overlay.yaml`.
fn overlays(document: &Path, sink: &mut Diagnostics) -> Vec<Source> {
    let stem = document.file_stem().unwrap().to_string_lossy().into_owned();
    let names =
        [format!("{stem}.overlay.yaml"), format!("{stem}.overlay.json"), format!("{stem}.2.overlay.yaml")];
    let paths = names.iter().map(|name| document.with_file_name(name)).filter(|path| path.exists());
    paths.filter_map(|path| Source::read(&path, shown(&path), sink)).collect()
}

fn shown(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

fn load(path: &Path) -> (Option<Document>, Diagnostics) {
    let mut sink = Diagnostics::new();
    let overlays = overlays(path, &mut sink);
    let document = Source::read(path, shown(path), &mut sink).and_then(|source| {
        let library = Library::read(path, &source, &overlays, &BTreeMap::new());
        Document::load_with(source, overlays, &library, &mut sink)
    });
    (document, sink)
}

#[test]
fn every_refusal_reads_well() {
    insta::glob!("../../cases/reject", "*/*", |path| {
        if path.to_string_lossy().contains(".overlay.") {
            return;
        }
        let (document, sink) = load(path);
        assert!(!sink.is_empty(), "{} is refused or warned about", path.display());
        assert_eq!(document.is_none(), sink.has_errors(), "a document is loaded unless there are errors");
        let rendered = sink.render(false);
        insta::with_settings!({omit_expression => true}, { insta::assert_snapshot!(rendered); });
    });
}

#[test]
fn every_code_of_the_front_has_a_case() {
    let mut seen = BTreeSet::new();
    for area in fs::read_dir(cases()).unwrap() {
        for case in fs::read_dir(area.unwrap().path()).unwrap() {
            let path = case.unwrap().path();
            if !path.to_string_lossy().contains(".overlay.") {
                seen.extend(load(&path).1.iter().map(|diagnostic| diagnostic.code));
            }
        }
    }
    let ours = |code: &Code| {
        let text = code.as_str();
        text.starts_with("SW01") || text.starts_with("SW02") || ("SW0501".."SW0520").contains(&text)
    };
    let missing: Vec<_> =
        Code::ALL.iter().copied().filter(|code| ours(code) && !seen.contains(code)).collect();
    // A file that cannot be read has a test of its own. What the typed view cannot hold is found on
    // lowering: `cases/refused/unreadable.yaml`. What rewriting finds is said then too.
    let rewriting = [Code::VendorKeyword, Code::UnsupportedField, Code::MissingMediaType];
    assert_eq!(missing, [[Code::FileUnreadable, Code::Unreadable].as_slice(), &rewriting].concat());
}

#[test]
fn diagnostics_have_a_form_for_machines() {
    let (_, sink) = load(&cases().join("structure/operation-id-twice.yaml"));
    insta::assert_snapshot!(sink.to_json());
}
