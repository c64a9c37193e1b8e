//! Which file each value of the effective document came from.

use std::collections::BTreeMap;

use specwright_diagnostics::Pointer;

/// Where a value stands in a file; file 0 is the document's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    pub file: usize,
    pub pointer: Pointer,
}

impl Origin {
    pub fn child(&self, token: impl AsRef<str>) -> Self {
        Self { file: self.file, pointer: self.pointer.child(token) }
    }
}

/// Values that do not stand in the document's own file where they stand in the effective document.
///
/// An entry speaks for all inside of it, up to the next entry.
#[derive(Clone, Debug, Default)]
pub(crate) struct Provenance(BTreeMap<Pointer, Origin>);

impl Provenance {
    /// Where a value of the effective document was written.
    pub fn of(&self, pointer: &Pointer) -> Origin {
        match self.entry(pointer) {
            Some((held, origin)) => {
                Origin { file: origin.file, pointer: pointer.moved(held, &origin.pointer) }
            }
            None => Origin { file: 0, pointer: pointer.clone() },
        }
    }

    /// What in the document's own file took up a value that came from an overlay.
    pub fn merged_into(&self, pointer: &Pointer) -> Option<Origin> {
        if self.of(pointer).file == 0 {
            return None;
        }
        let mut above = pointer.parent();
        while let Some(pointer) = above {
            let origin = self.of(&pointer);
            if origin.file == 0 {
                return Some(origin).filter(|origin| origin.pointer != Pointer::root());
            }
            above = pointer.parent();
        }
        None
    }

    fn entry(&self, pointer: &Pointer) -> Option<(&Pointer, &Origin)> {
        if self.0.is_empty() {
            return None;
        }
        let mut at = Some(pointer.clone());
        while let Some(pointer) = at {
            if let Some(entry) = self.0.get_key_value(&pointer) {
                return Some(entry);
            }
            at = pointer.parent();
        }
        None
    }

    /// A value was put there.
    pub fn record(&mut self, pointer: &Pointer, origin: Origin) {
        self.forget(pointer);
        self.0.insert(pointer.clone(), origin);
    }

    /// A value went away.
    pub fn forget(&mut self, pointer: &Pointer) {
        for held in self.within(pointer) {
            self.0.remove(&held);
        }
    }

    /// The entries at a pointer and inside of it.
    fn within(&self, pointer: &Pointer) -> Vec<Pointer> {
        // Invariant: pointers that begin with this one and a slash follow one another.
        let inside = self.0.range(pointer.child("")..).map(|(held, _)| held);
        let inside = inside.take_while(|held| held.is_within(pointer));
        self.0.get_key_value(pointer).map(|(held, _)| held).into_iter().chain(inside).cloned().collect()
    }

    /// An item went away, and `length` are left: those after it have moved up by one.
    pub fn close_gap(&mut self, list: &Pointer, gap: usize, length: usize) {
        self.forget(&list.index(gap));
        for index in gap..length {
            let (new, old) = (list.index(index), list.index(index + 1));
            let origin = self.of(&old);
            for held in self.within(&old) {
                if let Some(origin) = self.0.remove(&held) {
                    self.0.insert(held.moved(&old, &new), origin);
                }
            }
            self.0.insert(new, origin);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Origin, Provenance};
    use specwright_diagnostics::Pointer;

    #[test]
    fn items_keep_their_origin_when_one_before_them_goes() {
        let list = Pointer::root().child("list");
        let mut provenance = Provenance::default();
        let added = Origin { file: 1, pointer: Pointer::root().child("update") };
        provenance.record(&list.index(2), added.clone());
        provenance.record(&list.index(1).child("a"), added.child("a"));
        provenance.close_gap(&list, 0, 2);
        assert_eq!(provenance.of(&list.index(0)), Origin { file: 0, pointer: list.index(1) });
        assert_eq!(provenance.of(&list.index(0).child("a")), added.child("a"));
        assert_eq!(provenance.of(&list.index(1).child("x")), added.child("x"));
    }

    #[test]
    fn an_addition_is_merged_into_what_held_it() {
        let get = Pointer::root().child("paths").child("/a").child("get");
        let mut provenance = Provenance::default();
        provenance.record(&get.child("tags"), Origin { file: 1, pointer: Pointer::root().child("u") });
        assert_eq!(
            provenance.merged_into(&get.child("tags").index(0)).map(|origin| origin.pointer),
            Some(get.clone())
        );
        assert_eq!(provenance.merged_into(&get), None);
    }
}
