//! Which prefixes stand for which namespaces where something is written.

use super::Place;

/// The bindings of the elements that are open, innermost last.
#[derive(Default)]
pub(super) struct Scope<'a> {
    /// Prefix and namespace; without a prefix it is the one of elements that have none.
    bindings: Vec<(String, &'a str)>,
}

/// The name of an element or attribute, and what has to be declared for it.
pub(super) struct Written<'a> {
    pub(super) name: String,
    pub(super) declared: Option<(String, &'a str)>,
}

impl<'a> Scope<'a> {
    /// How many bindings hold, to go back to.
    pub(super) const fn depth(&self) -> usize {
        self.bindings.len()
    }

    pub(super) fn leave(&mut self, depth: usize) {
        self.bindings.truncate(depth);
    }

    /// The name of an element.
    pub(super) fn element(&mut self, place: Place<'a>) -> Written<'a> {
        let prefix = place.prefix.unwrap_or_default();
        self.name(place, prefix)
    }

    /// The name of an attribute: one without a prefix has no namespace, so that it is given one.
    pub(super) fn attribute(&mut self, place: Place<'a>) -> Written<'a> {
        match (place.prefix, place.namespace) {
            (None, Some(namespace)) => {
                let bound = self.bindings.iter().rev();
                let bound =
                    bound.filter(|(prefix, _)| !prefix.is_empty() && self.stands_for(prefix, namespace));
                let bound = bound.map(|(prefix, _)| prefix.clone()).next();
                let free = (1..).map(|number| format!("ns{number}"));
                let mut free = free.filter(|prefix| self.namespace(prefix).is_none());
                let prefix = bound.or_else(|| free.next()).unwrap_or_default();
                self.name(place, &prefix)
            }
            (prefix, _) => self.name(place, prefix.unwrap_or_default()),
        }
    }

    fn name(&mut self, place: Place<'a>, prefix: &str) -> Written<'a> {
        let declared = place.namespace.filter(|namespace| !self.stands_for(prefix, namespace));
        let declared = declared.map(|namespace| (prefix.to_owned(), namespace));
        self.bindings.extend(declared.clone());
        // A prefix that stands for nothing would make a document that no reader takes.
        let is_known = self.namespace(prefix).is_some();
        let name = if prefix.is_empty() || !is_known {
            place.name.to_owned()
        } else {
            format!("{prefix}:{}", place.name)
        };
        Written { name, declared }
    }

    fn stands_for(&self, prefix: &str, namespace: &str) -> bool {
        self.namespace(prefix) == Some(namespace)
    }

    fn namespace(&self, prefix: &str) -> Option<&'a str> {
        self.bindings.iter().rev().find(|(bound, _)| bound == prefix).map(|(_, namespace)| *namespace)
    }
}
