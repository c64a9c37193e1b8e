//! What two listings differ in.

use std::collections::BTreeSet;
use std::fmt;

/// A line that a run adds or takes away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The contract says this now.
    Added(String),
    /// The contract said this before.
    Removed(String),
}

impl fmt::Display for Change {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Added(line) => write!(formatter, "+ {line}"),
            Self::Removed(line) => write!(formatter, "- {line}"),
        }
    }
}

/// The lines that only one of two listings has, sorted; of two that are alike, the old one first.
pub fn changes(old: &str, new: &str) -> Vec<Change> {
    let (old, new): (BTreeSet<_>, BTreeSet<_>) = (old.lines().collect(), new.lines().collect());
    let changed = old.symmetric_difference(&new);
    let change = |line: &&str| {
        let text = (*line).to_owned();
        if old.contains(line) { Change::Removed(text) } else { Change::Added(text) }
    };
    changed.map(change).collect()
}

#[cfg(test)]
mod tests {
    use super::changes;

    #[test]
    fn lines_of_one_side_are_told_apart() {
        let found: Vec<_> =
            changes("a\nb 1\nc\n", "a\nb 2\nc\nd\n").iter().map(ToString::to_string).collect();
        assert_eq!(found, ["- b 1", "+ b 2", "+ d"]);
    }
}
