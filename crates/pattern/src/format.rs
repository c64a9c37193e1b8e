//! The formats of strings that no library is needed for.

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
    use super::{is_base64, is_duration, is_uuid};

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
