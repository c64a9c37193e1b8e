//! What the README says of the service works when it is pasted.

use std::process::{Command, Output};

use crate::service::Service;

const README: &str = include_str!("../../../../README.md");
const JOURNEY: &str = include_str!("../../examples/journey.rs");

/// The fenced block of a language in the section about the service.
fn block(language: &str) -> &'static str {
    let section = README.split("\n## ").find(|section| section.starts_with("Run the service")).unwrap();
    let (_, rest) = section.split_once(&format!("```{language}\n")).unwrap();
    rest.split_once("```").unwrap().0
}

fn printed(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[tokio::test]
async fn the_journey_works_from_a_shell() {
    let service = Service::start().await;
    let (first, rest) = block("sh").split_once('\n').unwrap();
    assert_eq!(first, "API=http://127.0.0.1:8080");
    let script = format!("set -e\nAPI={}\n{rest}", service.url());
    let printed = printed(&Command::new("sh").arg("-c").arg(script).output().unwrap());
    assert!(
        printed.contains(r#""contactName":"Jane Doe""#) && printed.contains(r#""isDefault":true"#),
        "{printed}"
    );
}

#[test]
fn the_lines_of_rust_are_those_of_the_example() {
    let lines: Vec<&str> = block("rust").lines().map(str::trim).collect();
    let example: Vec<&str> = JOURNEY.lines().map(str::trim).collect();
    assert_eq!(lines.len(), 10);
    assert!(example.windows(lines.len()).any(|window| window == lines), "{lines:#?}");
}

#[tokio::test]
async fn the_example_signs_up_logs_in_and_adds_an_address() {
    let service = Service::start().await;
    // Cargo builds examples beside the tests.
    let example = std::env::current_exe().unwrap().with_file_name("../examples/journey");
    let printed = printed(
        &Command::new(example).arg(service.url()).output().expect("built by `cargo build --examples`"),
    );
    assert!(printed.starts_with("customer ") && printed.contains(", address "), "{printed}");
}
