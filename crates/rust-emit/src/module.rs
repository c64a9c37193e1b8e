//! One file of Rust: header, docs, imports, items.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::{Context, format, imports};

/// A file being gathered.
///
/// Items name what they use by its absolute path: `::specwright_runtime::Patch`, `crate::types::Pet`.
/// [`Module::to_source`] imports what can be imported under its own name and shortens those paths;
/// a path whose name is taken in this module stays as it is. What is imported is the first segment
/// that begins with a capital letter, so functions and macros of a module keep their full path.
#[derive(Clone, Debug, Default)]
pub struct Module {
    docs: String,
    home: String,
    traits: BTreeSet<String>,
    items: Vec<TokenStream>,
}

impl Module {
    /// An empty file whose `//!` docs are a text of ours: plain Markdown, not sanitised.
    pub fn new(docs: impl Into<String>) -> Self {
        Self { docs: docs.into(), ..Self::default() }
    }

    /// Says by which absolute path others name this module's items, such as `crate::types`, so that
    /// items may name each other by it too.
    #[must_use]
    pub fn home(mut self, path: &str) -> Self {
        path.clone_into(&mut self.home);
        self
    }

    /// Adds an item, or several; a blank line will stand between them.
    pub fn push(&mut self, tokens: TokenStream) {
        self.items.push(tokens);
    }

    /// Imports a trait for its methods alone, by its absolute path: `use specwright_runtime::Answers as _`.
    pub fn import_trait(&mut self, path: &str) {
        self.traits.insert(path.trim_start_matches("::").to_owned());
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The text of the file.
    pub fn to_source(self, cx: Context<'_>) -> String {
        let mut text = String::new();
        for line in cx.options.header.lines().filter(|line| !line.trim().is_empty()) {
            text.push_str("// ");
            text.push_str(line.trim().trim_start_matches('/').trim_start());
            text.push('\n');
        }
        for line in self.docs.lines() {
            text.push_str(format!("//! {line}").trim_end());
            text.push('\n');
        }
        let (uses, items) = imports::resolve(self.items, &self.home, &self.traits, &cx.index.deprecated);
        for part in [format::join(uses), format::join(items)] {
            if !part.is_empty() {
                text.push('\n');
                text.push_str(&part);
            }
        }
        text
    }
}

/// The attribute for an item of ours that must touch what is deprecated.
pub fn allow_deprecated() -> TokenStream {
    quote!(#[allow(deprecated, reason = "it stays on the wire")])
}

/// The attribute of an item that only webhooks and callbacks need, where it is one.
pub fn events_only(is_one: bool) -> Option<TokenStream> {
    is_one.then(|| quote!(#[cfg(feature = "events")]))
}
