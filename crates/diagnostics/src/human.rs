//! Diagnostics for people, laid out as rustc does.

use crate::{Diagnostics, Sources};

pub(crate) fn render(all: &Diagnostics, _colour: bool) -> String {
    let mut text = String::new();
    for diagnostic in all.sorted() {
        let spot = all.spot(&diagnostic.primary.place);
        let position =
            all.line_column(&spot).map(|p| format!(":{}:{}", p.line, p.column)).unwrap_or_default();
        text.push_str(&format!("[{}] {}{position}: {}\n", diagnostic.code, spot.file, diagnostic.message));
    }
    text
}
