//! Small contracts, of which an operation's vectors are looked at.

use specwright_diagnostics::Diagnostics;
use specwright_spec::{Document, Settings, Source, lower};
use specwright_vectors::{Operation, vectors};

/// The vectors of the only operation of a contract.
pub fn operation(paths: &str) -> Operation {
    let mut operations = operations(paths);
    assert_eq!(operations.len(), 1, "one operation");
    operations.remove(0)
}

/// The vectors of the operations of a contract, of which this is all but what every document begins with.
pub fn operations(paths: &str) -> Vec<Operation> {
    let text = format!("openapi: 3.0.4\ninfo: {{title: T, version: '1'}}\n{paths}");
    let mut found = Diagnostics::new();
    let document = Document::load(Source::new("contract.yaml", text), Vec::new(), &mut found);
    let lowered = document.and_then(|document| lower(&document, &Settings::default(), &mut found));
    let Some(lowered) = lowered else { panic!("{}", found.render(false)) };
    vectors(&lowered.ir).into_iter().flat_map(|tag| tag.operations.into_values()).collect()
}
