//! Mails as files, one each.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::{Delivery, Shown, Transport, Undelivered};
use crate::domain::mail::Message;

/// Writes each mail to a JSON file of a folder. They hold secrets; only the owner may read them.
#[derive(Clone, Debug)]
pub struct Directory(PathBuf);

impl Directory {
    /// The folder, made if it is not there.
    pub fn new(path: impl Into<PathBuf>) -> io::Result<Self> {
        let path = path.into();
        make_private_folder(&path)?;
        Ok(Self(path))
    }
}

impl Transport for Directory {
    fn name(&self) -> &'static str {
        "directory"
    }

    fn deliver<'a>(&'a self, message: &'a Message) -> Delivery<'a> {
        Box::pin(async move {
            let text = serde_json::to_vec_pretty(&Shown::from(message))
                .map_err(|_| Undelivered::Unwritten(io::ErrorKind::InvalidData))?;
            let (folder, stem) = (self.0.clone(), stem(message));
            tokio::task::spawn_blocking(move || write(&folder, &stem, &text))
                .await
                .map_err(|_| Undelivered::Aborted)?
                .map_err(|error| Undelivered::Unwritten(error.kind()))
        })
    }
}

/// Sorts by time. Nothing in it is anybody's input.
fn stem(message: &Message) -> String {
    format!("{}-{}", message.created_at.strftime("%Y%m%dT%H%M%S.%3fZ"), message.id)
}

/// A file appears under its name only when it is whole.
fn write(folder: &Path, stem: &str, text: &[u8]) -> io::Result<()> {
    let unfinished = folder.join(format!(".{stem}.part"));
    let written = create_private(&unfinished)
        .and_then(|mut file| file.write_all(text))
        .and_then(|()| fs::rename(&unfinished, folder.join(format!("{stem}.json"))));
    if written.is_err() {
        // The error that matters is the first one.
        let _ = fs::remove_file(&unfinished);
    }
    written
}

fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn make_private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod tests {
    use super::*;
    use crate::domain::mail::MailKind;
    use crate::mail::queue::tests::message;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[tokio::test]
    async fn a_mail_is_a_json_file_that_only_its_owner_reads() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = temporary.path().join("mails");
        let directory = Directory::new(&folder).unwrap();
        let mail = message("acme", "../../ann@a.example", MailKind::PasswordReset, "1");
        directory.deliver(&mail).await.unwrap();

        let names = names(&folder);
        assert_eq!(names, [format!("19700101T000000.000Z-{}.json", mail.id)]);
        let path = folder.join(&names[0]);
        let written: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        let expected = serde_json::json!({
            "id": mail.id.to_string(),
            "tenant": "acme",
            "to": "../../ann@a.example",
            "from": null,
            "kind": "customer.password-reset",
            "createdAt": "1970-01-01T00:00:00.000Z",
            "token": "hush",
            "link": "https://shop.example/reset?token=hush",
            "variables": { "number": "1" },
        });
        assert_eq!(written, expected);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
        }
    }

    #[tokio::test]
    async fn what_cannot_be_written_leaves_nothing_behind() {
        let temporary = tempfile::tempdir().unwrap();
        let directory = Directory::new(temporary.path()).unwrap();
        let mail = message("acme", "ann@a.example", MailKind::OptIn, "1");
        fs::create_dir(temporary.path().join(format!("{}.json", stem(&mail)))).unwrap();

        assert!(matches!(directory.deliver(&mail).await, Err(Undelivered::Unwritten(_))));
        assert_eq!(names(temporary.path()), [format!("{}.json", stem(&mail))]);
    }
}
