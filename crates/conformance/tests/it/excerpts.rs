//! The seven excerpts: each generates with its warning, and compiles without one.

use std::fs;

use specwright_codegen::config::{Api, Runtime};
use specwright_codegen::diagnostics::{Code, Severity};
use specwright_codegen::folder::Sync;
use specwright_codegen::run::{Action, Job, Verdict};
use specwright_conformance::{Scratch, repository};

/// The excerpts by operation, each with the crate it becomes.
const EXCERPTS: [(&str, &str); 7] = [
    ("GET-customer-signup-customer-optin", "optin"),
    ("POST-customer-change-account-password", "change-password"),
    ("POST-customer-change-customer-login-email", "change-email"),
    ("POST-customer-confirm-customer-login-email", "confirm-email"),
    ("POST-customer-refresh-token", "refresh-token"),
    ("POST-customer-request-reset-password", "request-reset"),
    ("POST-customer-reset-password", "reset-password"),
];

#[test]
fn all_of_them_are_here() {
    let folder = fs::read_dir(repository().join("spec/excerpts")).expect("the excerpts");
    let mut found: Vec<String> = folder
        .map(|entry| entry.expect("a readable entry").file_name().to_string_lossy().into_owned())
        .collect();
    found.sort();
    assert_eq!(found, EXCERPTS.map(|(operation, _)| format!("{operation}.json")));
}

#[test]
fn each_generates_with_its_warning_and_compiles_without_one() {
    let mut scratch = Scratch::new().expect("a temporary folder");
    for (operation, name) in EXCERPTS {
        let job = Job {
            api: Api {
                name: name.to_owned(),
                spec: format!("spec/excerpts/{operation}.json"),
                out: scratch.member(name).expect("a member").to_string_lossy().into_owned(),
                runtime: Runtime::Path(repository().join("crates/runtime").to_string_lossy().into_owned()),
                ..Api::default()
            },
            base: repository().to_owned(),
            command: "specwright generate".to_owned(),
        };
        let outcome = job.run(Action::Sync(Sync::default()));
        assert_eq!(outcome.verdict, Verdict::Done, "{operation}:\n{}", outcome.diagnostics.render(false));
        let mut undeclared =
            outcome.diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::UndeclaredPathParameter);
        let warning = undeclared.next().expect("a warning");
        assert_eq!(warning.severity(), Severity::Warning);
        assert!(warning.message.contains("tenant"), "{}", warning.message);
        assert!(undeclared.next().is_none(), "{operation}");
        let api = fs::read_to_string(job.out().join("api.txt")).expect("the listing");
        assert!(api.contains(" path tenant: string, required\n"), "{operation}:\n{api}");
        assert!(api.contains(&format!(" id \"{operation}\"\n")), "{operation}:\n{api}");
    }
    let reports = scratch.check(&["--lib"]).expect("cargo runs");
    let said: Vec<&str> = reports.values().map(|report| report.text.as_str()).collect();
    assert!(said.is_empty(), "{}", said.concat());
}
