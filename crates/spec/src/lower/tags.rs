//! Tags: the first one of each operation decides where it is filed.

use indexmap::IndexMap;
use specwright_diagnostics::Pointer;
use specwright_ir::{Docs, Extensions, Name, Role, Tag, TagId};

use super::Cursor;
use super::annotations::extensions;
use super::context::Lowering;
use super::typed::{external, paragraphs, text};

/// The tags that operations are filed under.
pub(super) struct Tags<'a> {
    declared: Vec<(openapiv3::Tag, Cursor<'a>)>,
    used: IndexMap<(Role, String), Pointer>,
}

impl<'a> Tags<'a> {
    pub(super) fn new(lowering: &mut Lowering<'a, '_>, root: &Cursor<'a>) -> Self {
        let declared = root.items_of("tags").into_iter();
        let declared = declared.filter_map(|tag| Some((lowering.typed(&tag)?, tag))).collect();
        Self { declared, used: IndexMap::new() }
    }

    /// The tag of an operation, by its place in the list so far.
    pub(super) fn of(&mut self, operation: &Cursor<'a>, role: Role) -> usize {
        let first = operation.items_of("tags").into_iter().next();
        let (wire, at) = match &first {
            Some(tag) => (tag.value.as_str().unwrap_or_default(), tag.pointer.clone()),
            None => ("", operation.pointer.clone()),
        };
        let entry = self.used.entry((role, wire.to_owned()));
        let index = entry.index();
        entry.or_insert(at);
        index
    }

    /// Declared tags that no operation is filed under.
    pub(super) fn unused(&self) -> Vec<Cursor<'a>> {
        let is_used = |name: &str| self.used.keys().any(|(_, used)| used == name);
        let unused = self.declared.iter().filter(|(tag, _)| !is_used(&tag.name));
        unused.map(|(_, tag)| tag.clone()).collect()
    }

    /// Tags in the order in which the document declares them, then undeclared ones as they are used, those of
    /// webhooks and callbacks last;
    /// beside them, the id that each index of [`Tags::of`] stands for.
    pub(super) fn finish(self) -> (Vec<Tag>, Vec<TagId>) {
        let declared_at = |wire: &str| self.declared.iter().position(|(tag, _)| tag.name == wire);
        let mut order: Vec<usize> = (0..self.used.len()).collect();
        order.sort_by_key(|&index| {
            let used = self.used.get_index(index).map(|(used, _)| used);
            let (role, wire) = used.map_or((Role::Api, ""), |(role, wire)| (*role, wire.as_str()));
            (role, declared_at(wire).unwrap_or(usize::MAX), index)
        });
        let mut ids = vec![TagId(0); order.len()];
        let mut tags = Vec::new();
        for (position, index) in order.into_iter().enumerate() {
            ids[index] = TagId(position);
            if let Some(((role, wire), used_at)) = self.used.get_index(index) {
                let declared = declared_at(wire).map(|at| &self.declared[at]);
                tags.push(Tag { role: *role, ..tag(wire, declared, used_at) });
            }
        }
        (tags, ids)
    }
}

fn tag(wire: &str, declared: Option<&(openapiv3::Tag, Cursor<'_>)>, used_at: &Pointer) -> Tag {
    match declared {
        Some((tag, cursor)) => Tag {
            name: Name::unallocated(wire, cursor.pointer.clone()),
            role: Role::Api,
            docs: docs(tag),
            extensions: extensions(cursor),
        },
        None => Tag {
            name: Name::unallocated(wire, used_at.clone()),
            role: Role::Api,
            docs: Docs::default(),
            extensions: Extensions::new(),
        },
    }
}

fn docs(tag: &openapiv3::Tag) -> Docs {
    let description = text(tag.description.as_ref()).to_owned();
    let parts = [Some(description), tag.external_docs.as_ref().map(external)];
    Docs { summary: String::new(), description: paragraphs(parts.into_iter().flatten()) }
}
