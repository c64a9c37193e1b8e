//! What can be said about a run and its folder.

use specwright_diagnostics::{Code, Diagnostic, Place};

use crate::folder::{Drift, DriftKind, FolderError};

/// As many paths are named in one message; the rest are counted.
const NAMED: usize = 20;

/// Why a folder was left as it was. `shown` is the folder as the user wrote it, `command` what writes it.
pub fn refused(error: &FolderError, shown: &str, command: &str) -> Diagnostic {
    let folder = Place::file(shown);
    let inside = |path: &str| Place::file(format!("{shown}/{path}"));
    match error {
        FolderError::Outside { path } => {
            let message = format!("`{}` would land outside of `{shown}`", path.escape_debug());
            Diagnostic::new(Code::FolderOutside, message, folder, "").with_help("please report this")
        }
        FolderError::NotAFolder { what, .. } => {
            Diagnostic::new(Code::FolderForeign, format!("`{shown}` is {what}, not a folder"), folder, "")
                .with_help("name a folder that is empty or does not exist yet")
        }
        FolderError::NotOurs { holds, .. } => {
            let message = format!("`{shown}` is not empty and was not generated");
            named(Diagnostic::new(Code::FolderForeign, message, folder, ""), "it holds", holds)
                .with_help("name a folder that is empty or does not exist yet")
        }
        FolderError::Manifest { line, .. } => {
            let place = Place::at(format!("{shown}/{}", crate::manifest::NAME), *line, 1);
            let message = "the list of generated files cannot be read";
            Diagnostic::new(Code::FolderManifest, message, place, "neither a hash with a path nor a comment")
                .with_help(format!("take either side of the conflict, or run `{command} --force`"))
        }
        FolderError::Edited { paths, .. } => {
            let message = format!(
                "{} edited by hand; nothing was written",
                count(paths, "generated file was", "generated files were")
            );
            named(
                Diagnostic::new(Code::FolderEdited, message, first(paths, inside, folder), ""),
                "edited",
                paths,
            )
            .with_help(format!(
                "carry the edit to the contract or an overlay, then overwrite it: `{command} --force`"
            ))
        }
        FolderError::InTheWay { paths, .. } => {
            let message = format!(
                "{} where a generated one belongs; nothing was written",
                count(paths, "file stands", "files stand")
            );
            named(
                Diagnostic::new(Code::FolderInTheWay, message, first(paths, inside, folder), ""),
                "in the way",
                paths,
            )
            .with_help("move it away; it was not generated, so it is never overwritten")
        }
        FolderError::Leftover { leftover } => {
            let message = format!("a run that did not end left `{}`", leftover.display());
            Diagnostic::new(Code::FolderLeftover, message, folder, "").with_help(format!(
                "run `{command}`: it restores the folder; what it reports again, move by hand"
            ))
        }
        FolderError::Io { action, path, source } => {
            let message = format!("cannot {action} `{}`: {source}", path.display());
            Diagnostic::new(Code::FolderSystem, message, folder, "")
        }
    }
}

/// Why a service crate was not written. `shown` is its folder as the user wrote it.
pub fn unplanted(error: &FolderError, shown: &str, command: &str) -> Diagnostic {
    let FolderError::InTheWay { paths, .. } = error else { return refused(error, shown, command) };
    let message = format!(
        "{} where files of the service crate belong; nothing was written",
        count(paths, "file stands", "files stand")
    );
    let place = first(paths, |path| Place::file(format!("{shown}/{path}")), Place::file(shown));
    named(Diagnostic::new(Code::ServiceInTheWay, message, place, ""), "in the way", paths).with_help(format!(
        "if the folder is your crate, add `{shown}/Cargo.toml`: it is left alone then; if not, move away what is \
         in the way"
    ))
}

/// A service crate that `command` would scaffold.
pub fn missing_service(shown: &str, command: &str) -> Diagnostic {
    let message = format!("the service crate `{shown}` is missing");
    Diagnostic::new(Code::ServiceMissing, message, Place::file(shown), "")
        .with_help(format!("scaffold it: `{command}`"))
}

/// A service that has no server traits to implement.
pub fn service_without_server(place: Place) -> Diagnostic {
    let message = "`service` needs the server, which is not emitted";
    Diagnostic::new(Code::ConfigService, message, place, "")
        .with_help("emit the server too, or take `service` out of the configuration")
}

/// Tests of both sides where one is not emitted.
pub fn tests_of_one_side(place: Place) -> Diagnostic {
    let message = "`tests` needs both sides, of which one is not emitted";
    Diagnostic::new(Code::ConfigTests, message, place, "")
        .with_help("emit the server and the client, or take `tests` out of the configuration")
}

/// How a folder differs from what `command` would write, a diagnostic for each kind of difference.
pub fn drifted(drift: &[Drift], shown: &str, command: &str) -> Vec<Diagnostic> {
    let of_kind = |kind| {
        let paths: Vec<_> =
            drift.iter().filter(|found| found.kind == kind).map(|found| found.path.clone()).collect();
        (!paths.is_empty()).then(|| differs(kind, &paths, shown, command))
    };
    DriftKind::ALL.into_iter().filter_map(of_kind).collect()
}

fn differs(kind: DriftKind, paths: &[String], shown: &str, command: &str) -> Diagnostic {
    let (code, one, many, help) = match kind {
        DriftKind::Missing => (
            Code::DriftMissing,
            "file is missing",
            "files are missing",
            format!("write what is missing: `{command}`"),
        ),
        DriftKind::Stale => (
            Code::DriftStale,
            "file is out of date",
            "files are out of date",
            format!("bring it up to date: `{command}`"),
        ),
        DriftKind::Edited => (
            Code::DriftEdited,
            "generated file was edited by hand",
            "generated files were edited by hand",
            format!("carry the edit to the contract or an overlay, then overwrite it: `{command} --force`"),
        ),
        DriftKind::Extra => (
            Code::DriftExtra,
            "generated file is no longer asked for",
            "generated files are no longer asked for",
            format!("remove what left the contract: `{command}`"),
        ),
        DriftKind::Stranger => (
            Code::DriftStranger,
            "file was not generated",
            "files were not generated",
            format!("move it out of the folder: `git mv {shown}/{} ELSEWHERE`", paths[0]),
        ),
    };
    let place = Place::file(format!("{shown}/{}", paths[0]));
    let message = format!("{} in `{shown}`", count(paths, one, many));
    let word = match kind {
        DriftKind::Missing => "missing",
        DriftKind::Stale => "stale",
        DriftKind::Edited => "edited",
        DriftKind::Extra => "extra",
        DriftKind::Stranger => "stranger's",
    };
    named(Diagnostic::new(code, message, place, ""), word, paths).with_help(help)
}

/// Says which strangers' files a run kept.
pub fn kept(strangers: &[String], shown: &str) -> Option<Diagnostic> {
    let place = Place::file(format!("{shown}/{}", strangers.first()?));
    let message = format!("{} generated and is kept", count(strangers, "file was not", "files were not"));
    let message = if strangers.len() > 1 { message.replace("is kept", "are kept") } else { message };
    Some(named(Diagnostic::new(Code::StrangerKept, message, place, ""), "kept", strangers))
}

/// A file shell that cannot be rendered.
pub fn template(error: &minijinja::Error) -> Diagnostic {
    let file = Place::file(format!("templates/{}", error.name().unwrap_or_default()));
    Diagnostic::new(Code::Template, format!("a file shell cannot be rendered: {error}"), file, "")
        .with_help("please report this")
}

fn count(paths: &[String], one: &str, many: &str) -> String {
    format!("{} {}", paths.len(), if paths.len() == 1 { one } else { many })
}

fn first(paths: &[String], inside: impl Fn(&str) -> Place, otherwise: Place) -> Place {
    paths.first().map_or(otherwise, |path| inside(path))
}

/// Adds a note with the paths.
fn named(diagnostic: Diagnostic, word: &str, paths: &[String]) -> Diagnostic {
    let mut lines: Vec<_> = paths.iter().take(NAMED).map(|path| path.escape_debug().to_string()).collect();
    if paths.len() > NAMED {
        lines.push(format!("and {} more", paths.len() - NAMED));
    }
    diagnostic.with_note(format!("{word}: {}", lines.join(", ")))
}
