//! Names of our own beside names of the contract, in the modules of both backends.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use specwright_ir::{Event, Name, Operation, Role, Tag};

use crate::{Context, attributes, code, ident, one_line, paths};

/// A name for something of ours where names of the contract stand too: theirs stay, ours yields.
pub fn free(name: &str, taken: &[&str]) -> Ident {
    let mut name = name.to_owned();
    while taken.contains(&name.as_str()) {
        name.push('_');
    }
    ident(&name)
}

/// The attribute for a method whose name says, by clippy's conventions, how it takes `self`.
pub fn allow_convention(name: &Name) -> Option<TokenStream> {
    ["from_", "into_", "to_"]
        .iter()
        .any(|prefix| name.snake.starts_with(prefix))
        .then(|| quote!(#[allow(clippy::wrong_self_convention, reason = "the operation has this name")]))
}

/// The declaration of a tag's module inside of the module `side`: `server` or `client`.
pub fn module(tag: &Tag, side: &str) -> TokenStream {
    let name = ident(&tag.name.snake);
    let allow = (tag.name.snake == side)
        .then(|| quote!(#[allow(clippy::module_inception, reason = "the tag has this name")]));
    quote!(#allow pub mod #name;)
}

/// What the operations of a tag are.
pub fn tag_docs(tag: &Tag) -> String {
    let what = match tag.role {
        Role::Api => "operations",
        Role::Webhook => "webhooks",
        Role::Callback => "callbacks",
    };
    if tag.name.wire.is_empty() {
        return format!("The {what} without a tag.");
    }
    format!("The {what} of {}.", code(&tag.name.wire))
}

/// Where an operation's requests go, in words: `GET /path`.
pub fn route(operation: &Operation) -> String {
    let method = operation.method;
    match &operation.event {
        None => code(&format!("{method} {}", operation.path.raw)),
        Some(Event { name, callback: None, .. }) => {
            format!("{} to the webhook {}", code(method.as_str()), code(name))
        }
        Some(Event { callback: Some(callback), .. }) => code(&format!("{method} {}", callback.expression)),
    }
}

/// The words that lead from a method to its request, which has the operation's full text. A name
/// that something else has too may not be in scope.
fn request_link(cx: Context<'_>, operation: &Operation) -> String {
    let name = paths::request_name(operation);
    let text = name.to_string();
    if cx.index.names.contains(text.as_str()) {
        let path = paths::beside(cx.ir, operation, &name).to_string().replace(' ', "");
        return format!("see [its request]({path}).");
    }
    format!("see [`{name}`].")
}

/// The docs of an operation's method: what it does in short, and where all is said.
pub fn method_docs(cx: Context<'_>, operation: &Operation) -> TokenStream {
    /// More columns than these, and the link has a line of its own.
    const WIDTH: usize = 100;
    let summary = match one_line(&operation.docs.summary) {
        text if text.is_empty() => route(operation),
        text => text.trim_end_matches(['.', ';']).to_owned(),
    };
    let link = request_link(cx, operation);
    let is_long = summary.chars().count() + link.chars().count() > WIDTH;
    if is_long {
        attributes(&[format!("{summary};"), link])
    } else {
        attributes(&[format!("{summary}; {link}")])
    }
}
