//! The lock: the names of the last run, by place.

use std::collections::BTreeMap;
use std::fmt;

use specwright_diagnostics::{Code, Diagnostic, Place};
use specwright_naming as naming;

const HEADER: &str = "\
# The Rust name of every item, by its place in the document. The next run keeps them, so that nothing
# added to the document renames what was there. To rename an item, change its line, or pin it.
";

/// The names of the last run: stable pointer to Rust name.
///
/// A stable pointer is the document's, without positions in lists: a property stands at
/// `<type>/properties/<name>`, a parameter at `<operation>/parameters/<in>/<name>`, a value of an enum
/// at `<type>/enum/<value>`, what is sent of a schema that is two types at `<type>/~input`. `@pascal` or `@snake` at the end marks the other form of a name, where it
/// does not follow from the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock(BTreeMap<String, String>);

impl Lock {
    /// Reads the text of a lock; `file` is its name as shown to the user. The error is every line that
    /// cannot be read.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let mut lock = Self::default();
        let mut wrong = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim_end();
            if line.is_empty() || line == "#" || line.starts_with("# ") {
                continue;
            }
            if let Err(why) = lock.read(line) {
                let place = Place::at(file, index + 1, 1);
                let help =
                    "restore the line from version control, or delete it to let the name be chosen again";
                wrong.push(Diagnostic::new(Code::LockSyntax, why, place, "").with_help(help));
            }
        }
        if wrong.is_empty() { Ok(lock) } else { Err(wrong) }
    }

    fn read(&mut self, line: &str) -> Result<(), String> {
        let Some((key, name)) = line.rsplit_once(" = ").filter(|(key, _)| key.starts_with("#/")) else {
            return Err("a line of the lock is not `#/pointer = name`".to_owned());
        };
        if !naming::is_identifier(name) {
            return Err(format!("`{name}` is not an identifier of Rust"));
        }
        if self.0.insert(unescape(key), name.to_owned()).is_some() {
            return Err(format!("the lock names `{key}` twice"));
        }
        Ok(())
    }

    /// The name at a stable pointer.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    /// Every stable pointer with its name, sorted.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, name)| (key.as_str(), name.as_str()))
    }

    pub(super) fn insert(&mut self, key: String, name: String) {
        self.0.insert(key, name);
    }
}

impl fmt::Display for Lock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(HEADER)?;
        for (key, name) in &self.0 {
            writeln!(formatter, "{} = {name}", escape(key))?;
        }
        Ok(())
    }
}

/// A name of the document may hold a line break; a line may not.
fn escape(key: &str) -> String {
    key.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r")
}

fn unescape(key: &str) -> String {
    let mut text = String::with_capacity(key.len());
    let mut letters = key.chars();
    while let Some(letter) = letters.next() {
        match (letter, letter == '\\') {
            (_, true) => match letters.next() {
                Some('n') => text.push('\n'),
                Some('r') => text.push('\r'),
                Some(other) => text.push(other),
                None => text.push('\\'),
            },
            (letter, false) => text.push(letter),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::Lock;

    #[test]
    fn what_is_written_is_read_back() {
        let mut lock = Lock::default();
        for (key, name) in
            [("#/a = b/c", "r#type"), ("#/line\nbreak\\n", "é"), ("#/components/schemas/A", "A")]
        {
            lock.insert(key.to_owned(), name.to_owned());
        }
        assert_eq!(Lock::parse("names.lock", &lock.to_string()), Ok(lock));
    }

    #[test]
    fn every_bad_line_is_said() {
        let text = "# comment\n#/a = A\nnonsense\n#/b = 1b\n#/a = B\n<<<<<<< HEAD\n";
        let wrong = Lock::parse("names.lock", text).unwrap_err();
        let said: Vec<_> = wrong.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
        assert_eq!(
            said,
            [
                "a line of the lock is not `#/pointer = name`",
                "`1b` is not an identifier of Rust",
                "the lock names `#/a` twice",
                "a line of the lock is not `#/pointer = name`",
            ]
        );
    }
}
