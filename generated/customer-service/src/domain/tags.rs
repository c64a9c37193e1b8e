//! The tags of an address: free words without commas, each once.

use super::error::{Invalid, Problem, ProblemKind};

/// How long a tag is, in characters.
const LENGTH_LIMIT: usize = 64;

/// How many an address has.
const COUNT_LIMIT: usize = 50;

/// Tags given with commas between them.
pub(super) fn parse_tags(text: &str) -> Result<Vec<String>, Invalid> {
    let tags = distinct(text.split(',').filter(|tag| !tag.trim().is_empty()));
    if tags.is_empty() {
        return Err(Invalid::field("tags", ProblemKind::MissingValue, "No tag is given."));
    }
    Ok(tags)
}

/// Tags without the blanks around them, each where it comes first.
pub(super) fn distinct(tags: impl IntoIterator<Item: AsRef<str>>) -> Vec<String> {
    let mut distinct = Vec::new();
    for tag in tags {
        let tag = tag.as_ref().trim();
        if !distinct.iter().any(|known| known == tag) {
            distinct.push(tag.to_owned());
        }
    }
    distinct
}

/// Tags that an address cannot have.
pub(super) fn check_tags(problems: &mut Vec<Problem>, field: &str, tags: &[String]) {
    if tags.iter().any(|tag| tag.is_empty() || tag.contains(',')) {
        problems.push(Problem::new(field, ProblemKind::InvalidValue, "A tag is a word without commas."));
    }
    if tags.iter().any(|tag| tag.chars().count() > LENGTH_LIMIT) {
        let message = format!("A tag has at most {LENGTH_LIMIT} characters.");
        problems.push(Problem::new(field, ProblemKind::InvalidLength, message));
    }
    if tags.len() > COUNT_LIMIT {
        problems.push(Problem::new(
            field,
            ProblemKind::InvalidLength,
            format!("At most {COUNT_LIMIT} tags."),
        ));
    }
}
