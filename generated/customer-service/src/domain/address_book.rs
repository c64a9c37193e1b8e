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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::address::NewAddress;

    /// A book with addresses of these ids.
    fn book(ids: &[&str]) -> AddressBook {
        let mut book = AddressBook::default();
        for id in ids {
            book.push(address(id));
        }
        book
    }

    fn address(id: &str) -> Address {
        Address {
            id: id.to_owned(),
            lines: NewAddress::default().lines,
            is_default: false,
            tags: Vec::new(),
            mixins: NewAddress::default().mixins,
            metadata_mixins: NewAddress::default().metadata_mixins,
            version: 1,
        }
    }

    fn set_default(book: &mut AddressBook, id: &str, is_default: bool) {
        if let Some(stored) = book.get(id) {
            let changed = Address { is_default, ..stored.clone() };
            book.replace(changed);
        }
    }

    /// Ids and versions; the default with a star.
    fn shown(book: &AddressBook) -> String {
        let star = |address: &Address| if address.is_default { "*" } else { "" };
        let shown = book.all().iter().map(|one| format!("{}{}{}", one.id, one.version, star(one)));
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_first_is_the_default() {
        assert_eq!(shown(&book(&["a", "b", "c"])), "a1* b1 c1");
    }

    #[test]
    fn the_flag_moves_and_clears() {
        let cases =
            [("b", true, "a1 b2*"), ("a", true, "a1* b1"), ("a", false, "a2 b1"), ("b", false, "a1* b1")];
        for (id, is_default, expected) in cases {
            let mut book = book(&["a", "b"]);
            set_default(&mut book, id, is_default);
            assert_eq!(shown(&book), expected, "{id} {is_default}");
        }
    }

    #[test]
    fn after_the_default_the_oldest_becomes_it() {
        let cases = [("a", "b1* c1"), ("b", "a1* c1"), ("c", "a1* b1")];
        for (id, expected) in cases {
            let mut book = book(&["a", "b", "c"]);
            assert!(book.remove(id).is_some());
            assert!(book.remove(id).is_none());
            assert_eq!(shown(&book), expected, "without {id}");
        }
    }

    #[test]
    fn without_a_default_none_comes_by_itself_while_there_are_others() {
        let mut book = book(&["a", "b"]);
        set_default(&mut book, "a", false);
        book.push(address("c"));
        book.remove("b");
        assert_eq!(shown(&book), "a2 c1");
        book.remove("a");
        book.remove("c");
        book.push(address("d"));
        assert_eq!(shown(&book), "d1*");
    }

    #[test]
    fn the_version_counts_changes() {
        let mut book = book(&["a"]);
        let mut changed = address("a");
        changed.is_default = true;
        book.replace(changed.clone());
        assert_eq!(shown(&book), "a1*");
        changed.tags.push("HOME".to_owned());
        book.replace(changed);
        assert_eq!(shown(&book), "a2*");
    }
}
