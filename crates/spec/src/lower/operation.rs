//! Path Items and Operations.

use std::collections::BTreeMap;

use specwright_diagnostics::{Code, Diagnostic, Place as Spot};
use specwright_ir::{Method, Name, Operation, PathTemplate, Tag};

use super::annotations::{docs, extensions};
use super::context::Lowering;
use super::tags::Tags;
use super::{Cursor, path, place};

/// What the operations of one path have in common.
pub(super) struct Item<'a> {
    pub(super) root: Cursor<'a>,
    pub(super) cursor: Cursor<'a>,
    pub(super) template: PathTemplate,
}

impl<'a> Lowering<'a, '_> {
    /// Every operation in document order, and the tags they are filed under.
    pub(super) fn operations(&mut self, root: &Cursor<'a>) -> (Vec<Tag>, Vec<Operation>) {
        let mut tags = Tags::new(self, root);
        let mut operations = Vec::new();
        let mut filed = Vec::new();
        let mut routes: BTreeMap<String, Cursor<'a>> = BTreeMap::new();
        for (raw, declared) in root.members_of("paths") {
            if raw.starts_with("x-") {
                continue;
            }
            let cursor = self.follow(&declared);
            let item = Item { root: root.clone(), cursor, template: path::template(raw) };
            if let Some(first) = routes.get(&path::route(&item.template)) {
                self.same_route(&declared, &first.clone());
            } else {
                routes.insert(path::route(&item.template), declared.clone());
            }
            let mut bare = true;
            for (key, operation) in item.cursor.members() {
                if let Some(method) = method(key) {
                    bare = false;
                    filed.push(tags.of(&operation));
                    for further in operation.items_of("tags").iter().skip(1) {
                        self.not_carried(further, "the first tag decides where an operation is filed");
                    }
                    operations.push(self.operation(&item, method, &operation));
                }
            }
            if bare {
                self.not_carried(&declared, "this path has no operation");
            }
        }
        for tag in tags.unused() {
            self.not_carried(&tag, "no operation is filed under this tag");
        }
        let (tags, ids) = tags.finish();
        for (operation, index) in operations.iter_mut().zip(filed) {
            operation.tag = ids[index];
        }
        (tags, operations)
    }

    fn operation(&mut self, item: &Item<'a>, method: Method, operation: &Cursor<'a>) -> Operation {
        let id = Some(operation.text("operationId")).filter(|id| !id.is_empty()).map(str::to_owned);
        if id.is_none() {
            self.nameless(item, method, operation);
        }
        let wire = id.clone().unwrap_or_else(|| format!("{method} {}", item.template.raw));
        let key = key(&item.template.raw, method);
        let mut texts = docs(operation, "summary");
        let shared = docs(&item.cursor, "summary");
        if texts.summary.is_empty() {
            texts.summary = shared.summary;
        }
        if texts.description.is_empty() {
            texts.description = shared.description;
        }
        if let Some(callbacks) = operation.get("callbacks")
            && callbacks.members().next().is_some()
        {
            self.say(
                Diagnostic::new(
                    Code::UnsupportedCallback,
                    "callbacks are not supported yet",
                    operation.key("callbacks"),
                    "",
                )
                .with_help("an allowance for this place generates the rest of the operation"),
            );
        }
        let mut members = extensions(&item.cursor);
        members.extend(extensions(operation));
        let servers =
            if operation.has("servers") { self.servers(operation) } else { self.servers(&item.cursor) };
        Operation {
            name: Name::unallocated(wire, operation.pointer.clone()),
            id,
            method,
            path: item.template.clone(),
            tag: specwright_ir::TagId(0),
            docs: texts,
            deprecated: operation.flag("deprecated"),
            parameters: self.parameters(item, operation, &key),
            body: self.request_body(operation, &key),
            responses: self.operation_responses(operation, method, &key),
            security: self.security(&item.root, operation),
            servers,
            extensions: members,
        }
    }

    fn nameless(&mut self, item: &Item<'a>, method: Method, operation: &Cursor<'a>) {
        self.say(
            Diagnostic::new(
                Code::MissingOperationId,
                format!("{method} {} has no operationId", item.template.raw),
                Spot::key(&operation.pointer),
                "named after its method and path",
            )
            .with_help("give it an `operationId`, or a name in `[api.names]`"),
        );
    }

    fn same_route(&mut self, declared: &Cursor<'a>, first: &Cursor<'a>) {
        self.say(
            Diagnostic::new(
                Code::SameRoute,
                "two paths that differ only in the names of their parameters are one route",
                Spot::key(&declared.pointer),
                "the same route",
            )
            .with_secondary(Spot::key(&first.pointer), "is this one")
            .with_note("parameters are told apart by position; of two operations with one method a server mounts the first"),
        );
    }
}

/// The stable pointer of an operation.
pub(crate) fn key(path: &str, method: Method) -> String {
    place::key(&["paths", path, &method.as_str().to_ascii_lowercase()])
}

fn method(key: &str) -> Option<Method> {
    Method::ALL.into_iter().find(|method| method.as_str().to_ascii_lowercase() == key)
}
