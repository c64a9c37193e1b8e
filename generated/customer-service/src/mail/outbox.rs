//! The mails of late, in memory, for developers to read.

use std::collections::{BTreeMap, VecDeque};
use std::future::ready;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Delivery, Transport};
use crate::domain::email::Email;
use crate::domain::mail::Message;

/// Mails that are kept of a tenant.
const OF_A_TENANT: usize = 1000;

/// Mails that are kept of all tenants together.
const OF_ALL: usize = 20_000;

/// Keeps the last mails of each tenant. A clone is the same outbox.
#[derive(Clone, Default)]
pub struct Outbox(Arc<Mutex<Rings>>);

#[derive(Default)]
struct Rings {
    /// Oldest first; never an empty one.
    of_tenants: BTreeMap<String, VecDeque<Kept>>,
    kept: usize,
    taken: u64,
}

struct Kept {
    /// The clock may be moved; this only grows.
    number: u64,
    message: Message,
}

impl Outbox {
    /// Without mails.
    pub fn new() -> Self {
        Self::default()
    }

    /// The mails of a tenant, to a receiver and of a kind, as far as these are given; newest first.
    pub fn messages(&self, tenant: Option<&str>, to: Option<&str>, kind: Option<&str>) -> Vec<Message> {
        let receiver = to.map(Email::parse);
        let wanted = |message: &Message| {
            kind.is_none_or(|kind| kind == message.kind.as_str())
                && receiver.as_ref().is_none_or(|to| to.is_some() && *to == Email::parse(&message.to))
        };
        let rings = self.rings();
        let mut found: Vec<&Kept> = rings
            .of_tenants
            .iter()
            .filter(|(name, _)| tenant.is_none_or(|tenant| tenant == *name))
            .flat_map(|(_, ring)| ring)
            .filter(|kept| wanted(&kept.message))
            .collect();
        found.sort_unstable_by_key(|kept| std::cmp::Reverse(kept.number));
        found.into_iter().map(|kept| kept.message.clone()).collect()
    }

    /// Forgets the mails of a tenant, or all.
    pub fn clear(&self, tenant: Option<&str>) {
        self.rings().clear(tenant);
    }

    fn keep(&self, message: Message) {
        self.rings().keep(message);
    }

    fn rings(&self) -> MutexGuard<'_, Rings> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Rings {
    fn keep(&mut self, message: Message) {
        self.taken += 1;
        self.kept += 1;
        let ring = self.of_tenants.entry(message.tenant.clone()).or_default();
        ring.push_back(Kept { number: self.taken, message });
        if ring.len() > OF_A_TENANT {
            ring.pop_front();
            self.kept -= 1;
        }
        if self.kept > OF_ALL {
            self.drop_oldest();
        }
    }

    fn drop_oldest(&mut self) {
        let oldest = self
            .of_tenants
            .iter()
            .filter_map(|(name, ring)| Some((ring.front()?.number, name)))
            .min()
            .map(|(_, name)| name.clone());
        let Some(name) = oldest else { return };
        if let Some(ring) = self.of_tenants.get_mut(&name) {
            ring.pop_front();
            self.kept -= 1;
            if ring.is_empty() {
                self.of_tenants.remove(&name);
            }
        }
    }

    fn clear(&mut self, tenant: Option<&str>) {
        if let Some(tenant) = tenant {
            let gone = self.of_tenants.remove(tenant);
            self.kept -= gone.map_or(0, |ring| ring.len());
        } else {
            self.of_tenants.clear();
            self.kept = 0;
        }
    }
}

impl Transport for Outbox {
    fn name(&self) -> &'static str {
        "outbox"
    }

    fn deliver<'a>(&'a self, message: &'a Message) -> Delivery<'a> {
        self.keep(message.clone());
        Box::pin(ready(Ok(())))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod tests {
    use super::*;
    use crate::domain::mail::MailKind;
    use crate::mail::queue::tests::message;

    fn numbers(found: &[Message]) -> Vec<&str> {
        found.iter().map(|message| message.variables["number"].as_str()).collect()
    }

    #[test]
    fn newest_first_and_by_tenant_receiver_and_kind() {
        let outbox = Outbox::new();
        outbox.keep(message("acme", "ann@a.example", MailKind::OptIn, "1"));
        outbox.keep(message("optin", "ANN@a.example", MailKind::OptIn, "2"));
        outbox.keep(message("acme", "ben@a.example", MailKind::PasswordReset, "3"));

        assert_eq!(numbers(&outbox.messages(None, None, None)), ["3", "2", "1"]);
        assert_eq!(numbers(&outbox.messages(Some("acme"), None, None)), ["3", "1"]);
        assert_eq!(numbers(&outbox.messages(None, Some(" Ann@A.example "), None)), ["2", "1"]);
        assert_eq!(numbers(&outbox.messages(None, None, Some("customer.password-reset"))), ["3"]);
        assert!(outbox.messages(None, Some("nobody"), None).is_empty());
        assert!(outbox.messages(None, None, Some("customer.")).is_empty());
    }

    #[test]
    fn clearing_leaves_other_tenants_alone() {
        let outbox = Outbox::new();
        outbox.keep(message("acme", "a@a.example", MailKind::OptIn, "1"));
        outbox.keep(message("optin", "a@a.example", MailKind::OptIn, "2"));

        outbox.clear(Some("acme"));
        assert_eq!(numbers(&outbox.messages(None, None, None)), ["2"]);
        outbox.clear(None);
        assert!(outbox.messages(None, None, None).is_empty());
    }

    #[test]
    fn what_is_kept_is_bounded_by_tenant_and_in_all() {
        let outbox = Outbox::new();
        for number in 0..=OF_A_TENANT {
            outbox.keep(message("first", "a@a.example", MailKind::OptIn, &number.to_string()));
        }
        let kept = outbox.messages(None, None, None);
        assert_eq!(kept.len(), OF_A_TENANT);
        assert_eq!(numbers(&kept).last().unwrap(), &"1");

        for tenant in 0..30 {
            for number in 0..OF_A_TENANT {
                let number = number.to_string();
                outbox.keep(message(&format!("t{tenant}"), "a@a.example", MailKind::OptIn, &number));
            }
        }
        assert_eq!(outbox.messages(None, None, None).len(), OF_ALL);
        assert!(outbox.messages(Some("first"), None, None).is_empty());
        assert_eq!(outbox.messages(Some("t29"), None, None).len(), OF_A_TENANT);
    }
}
