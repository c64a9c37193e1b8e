//! Which value of the author's document each value of the model was.

use std::collections::BTreeMap;

use specwright_diagnostics::Pointer;

/// Values that do not stand in the model where they stand in the author's document.
///
/// An entry speaks for all inside of it, up to the next entry.
#[derive(Clone, Debug, Default)]
pub(crate) struct Moves {
    authored: BTreeMap<Pointer, Pointer>,
    /// The other way; of several places in the model, the first.
    model: BTreeMap<Pointer, Pointer>,
}

impl Moves {
    /// Says where a value of the model comes from. What holds it is said before what it holds, and of
    /// several values that come from one, the first is where that one stands now.
    pub fn record(&mut self, model: &Pointer, authored: &Pointer) {
        if self.authored(model) != *authored {
            self.authored.insert(model.clone(), authored.clone());
        }
        self.model.entry(authored.clone()).or_insert_with(|| model.clone());
    }

    /// Where the author wrote a value of the model, or what became it.
    pub fn authored(&self, model: &Pointer) -> Pointer {
        nearest(&self.authored, model).unwrap_or_else(|| model.clone())
    }

    /// Where a value of the author's document stands in the model.
    pub fn model(&self, authored: &Pointer) -> Pointer {
        nearest(&self.model, authored).unwrap_or_else(|| authored.clone())
    }
}

fn nearest(entries: &BTreeMap<Pointer, Pointer>, pointer: &Pointer) -> Option<Pointer> {
    if entries.is_empty() {
        return None;
    }
    let mut held = Some(pointer.clone());
    while let Some(at) = held {
        if let Some(found) = entries.get(&at) {
            return Some(pointer.moved(&at, found));
        }
        held = at.parent();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::Moves;
    use specwright_diagnostics::Pointer;

    fn pointer(text: &str) -> Pointer {
        Pointer::parse(text).unwrap_or_default()
    }

    #[test]
    fn the_nearest_entry_speaks_for_what_is_inside() {
        let mut moves = Moves::default();
        moves.record(&pointer("/components/schemas/A"), &pointer("/definitions/A"));
        moves.record(&pointer("/components/schemas/A/allOf/0"), &pointer("/definitions/A"));
        moves.record(&pointer("/components/schemas/A/properties/b"), &pointer("/definitions/A/properties/b"));
        let authored = |text: &str| moves.authored(&pointer(text)).to_string();
        assert_eq!(authored("/components/schemas/A/properties/b/type"), "#/definitions/A/properties/b/type");
        assert_eq!(authored("/components/schemas/A/allOf/0/$ref"), "#/definitions/A/$ref");
        assert_eq!(authored("/info"), "#/info");
        let model = moves.model(&pointer("/definitions/A/properties/b"));
        assert_eq!(model, pointer("/components/schemas/A/properties/b"));
    }
}
