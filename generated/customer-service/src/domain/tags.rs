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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_separate_tags() {
        let cases: [(&str, &[&str]); 7] = [
            ("A", &["A"]),
            ("A,B", &["A", "B"]),
            (" A , B ", &["A", "B"]),
            (",A,,B,", &["A", "B"]),
            ("B,A,B", &["B", "A"]),
            ("a,A", &["a", "A"]),
            ("two words", &["two words"]),
        ];
        for (text, tags) in cases {
            assert_eq!(parse_tags(text), Ok(tags.iter().map(|tag| (*tag).to_owned()).collect()), "{text:?}");
        }
    }

    #[test]
    fn no_tag_is_no_value() {
        for text in ["", ",", " , ,", "  "] {
            let fields = parse_tags(text).map_err(|invalid| invalid.problems);
            assert!(
                matches!(fields, Err(problems) if problems.iter().map(|p| (p.field.as_str(), p.kind)).eq([("tags", ProblemKind::MissingValue)])),
                "{text:?}"
            );
        }
    }

    #[test]
    fn limits() {
        let kinds = |tags: &[String]| {
            let mut problems = Vec::new();
            check_tags(&mut problems, "tags", tags);
            problems.into_iter().map(|problem| problem.kind).collect::<Vec<_>>()
        };
        let numbered = |count: u32| (0..count).map(|index| index.to_string()).collect::<Vec<_>>();
        let cases = [
            (Vec::new(), vec![]),
            (vec!["ä".repeat(64)], vec![]),
            (vec!["ä".repeat(65)], vec![ProblemKind::InvalidLength]),
            (vec![String::new()], vec![ProblemKind::InvalidValue]),
            (vec!["a,b".to_owned()], vec![ProblemKind::InvalidValue]),
            (numbered(50), vec![]),
            (numbered(51), vec![ProblemKind::InvalidLength]),
        ];
        for (tags, expected) in cases {
            assert_eq!(kinds(&tags), expected, "{tags:?}");
        }
    }
}
