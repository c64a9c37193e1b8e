//! The clock that every deadline is measured with; development can move it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

/// For how long an access token that has expired is still known as such.
pub(super) const MEMORY: u32 = 24 * 60 * 60;

/// A clock, shared by everything that expires.
#[derive(Clone, Debug, Default)]
pub struct Clock(Arc<AtomicI64>);

impl Clock {
    /// The time.
    pub fn now(&self) -> Timestamp {
        let ahead = SignedDuration::from_secs(self.0.load(Ordering::Relaxed));
        Timestamp::now().saturating_add(ahead).unwrap_or(Timestamp::MAX)
    }

    /// Moves the clock ahead.
    pub fn advance(&self, seconds: u32) {
        self.0.fetch_add(seconds.into(), Ordering::Relaxed);
    }

    /// Back to the system's time.
    pub fn reset(&self) {
        self.0.store(0, Ordering::Relaxed);
    }
}

/// The time so many seconds later.
pub(super) fn later(time: Timestamp, seconds: u32) -> Timestamp {
    time.saturating_add(SignedDuration::from_secs(seconds.into())).unwrap_or(Timestamp::MAX)
}

/// Whole seconds that are left, rounded down; none if it is over.
pub(super) fn seconds_left(now: Timestamp, until: Timestamp) -> i32 {
    let left = until.duration_since(now).as_secs().max(0);
    i32::try_from(left).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_clone_is_moved() {
        let clock = Clock::default();
        let other = clock.clone();
        let before = other.now();
        clock.advance(3_600);
        assert!(other.now() >= later(before, 3_600));
        other.reset();
        assert!(clock.now() < later(before, 3_600));
    }

    #[test]
    fn a_clock_moved_too_far_stays_at_the_end_of_time() {
        assert_eq!(later(Timestamp::MAX, 1), Timestamp::MAX);
        assert_eq!(seconds_left(Timestamp::MIN, Timestamp::MAX), i32::MAX);
    }

    #[test]
    fn what_is_left_is_rounded_down() {
        let now = Timestamp::UNIX_EPOCH;
        let until = now.saturating_add(SignedDuration::from_millis(1_999)).unwrap_or(now);
        assert_eq!(seconds_left(now, until), 1);
        assert_eq!(seconds_left(until, now), 0);
    }
}
