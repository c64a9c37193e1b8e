//! `format: date-time`

use std::cmp::Ordering;
use std::fmt::{self, Display, Formatter};
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp, civil};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// What moments are counted from.
const EPOCH: civil::DateTime = civil::DateTime::constant(1970, 1, 1, 0, 0, 0, 0);

/// `format: date-time`: a moment as RFC 3339 writes it, with the offset from UTC that it is told in.
///
/// Two are equal where they are the same moment. All that RFC 3339 can say is one: a [`Timestamp`] ends before
/// the year 9999 does, the last second of which means "never" in many APIs.
#[derive(Clone, Copy, Debug)]
pub struct DateTime {
    civil: civil::DateTime,
    offset: Offset,
}

impl DateTime {
    /// The moment when clocks that far from UTC show this. RFC 3339 has no seconds of an offset: they are
    /// counted as time.
    pub fn new(civil: civil::DateTime, offset: Offset) -> Self {
        let seconds = offset.seconds() % 60;
        let minutes = Offset::from_seconds(offset.seconds() - seconds).unwrap_or(Offset::UTC);
        Self { civil: civil.saturating_sub(SignedDuration::from_secs(seconds.into())), offset: minutes }
    }

    /// What clocks show at its offset.
    pub const fn civil(self) -> civil::DateTime {
        self.civil
    }

    /// How far its clocks are from UTC.
    pub const fn offset(self) -> Offset {
        self.offset
    }

    /// The time since 1970 began.
    fn since_epoch(self) -> SignedDuration {
        self.civil.duration_since(EPOCH) - SignedDuration::from_secs(self.offset.seconds().into())
    }
}

impl From<Timestamp> for DateTime {
    fn from(timestamp: Timestamp) -> Self {
        Self { civil: Offset::UTC.to_datetime(timestamp), offset: Offset::UTC }
    }
}

/// Fails for the last hours that RFC 3339 can say.
impl TryFrom<DateTime> for Timestamp {
    type Error = jiff::Error;

    fn try_from(moment: DateTime) -> Result<Self, Self::Error> {
        moment.offset.to_timestamp(moment.civil)
    }
}

impl PartialEq for DateTime {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for DateTime {}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DateTime {
    fn cmp(&self, other: &Self) -> Ordering {
        self.since_epoch().cmp(&other.since_epoch())
    }
}

impl Hash for DateTime {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.since_epoch().hash(state);
    }
}

impl Display for DateTime {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let minutes = self.offset.seconds() / 60;
        if minutes == 0 {
            return write!(formatter, "{}Z", self.civil);
        }
        let sign = if minutes < 0 { '-' } else { '+' };
        let (hours, minutes) = (minutes.abs() / 60, minutes.abs() % 60);
        write!(formatter, "{}{sign}{hours:02}:{minutes:02}", self.civil)
    }
}

impl FromStr for DateTime {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let pieces = Pieces::parse(text)?;
        match (pieces.time(), pieces.to_numeric_offset()) {
            (Some(time), Some(offset)) => Ok(Self::new(pieces.date().to_datetime(time), offset)),
            // It says what is missing.
            _ => Ok(text.parse::<Timestamp>()?.into()),
        }
    }
}

impl Serialize for DateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DateTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl de::Visitor<'_> for Text {
            type Value = DateTime;

            fn expecting(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
                formatter.write_str("a date-time as RFC 3339 has it")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<DateTime, E> {
                text.parse().map_err(de::Error::custom)
            }
        }

        deserializer.deserialize_str(Text)
    }
}
