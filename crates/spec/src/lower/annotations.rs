//! What every object may carry: texts, examples, extensions.

use specwright_ir::{Docs, Example, Extensions, Schema, Shape};

use super::Cursor;
use super::all_of::only_describes;
use super::context::Lowering;

/// `x-` members.
pub(super) fn extensions(cursor: &Cursor<'_>) -> Extensions {
    cursor
        .members()
        .filter(|(key, _)| key.starts_with("x-"))
        .map(|(key, member)| (key.to_owned(), member.value.clone()))
        .collect()
}

/// A schema, and the schemas without a name in its `allOf`: what they say is said of the same value.
pub(super) fn said<'a>(schema: &Cursor<'a>) -> Vec<Cursor<'a>> {
    let mut all = vec![schema.clone()];
    for part in schema.items_of("allOf").iter().filter(|part| part.reference().is_none()) {
        all.extend(said(part));
    }
    all
}

/// Whether a schema, or one without a name in its `allOf`, is deprecated.
pub(super) fn is_deprecated(schema: &Cursor<'_>) -> bool {
    said(schema).iter().any(|schema| schema.flag("deprecated"))
}

/// Texts for people: a summary under the given key, the description unless it says the same, and a link
/// to what `externalDocs` names.
pub(super) fn docs(cursor: &Cursor<'_>, summary: &str) -> Docs {
    let summary = cursor.text(summary).trim().to_owned();
    let mut texts: Vec<String> = Vec::new();
    for said in said(cursor) {
        let text = said.text("description").trim();
        if !text.is_empty() && texts.iter().all(|known| known != text) {
            texts.push(text.to_owned());
        }
    }
    let mut description = texts.join("\n\n");
    let bare = |text: &str| text.trim_end_matches('.').to_lowercase();
    if !summary.is_empty() && bare(&description) == bare(&summary) {
        description.clear();
    }
    for external in said(cursor).iter().filter_map(|said| said.get("externalDocs")) {
        let url = external.text("url").trim();
        let text = external.text("description").trim();
        let link = if text.is_empty() { format!("<{url}>") } else { format!("[{text}]({url})") };
        if !description.is_empty() {
            description.push_str("\n\n");
        }
        description.push_str(&link);
    }
    Docs { summary, description }
}

impl<'a> Lowering<'a, '_> {
    /// `example` and `examples`; of a schema, those of its parts that say nothing of the value besides as well.
    pub(super) fn examples(&mut self, cursor: &Cursor<'a>) -> Vec<Example> {
        let mut examples = self.own_examples(cursor);
        for part in &said(cursor)[1..] {
            if only_describes(part) {
                examples.extend(self.own_examples(part));
                continue;
            }
            for example in ["example", "examples"].iter().filter_map(|key| part.get(key)) {
                self.not_carried(&example, "one of a part of the whole is none of the whole");
            }
        }
        examples
    }

    fn own_examples(&mut self, cursor: &Cursor<'a>) -> Vec<Example> {
        let mut examples = Vec::new();
        if let Some(example) = cursor.get("example") {
            examples.push(Example {
                name: String::new(),
                value: example.value.clone(),
                origin: example.pointer,
                defect: None,
            });
        }
        for (name, member) in cursor.members_of("examples") {
            let member = self.follow(&member);
            if let Some(value) = member.get("value") {
                examples.push(Example {
                    name: name.to_owned(),
                    value: value.value.clone(),
                    origin: value.pointer,
                    defect: None,
                });
            } else if member.has("externalValue") {
                self.not_carried(&member, "an example that stands elsewhere is not fetched");
            }
        }
        examples
    }

    /// The examples of a schema where it stands: a type that is named there keeps them itself.
    pub(super) fn examples_of_site(&mut self, site: &Cursor<'a>, schema: &Schema) -> Vec<Example> {
        if self.is_named_at(schema, site) { Vec::new() } else { self.examples(site) }
    }

    /// Whether what stands beside a schema is said where its type is: it is named there, or referred to.
    pub(super) fn is_named_at(&self, schema: &Schema, site: &Cursor<'a>) -> bool {
        site.reference().is_some()
            || matches!(schema.shape, Shape::Named(id) if self.origin(id) == &site.pointer)
    }
}
