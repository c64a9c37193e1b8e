//! The service crate in a run: scaffolded where there is none, and never looked into again.

use std::path::PathBuf;

use specwright_diagnostics::{Diagnostics, Place};
use specwright_ir::Ir;

use crate::config::Runtime;
use crate::folder::{self, Mode, Sync};
use crate::run::{Action, Job, Outcome, Verdict, relative};
use crate::{Files, problem, scaffold};

/// What became of the crate that implements the contract and belongs to people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Service {
    /// The configuration names none, or the run ended before it.
    #[default]
    None,
    /// It is there, and was not looked into.
    Present,
    /// `--check`: it is not there.
    Missing,
    /// `--dry-run`: it would be scaffolded.
    Due {
        /// With so many files.
        files: usize,
    },
    /// It was scaffolded.
    Scaffolded {
        /// With so many files.
        files: usize,
        /// Whether there was a `rustfmt` to format them.
        formatted: bool,
    },
}

/// The files of a service crate that is not there yet, and where it belongs.
pub(crate) struct Planting {
    files: Files,
    out: PathBuf,
}

impl Job {
    /// The service crate, if there is to be one and it is not there yet. Nothing is written; what would
    /// be in its way is in the sink.
    pub(crate) fn planting(&self, ir: &Ir, sink: &mut Diagnostics) -> Option<Planting> {
        let shown = self.api.service.as_deref()?;
        if !self.api.sides.has_server() {
            sink.push(problem::service_without_server(Place::file(shown)));
            return None;
        }
        let out = self.base.join(shown);
        if folder::is_planted(&out) {
            return None;
        }
        let runtime = match &self.api.runtime {
            Runtime::Path(path) => Runtime::Path(relative(&self.base, shown, path)),
            other => other.clone(),
        };
        let site = scaffold::Site {
            name: shown.rsplit('/').next().unwrap_or(shown),
            api: relative(&self.base, shown, &self.api.out),
            runtime,
            command: &self.command,
        };
        let files = scaffold::files(&self.api, ir, &site);
        let files = files.map_err(|error| sink.push(problem::template(&error))).ok()?;
        if let Err(error) = folder::survey(&out, &files) {
            sink.push(problem::unplanted(&error, shown, &self.command));
        }
        Some(Planting { files, out })
    }

    /// Acts on the service crate.
    pub(crate) fn plant(&self, planting: Option<Planting>, action: Action, outcome: &mut Outcome) {
        let Some(shown) = &self.api.service else { return };
        let acted = match (planting, action) {
            (None, Action::Sync(Sync { mode: Mode::Write, .. })) => {
                folder::clear_leftovers(&self.base.join(shown)).map(|()| Service::Present)
            }
            (None, _) => Ok(Service::Present),
            (Some(_), Action::Check) => {
                outcome.verdict = Verdict::Drift;
                outcome.diagnostics.push(problem::missing_service(shown, &self.command));
                Ok(Service::Missing)
            }
            (Some(Planting { files, .. }), Action::Sync(Sync { mode: Mode::DryRun, .. })) => {
                Ok(Service::Due { files: files.len() })
            }
            (Some(Planting { files, out }), Action::Sync(Sync { mode: Mode::Write, .. })) => {
                let mut formatted = false;
                folder::plant(&out, &files, |tree| formatted = scaffold::format(tree))
                    .map(|()| Service::Scaffolded { files: files.len(), formatted })
            }
        };
        match acted {
            Ok(service) => outcome.service = service,
            Err(error) => {
                outcome.verdict = Verdict::Refused;
                outcome.diagnostics.push(problem::unplanted(&error, shown, &self.command));
            }
        }
    }
}
