//! The formats of strings that are checked.

use jiff::civil::Date;
use specwright_pattern::format::{is_date, is_date_time, is_duration, is_time, is_uuid};

use crate::{Base64, Base64Url, DateTime, Format};

/// Whether a text is what its format says.
pub(super) fn is_valid(format: Format, text: &str) -> bool {
    match format {
        // jiff reads more than RFC 3339 allows, and less of the years.
        Format::DateTime => is_date_time(text) && text.parse::<DateTime>().is_ok(),
        Format::Date => is_date(text) && text.parse::<Date>().is_ok(),
        Format::Uuid => is_uuid(text),
        Format::Byte => Base64::is_valid(text),
        Format::Base64Url => Base64Url::is_valid(text),
        Format::Duration => is_duration(text),
        Format::Time => is_time(text),
        Format::Binary => true,
    }
}

#[cfg(test)]
mod tests {
    use super::is_valid;
    use crate::Format;

    #[test]
    fn formats_are_what_their_standards_say() {
        for (format, text, expected) in [
            (Format::DateTime, "2024-02-29T12:00:00Z", true),
            (Format::DateTime, "2024-02-29t12:00:00.123456z", true),
            (Format::DateTime, "2024-02-29T12:00:00.5+01:00", true),
            (Format::DateTime, "9999-12-31T23:59:59.9999999Z", true),
            (Format::DateTime, "2024-02-29T23:59:60-08:00", true),
            (Format::DateTime, "2023-02-29T12:00:00Z", false),
            (Format::DateTime, "2024-02-29 12:00:00Z", false),
            (Format::DateTime, "2024-02-29T12:00:00", false),
            (Format::DateTime, "2024-02-29T12:00:00.Z", false),
            (Format::DateTime, "2024-02-29T12:00Z", false),
            (Format::DateTime, "2024-02-29T24:00:00Z", false),
            (Format::DateTime, "2024-02-29T12:00:00+01:00[Europe/Berlin]", false),
            (Format::Date, "2024-02-29", true),
            (Format::Date, "2024-02-30", false),
            (Format::Date, "20240229", false),
            (Format::Date, "+002024-02-29", false),
            (Format::Uuid, "67e55044-10b1-426f-9247-bb680e5fe0c8", true),
            (Format::Uuid, "67E55044-10B1-426F-9247-BB680E5FE0C8", true),
            (Format::Uuid, "67e5504410b1426f9247bb680e5fe0c8", false),
            (Format::Uuid, "{67e55044-10b1-426f-9247-bb680e5fe0c8}", false),
            (Format::Duration, "P3Y6M4DT12H30M5S", true),
            (Format::Duration, "PT0.5S", true),
            (Format::Duration, "P8W", true),
            (Format::Duration, "P", false),
            (Format::Duration, "P1DT", false),
            (Format::Duration, "P1H", false),
            (Format::Duration, "PT1S2M", false),
            (Format::Duration, "P1", false),
            (Format::Duration, "1h", false),
            (Format::Time, "12:30:00Z", true),
            (Format::Time, "12:30:00.5+01:00", true),
            (Format::Time, "12:30:00", false),
            (Format::Time, "24:30:00Z", false),
            (Format::Byte, "", true),
            (Format::Byte, "aGk=", true),
            (Format::Byte, "aGk", false),
            (Format::Byte, "a-_=", false),
            (Format::Base64Url, "", true),
            (Format::Base64Url, "aGk=", true),
            (Format::Base64Url, "aGk", true),
            (Format::Base64Url, "-_-_", true),
            (Format::Base64Url, "+/+/", false),
            (Format::Base64Url, "aGk==", false),
        ] {
            assert_eq!(is_valid(format, text), expected, "{format:?} {text}");
        }
    }
}
