//! `format: date-time`, against what RFC 3339 can say.

use std::collections::HashSet;

use jiff::Timestamp;
use specwright_runtime::DateTime;

fn read(text: &str) -> DateTime {
    text.parse().expect("a moment")
}

#[test]
fn each_is_written_as_it_was_read() {
    // The examples of RFC 3339, section 5.8, and both ends of what it can say.
    for text in [
        "1985-04-12T23:20:50.52Z",
        "1996-12-19T16:39:57-08:00",
        "1937-01-01T12:00:27.87+00:20",
        "0000-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59.999999999Z",
        "9999-12-31T23:59:59-23:59",
    ] {
        assert_eq!(read(text).to_string(), text);
        let quoted = format!("\"{text}\"");
        let value: DateTime = serde_json::from_str(&quoted).expect("a moment");
        assert_eq!(serde_json::to_string(&value).expect("JSON"), quoted);
    }
    assert_eq!(read("1900-01-01T00:00:00+00:19:32").to_string(), "1899-12-31T23:59:28+00:19");
    assert_eq!(read("1990-12-31t23:59:60z").to_string(), "1990-12-31T23:59:59Z", "a leap second");
}

#[test]
fn one_without_a_time_or_an_offset_is_none() {
    for text in ["2024-02-29", "2024-02-29T12:00:00", "12:00:00Z", "2023-02-29T12:00:00Z", ""] {
        assert!(text.parse::<DateTime>().is_err(), "{text}");
    }
}

#[test]
fn equal_is_what_is_the_same_moment() {
    let (there, here) = (read("1996-12-19T16:39:57-08:00"), read("1996-12-20T00:39:57Z"));
    assert_eq!(there, here);
    assert_eq!(HashSet::from([there, here]).len(), 1);
    assert!(there < read("1996-12-19T16:39:57.000000001-08:00"));
    assert!(read("9999-12-31T23:59:59Z") < read("9999-12-31T23:59:59-01:00"));
}

#[test]
fn timestamps_are_moments_and_most_moments_timestamps() {
    let timestamp: Timestamp = "1996-12-20T00:39:57.5Z".parse().expect("a timestamp");
    assert_eq!(DateTime::from(timestamp).to_string(), "1996-12-20T00:39:57.5Z");
    assert_eq!(Timestamp::try_from(read("1996-12-19T16:39:57.5-08:00")).ok(), Some(timestamp));
    assert!(Timestamp::try_from(read("9999-12-31T23:59:59Z")).is_err());
}
