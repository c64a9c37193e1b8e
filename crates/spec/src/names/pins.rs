//! Names that people chose: in the configuration, or in the document itself.

use std::collections::{BTreeMap, BTreeSet};

use specwright_diagnostics::Diagnostics;
use specwright_naming as naming;

use super::item::{Form, Item, Pinned};
use super::{PIN, diagnose};
use crate::Document;
use crate::lower::whole;
use crate::settings::{Settings, unmatched};

/// Pinned names by the key of their item.
#[derive(Debug, Default)]
pub(super) struct Pins(BTreeMap<String, String>);

impl Pins {
    pub(super) fn of(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }
}

/// Finds what is pinned, and says what is pinned in vain.
pub(super) fn find(items: &[Item], document: &Document, settings: &Settings, sink: &mut Diagnostics) -> Pins {
    let mut pins = Pins::default();
    let mut used = BTreeSet::new();
    for item in items.iter().filter(|item| item.main) {
        // What is sent of a schema has a key of its own, and the schema's place is the other's.
        let is_whole = whole(&item.key) == &*item.key;
        let is_configured = is_whole && !settings.names.is_empty();
        let origin = is_configured.then(|| item.origin.to_string());
        let names = [Some(&*item.key), origin.as_deref(), item.alias.as_deref()];
        let configured = names.into_iter().flatten().find_map(|key| {
            let (key, pin) = settings.names.get_key_value(key).filter(|(_, pin)| suits(item, pin))?;
            used.insert(key);
            Some(pin.as_str())
        });
        let own = || document.get(&item.origin)?.get(PIN)?.as_str().filter(|pin| suits(item, pin));
        let own = || is_whole.then(own).flatten();
        let Some(pin) = configured.or_else(own) else { continue };
        if naming::is_identifier(pin) || naming::is_identifier(&naming::value_ident(pin)) {
            pins.0.insert(item.key.to_string(), identifier(item, pin));
        } else {
            sink.push(diagnose::not_an_identifier(item, pin));
        }
    }
    for key in settings.names.keys().filter(|key| !used.contains(key)) {
        let near = nearest(items, key);
        let mut diagnostic =
            unmatched("names", key, "nothing in the document has that pointer, operationId or tag");
        if let Some(near) = near {
            diagnostic = diagnostic.with_help(format!("there is `{near}`"));
        }
        sink.push(diagnostic);
    }
    pins
}

/// A field and its inline type stand in the same place: the pin's case tells which is meant.
fn suits(item: &Item, pin: &str) -> bool {
    let upper = pin.starts_with(char::is_uppercase);
    match item.pinned {
        Pinned::EitherCase => true,
        Pinned::OwnCase => upper == (item.form == Form::Pascal),
    }
}

fn identifier(item: &Item, pin: &str) -> String {
    let upper = pin.starts_with(char::is_uppercase);
    match item.form {
        Form::Pascal if upper => naming::type_ident(pin),
        Form::Pascal => Form::Pascal.of(pin),
        _ if upper => Form::Snake.of(pin),
        _ => naming::value_ident(naming::unraw(pin)),
    }
}

fn nearest<'a>(items: &'a [Item], key: &str) -> Option<&'a str> {
    let names = items.iter().filter(|item| item.main).filter_map(|item| {
        let alias = item.alias.as_deref();
        if key.starts_with('#') { Some(&*item.key) } else { alias }
    });
    let scored = names.map(|name| (strsim::jaro_winkler(key, name), name)).filter(|(score, _)| *score > 0.8);
    scored.max_by(|left, right| left.0.total_cmp(&right.0)).map(|(_, name)| name)
}
