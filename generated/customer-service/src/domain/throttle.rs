//! What slows guessing and flooding down: failed passwords by e-mail, mails by account and kind.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use lru::LruCache;

use super::clock::{later, seconds_left};
use super::customer::AccountId;
use super::email::Email;
use super::error::Throttled;
use super::mail::MailKind;
use super::options::TenantOptions;

/// Entries of each table of a tenant.
const CAPACITY: NonZeroUsize = NonZeroUsize::MIN.saturating_add(9_999);

const HOUR: u32 = 60 * 60;

/// Two small tables, bounded: the least recently used entry goes first.
pub(super) struct Throttle {
    failures: Mutex<LruCache<Email, Failures>>,
    mails: Mutex<LruCache<(AccountId, MailKind), VecDeque<Timestamp>>>,
}

/// Failed passwords of an e-mail since the last right one.
#[derive(Default)]
struct Failures {
    times: VecDeque<Timestamp>,
    locked_until: Option<Timestamp>,
}

impl Throttle {
    pub(super) fn new() -> Self {
        Self::with_capacity(CAPACITY)
    }

    fn with_capacity(capacity: NonZeroUsize) -> Self {
        // Sparse: a tenant without failures takes no memory for them.
        Self {
            failures: Mutex::new(LruCache::sparse(capacity)),
            mails: Mutex::new(LruCache::sparse(capacity)),
        }
    }

    /// Whether an e-mail may be tried now.
    ///
    /// It is asked before a password is checked, and again before a right one counts: guesses that are
    /// checked at once would otherwise be more than the limit.
    pub(super) fn check(&self, now: Timestamp, email: &Email) -> Result<(), Throttled> {
        let failures = self.failures();
        let until = failures.peek(email).and_then(|entry| entry.locked_until);
        match until {
            Some(until) if now < until => Err(Throttled { retry_after: whole_seconds(now, until) }),
            _ => Ok(()),
        }
    }

    /// Counts a failed password. The e-mail need not be known.
    pub(super) fn fail(&self, now: Timestamp, options: &TenantOptions, email: &Email) {
        if options.max_login_failures == 0 {
            return;
        }
        let mut failures = self.failures();
        let entry = failures.get_or_insert_mut_ref(email, Failures::default);
        if entry.locked_until.is_some_and(|until| now < until) {
            return;
        }
        forget(&mut entry.times, now, options.login_failure_window);
        entry.times.push_back(now);
        if reaches(entry.times.len(), options.max_login_failures) {
            *entry = Failures { times: VecDeque::new(), locked_until: Some(later(now, options.lockout)) };
        }
    }

    /// Forgets the failures of an e-mail.
    pub(super) fn clear(&self, email: &Email) {
        self.failures().pop(email);
    }

    /// Counts a mail, unless the hour's quota is used up.
    pub(super) fn may_mail(
        &self,
        now: Timestamp,
        options: &TenantOptions,
        account: AccountId,
        kind: MailKind,
    ) -> bool {
        let mut mails = self.mails();
        let times = mails.get_or_insert_mut((account, kind), VecDeque::new);
        forget(times, now, HOUR);
        if reaches(times.len(), options.max_mails_per_hour) {
            return false;
        }
        times.push_back(now);
        true
    }

    /// Removes entries that decide nothing any more.
    pub(super) fn sweep(&self, now: Timestamp, options: &TenantOptions) {
        self.failures().retain(|_, entry| {
            forget(&mut entry.times, now, options.login_failure_window);
            !entry.times.is_empty() || entry.locked_until.is_some_and(|until| now < until)
        });
        self.mails().retain(|_, times| {
            forget(times, now, HOUR);
            !times.is_empty()
        });
    }

    fn failures(&self) -> MutexGuard<'_, LruCache<Email, Failures>> {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn mails(&self) -> MutexGuard<'_, LruCache<(AccountId, MailKind), VecDeque<Timestamp>>> {
        self.mails.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Drops the times that the window has left behind.
fn forget(times: &mut VecDeque<Timestamp>, now: Timestamp, window: u32) {
    while times.front().is_some_and(|time| later(*time, window) <= now) {
        times.pop_front();
    }
}

fn reaches(count: usize, limit: u32) -> bool {
    usize::try_from(limit).is_ok_and(|limit| count >= limit)
}

/// How long it is, rounded up: a client that waits as long is let in.
fn whole_seconds(now: Timestamp, until: Timestamp) -> Duration {
    let whole = u64::from(seconds_left(now, until).unsigned_abs());
    let left = until.duration_since(now);
    Duration::from_secs(if left.subsec_nanos() > 0 { whole + 1 } else { whole })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn email(text: &str) -> Email {
        Email::parse(text).unwrap()
    }

    fn fail(throttle: &Throttle, times: u32, now: Timestamp, email: &Email) {
        for _ in 0..times {
            throttle.fail(now, &TenantOptions::default(), email);
        }
    }

    #[test]
    fn the_tenth_failure_locks_for_five_minutes() {
        let (throttle, jane) = (Throttle::new(), email("jane@example.com"));
        fail(&throttle, 9, NOW, &jane);
        assert_eq!(throttle.check(NOW, &jane), Ok(()));
        fail(&throttle, 1, NOW, &jane);
        assert_eq!(throttle.check(NOW, &jane), Err(Throttled { retry_after: Duration::from_secs(300) }));
        assert_eq!(
            throttle.check(later(NOW, 299), &email("JANE@example.com")),
            Err(Throttled { retry_after: Duration::from_secs(1) })
        );
        assert_eq!(throttle.check(later(NOW, 300), &jane), Ok(()));
        assert_eq!(throttle.check(NOW, &email("john@example.com")), Ok(()));
    }

    #[test]
    fn after_a_lockout_it_takes_ten_failures_again() {
        let (throttle, jane) = (Throttle::new(), email("jane@example.com"));
        fail(&throttle, 10, NOW, &jane);
        // While it is locked nothing is counted, and the lockout grows no longer.
        fail(&throttle, 10, later(NOW, 200), &jane);
        let over = later(NOW, 300);
        fail(&throttle, 9, over, &jane);
        assert_eq!(throttle.check(over, &jane), Ok(()));
        fail(&throttle, 1, over, &jane);
        assert!(throttle.check(over, &jane).is_err());
    }

    #[test]
    fn failures_add_up_within_a_quarter_of_an_hour_and_until_a_success() {
        let (throttle, jane) = (Throttle::new(), email("jane@example.com"));
        fail(&throttle, 5, NOW, &jane);
        fail(&throttle, 4, later(NOW, 899), &jane);
        // The first five are out of the window now; the other four are not.
        fail(&throttle, 5, later(NOW, 900), &jane);
        assert_eq!(throttle.check(later(NOW, 900), &jane), Ok(()));
        throttle.clear(&jane);
        fail(&throttle, 9, later(NOW, 901), &jane);
        assert_eq!(throttle.check(later(NOW, 901), &jane), Ok(()));
        fail(&throttle, 1, later(NOW, 901), &jane);
        assert!(throttle.check(later(NOW, 901), &jane).is_err());
    }

    #[test]
    fn five_mails_of_a_kind_an_hour() {
        let (throttle, options) = (Throttle::new(), TenantOptions::default());
        let may = |now, account, kind| throttle.may_mail(now, &options, AccountId(account), kind);
        for _ in 0..5 {
            assert!(may(NOW, 1, MailKind::PasswordReset));
        }
        assert!(!may(later(NOW, 3_599), 1, MailKind::PasswordReset));
        assert!(may(NOW, 1, MailKind::OptIn));
        assert!(may(NOW, 2, MailKind::PasswordReset));
        assert!(may(later(NOW, 3_600), 1, MailKind::PasswordReset));
    }

    #[test]
    fn the_tables_are_bounded() {
        let throttle = Throttle::with_capacity(NonZeroUsize::new(3).unwrap());
        let options = TenantOptions { max_login_failures: 1, ..TenantOptions::default() };
        let addresses = [0, 1, 2, 3].map(|index| email(&format!("user{index}@example.com")));
        for (account, address) in (1..).zip(&addresses) {
            throttle.fail(NOW, &options, address);
            throttle.may_mail(NOW, &options, AccountId(account), MailKind::OptIn);
        }
        assert_eq!(throttle.failures().len(), 3);
        assert_eq!(throttle.mails().len(), 3);
        assert_eq!(throttle.check(NOW, &addresses[0]), Ok(()));
        assert!(throttle.check(NOW, &addresses[3]).is_err());
    }

    #[test]
    fn the_sweep_leaves_what_still_decides() {
        let (throttle, options) = (Throttle::new(), TenantOptions::default());
        let (locked, failed) = (email("locked@example.com"), email("failed@example.com"));
        fail(&throttle, 10, NOW, &locked);
        fail(&throttle, 9, NOW, &failed);
        throttle.may_mail(NOW, &options, AccountId(1), MailKind::OptIn);
        throttle.sweep(later(NOW, 299), &options);
        assert!(throttle.check(later(NOW, 299), &locked).is_err());
        fail(&throttle, 1, later(NOW, 299), &failed);
        assert!(throttle.check(later(NOW, 299), &failed).is_err());
        throttle.sweep(later(NOW, 3_600), &options);
        assert!(throttle.failures().is_empty() && throttle.mails().is_empty());
    }
}
