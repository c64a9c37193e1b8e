//! Where passes put what they find.

use std::fmt;
use std::sync::Arc;

use crate::{Code, Diagnostic, Place, Sources, Spot, Texts, human, json};

/// What was found so far, and the texts it was found in.
#[derive(Default)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
    sources: Option<Arc<dyn Sources + Send + Sync>>,
    texts: Texts,
}

impl Diagnostics {
    /// Nothing found yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Says where the places of a document are; whatever loads one calls this.
    pub fn attach(&mut self, sources: Arc<dyn Sources + Send + Sync>) {
        self.sources = Some(sources);
    }

    /// Keeps the text of another file, such as the configuration, for excerpts.
    pub fn keep_text(&mut self, file: impl Into<String>, text: impl Into<String>) {
        self.texts.insert(file, text);
    }

    /// Whether anything stops the run.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|diagnostic| diagnostic.severity().is_error())
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// How many were found.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// As they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.found.iter()
    }

    /// What was found, without the texts it was found in.
    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.found
    }

    /// Keeps those that `keep` approves of, such as those that no allowance covers.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.found.retain(keep);
    }

    /// By file and position, whatever order the passes ran in.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut all: Vec<_> =
            self.found.iter().map(|diagnostic| (self.rank(diagnostic), diagnostic)).collect();
        all.sort_by(|left, right| left.0.cmp(&right.0));
        all.into_iter().map(|(_, diagnostic)| diagnostic).collect()
    }

    /// For people: an excerpt for each, with escape sequences if `colour`.
    pub fn render(&self, colour: bool) -> String {
        human::render(self, colour)
    }

    /// For machines: one JSON array.
    pub fn to_json(&self) -> String {
        json::render(self)
    }

    fn rank<'a>(&self, diagnostic: &'a Diagnostic) -> (String, Option<usize>, Code, &'a str) {
        let spot = self.spot(&diagnostic.primary.place);
        (spot.file, spot.span.map(|span| span.start), diagnostic.code, &diagnostic.message)
    }
}

impl Sources for Diagnostics {
    fn spot(&self, place: &Place) -> Spot {
        match &self.sources {
            Some(sources) => {
                let spot = sources.spot(place);
                if spot.span.is_some() { spot } else { self.texts.spot_or(place, spot) }
            }
            None => self.texts.spot(place),
        }
    }

    fn merged_into(&self, place: &Place) -> Option<Spot> {
        self.sources.as_ref()?.merged_into(place)
    }

    fn text(&self, file: &str) -> Option<&str> {
        self.sources.as_ref().and_then(|sources| sources.text(file)).or_else(|| self.texts.text(file))
    }
}

impl Texts {
    fn spot_or(&self, place: &Place, otherwise: Spot) -> Spot {
        let spot = self.spot(place);
        if spot.span.is_some() { spot } else { otherwise }
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.found.iter()
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: I) {
        self.found.extend(diagnostics);
    }
}

impl fmt::Debug for Diagnostics {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(&self.found).finish()
    }
}
