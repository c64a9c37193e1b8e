//! `specwright generate`

use std::path::{Path, PathBuf};

use serde_json::json;
use specwright_codegen::config::{self, Api, Config, Runtime, Sides, is_crate_name, near_miss};
use specwright_codegen::diagnostics::Diagnostics;
use specwright_codegen::folder::{Edits, Mode, Sync};
use specwright_codegen::present;
use specwright_codegen::run::{Action, Job, Outcome, Verdict, read_config};

use crate::args::{Generate, MessageFormat};
use crate::{USAGE, tell, write};

/// Generates what the arguments ask for.
pub(crate) fn run(args: &Generate) -> anyhow::Result<u8> {
    let mut sink = Diagnostics::new();
    let config = match (&args.spec, &args.config) {
        (Some(_), None) => Some((Config::default(), PathBuf::new())),
        (_, path) => read_config(path.as_deref().unwrap_or(config::FILE), &mut sink),
    };
    let Some((config, base)) = config else {
        return refuse(args, &sink);
    };
    let jobs = match &args.spec {
        Some(spec) => one(args, spec, &config).map(|job| vec![job]),
        None => all(args, &config, &base),
    };
    let Some(jobs) = jobs else { return Ok(USAGE) };
    let outcomes = jobs.iter().map(|job| (job, job.run(action(args))));
    let outcomes: Vec<_> = outcomes.inspect(|(job, outcome)| report(args, job, outcome)).collect();
    let verdict = outcomes.iter().map(|(_, outcome)| outcome.verdict).max().unwrap_or_default();
    if args.message_format == MessageFormat::Json {
        let apis: Vec<_> = outcomes.iter().map(|(job, outcome)| present::machine(job, outcome)).collect();
        let all = json!({ "verdict": verdict.as_str(), "diagnostics": [], "apis": apis });
        write(&format!("{all:#}\n"))?;
    }
    Ok(verdict.exit_code())
}

fn report(args: &Generate, job: &Job, outcome: &Outcome) {
    if args.message_format == MessageFormat::Human {
        tell(&present::human(job, outcome, true));
    }
}

fn refuse(args: &Generate, sink: &Diagnostics) -> anyhow::Result<u8> {
    match args.message_format {
        MessageFormat::Human => tell(&sink.render(true)),
        MessageFormat::Json => {
            let found = present::diagnostics(sink);
            let all = json!({ "verdict": Verdict::Refused.as_str(), "diagnostics": found, "apis": [] });
            write(&format!("{all:#}\n"))?;
        }
    }
    Ok(Verdict::Refused.exit_code())
}

fn action(args: &Generate) -> Action {
    if args.check {
        return Action::Check;
    }
    let edits = if args.force { Edits::Overwrite } else { Edits::Refuse };
    let mode = if args.dry_run { Mode::DryRun } else { Mode::Write };
    Action::Sync(Sync { edits, mode })
}

/// The contract that the command line names; settings from the configuration, if one is given.
fn one(args: &Generate, spec: &str, config: &Config) -> Option<Job> {
    let (out, name) = (args.out.clone()?, args.name.clone()?);
    if !is_crate_name(&name) {
        tell(&format!("error: `{}` cannot be a crate's name\n", name.escape_debug()));
        return None;
    }
    let settings = if args.config.is_some() { find(config, &name)?.clone() } else { Api::default() };
    let overlays = args.overlays.clone();
    let mut api = Api { name, spec: spec.to_owned(), overlays, out: plain(&out), ..settings };
    if args.config.is_some() {
        // The configuration's own paths are relative to another folder than the command line's.
        api.runtime = Runtime::default();
        api.service = None;
    }
    let mut job = Job { api, base: PathBuf::new(), command: config.command.clone() };
    adjust(args, &mut job);
    Some(job)
}

/// The contracts of the configuration, or the one that is named.
fn all(args: &Generate, config: &Config, base: &Path) -> Option<Vec<Job>> {
    let mut jobs = Job::all(config, base);
    if let Some(name) = &args.name {
        find(config, name)?;
        jobs.retain(|job| job.api.name == *name);
    }
    for job in &mut jobs {
        adjust(args, job);
    }
    Some(jobs)
}

/// What the command line says of every contract.
fn adjust(args: &Generate, job: &mut Job) {
    if args.server || args.client {
        job.api.sides = Sides::of(args.server, args.client);
    }
    job.api.tests |= args.tests;
    if let Some(runtime) = &args.runtime {
        job.use_runtime(runtime);
    }
}

/// The contract of a configuration; people are told if there is none of that name.
pub(crate) fn find<'a>(config: &'a Config, name: &str) -> Option<&'a Api> {
    let found = config.apis.iter().find(|api| api.name == name);
    if found.is_none() {
        let names: Vec<_> = config.apis.iter().map(|api| api.name.as_str()).collect();
        let help =
            near_miss(name, &names).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        tell(&format!("error: the configuration has no contract `{}`{help}\n", name.escape_debug()));
    }
    found
}

/// A folder without the slashes that follow its name.
fn plain(out: &str) -> String {
    let plain = out.trim_end_matches('/');
    if plain.is_empty() { out.to_owned() } else { plain.to_owned() }
}
