//! What a person wants to know of a contract before anything is generated.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;
use specwright_diagnostics::{Code, Diagnostics, Pointer, Severity};
use specwright_ir::{Ir, Name, Role};

/// Operations, types and the like with their Rust names and origins, a line each, sorted by origin
/// within their kind.
pub fn names(ir: &Ir) -> String {
    let mut rows: Vec<[String; 4]> = Vec::new();
    let mut row = |kind: &str, rust: &str, wire: &str, origin: &Pointer| {
        let wire = wire.escape_debug().to_string();
        rows.push([kind.to_owned(), rust.to_owned(), wire, origin.to_string()]);
    };
    let mut named = |kind: &str, rust: &str, name: &Name| row(kind, rust, &name.wire, &name.origin);
    for tag in &ir.tags {
        named("tag", &tag.name.pascal, &tag.name);
    }
    for scheme in &ir.schemes {
        named("scheme", &scheme.name.snake, &scheme.name);
    }
    for operation in &ir.operations {
        let wire =
            Name { wire: format!("{} {}", operation.method, operation.path.raw), ..operation.name.clone() };
        let kind = match ir.role(operation) {
            Role::Api => "operation",
            Role::Webhook => "webhook",
            Role::Callback => "callback",
        };
        named(kind, &operation.name.snake, &wire);
    }
    for response in &ir.responses {
        named("response", &response.name.pascal, &response.name);
    }
    for ty in &ir.types {
        named("type", &ty.name.pascal, &ty.name);
    }
    table(&rows)
}

fn table(rows: &[[String; 4]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths: [usize; 3] = std::array::from_fn(width);
    let mut text = String::new();
    for [kind, rust, wire, origin] in rows {
        let [first, second, third] = widths;
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "{kind:first$}  {rust:second$}  {wire:third$}  {origin}");
    }
    text
}

/// How much of a document is carried over, and what became of the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// What the contract holds, by kind; empty where nothing is generated.
    pub carried: BTreeMap<&'static str, usize>,
    /// Repairs and other warnings, by code.
    pub repaired: BTreeMap<Code, usize>,
    /// Errors and what is not supported, by code.
    pub refused: BTreeMap<Code, usize>,
    /// What the configuration allows.
    pub allowed: usize,
}

impl Coverage {
    /// Counts.
    pub fn of(ir: Option<&Ir>, diagnostics: &Diagnostics, allowed: usize) -> Self {
        let mut coverage = Self { allowed, carried: ir.map(carried).unwrap_or_default(), ..Self::default() };
        for diagnostic in diagnostics {
            match diagnostic.severity() {
                Severity::Error | Severity::Unsupported => {
                    *coverage.refused.entry(diagnostic.code).or_default() += 1;
                }
                Severity::Warning => *coverage.repaired.entry(diagnostic.code).or_default() += 1,
                Severity::Note => {}
            }
        }
        coverage
    }

    /// The counts as a text for people.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        let mut section = |name: &str, count: usize, parts: Vec<(String, usize)>| {
            let _ = writeln!(text, "{name:9} {count:6}");
            for (part, count) in parts {
                let _ = writeln!(text, "          {count:6}  {part}");
            }
        };
        let kinds = self.carried.iter().map(|(kind, count)| ((*kind).to_owned(), *count)).collect();
        section("carried", self.carried.values().sum(), kinds);
        let codes = |counts: &BTreeMap<Code, usize>| {
            counts.iter().map(|(code, count)| (format!("{code} {}", code.title()), *count)).collect()
        };
        section("repaired", self.repaired.values().sum(), codes(&self.repaired));
        section("refused", self.refused.values().sum(), codes(&self.refused));
        section("allowed", self.allowed, Vec::new());
        text
    }
}

fn carried(ir: &Ir) -> BTreeMap<&'static str, usize> {
    let fields = ir.types.iter().map(|ty| match &ty.kind {
        specwright_ir::TypeKind::Struct(object) => object.fields.len(),
        _ => 0,
    });
    BTreeMap::from([
        ("fields", fields.sum()),
        ("operations", ir.operations.len()),
        ("parameters", ir.operations.iter().map(|operation| operation.parameters.len()).sum()),
        ("responses", ir.operations.iter().map(|operation| operation.responses.len()).sum()),
        ("security schemes", ir.schemes.len()),
        ("tags", ir.tags.len()),
        ("types", ir.types.len()),
    ])
}
