//! The keywords of strings.

use super::{Check, counted, format};
use crate::schema::StringRules;
use crate::{Constraint, Format, Pattern};

/// Bytes of a string that a pattern is run on where the contract states no `maxLength`.
///
/// Patterns backtrack: time may grow with the square of a string's length (`\s+$` takes a quarter of a
/// second for this many bytes), or worse. Longer strings are violations of the pattern.
const LONGEST_UNSTATED: usize = 8 << 10;

/// The same where the contract does state a `maxLength`: its author has asked for long strings.
const LONGEST: usize = 64 << 10;

impl Check<'_> {
    pub(super) fn text(&mut self, text: &str, rules: &StringRules) {
        if let Some(values) = rules.values {
            self.note_unless(values.contains(&text), Constraint::Enum, || {
                format!("must be one of {}", listed(values))
            });
        }
        let length = text.chars().count() as u64;
        if let Some(min) = rules.min {
            self.note_unless(length >= min, Constraint::MinLength, || {
                format!("must have at least {}", counted(min, "character", "characters"))
            });
        }
        let too_long = rules.max.filter(|max| length > *max);
        if let Some(max) = too_long {
            let limit = counted(max, "character", "characters");
            self.note(Constraint::MaxLength, format!("must have at most {limit}"));
        }
        // What is too long anyway is not worth a pattern's time.
        if let (Some(pattern), None) = (rules.pattern, too_long) {
            let longest = if rules.max.is_some() { LONGEST } else { LONGEST_UNSTATED };
            self.pattern(text, pattern, longest);
        }
        if let Some(format) = rules.format {
            self.note_unless(format::is_valid(format, text), Constraint::Format, || {
                let expected = match format {
                    Format::DateTime => "a date-time as RFC 3339 has it",
                    Format::Date => "a date as RFC 3339 has it",
                    Format::Uuid => "a UUID",
                    Format::Byte => "base64",
                    Format::Base64Url => "base64url",
                    Format::Duration => "a duration as RFC 3339 has it",
                    Format::Time => "a time as RFC 3339 has it",
                    Format::Binary => "octets",
                };
                format!("must be {expected}")
            });
        }
    }

    fn pattern(&mut self, text: &str, pattern: &Pattern, longest: usize) {
        let source = pattern.source();
        if text.len() > longest {
            let message = format!("must have at most {longest} bytes to be held against `{source}`");
            self.note(Constraint::Pattern, message);
        } else {
            self.note_unless(pattern.matches(text), Constraint::Pattern, || format!("must match `{source}`"));
        }
    }
}

fn listed(values: &[&str]) -> String {
    values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ")
}
