//! Small contracts, of which an operation's vectors are looked at.

use specwright_diagnostics::Diagnostics;
use specwright_spec::{Document, Settings, Source, lower};
use specwright_vectors::{Operation, vectors};

/// The vectors of the only operation of a contract: all but what every document begins with.
pub fn operation(paths: &str) -> Operation {
    let text = format!("openapi: 3.0.4\ninfo: {{title: T, version: '1'}}\n{paths}");
    let mut found = Diagnostics::new();
    let document = Document::load(Source::new("contract.yaml", text), Vec::new(), &mut found);
    let lowered = document.and_then(|document| lower(&document, &Settings::default(), &mut found));
    let Some(lowered) = lowered else { panic!("{}", found.render(false)) };
    let mut operations = vectors(&lowered.ir).into_iter().flat_map(|tag| tag.operations.into_values());
    let operation = operations.next().expect("an operation");
    assert!(operations.next().is_none(), "one operation");
    operation
}
