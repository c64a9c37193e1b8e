//! Objects without schemas, through their typed view.

use openapiv3::ExternalDocumentation;
use serde::de::DeserializeOwned;

use super::Cursor;
use super::context::Lowering;

impl<'a> Lowering<'a, '_> {
    /// An object as `openapiv3` sees it. `None` when it cannot be seen so; why is in the sink.
    pub(super) fn typed<T: DeserializeOwned>(&mut self, cursor: &Cursor<'a>) -> Option<T> {
        self.document.typed(&cursor.pointer).map_err(|diagnostic| self.say(*diagnostic)).ok()
    }

    /// The object under a key, if there is one.
    pub(super) fn typed_at<T: DeserializeOwned>(&mut self, holder: &Cursor<'a>, key: &str) -> Option<T> {
        holder.get(key).and_then(|cursor| self.typed(&cursor))
    }
}

/// A text, empty where it is absent.
pub(super) fn text(text: Option<&String>) -> &str {
    text.map_or("", |text| text.trim())
}

/// `[text](url)`, or what there is of it.
pub(super) fn link(text: &str, url: &str) -> String {
    match (text.trim(), url.trim()) {
        (text, "") => text.to_owned(),
        ("", url) => format!("<{url}>"),
        (text, url) => format!("[{text}]({url})"),
    }
}

pub(super) fn external(docs: &ExternalDocumentation) -> String {
    link(text(docs.description.as_ref()), &docs.url)
}

/// Paragraphs that are not empty.
pub(super) fn paragraphs(texts: impl IntoIterator<Item = String>) -> String {
    let texts: Vec<String> = texts.into_iter().filter(|text| !text.is_empty()).collect();
    texts.join("\n\n")
}
