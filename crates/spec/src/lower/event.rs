//! Webhooks and callbacks: operations that the API's provider calls.

use std::collections::{BTreeMap, VecDeque};

use specwright_diagnostics::{Code, Diagnostic, Place as Spot, Pointer};
use specwright_ir::{Callback, Event, Location, Method, Operation, Role, UrlPiece};

use super::context::Lowering;
use super::operation::{Filed, Item, method};
use super::{Cursor, expression, path, place};

/// Callbacks that are still to be read, and where those stand that were.
#[derive(Default)]
pub(super) struct Callbacks<'a> {
    queue: VecDeque<(Pointer, String, Cursor<'a>)>,
    /// The operations of each callback, by where it stands.
    read: BTreeMap<Pointer, Vec<usize>>,
}

impl<'a> Callbacks<'a> {
    /// Remembers the callbacks of an operation.
    pub(super) fn of(&mut self, operation: &Cursor<'a>) {
        for (name, callback) in operation.members_of("callbacks") {
            if !name.starts_with("x-") {
                self.queue.push_back((operation.pointer.clone(), name.to_owned(), callback));
            }
        }
    }
}

impl<'a> Lowering<'a, '_> {
    /// The operations of `webhooks`.
    pub(super) fn webhooks(&mut self, root: &Cursor<'a>, filed: &mut Filed<'a>) {
        for (name, declared) in root.members_of("webhooks") {
            if name.starts_with("x-") {
                continue;
            }
            let key = place::key(&["webhooks", name]);
            let event = Event { name: name.to_owned(), key, callback: None };
            self.event_item(root, &declared, &event, name, filed);
        }
    }

    /// The operations of all callbacks: of operations, and of callbacks themselves.
    pub(super) fn callbacks(&mut self, root: &Cursor<'a>, filed: &mut Filed<'a>) {
        while let Some((parent, name, declared)) = filed.callbacks.queue.pop_front() {
            let callback = self.follow(&declared);
            if let Some(known) = filed.callbacks.read.get(&callback.pointer) {
                for index in known {
                    if let Some(event) = &mut filed.operations[*index].event
                        && let Some(callback) = &mut event.callback
                        && !callback.parents.contains(&parent)
                    {
                        callback.parents.push(parent.clone());
                    }
                }
                continue;
            }
            let first = filed.operations.len();
            let called = called(filed, &parent, &name, &callback);
            for (expression, item) in callback.members() {
                if expression.starts_with("x-") {
                    continue;
                }
                let url = expression::url(expression);
                if let Err(what) = &url {
                    self.unknown_url(&item, what);
                }
                let callback = Callback {
                    expression: expression.to_owned(),
                    parents: vec![parent.clone()],
                    url: url.ok(),
                };
                let key = item.pointer.to_string();
                let event = Event { name: name.clone(), key, callback: Some(callback) };
                self.event_item(root, &item, &event, &called, filed);
            }
            let indices = (first..filed.operations.len()).collect();
            filed.callbacks.read.insert(callback.pointer, indices);
        }
        self.check_urls(filed);
    }

    /// The operations of a webhook's or callback's path item; `called` names them where they do not
    /// name themselves.
    fn event_item(
        &mut self,
        root: &Cursor<'a>,
        declared: &Cursor<'a>,
        event: &Event,
        called: &str,
        filed: &mut Filed<'a>,
    ) {
        let cursor = self.follow(declared);
        let role = if event.callback.is_some() { Role::Callback } else { Role::Webhook };
        let methods: Vec<(Method, Cursor<'a>)> =
            cursor.members().filter_map(|(key, operation)| Some((method(key)?, operation))).collect();
        if methods.is_empty() {
            self.not_carried(declared, "it has no operation");
        }
        let is_single = methods.len() == 1;
        for (method, operation) in methods {
            let template = path::template(&filed.free_path(called, method));
            let called = if is_single { called.to_owned() } else { format!("{method} {called}") };
            let item = Item {
                root: root.clone(),
                cursor: cursor.clone(),
                template,
                key: event.key.clone(),
                event: Some((event.clone(), called)),
            };
            self.file(&item, role, method, &operation, filed);
        }
    }

    fn unknown_url(&mut self, item: &Cursor<'a>, what: &str) {
        self.say(
            Diagnostic::new(
                Code::CallbackUrl,
                format!("`{what}` says no URL: whoever sends the callback has to know it"),
                Spot::key(&item.pointer),
                "no runtime expression",
            )
            .with_help("such as `{$request.body#/callbackUrl}`, which the request says"),
        );
    }

    /// Says where an expression asks a request for what it does not have.
    fn check_urls(&mut self, filed: &mut Filed<'a>) {
        for index in 0..filed.operations.len() {
            let Some(callback) = callback(&filed.operations[index]) else { continue };
            let at = filed.operations[index].name.origin.parent().unwrap_or_default();
            let parents: Vec<&Operation> =
                callback.parents.iter().filter_map(|parent| filed.at(parent)).collect();
            let missing = |parent: &&Operation| {
                callback.url.iter().flatten().find(|piece| !has(parent, piece)).cloned()
            };
            let lacking: Vec<_> =
                parents.iter().filter_map(|parent| Some((*parent, missing(parent)?))).collect();
            for (parent, missing) in &lacking {
                let what = match missing {
                    UrlPiece::RequestHeader(name) => format!("no header `{name}`"),
                    UrlPiece::RequestQuery(name) => format!("no query parameter `{name}`"),
                    UrlPiece::RequestPath(name) => format!("no path parameter `{name}`"),
                    _ => "no body".to_owned(),
                };
                self.say(
                    Diagnostic::new(
                        Code::CallbackUrl,
                        format!("the request has {what}: whoever sends the callback has to know its URL"),
                        Spot::key(&at),
                        "asks for it",
                    )
                    .with_secondary(Spot::key(&parent.name.origin), "the request of this operation"),
                );
            }
            if lacking.len() == parents.len()
                && !parents.is_empty()
                && let Some(event) = &mut filed.operations[index].event
                && let Some(callback) = &mut event.callback
            {
                callback.url = None;
            }
        }
    }
}

fn callback(operation: &Operation) -> Option<&Callback> {
    operation.event.as_ref()?.callback.as_ref()
}

/// Whether an operation's request has what a piece asks for.
fn has(operation: &Operation, piece: &UrlPiece) -> bool {
    let parameter = |location: Location, name: &str| {
        operation
            .parameters
            .iter()
            .any(|parameter| parameter.location == location && parameter.name.wire.eq_ignore_ascii_case(name))
    };
    match piece {
        UrlPiece::RequestQuery(name) => parameter(Location::Query, name),
        UrlPiece::RequestPath(name) => parameter(Location::Path, name),
        UrlPiece::RequestHeader(name) => parameter(Location::Header, name),
        UrlPiece::RequestBody(_) => operation.body.is_some(),
        _ => true,
    }
}

/// What a callback's operations are called: after the component, or after who has the callback.
fn called(filed: &Filed<'_>, parent: &Pointer, name: &str, callback: &Cursor<'_>) -> String {
    let tokens: Vec<String> = callback.pointer.tokens().collect();
    if let [components, section, component] = tokens.as_slice()
        && components == "components"
        && section == "callbacks"
    {
        return component.clone();
    }
    match filed.at(parent).and_then(|parent| parent.id.as_ref()) {
        Some(id) => format!("{id} {name}"),
        None => name.to_owned(),
    }
}
