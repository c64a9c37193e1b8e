//! A scope: which names are taken, and by what.

use std::collections::BTreeMap;

/// Names that must differ from each other. `T` says what has a name; reserved names have nothing.
#[derive(Clone, Debug)]
pub struct Scope<T> {
    taken: BTreeMap<String, Option<T>>,
}

impl<T: Clone> Scope<T> {
    /// A scope in which some names are out of reach.
    pub fn new(reserved: &[&str]) -> Self {
        Self { taken: reserved.iter().map(|name| ((*name).to_owned(), None)).collect() }
    }

    /// Whether nothing has this name.
    pub fn is_free(&self, name: &str) -> bool {
        !self.taken.contains_key(name)
    }

    /// Whether the name is reserved, rather than an item's.
    pub fn is_reserved(&self, name: &str) -> bool {
        matches!(self.taken.get(name), Some(None))
    }

    /// The item that has a name.
    pub fn owner(&self, name: &str) -> Option<&T> {
        self.taken.get(name)?.as_ref()
    }

    /// Takes a name. Refuses, and changes nothing, if it is taken: the answer is whose it is, or
    /// nobody's where it is reserved.
    pub fn insert(&mut self, name: &str, owner: T) -> Result<(), Option<T>> {
        if let Some(other) = self.taken.get(name) {
            return Err(other.clone());
        }
        self.taken.insert(name.to_owned(), Some(owner));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Scope;

    #[test]
    fn a_name_is_taken_once() {
        let mut scope = Scope::new(&["Option"]);
        assert_eq!(scope.insert("Pet", 1), Ok(()));
        assert_eq!(scope.insert("Pet", 2), Err(Some(1)));
        assert_eq!(scope.insert("Option", 3), Err(None));
        assert!(scope.is_reserved("Option") && !scope.is_reserved("Pet"));
        assert_eq!(scope.owner("Pet"), Some(&1));
    }
}
