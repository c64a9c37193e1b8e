//! `cargo xtask bench`: what generating costs beside a process that only parses, and what generated code
//! costs beside the same written by hand.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::Context as _;

const SPEC: &str = "spec/customer-service.yaml";
const OVERLAY: &str = "spec/customer-service.overlay.yaml";

/// Measure what generating costs, and what generated code costs
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Generate the Customer Service, beside a process that only parses the document
    Generate {
        /// How often each process is run
        #[arg(long, default_value_t = 30)]
        runs: usize,
    },
    /// Load the Customer Service, beside the same routes written by hand on axum
    Serve {
        /// Options of the load, after `--`; `-- --help` lists them
        #[arg(last = true)]
        options: Vec<String>,
    },
}

/// Time and memory of one process.
#[derive(Clone, Copy)]
struct Sample {
    micros: u64,
    kibibytes: u64,
}

/// Runs a benchmark.
pub(crate) fn run(args: &Args) -> anyhow::Result<u8> {
    match &args.what {
        What::Generate { runs } => bench_generate(*runs),
        What::Serve { options } => bench_serve(options),
    }
}

/// Builds the bench crate in release profile and runs it: nothing generated is linked into this program.
fn bench_serve(options: &[String]) -> anyhow::Result<u8> {
    build(&["build", "--release", "--package", "specwright-bench"])?;
    let status = Command::new(release("specwright-bench")).args(options).status()?;
    Ok(u8::from(!status.success()))
}

/// Builds both processes in release profile and runs them in turn.
fn bench_generate(runs: usize) -> anyhow::Result<u8> {
    anyhow::ensure!(runs > 0, "--runs must be at least 1");
    build(&["build", "--release", "--package", "specwright-cli"])?;
    build(&["build", "--release", "--manifest-path", "xtask/Cargo.toml", "--bins"])?;
    let folder = tempfile::TempDir::new()?;
    let (mut parsing, mut generating, mut again) = (Vec::new(), Vec::new(), Vec::new());
    for index in 0..runs {
        let fresh = folder.path().join(format!("run-{index}"));
        parsing.push(measure(&[&release("parse_only"), SPEC])?);
        generating.push(generate(&fresh)?);
        again.push(generate(&fresh)?);
    }
    let parsing = median(&mut parsing);
    println!(
        "{runs} runs of each, in turn, release profile; medians. Time: start to end of the process. Memory: its peak"
    );
    println!(
        "resident set (getrusage). Each run generates into a new folder, then once more into the same.\n"
    );
    println!("| process | time | memory | time, as multiple | memory, as multiple |");
    println!("| --- | ---: | ---: | ---: | ---: |");
    row("serde_yaml parses the document", parsing, parsing);
    row("specwright generate, new folder", median(&mut generating), parsing);
    row("specwright generate, nothing to do", median(&mut again), parsing);
    println!("\nAim: at most 50 ms, 40 MiB and 10 times the process that only parses.");
    Ok(0)
}

fn generate(out: &Path) -> anyhow::Result<Sample> {
    let out = out.to_string_lossy();
    let program = release("specwright");
    measure(&[&program, "generate", SPEC, "--overlay", OVERLAY, "--out", &out, "--name", "customer-api"])
}

pub(crate) fn build(arguments: &[&str]) -> anyhow::Result<()> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let status = Command::new(cargo).args(arguments).args(["--locked", "--quiet"]).status()?;
    anyhow::ensure!(status.success(), "the build failed");
    Ok(())
}

pub(crate) fn release(name: &str) -> String {
    let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned());
    format!("{target}/release/{name}{}", std::env::consts::EXE_SUFFIX)
}

/// Runs a command under `measure`.
fn measure(command: &[&str]) -> anyhow::Result<Sample> {
    let output = Command::new(release("measure")).args(command).stderr(Stdio::piped()).output()?;
    let errors = String::from_utf8_lossy(&output.stderr);
    anyhow::ensure!(output.status.success(), "`{}` failed:\n{errors}", command.join(" "));
    let text = String::from_utf8_lossy(&output.stdout);
    let (micros, kibibytes) = text.trim().split_once(' ').context("`measure` printed something else")?;
    Ok(Sample { micros: micros.parse()?, kibibytes: kibibytes.parse()? })
}

fn median(samples: &mut [Sample]) -> Sample {
    let middle = samples.len() / 2;
    let mut of = |key: fn(&Sample) -> u64| {
        samples.sort_by_key(key);
        key(&samples[middle])
    };
    Sample { micros: of(|sample| sample.micros), kibibytes: of(|sample| sample.kibibytes) }
}

#[expect(clippy::cast_precision_loss, reason = "microseconds and kibibytes of one process are small")]
fn row(name: &str, sample: Sample, base: Sample) {
    let ratio = |value: u64, base: u64| value as f64 / base as f64;
    println!(
        "| {name} | {:.1} ms | {:.1} MiB | {:.1} | {:.1} |",
        ratio(sample.micros, 1000),
        ratio(sample.kibibytes, 1024),
        ratio(sample.micros, base.micros),
        ratio(sample.kibibytes, base.kibibytes),
    );
}
