//! What must not compile, each beside a twin that differs in one line and does.
//!
//! A case is a file under `cases/compile`. Its line that ends in `//@ fails: E0277` stands for the line
//! above it, which ends in `//@ compiles`. Error codes are compared, never text.

use std::fs;
use std::path::Path;

use specwright_conformance::{Scratch, repository};

struct Case {
    name: String,
    compiles: String,
    fails: String,
    code: String,
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/compile");
    let mut cases: Vec<Case> = fs::read_dir(folder)
        .expect("the folder of cases")
        .map(|entry| entry.expect("a readable entry").path())
        .map(|path| {
            let name = path.file_stem().expect("a file").to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).expect("a readable case");
            let code = text.split_once("//@ fails: ").expect("a line that fails").1;
            let code = code.lines().next().unwrap_or_default().trim().to_owned();
            let without = |marker: &str| {
                text.lines()
                    .filter(|line| !line.contains(marker))
                    .fold(String::new(), |text, line| text + line + "\n")
            };
            Case { name, compiles: without("//@ fails"), fails: without("//@ compiles"), code }
        })
        .collect();
    cases.sort_by(|one, other| one.name.cmp(&other.name));
    cases
}

#[test]
fn each_case_fails_with_its_code_and_its_twin_compiles() {
    let mut scratch = Scratch::new().expect("a temporary folder");
    let folder = scratch.member("cases").expect("a member");
    let root = repository().display();
    fs::write(
        folder.join("Cargo.toml"),
        format!(
            "[package]\nname = \"cases\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             customer-api = {{ path = \"{root}/generated/customer-api\" }}\n\
             specwright-runtime = {{ path = \"{root}/crates/runtime\", features = [\"server\", \"client\"] }}\n"
        ),
    )
    .expect("a manifest");
    let binaries = folder.join("src/bin");
    fs::create_dir_all(&binaries).expect("a folder");
    let cases = cases();
    assert!(!cases.is_empty());
    for case in &cases {
        fs::write(binaries.join(format!("{}_compiles.rs", case.name)), &case.compiles).expect("a twin");
        fs::write(binaries.join(format!("{}_fails.rs", case.name)), &case.fails).expect("a case");
    }

    let reports = scratch.check(&["--bins"]).expect("cargo runs");
    for case in &cases {
        let twin = reports.get(&format!("{}_compiles", case.name)).cloned().unwrap_or_default();
        assert!(twin.errors.is_empty(), "{} has no twin that compiles:\n{}", case.name, twin.text);
        let failure = reports.get(&format!("{}_fails", case.name)).cloned().unwrap_or_default();
        assert_eq!(failure.errors, [case.code.as_str()], "{}:\n{}", case.name, failure.text);
    }
}
