//! The formats of strings that no library is needed for.

/// Whether a text is a token, as the name of a header is: section 5.6.2 of RFC 9110.
pub fn is_token(text: &str) -> bool {
    let is_legal = |octet: u8| octet.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&octet);
    !text.is_empty() && text.bytes().all(is_legal)
}

/// `2024-02-29T12:00:00.5+01:00`, or with `Z`, letters in either case: `date-time` of RFC 3339.
pub fn is_date_time(text: &str) -> bool {
    let Some((date, rest)) = text.split_at_checked(10) else { return false };
    is_date(date) && rest.strip_prefix(['T', 't']).is_some_and(is_time)
}

/// `2024-02-29`: `full-date` of RFC 3339, a day that there is.
pub fn is_date(text: &str) -> bool {
    let (year, month, day) = match text.as_bytes() {
        [year @ .., b'-', m1, m2, b'-', d1, d2] if year.len() == 4 => {
            (number(year), number(&[*m1, *m2]), number(&[*d1, *d2]))
        }
        _ => return false,
    };
    let (Some(year), Some(month), Some(day)) = (year, month, day) else { return false };
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// `12:30:00Z` or `12:30:00.5+01:00`, letters in either case: `full-time` of RFC 3339.
pub fn is_time(text: &str) -> bool {
    let [h1, h2, b':', m1, m2, b':', s1, s2, rest @ ..] = text.as_bytes() else { return false };
    let is_below = |digits: [u8; 2], limit| number(&digits).is_some_and(|number| number < limit);
    // The second 60 is a leap second.
    if !(is_below([*h1, *h2], 24) && is_below([*m1, *m2], 60) && is_below([*s1, *s2], 61)) {
        return false;
    }
    let offset = match rest {
        [b'.', fraction @ ..] => {
            let digits = fraction.iter().take_while(|octet| octet.is_ascii_digit()).count();
            if digits == 0 {
                return false;
            }
            &fraction[digits..]
        }
        _ => rest,
    };
    match offset {
        [b'Z' | b'z'] => true,
        [b'+' | b'-', h1, h2, b':', m1, m2] => is_below([*h1, *h2], 24) && is_below([*m1, *m2], 60),
        _ => false,
    }
}

/// Digits, as a number.
fn number(digits: &[u8]) -> Option<u32> {
    digits
        .iter()
        .try_fold(0, |number, digit| digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0')))
}

/// `P3Y6M4DT12H30M5S`, each part once and in this order, or `P8W`: appendix A of RFC 3339.
pub fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else { return false };
    let (date, time) = rest.split_once('T').map_or((rest, None), |(date, time)| (date, Some(time)));
    let is_part = |part: &str, units: &str| {
        let mut units = units.chars();
        let mut digits = 0;
        part.chars().all(|letter| match letter {
            '0'..='9' | '.' | ',' => {
                digits += 1;
                true
            }
            unit => std::mem::take(&mut digits) > 0 && units.any(|known| known == unit),
        }) && digits == 0
    };
    let is_weeks = time.is_none() && is_part(date, "W");
    (!date.is_empty() || time.is_some())
        && (is_weeks || is_part(date, "YMD"))
        && time.is_none_or(|time| !time.is_empty() && is_part(time, "HMS"))
}

/// Octets as base64, padded: section 4 of RFC 4648.
pub fn is_base64(text: &str) -> bool {
    let digit = |octet: u8| match octet {
        b'A'..=b'Z' => Some(octet - b'A'),
        b'a'..=b'z' => Some(octet - b'a' + 26),
        b'0'..=b'9' => Some(octet - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let digits = text.strip_suffix("==").or_else(|| text.strip_suffix('=')).unwrap_or(text);
    // What the last digit says beyond the last octet is zero.
    let beyond = match text.len() - digits.len() {
        0 => 0,
        1 => 0b11,
        _ => 0b1111,
    };
    text.len().is_multiple_of(4)
        && digits.bytes().all(|octet| digit(octet).is_some())
        && digits.bytes().last().and_then(digit).is_none_or(|last| last & beyond == 0)
}

/// `67e55044-10b1-426f-9247-bb680e5fe0c8`, digits in either case: section 4 of RFC 9562.
pub fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, octet)| match at {
            8 | 13 | 18 | 23 => octet == b'-',
            _ => octet.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::{is_base64, is_date, is_date_time, is_duration, is_time, is_uuid};

    #[test]
    fn dates_and_times_are_what_rfc_3339_says() {
        // The first five are of its section 5.8.
        for text in [
            "1985-04-12T23:20:50.52Z",
            "1996-12-19T16:39:57-08:00",
            "1990-12-31T23:59:60Z",
            "1990-12-31T15:59:60-08:00",
            "1937-01-01T12:00:27.87+00:20",
            "2024-02-29t00:00:00z",
        ] {
            assert!(is_date_time(text), "{text}");
            assert!(is_date(&text[..10]) && is_time(&text[11..]), "{text}");
        }
        for text in
            ["2023-02-29", "1900-02-29", "2024-04-31", "2024-13-01", "2024-00-10", "2024-01-00", "24-01-01"]
        {
            assert!(!is_date(text), "{text}");
            assert!(!is_date_time(&format!("{text}T00:00:00Z")), "{text}");
        }
        for text in [
            "23:20:50.52",
            "24:00:00Z",
            "12:60:00Z",
            "12:00:61Z",
            "12:00Z",
            "12:00:00.Z",
            "12:00:00+1:00",
            "",
            "é",
        ] {
            assert!(!is_time(text), "{text}");
        }
        for text in ["2024-01-01", "2024-01-01 00:00:00Z", "2024-01-0é", "+002024-01-01T00:00:00Z"] {
            assert!(!is_date_time(text), "{text}");
        }
    }

    #[test]
    fn base64_is_what_rfc_4648_says() {
        // The vectors of its section 10.
        for text in ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy", "+/+/"] {
            assert!(is_base64(text), "{text}");
        }
        for text in
            ["Zg", "Zg=", "Zg===", "=", "====", "Zh==", "Zm9=", "-_-_", "Zm9v ", "Z=g=", "Zm9\n", "é==="]
        {
            assert!(!is_base64(text), "{text}");
        }
    }

    #[test]
    fn durations_are_what_rfc_3339_says() {
        for text in ["P3Y6M4DT12H30M5S", "P1Y", "P1M", "PT1M", "PT0.5S", "PT0,5S", "P8W", "P0D"] {
            assert!(is_duration(text), "{text}");
        }
        for text in
            ["", "P", "1h", "P1", "P1H", "P1DT", "P1WT1H", "P1D1Y", "PT1S2M", "P1Y1Y", "p1d", "P1D ", "-P1D"]
        {
            assert!(!is_duration(text), "{text}");
        }
    }

    #[test]
    fn uuids_are_what_rfc_9562_says() {
        for text in ["67e55044-10b1-426f-9247-bb680e5fe0c8", "67E55044-10B1-426F-9247-BB680E5FE0C8"] {
            assert!(is_uuid(text), "{text}");
        }
        for text in [
            "",
            "67e5504410b1426f9247bb680e5fe0c8",
            "{67e55044-10b1-426f-9247-bb680e5fe0c8}",
            "67e55044-10b1-426f-9247-bb680e5fe0cg",
            "67e55044-10b1-426f-9247-bb680e5fe0ß",
        ] {
            assert!(!is_uuid(text), "{text}");
        }
    }
}
