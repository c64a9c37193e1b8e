//! Path Items and Operations.

use std::collections::BTreeMap;

use specwright_diagnostics::{Code, Diagnostic, Place as Spot, Pointer};
use specwright_ir::{Alternative, Event, Method, Name, Operation, PathTemplate, Role, Server, Tag};

use super::annotations::{docs, extensions};
use super::context::Lowering;
use super::event::Callbacks;
use super::tags::Tags;
use super::{Cursor, path, place};

/// What the operations of one path have in common.
pub(super) struct Item<'a> {
    pub(super) root: Cursor<'a>,
    pub(super) cursor: Cursor<'a>,
    pub(super) template: PathTemplate,
    /// The stable pointer.
    pub(super) key: String,
    /// Of a webhook or callback: what it is, and what it is called without an operationId.
    pub(super) event: Option<(Event, String)>,
}

/// The operations so far, and where each is filed.
pub(super) struct Filed<'a> {
    pub(super) operations: Vec<Operation>,
    pub(super) callbacks: Callbacks<'a>,
    tags: Tags<'a>,
    /// The index of each operation's tag.
    indices: Vec<usize>,
}

impl Filed<'_> {
    /// The operation that stands at a place.
    pub(super) fn at(&self, origin: &Pointer) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.name.origin == *origin)
    }

    /// The path that a receiver has a webhook or callback at: its name, if no other has that.
    pub(super) fn free_path(&self, called: &str, method: Method) -> String {
        let path = path::of_words(called);
        let is_taken = |path: &str| {
            self.operations
                .iter()
                .any(|other| other.event.is_some() && other.method == method && other.path.raw == path)
        };
        let numbered = |number: usize| format!("{path}/{number}");
        // One more number than there are operations is one that is free.
        let free = (2..=self.operations.len() + 2).map(numbered).find(|path| !is_taken(path));
        if is_taken(&path) { free.unwrap_or(path) } else { path }
    }
}

impl<'a> Lowering<'a, '_> {
    /// Every operation in document order, and the tags they are filed under.
    pub(super) fn operations(&mut self, root: &Cursor<'a>) -> (Vec<Tag>, Vec<Operation>) {
        let mut filed = Filed {
            operations: Vec::new(),
            callbacks: Callbacks::default(),
            tags: Tags::new(self, root),
            indices: Vec::new(),
        };
        self.paths(root, &mut filed);
        self.webhooks(root, &mut filed);
        self.callbacks(root, &mut filed);
        for tag in filed.tags.unused() {
            self.not_carried(&tag, "no operation is filed under this tag");
        }
        let (tags, ids) = filed.tags.finish();
        for (operation, index) in filed.operations.iter_mut().zip(filed.indices) {
            operation.tag = ids[index];
        }
        (tags, filed.operations)
    }

    fn paths(&mut self, root: &Cursor<'a>, filed: &mut Filed<'a>) {
        let mut routes: BTreeMap<String, Cursor<'a>> = BTreeMap::new();
        for (raw, declared) in root.members_of("paths") {
            if raw.starts_with("x-") {
                continue;
            }
            let cursor = self.follow(&declared);
            let (template, key) = (path::template(raw), place::key(&["paths", raw]));
            let item = Item { root: root.clone(), cursor, template, key, event: None };
            if let Some(first) = routes.get(&path::route(&item.template)) {
                self.same_route(&declared, &first.clone());
            } else {
                routes.insert(path::route(&item.template), declared.clone());
            }
            if raw.contains(['?', '#']) {
                self.query_in_path(raw, &declared);
            }
            let mut bare = true;
            for (key, operation) in item.cursor.members() {
                if let Some(method) = method(key) {
                    bare = false;
                    self.file(&item, Role::Api, method, &operation, filed);
                }
            }
            if bare {
                self.not_carried(&declared, "this path has no operation");
            }
        }
    }

    /// Reads an operation, and files it under its tag.
    pub(super) fn file(
        &mut self,
        item: &Item<'a>,
        role: Role,
        method: Method,
        operation: &Cursor<'a>,
        filed: &mut Filed<'a>,
    ) {
        filed.indices.push(filed.tags.of(operation, role));
        for further in operation.items_of("tags").iter().skip(1) {
            self.not_carried(further, "the first tag decides where an operation is filed");
        }
        filed.callbacks.of(operation);
        filed.operations.push(self.operation(item, method, operation));
    }

    fn operation(&mut self, item: &Item<'a>, method: Method, operation: &Cursor<'a>) -> Operation {
        let id = Some(operation.text("operationId")).filter(|id| !id.is_empty()).map(str::to_owned);
        if id.is_none() && item.event.is_none() {
            self.nameless(item, method, operation);
        }
        let wire = match (&id, &item.event) {
            (Some(id), _) => id.clone(),
            (None, Some((_, called))) => called.clone(),
            (None, None) => format!("{method} {}", item.template.raw),
        };
        let key = key(&item.key, method);
        let mut texts = docs(operation, "summary");
        let shared = docs(&item.cursor, "summary");
        if texts.summary.is_empty() {
            texts.summary = shared.summary;
        }
        if texts.description.is_empty() {
            texts.description = shared.description;
        }
        let mut members = extensions(&item.cursor);
        members.extend(extensions(operation));
        let holder = if operation.has("servers") { operation } else { &item.cursor };
        let servers = self.operation_servers(item, holder);
        Operation {
            name: Name::unallocated(wire, operation.pointer.clone()),
            id,
            method,
            path: item.template.clone(),
            event: item.event.as_ref().map(|(event, _)| event.clone()),
            tag: specwright_ir::TagId(0),
            docs: texts,
            deprecated: operation.flag("deprecated"),
            parameters: self.parameters(item, operation, &key),
            body: self.request_body(operation, &key),
            responses: self.operation_responses(operation, method, &key),
            security: self.operation_security(item, operation),
            servers,
            extensions: members,
        }
    }

    /// Servers of an operation's own. Where a webhook or callback goes is up to its receiver.
    fn operation_servers(&mut self, item: &Item<'a>, holder: &Cursor<'a>) -> Vec<Server> {
        let Some(servers) = holder.get("servers").filter(|_| item.event.is_some()) else {
            return self.servers(holder);
        };
        self.not_carried(&servers, "whoever receives a webhook or callback says where it goes");
        Vec::new()
    }

    /// What an operation asks for. The root's `security` is about calls of the API: who sends an event
    /// has only the credentials that the event asks for itself.
    fn operation_security(&mut self, item: &Item<'a>, operation: &Cursor<'a>) -> Vec<Alternative> {
        if item.event.is_some() && !operation.has("security") {
            return Vec::new();
        }
        self.security(&item.root, operation)
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

    fn query_in_path(&mut self, raw: &str, declared: &Cursor<'a>) {
        let note = if raw.contains('?') {
            "requests have that query, and are this operation's only with it"
        } else {
            "operations are told apart by the parameters it names; without one it is not looked at"
        };
        self.say(
            Diagnostic::new(
                Code::QueryInPath,
                format!("the path `{raw}` holds more than a path"),
                Spot::key(&declared.pointer),
                "a query or a fragment",
            )
            .with_note(note),
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

/// The stable pointer of an operation of a path item.
fn key(item: &str, method: Method) -> String {
    format!("{item}/{}", method.as_str().to_ascii_lowercase())
}

/// The stable pointer of an operation.
pub(crate) fn key_of(operation: &Operation) -> String {
    match &operation.event {
        Some(event) => key(&event.key, operation.method),
        None => key(&place::key(&["paths", &operation.path.raw]), operation.method),
    }
}

pub(super) fn method(key: &str) -> Option<Method> {
    Method::ALL.into_iter().find(|method| method.as_str().to_ascii_lowercase() == key)
}
