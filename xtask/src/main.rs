//! The project's own tasks: `cargo xtask generate`, `tidy`, `ci`, `bench`, `corpus`, `coverage`.

mod bench;
mod ci;
mod corpus;
mod coverage;
mod generate;
mod root;
mod tidy;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The project's own tasks
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", max_term_width = 100)]
struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    Generate(generate::Args),
    /// Check what the compiler does not: who depends on whom, how files begin
    Tidy,
    /// Run what continuous integration runs
    Ci,
    Bench(bench::Args),
    Corpus(corpus::Args),
    Coverage(coverage::Args),
}

fn main() -> ExitCode {
    let outcome = root::enter().and_then(|()| match Args::parse().task {
        Task::Generate(args) => generate::run(&args),
        Task::Tidy => tidy::run(),
        Task::Ci => ci::run(),
        Task::Bench(args) => bench::run(&args),
        Task::Corpus(args) => corpus::run(&args),
        Task::Coverage(args) => coverage::run(&args),
    });
    match outcome {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
