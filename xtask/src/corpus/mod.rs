//! `cargo xtask corpus`: generates published documents, and compiles a sample of what comes out.

mod attempt;
mod compile;
mod document;
mod package;
mod publish;
mod report;
mod sample;

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use indicatif::{ProgressBar, ProgressStyle};

use crate::corpus::document::Document;
use crate::corpus::report::{Outcome, Row};

/// The documents that CI generates and compiles: of all versions and sizes, a name a line.
const SLICE: &str = include_str!("slice.txt");

/// Generate published documents, and compile a sample of them
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Only documents whose name contains this
    #[arg(long)]
    filter: Option<String>,
    /// Only the slice that CI compiles
    #[arg(long, conflicts_with_all = ["filter", "sample"])]
    slice: bool,
    /// Draw so many documents, at most one a provider
    #[arg(long)]
    sample: Option<usize>,
    /// What the sample is drawn with; the same seed draws the same documents
    #[arg(long, default_value_t = 1, requires = "sample")]
    seed: u64,
    /// Compile what was generated, of the sample where one is drawn, and run its tests
    #[arg(long)]
    compile: bool,
    /// Generate every document, also where a sample is drawn
    #[arg(long)]
    all: bool,
    /// Documents that are generated at once
    #[arg(long, default_value_t = thread::available_parallelism().map_or(1, NonZero::get))]
    jobs: usize,
    /// Seconds after which a document is given up
    #[arg(long, default_value_t = 60)]
    limit: u64,
    /// Where packages are kept; outside of the project
    #[arg(long, env = "SPECWRIGHT_CORPUS", default_value_os_t = cache())]
    cache: PathBuf,
    /// Where `corpus.json` and `corpus.md` are written
    #[arg(long, default_value = "target/corpus")]
    out: PathBuf,
    /// Write docs/corpus.md as well
    #[arg(long)]
    publish: bool,
}

fn cache() -> PathBuf {
    let home = std::env::var_os("HOME").map_or_else(std::env::temp_dir, PathBuf::from);
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    cache.unwrap_or_else(|| home.join(".cache")).join("specwright-corpus")
}

/// Fetches, generates, compiles and reports. Ends with 1 where a document crashed or did not compile, and
/// with 3 where there are no documents, because the registry does not answer.
pub(crate) fn run(args: &Args) -> anyhow::Result<u8> {
    let mut documents = match documents(&args.cache) {
        Ok(documents) => documents,
        Err(error) => {
            eprintln!("the corpus cannot be fetched: {error:#}");
            return Ok(3);
        }
    };
    if args.slice {
        documents.retain(|document| SLICE.lines().any(|name| name == document.name));
        anyhow::ensure!(
            documents.len() == SLICE.lines().count(),
            "the slice names a document that is not there"
        );
    }
    if let Some(filter) = &args.filter {
        documents.retain(|document| document.name.contains(filter.as_str()));
    }
    anyhow::ensure!(!documents.is_empty(), "no document is left");
    let drawn = args.sample.map(|size| sample::draw(documents.clone(), size, args.seed));
    if let Some(drawn) = &drawn
        && !args.all
    {
        documents.clone_from(drawn);
    }
    crate::bench::build(&["build", "--release", "--package", "specwright-cli"])?;
    std::fs::create_dir_all(&args.out)?;
    let compiled = |document: &Document| {
        args.compile && drawn.as_ref().is_none_or(|drawn| drawn.binary_search(document).is_ok())
    };
    let attempt = |document: &Document, index| attempt::generate(document, index, compiled(document), args);
    let mut rows = generate(args.jobs, &documents, attempt)?;
    if args.compile {
        let pairs = documents.iter().zip(&mut rows);
        let mut drawn: Vec<_> =
            pairs.filter_map(|(document, row)| compiled(document).then_some(row)).collect();
        compile::run(args, &mut drawn)?;
    }
    report::write(&args.out, &rows)?;
    if args.publish {
        publish::write(args, &rows)?;
    }
    print!("{}", report::summary(&rows));
    Ok(u8::from(rows.iter().any(Row::is_failure)))
}

/// Every document of every package, sorted.
fn documents(cache: &Path) -> anyhow::Result<Vec<Document>> {
    let mut documents = Vec::new();
    for package in &package::PACKAGES {
        documents.extend(package.documents(&package.fetch(cache)?)?);
    }
    documents.sort();
    Ok(documents)
}

/// Generates every document, so many at once, and those that are given up once more, each alone: beside
/// others, a limit says how busy the machine is. Rows are in the order of the documents.
fn generate(
    jobs: usize,
    documents: &[Document],
    attempt: impl Fn(&Document, usize) -> anyhow::Result<Row> + Sync,
) -> anyhow::Result<Vec<Row>> {
    let bar = ProgressBar::new(documents.len() as u64);
    bar.set_style(ProgressStyle::with_template("{bar:40} {pos}/{len} {elapsed} {wide_msg}")?);
    let next = AtomicUsize::new(0);
    let rows = Mutex::new(Vec::with_capacity(documents.len()));
    let worker = || -> anyhow::Result<()> {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(document) = documents.get(index) else { return Ok(()) };
            bar.set_message(document.name.clone());
            let row = attempt(document, index)?;
            rows.lock().unwrap_or_else(PoisonError::into_inner).push((index, row));
            bar.inc(1);
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..jobs.max(1)).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().try_for_each(|worker| match worker.join() {
            Ok(outcome) => outcome,
            Err(_) => Err(anyhow::anyhow!("a worker panicked")),
        })
    })?;
    let mut rows = rows.into_inner().unwrap_or_else(PoisonError::into_inner);
    rows.sort_by_key(|(index, _)| *index);
    let given_up = || rows.iter().filter(|(_, row)| row.outcome == Outcome::GivenUp);
    bar.inc_length(given_up().count() as u64);
    for (index, row) in rows.iter_mut().filter(|(_, row)| row.outcome == Outcome::GivenUp) {
        bar.set_message(format!("{} once more, alone", row.document));
        *row = Row { alone: true, ..attempt(&documents[*index], *index)? };
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::sync::{Mutex, PoisonError};

    use super::document::Document;
    use super::generate;
    use super::report::{Outcome, Row};

    #[test]
    fn what_is_given_up_is_tried_once_more_after_all_others() -> anyhow::Result<()> {
        let document =
            |name: &str| Document { name: name.to_owned(), provider: String::new(), path: PathBuf::new() };
        let documents = ["hopeless", "quick", "slow", "last"].map(document);
        let tried = Mutex::new(Vec::new());
        let attempt = |document: &Document, index| {
            let mut tried = tried.lock().unwrap_or_else(PoisonError::into_inner);
            let is_first = !tried.contains(&document.name);
            tried.push(document.name.clone());
            let outcome = match document.name.as_str() {
                "hopeless" => Outcome::GivenUp,
                "slow" if is_first => Outcome::GivenUp,
                _ => Outcome::Generated,
            };
            Ok(Row::new(document, index, outcome))
        };
        let rows = generate(2, &documents, attempt)?;
        let outcomes: Vec<_> = rows.iter().map(|row| (row.document.as_str(), row.outcome_text())).collect();
        assert_eq!(
            outcomes,
            [
                ("hopeless", "given up, alone".to_owned()),
                ("quick", "generated".to_owned()),
                ("slow", "generated, alone".to_owned()),
                ("last", "generated".to_owned()),
            ]
        );
        let tried = tried.into_inner().unwrap_or_else(PoisonError::into_inner);
        assert_eq!(tried[4..], ["hopeless", "slow"]);
        Ok(())
    }
}
