//! The keywords of strings.

use super::{Check, counted, format};
use crate::schema::StringRules;
use crate::{Constraint, Format};

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
        if let Some(max) = rules.max {
            self.note_unless(length <= max, Constraint::MaxLength, || {
                format!("must have at most {}", counted(max, "character", "characters"))
            });
        }
        if let Some(pattern) = rules.pattern {
            self.note_unless(pattern.matches(text), Constraint::Pattern, || {
                format!("must match `{}`", pattern.source())
            });
        }
        if let Some(format) = rules.format {
            self.note_unless(format::is_valid(format, text), Constraint::Format, || {
                let expected = match format {
                    Format::DateTime => "a date-time as RFC 3339 has it",
                    Format::Date => "a date as RFC 3339 has it",
                    Format::Uuid => "a UUID",
                    Format::Byte => "base64",
                };
                format!("must be {expected}")
            });
        }
    }
}

fn listed(values: &[&str]) -> String {
    values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ")
}
