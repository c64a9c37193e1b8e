//! A customer's addresses in the order in which they came, and which of them is the default.

use super::address::Address;

/// The addresses of a customer.
// Invariant: at most one is the default.
#[derive(Debug, Default)]
pub(super) struct AddressBook(Vec<Address>);

impl AddressBook {
    pub(super) fn all(&self) -> &[Address] {
        &self.0
    }

    pub(super) fn get(&self, id: &str) -> Option<&Address> {
        self.0.iter().find(|address| address.id == id)
    }

    /// Adds an address. The first one is the default.
    pub(super) fn push(&mut self, mut address: Address) {
        address.is_default = self.0.is_empty();
        self.0.push(address);
    }

    /// Puts an address in the place of the one with its id, one version on if they differ. Where it is the
    /// default, no other one stays it; that changes no other one's version.
    pub(super) fn replace(&mut self, mut changed: Address) {
        let Some(stored) = self.0.iter_mut().find(|address| address.id == changed.id) else { return };
        if *stored == changed {
            return;
        }
        changed.version = stored.version + 1;
        *stored = changed.clone();
        if changed.is_default {
            for other in self.0.iter_mut().filter(|address| address.id != changed.id) {
                other.is_default = false;
            }
        }
    }

    /// Takes an address out. After the default, the oldest becomes it.
    pub(super) fn remove(&mut self, id: &str) -> Option<Address> {
        let position = self.0.iter().position(|address| address.id == id)?;
        let removed = self.0.remove(position);
        if let Some(oldest) = self.0.first_mut().filter(|_| removed.is_default) {
            oldest.is_default = true;
        }
        Some(removed)
    }
}
