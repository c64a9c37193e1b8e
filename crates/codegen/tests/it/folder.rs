//! What a run does to a folder, and what it leaves alone.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use specwright_codegen::Files;
use specwright_codegen::folder::{self, Drift, DriftKind, Edits, FolderError, Mode, Report, Sync};
use specwright_codegen::manifest::{self, Manifest};
use tempfile::TempDir;

const FORCE: Sync = Sync { edits: Edits::Overwrite, mode: Mode::Write };

/// A place for a folder, and the folder.
struct Site {
    _root: TempDir,
    out: PathBuf,
}

impl Site {
    fn new() -> Self {
        let root = TempDir::new().unwrap();
        let out = root.path().join("api");
        Self { _root: root, out }
    }

    /// A site that holds what a run wrote.
    fn with(files: &[(&str, &str)]) -> Self {
        let site = Self::new();
        site.sync(files);
        site
    }

    fn sync(&self, files: &[(&str, &str)]) -> Report {
        folder::sync(&self.out, &set(files), Sync::default()).unwrap()
    }

    fn refuse(&self, files: &[(&str, &str)]) -> FolderError {
        let before = self.contents();
        let error = folder::sync(&self.out, &set(files), Sync::default()).unwrap_err();
        assert_eq!(self.contents(), before, "a refused run changes nothing");
        error
    }

    fn check(&self, files: &[(&str, &str)]) -> Vec<Drift> {
        let before = self.contents();
        let drift = folder::check(&self.out, &set(files)).unwrap();
        assert_eq!(self.contents(), before, "a check changes nothing");
        drift
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.out.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.out.join(path)).unwrap()
    }

    fn has(&self, path: &str) -> bool {
        self.out.join(path).symlink_metadata().is_ok()
    }

    fn staging(&self) -> PathBuf {
        self.out.with_file_name(".api.specwright")
    }

    /// Everything beside and in the folder, with bytes.
    fn contents(&self) -> Vec<(PathBuf, String)> {
        let mut all = Vec::new();
        gather(self.out.parent().unwrap(), &mut all);
        all
    }
}

fn gather(folder: &Path, all: &mut Vec<(PathBuf, String)>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() && !path.is_symlink() {
            gather(&path, all);
        } else {
            let text = fs::read_to_string(&path).unwrap_or_default();
            all.push((path, text));
        }
    }
}

/// The files of a run, with their manifest.
fn set(files: &[(&str, &str)]) -> Files {
    let mut set: Files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    set.insert(manifest::NAME.to_owned(), Manifest::of(&set).to_text());
    set
}

fn drift(kind: DriftKind, path: &str) -> Drift {
    Drift { kind, path: path.to_owned() }
}

#[test]
fn a_folder_that_is_not_there_is_created() {
    let site = Site::new();
    let report = site.sync(&[("src/lib.rs", "1"), ("Cargo.toml", "2")]);
    assert_eq!(report.created, ["Cargo.toml", "specwright.manifest", "src/lib.rs"]);
    assert_eq!(site.read("src/lib.rs"), "1");
    assert!(!site.staging().exists());
}

#[test]
fn a_run_that_changes_nothing_touches_nothing() {
    let site = Site::with(&[("src/lib.rs", "1")]);
    let (root, file) = (site.out.metadata().unwrap(), site.out.join("src/lib.rs").metadata().unwrap());
    let report = site.sync(&[("src/lib.rs", "1")]);
    assert!(report.is_clean());
    assert_eq!(report.unchanged, 2);
    assert_eq!(site.out.metadata().unwrap().ino(), root.ino());
    assert_eq!(site.out.join("src/lib.rs").metadata().unwrap().ino(), file.ino());
}

#[test]
fn an_unchanged_file_keeps_its_time_beside_one_that_changes() {
    let site = Site::with(&[("a.rs", "1"), ("b.rs", "1")]);
    let before = site.out.join("a.rs").metadata().unwrap();
    let report = site.sync(&[("a.rs", "1"), ("b.rs", "2")]);
    assert_eq!(report.changed, ["b.rs", "specwright.manifest"]);
    let after = site.out.join("a.rs").metadata().unwrap();
    assert_eq!((after.ino(), after.modified().unwrap()), (before.ino(), before.modified().unwrap()));
    assert_eq!(site.read("b.rs"), "2");
}

#[test]
fn our_file_that_left_the_contract_is_removed_with_its_folder() {
    let site = Site::with(&[("src/a.rs", "1"), ("src/old/b.rs", "1")]);
    let report = site.sync(&[("src/a.rs", "1")]);
    assert_eq!(report.removed, ["src/old/b.rs"]);
    assert!(!site.has("src/old"));
}

#[test]
fn what_a_stranger_keeps_stays_and_is_reported() {
    let site = Site::with(&[("src/a.rs", "1")]);
    site.write("notes.txt", "mine");
    site.write("src/notes.txt", "mine too");
    site.write("target/debug/deep/x", "big");
    std::os::unix::fs::symlink("nowhere", site.out.join("link")).unwrap();
    let inode = site.out.join("notes.txt").metadata().unwrap().ino();
    let report = site.sync(&[("src/a.rs", "2")]);
    assert_eq!(report.strangers, ["link", "notes.txt", "src/notes.txt", "target/"]);
    assert_eq!(site.read("notes.txt"), "mine");
    assert_eq!(site.read("src/notes.txt"), "mine too");
    assert_eq!(site.read("target/debug/deep/x"), "big");
    assert_eq!(fs::read_link(site.out.join("link")).unwrap(), Path::new("nowhere"));
    assert_eq!(site.out.join("notes.txt").metadata().unwrap().ino(), inode);
    assert!(!site.staging().exists());
}

#[test]
fn a_strangers_file_survives_the_folder_that_it_stands_in() {
    let site = Site::with(&[("src/old/a.rs", "1"), ("b.rs", "1")]);
    site.write("src/old/mine.txt", "mine");
    site.sync(&[("b.rs", "1")]);
    assert_eq!(site.read("src/old/mine.txt"), "mine");
    assert!(!site.has("src/old/a.rs"));
}

#[test]
fn a_hand_edit_is_noticed_and_overwritten_only_by_force() {
    let site = Site::with(&[("a.rs", "1"), ("b.rs", "1"), ("gone.rs", "1")]);
    site.write("a.rs", "edited");
    site.write("gone.rs", "edited");
    let FolderError::Edited { paths, .. } = site.refuse(&[("a.rs", "2"), ("b.rs", "2")]) else { panic!() };
    assert_eq!(paths, ["a.rs", "gone.rs"]);
    let report = folder::sync(&site.out, &set(&[("a.rs", "2"), ("b.rs", "2")]), FORCE).unwrap();
    assert_eq!(report.changed, ["a.rs", "b.rs", "specwright.manifest"]);
    assert_eq!(report.removed, ["gone.rs"]);
    assert_eq!(site.read("a.rs"), "2");
}

#[test]
fn a_hand_edit_of_a_file_that_would_not_change_is_noticed_too() {
    let site = Site::with(&[("a.rs", "1")]);
    site.write("a.rs", "edited");
    assert!(matches!(site.refuse(&[("a.rs", "1")]), FolderError::Edited { .. }));
}

#[test]
fn an_edit_that_says_what_the_run_says_is_none() {
    let site = Site::with(&[("a.rs", "1")]);
    site.write("a.rs", "2");
    assert_eq!(site.sync(&[("a.rs", "2")]).changed, ["specwright.manifest"]);
}

#[test]
fn the_lock_of_names_may_be_edited() {
    let site = Site::with(&[("names.lock", "a")]);
    site.write("names.lock", "b");
    assert_eq!(
        site.check(&[("names.lock", "c")]),
        [drift(DriftKind::Stale, "names.lock"), drift(DriftKind::Stale, manifest::NAME)]
    );
    site.sync(&[("names.lock", "c")]);
    assert_eq!(site.read("names.lock"), "c");
}

#[test]
fn a_folder_that_is_not_ours_is_refused_also_by_force() {
    let site = Site::new();
    site.write("thesis.txt", "years");
    let FolderError::NotOurs { holds, .. } = site.refuse(&[("a.rs", "1")]) else { panic!() };
    assert_eq!(holds, ["thesis.txt"]);
    assert!(matches!(
        folder::sync(&site.out, &set(&[("a.rs", "1")]), FORCE),
        Err(FolderError::NotOurs { .. })
    ));
    assert!(matches!(folder::check(&site.out, &set(&[])), Err(FolderError::NotOurs { .. })));
}

#[test]
fn an_empty_folder_is_ours() {
    let site = Site::new();
    fs::create_dir(&site.out).unwrap();
    site.sync(&[("a.rs", "1")]);
    assert_eq!(site.read("a.rs"), "1");
}

#[test]
fn a_link_or_a_file_is_no_folder() {
    let site = Site::new();
    let elsewhere = site.out.with_file_name("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &site.out).unwrap();
    assert!(matches!(site.refuse(&[("a.rs", "1")]), FolderError::NotAFolder { what: "a symbolic link", .. }));
    fs::remove_file(&site.out).unwrap();
    fs::write(&site.out, "text").unwrap();
    assert!(matches!(site.refuse(&[("a.rs", "1")]), FolderError::NotAFolder { what: "a file", .. }));
}

#[test]
fn links_are_not_followed_out_of_the_folder() {
    let site = Site::with(&[("src/a.rs", "1"), ("b.rs", "1")]);
    let elsewhere = site.out.with_file_name("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::write(elsewhere.join("a.rs"), "theirs").unwrap();
    fs::remove_dir_all(site.out.join("src")).unwrap();
    std::os::unix::fs::symlink(&elsewhere, site.out.join("src")).unwrap();
    let FolderError::InTheWay { paths, .. } = site.refuse(&[("src/a.rs", "2")]) else { panic!() };
    assert_eq!(paths, ["src"]);
    fs::remove_file(site.out.join("src")).unwrap();
    fs::remove_file(site.out.join("b.rs")).unwrap();
    std::os::unix::fs::symlink(elsewhere.join("a.rs"), site.out.join("b.rs")).unwrap();
    folder::sync(&site.out, &set(&[("b.rs", "2")]), FORCE).unwrap();
    assert_eq!(site.read("b.rs"), "2");
    assert_eq!(fs::read_to_string(elsewhere.join("a.rs")).unwrap(), "theirs");
}

#[test]
fn a_file_in_the_way_is_never_overwritten() {
    let site = Site::with(&[("a.rs", "1")]);
    site.write("new.rs", "mine");
    let FolderError::InTheWay { paths, .. } = site.refuse(&[("a.rs", "1"), ("new.rs", "1")]) else {
        panic!()
    };
    assert_eq!(paths, ["new.rs"]);
    assert!(folder::sync(&site.out, &set(&[("a.rs", "1"), ("new.rs", "1")]), FORCE).is_err());
    assert_eq!(site.read("new.rs"), "mine");
}

#[test]
fn a_path_that_leaves_the_folder_is_refused() {
    let site = Site::new();
    assert!(matches!(site.refuse(&[("../a.rs", "1")]), FolderError::Outside { .. }));
}

#[test]
fn a_manifest_that_cannot_be_read_is_named_with_its_line() {
    let site = Site::with(&[("a.rs", "1")]);
    let text = site.read(manifest::NAME);
    site.write(manifest::NAME, &format!("{text}<<<<<<< ours\n"));
    assert!(matches!(site.refuse(&[("a.rs", "2")]), FolderError::Manifest { line: 3, .. }));
    assert!(site.check(&[("a.rs", "2")]).contains(&drift(DriftKind::Edited, manifest::NAME)));
    folder::sync(&site.out, &set(&[("a.rs", "2")]), FORCE).unwrap();
    assert_eq!(site.check(&[("a.rs", "2")]), []);
}

#[test]
fn a_check_tells_the_differences_apart() {
    let site = Site::with(&[("stale.rs", "1"), ("edited.rs", "1"), ("extra.rs", "1"), ("missing.rs", "1")]);
    site.write("edited.rs", "edited");
    fs::remove_file(site.out.join("missing.rs")).unwrap();
    site.write("stranger.rs", "mine");
    site.write("target/x", "cargo's");
    site.write("Cargo.lock", "cargo's");
    let found = site.check(&[("stale.rs", "2"), ("edited.rs", "1"), ("missing.rs", "1")]);
    let expected = [
        drift(DriftKind::Missing, "missing.rs"),
        drift(DriftKind::Stale, "specwright.manifest"),
        drift(DriftKind::Stale, "stale.rs"),
        drift(DriftKind::Edited, "edited.rs"),
        drift(DriftKind::Extra, "extra.rs"),
        drift(DriftKind::Stranger, "stranger.rs"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_check_of_a_folder_that_is_not_there_misses_every_file() {
    let site = Site::new();
    assert_eq!(site.check(&[("a.rs", "1")]).len(), 2);
}

#[test]
fn a_dry_run_reports_and_writes_nothing() {
    let site = Site::with(&[("a.rs", "1")]);
    let before = site.contents();
    let dry = Sync { mode: Mode::DryRun, ..Sync::default() };
    let report = folder::sync(&site.out, &set(&[("b.rs", "1")]), dry).unwrap();
    assert_eq!((report.created, report.removed), (vec!["b.rs".to_owned()], vec!["a.rs".to_owned()]));
    assert_eq!(site.contents(), before);
}

/// Leaves what a run leaves that is killed: the journal, and trees as given.
fn leave(site: &Site, journal: &str) {
    fs::create_dir(site.staging()).unwrap();
    fs::write(site.staging().join("journal"), journal).unwrap();
}

#[test]
fn a_run_killed_while_it_built_the_new_tree_leaves_the_old_one() {
    let site = Site::with(&[("a.rs", "1")]);
    leave(&site, "a.rs\nb.rs\nspecwright.manifest\n");
    fs::create_dir(site.staging().join("tree")).unwrap();
    fs::write(site.staging().join("tree/b.rs"), "half").unwrap();
    assert_eq!(site.check(&[("a.rs", "1")]), []);
    site.sync(&[("a.rs", "2")]);
    assert_eq!(site.read("a.rs"), "2");
    assert!(!site.has("b.rs"));
    assert!(!site.staging().exists());
}

#[test]
fn a_run_killed_before_its_journal_was_whole_leaves_the_old_tree() {
    let site = Site::with(&[("a.rs", "1")]);
    fs::create_dir(site.staging()).unwrap();
    fs::write(site.staging().join("journal.part"), "a.r").unwrap();
    site.sync(&[("a.rs", "2")]);
    assert_eq!(site.read("a.rs"), "2");
    assert!(!site.staging().exists());
}

#[test]
fn a_run_killed_after_the_exchange_leaves_the_new_tree_and_every_strangers_file() {
    let site = Site::with(&[("a.rs", "2")]);
    leave(&site, "a.rs\nold.rs\nspecwright.manifest\n");
    let tree = site.staging().join("tree");
    fs::create_dir_all(tree.join("theirs")).unwrap();
    fs::write(tree.join("a.rs"), "1").unwrap();
    fs::write(tree.join("old.rs"), "1").unwrap();
    fs::write(tree.join("theirs/late.txt"), "written late").unwrap();
    site.write("linked.txt", "linked");
    fs::hard_link(site.out.join("linked.txt"), tree.join("linked.txt")).unwrap();
    assert!(site.sync(&[("a.rs", "2")]).is_clean());
    assert_eq!(site.read("theirs/late.txt"), "written late");
    assert_eq!(site.read("linked.txt"), "linked");
    assert!(!site.has("old.rs"));
    assert!(!site.staging().exists());
}

#[test]
fn a_run_killed_between_two_renames_is_undone_by_the_next() {
    let site = Site::with(&[("a.rs", "1")]);
    site.write("notes.txt", "mine");
    leave(&site, "a.rs\nspecwright.manifest\n");
    fs::rename(&site.out, site.staging().join("old")).unwrap();
    fs::create_dir(site.staging().join("tree")).unwrap();
    fs::write(site.staging().join("tree/a.rs"), "2").unwrap();
    assert!(matches!(folder::check(&site.out, &set(&[("a.rs", "1")])), Err(FolderError::Leftover { .. })));
    site.sync(&[("a.rs", "3")]);
    assert_eq!((site.read("a.rs").as_str(), site.read("notes.txt").as_str()), ("3", "mine"));
    assert!(!site.staging().exists());
}

#[test]
fn a_leftover_that_cannot_be_cleared_away_is_reported_and_kept() {
    let site = Site::with(&[("a.rs", "1")]);
    leave(&site, "a.rs\nspecwright.manifest\n");
    fs::create_dir(site.staging().join("tree")).unwrap();
    fs::write(site.staging().join("tree/notes.txt"), "older").unwrap();
    site.write("notes.txt", "newer");
    let error = folder::sync(&site.out, &set(&[("a.rs", "1")]), Sync::default()).unwrap_err();
    assert!(matches!(error, FolderError::Leftover { .. }), "{error}");
    assert_eq!(fs::read_to_string(site.staging().join("tree/notes.txt")).unwrap(), "older");
    assert_eq!(site.read("notes.txt"), "newer");
}
