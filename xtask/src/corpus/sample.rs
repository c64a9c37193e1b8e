//! Drawing a sample: at most one document a provider, the same for the same seed.

use std::collections::BTreeMap;

use super::document::Document;

/// Draws at most so many documents, one a provider. Order is kept.
pub(crate) fn draw(documents: Vec<Document>, size: usize, seed: u64) -> Vec<Document> {
    let mut providers: BTreeMap<String, Vec<Document>> = BTreeMap::new();
    for document in documents {
        providers.entry(document.provider.clone()).or_default().push(document);
    }
    let mut random = Random(seed);
    let mut drawn: Vec<Document> = providers
        .into_values()
        .map(|mut documents| {
            let index = random.below(documents.len());
            documents.swap_remove(index)
        })
        .collect();
    while drawn.len() > size {
        let index = random.below(drawn.len());
        drawn.swap_remove(index);
    }
    drawn.sort();
    drawn
}

/// `SplitMix64`: enough to draw with, and the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        usize::try_from(mixed % bound as u64).unwrap_or(0)
    }
}
