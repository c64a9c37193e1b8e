//! The service crate: written where there is none, and then left alone.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use specwright_codegen::config::{Api, Runtime, Sides};
use specwright_codegen::folder::{Edits, Mode, Sync};
use specwright_codegen::present;
use specwright_codegen::run::{Action, Job, Outcome, Verdict};
use specwright_codegen::service::Service;
use tempfile::TempDir;

const SHOP: &str = include_str!("cases/shop.yaml");
const WRITE: Action = Action::Sync(Sync { edits: Edits::Refuse, mode: Mode::Write });
const DRY_RUN: Action = Action::Sync(Sync { edits: Edits::Refuse, mode: Mode::DryRun });

/// What of a crate is in any scaffold.
const FILES: [&str; 7] = [
    "Cargo.toml",
    "src/api/mod.rs",
    "src/config.rs",
    "src/lib.rs",
    "src/main.rs",
    "src/service.rs",
    "tests/it/main.rs",
];

/// A contract with a service, in a folder of its own.
struct Site {
    root: TempDir,
    job: Job,
}

impl Site {
    fn new(document: &str) -> Self {
        let root = TempDir::new().unwrap();
        fs::write(root.path().join("shop.yaml"), document).unwrap();
        let api = Api {
            name: "shop-api".to_owned(),
            spec: "shop.yaml".to_owned(),
            out: "generated/shop-api".to_owned(),
            service: Some("services/shop".to_owned()),
            runtime: Runtime::Path("runtime".to_owned()),
            ..Api::default()
        };
        let job = Job { api, base: root.path().to_owned(), command: "specwright generate".to_owned() };
        Self { root, job }
    }

    /// Runs, and answers with what people are told.
    fn run(&self, action: Action) -> (Outcome, String) {
        let outcome = self.job.run(action);
        let said = present::human(&self.job, &outcome, false);
        (outcome, said)
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// What stands under a folder: paths inside of it, with the texts.
    fn files(&self, folder: &str) -> BTreeMap<String, String> {
        fn gather(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    gather(root, &path, files);
                } else {
                    let inside = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                    files.insert(inside, fs::read_to_string(&path).unwrap());
                }
            }
        }
        let (root, mut files) = (self.path(folder), BTreeMap::new());
        gather(&root, &root, &mut files);
        files
    }

    fn paths(&self, folder: &str) -> Vec<String> {
        self.files(folder).into_keys().collect()
    }
}

/// The last lines of what was said, from the first that is not a change of the contract.
fn told(said: &str) -> String {
    let lines = said.lines().filter(|line| !line.starts_with(['+', '-']) || line.starts_with("-->"));
    lines.fold(String::new(), |text, line| text + line + "\n")
}

#[test]
fn what_a_run_says_of_the_service() {
    let site = Site::new(SHOP);
    let mut all = Vec::new();
    let mut say = |what: &str, action, verdict| {
        let (outcome, said) = site.run(action);
        assert_eq!(outcome.verdict, verdict, "{what}: {said}");
        let machine = &present::machine(&site.job, &outcome)["service"];
        all.push(format!("== {what}\n{}{machine}", told(&said)));
    };
    say("a dry run", DRY_RUN, Verdict::Done);
    say("a check of nothing", Action::Check, Verdict::Drift);
    say("a run", WRITE, Verdict::Done);
    say("another run", WRITE, Verdict::Done);
    say("a check", Action::Check, Verdict::Done);
    fs::remove_dir_all(site.path("services")).unwrap();
    say("a check when it is gone", Action::Check, Verdict::Drift);
    say("a dry run when it is gone", DRY_RUN, Verdict::Done);
    site.write("services/shop", "");
    say("a run when a file has its place", WRITE, Verdict::Refused);
    insta::assert_snapshot!(all.join("\n\n"));
}

#[test]
fn all_that_a_crate_needs_is_written() {
    let site = Site::new(SHOP);
    let (outcome, _) = site.run(WRITE);
    let mut expected = FILES.to_vec();
    expected.push("src/api/items.rs");
    expected.sort_unstable();
    assert_eq!(site.paths("services/shop"), expected);
    assert_eq!(outcome.service, Service::Scaffolded { files: expected.len(), formatted: true });
    for (path, text) in site.files("services/shop") {
        let first = text.lines().next().unwrap().trim_start_matches(['/', '#', ' ']);
        let header =
            "Scaffolded once by `specwright generate`; it belongs to people and is never overwritten.";
        assert_eq!(first, header, "{path}");
        let is_rust = Path::new(&path).extension().is_some_and(|extension| extension == "rs");
        assert!(!is_rust || text.lines().nth(1).unwrap().starts_with("//! "), "{path}");
    }
    insta::assert_snapshot!(site.read("services/shop/Cargo.toml"));
    insta::assert_snapshot!("tests", site.read("services/shop/tests/it/main.rs"));
}

#[test]
fn nothing_that_is_there_is_looked_into() {
    let site = Site::new(SHOP);
    site.write("services/shop/Cargo.toml", "not [ even TOML");
    for action in [WRITE, DRY_RUN, WRITE] {
        assert_eq!(site.run(action).0.service, Service::Present);
    }
    assert_eq!(site.run(Action::Check).0.verdict, Verdict::Done);
    assert_eq!(site.paths("services"), ["shop/Cargo.toml"]);
}

#[test]
fn a_contract_that_grows_changes_nothing_in_the_service() {
    let site = Site::new(SHOP);
    site.run(WRITE);
    let before = site.files("services");
    fs::write(site.path("shop.yaml"), SHOP.replace("operationId: addItem", "operationId: putItem")).unwrap();
    let (outcome, said) = site.run(WRITE);
    assert_eq!(outcome.service, Service::Present, "{said}");
    assert_eq!(site.files("services"), before);
}

#[test]
fn what_strangers_keep_in_the_folder_stays() {
    let site = Site::new(SHOP);
    site.write("services/shop/notes.md", "ours");
    site.write("services/shop/src/domain/mod.rs", "//! Ours.\n");
    let (outcome, said) = site.run(WRITE);
    assert_eq!(outcome.verdict, Verdict::Done, "{said}");
    assert_eq!(site.read("services/shop/notes.md"), "ours");
    assert_eq!(site.read("services/shop/src/domain/mod.rs"), "//! Ours.\n");
    assert_eq!(site.paths("services").len(), FILES.len() + 3);
    assert_eq!(fs::read_dir(site.path("services")).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn files_in_the_way_refuse_the_whole_run() {
    let site = Site::new(SHOP);
    site.write("services/shop/src/main.rs", "fn main() {}\n");
    site.write("services/shop/tests", "a file where a folder belongs");
    let before = site.files("");
    let mut all = String::new();
    for action in [WRITE, DRY_RUN, Action::Check] {
        let (outcome, said) = site.run(action);
        assert_eq!(outcome.verdict, Verdict::Refused, "{said}");
        assert_eq!(site.files(""), before);
        all = said;
    }
    insta::assert_snapshot!(all);
}

#[test]
fn a_service_without_a_server_refuses_the_whole_run() {
    let mut site = Site::new(SHOP);
    site.job.api.sides = Sides::Client;
    let (outcome, said) = site.run(WRITE);
    assert_eq!(outcome.verdict, Verdict::Refused);
    assert_eq!(site.paths(""), ["shop.yaml"]);
    insta::assert_snapshot!(said);
}

#[test]
fn a_run_that_was_killed_leaves_nothing_half() {
    let site = Site::new(SHOP);
    site.run(WRITE);
    let whole = site.files("services/shop");
    // Killed while the tree was built.
    fs::remove_dir_all(site.path("services/shop")).unwrap();
    site.write("services/.shop.specwright/journal", "Cargo.toml\nsrc/main.rs\n");
    site.write("services/.shop.specwright/tree/Cargo.toml", "half");
    assert_eq!(site.run(Action::Check).0.service, Service::Missing);
    assert_eq!(site.run(DRY_RUN).0.verdict, Verdict::Done);
    assert!(!site.path("services/shop").exists());
    site.run(WRITE);
    assert_eq!(site.files("services/shop"), whole);
    assert!(!site.path("services/.shop.specwright").exists());
    // Killed when the tree was in place.
    site.write("services/.shop.specwright/journal", "Cargo.toml\nsrc/main.rs\n");
    assert_eq!(site.run(WRITE).0.service, Service::Present);
    assert_eq!(
        site.files("services"),
        whole.into_iter().map(|(path, text)| (format!("shop/{path}"), text)).collect()
    );
}

#[test]
fn a_contract_without_operations_has_a_service_too() {
    let site = Site::new("openapi: 3.0.3\ninfo: {title: '', version: ''}\npaths: {}\n");
    let (outcome, said) = site.run(WRITE);
    assert_eq!(outcome.verdict, Verdict::Done, "{said}");
    assert_eq!(site.paths("services/shop"), FILES);
    let tests = site.read("services/shop/tests/it/main.rs");
    assert_eq!(tests.matches("#[tokio::test]").count(), 1, "{tests}");
}

#[test]
fn a_document_says_nothing_in_the_service_that_is_not_data() {
    let hostile = r#""Shop\"\n[dependencies]\nevil = \"1\"\n*/ #![allow(x)] \u2028 {{ 7 * 7 }} \u202e""#;
    let document = SHOP
        .replace("title: Shop", &format!("title: {hostile}"))
        .replace("operationId: listItems", &format!("summary: {hostile}\n      operationId: listItems"))
        .replace("minimum: 1\n", &format!("minimum: 1\n        - {{name: q, in: query, required: true, schema: {{type: string}}, example: {hostile}}}\n"));
    let site = Site::new(&document);
    let (outcome, said) = site.run(WRITE);
    assert_eq!(outcome.verdict, Verdict::Done, "{said}");
    let manifest: toml::Table = toml::from_str(&site.read("services/shop/Cargo.toml")).unwrap();
    assert_eq!(manifest["dependencies"].as_table().unwrap().len(), 6);
    for (path, text) in site.files("services/shop") {
        let is_comment = |line: &str| line.trim_start().starts_with("//");
        let is_data = |line: &str| !line.contains("evil") && !line.contains("allow(x)") || is_comment(line);
        assert!(path == "Cargo.toml" || text.lines().all(is_data), "{path}:\n{text}");
        assert!(!text.contains("49") && !text.contains('\u{202e}'), "{path}:\n{text}");
    }
    assert!(site.read("services/shop/tests/it/main.rs").contains("GET /items?q=example HTTP/1.1"));
}

/// The requests that the scaffold's test sends.
fn requests(document: &str) -> Vec<String> {
    let site = Site::new(document);
    let (outcome, said) = site.run(WRITE);
    assert_eq!(outcome.verdict, Verdict::Done, "{said}");
    let tests = site
        .read("services/shop/tests/it/main.rs")
        .replace("\n            ", "")
        .replace(",\n        )", ")");
    let calls = tests.lines().filter_map(|line| line.trim().strip_prefix("assert_eq!("));
    calls.map(str::to_owned).collect()
}

#[test]
fn requests_are_legal_and_reach_one_operation() {
    let paths = "openapi: 3.0.3
info: {title: Shop, version: '1'}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
  schemas:
    Order:
      type: object
      required: [id, kind, lines, note, at]
      properties:
        id: {type: integer, minimum: 7, multipleOf: 5}
        kind: {type: string, enum: [retail, trade]}
        lines: {type: array, minItems: 1, items: {type: number}}
        note: {type: string, pattern: '^[A-Z]+$'}
        at: {type: string, format: date-time}
        more: {type: string, minLength: 400}
paths:
";
    let operation = |path: &str, method: &str, more: &str| {
        format!("  {path}:\n    {method}:\n      responses: {{'204': {{description: Well.}}}}\n{more}")
    };
    let body = "      requestBody:\n        required: true\n        content:\n          application/json:\n            \
                schema: {$ref: '#/components/schemas/Order'}\n";
    let parameters = "      parameters:
        - {name: shop, in: path, required: true, schema: {type: string, format: uuid}}
        - {name: page, in: query, required: true, schema: {type: integer, maximum: -3}}
        - {name: odd, in: query, required: true, schema: {type: string}, example: 'a b'}
        - {name: since, in: header, required: true, schema: {type: string, format: date}}
        - {name: size, in: query, schema: {type: string, enum: [s, m]}}
";
    let key = "      security: [{key: []}]\n";
    let cases = [
        ("a body", operation("/orders", "post", body)),
        ("parameters", operation("/shops/{shop}", "get", parameters)),
        (
            "a credential, asked for before all else",
            operation(
                "/orders/{id}",
                "put",
                &format!(
                    "{body}{key}      parameters:\n        - {{name: id, in: path, required: true, schema: {{type: integer}}}}\n"
                ),
            ),
        ),
        (
            "a path of several operations",
            operation(
                "/{any}",
                "get",
                "      parameters:\n        - {name: any, in: path, required: true, schema: {type: string}}\n",
            ) + &operation("/{one}.{two}", "get", ""),
        ),
        (
            "a pattern that is hard to meet",
            operation(
                "/hard",
                "get",
                "      parameters:\n        - {name: a, in: query, required: true, schema: {type: string, pattern: '^x{17}$'}}\n",
            ),
        ),
    ];
    let shown = cases.map(|(what, operations)| {
        format!("== {what}\n{}", requests(&format!("{paths}{operations}")).join("\n"))
    });
    insta::assert_snapshot!(shown.join("\n\n"));
}
