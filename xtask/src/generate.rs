//! `cargo xtask generate`: what `specwright generate` does with the project's own configuration.

use std::io::Write as _;

use specwright_codegen::config::FILE;
use specwright_codegen::diagnostics::Diagnostics;
use specwright_codegen::folder::{Edits, Mode, Sync};
use specwright_codegen::present;
use specwright_codegen::run::{Action, Job, Verdict, read_config};

/// Generate what `specwright.toml` lists
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The one contract to generate
    #[arg(long)]
    name: Option<String>,
    /// Write nothing; tell what differs from what would be written
    #[arg(long, conflicts_with_all = ["dry_run", "force"])]
    check: bool,
    /// Write nothing; tell what would be written
    #[arg(long)]
    dry_run: bool,
    /// Overwrite generated files that were edited by hand
    #[arg(long)]
    force: bool,
}

/// Generates, and answers with the command's exit code.
pub(crate) fn run(args: &Args) -> anyhow::Result<u8> {
    let mut sink = Diagnostics::new();
    let Some((config, base)) = read_config(FILE, &mut sink) else {
        tell(&sink.render(true));
        return Ok(Verdict::Refused.exit_code());
    };
    let mut jobs = Job::all(&config, &base);
    if let Some(name) = &args.name {
        jobs.retain(|job| job.api.name == *name);
        anyhow::ensure!(!jobs.is_empty(), "`{FILE}` has no contract `{name}`");
    }
    let mut verdict = Verdict::Done;
    for job in &jobs {
        let outcome = job.run(args.action());
        tell(&present::human(job, &outcome, true));
        verdict = verdict.max(outcome.verdict);
    }
    Ok(verdict.exit_code())
}

impl Args {
    fn action(&self) -> Action {
        if self.check {
            return Action::Check;
        }
        let edits = if self.force { Edits::Overwrite } else { Edits::Refuse };
        let mode = if self.dry_run { Mode::DryRun } else { Mode::Write };
        Action::Sync(Sync { edits, mode })
    }
}

fn tell(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}
