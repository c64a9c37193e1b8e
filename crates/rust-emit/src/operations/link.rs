//! What the documents of an operation say of others: links, and who has a callback.

use specwright_ir::{Ir, Link, LinkTarget, Operation};

use crate::{code, one_line, paths};

/// A list of what may follow a response; nothing where it has no links.
pub fn list(ir: &Ir, beside: &Operation, links: &[Link]) -> Vec<String> {
    if links.is_empty() {
        return Vec::new();
    }
    let mut text = vec![String::new(), "What may follow:".to_owned(), String::new()];
    text.extend(links.iter().map(|link| item(ir, beside, link)));
    text
}

fn item(ir: &Ir, beside: &Operation, link: &Link) -> String {
    let target = match (&link.target, ir.link_target(&link.target)) {
        (_, Some(operation)) => request_link(ir, beside, operation),
        (LinkTarget::Elsewhere(uri), None) => code(uri),
        (LinkTarget::Id(id), None) => code(id),
        (LinkTarget::Place(pointer), None) => code(&pointer.to_string()),
    };
    let mut values: Vec<String> =
        link.parameters.iter().map(|(name, value)| format!("{} is {}", code(name), code(value))).collect();
    values.extend(link.body.as_ref().map(|body| format!("the body is {}", code(body))));
    let values = if values.is_empty() { String::new() } else { format!(", where {}", values.join(", ")) };
    let server = link.server.as_ref().map(|url| format!(", at {}", code(url))).unwrap_or_default();
    let text = format!("- {}: {target}{values}{server}. {}", code(&link.name), one_line(&link.description));
    text.trim_end().to_owned()
}

/// A link to an operation's request, from beside another operation.
pub fn request_link(ir: &Ir, beside: &Operation, operation: &Operation) -> String {
    let name = paths::request_name(operation);
    if beside.tag == operation.tag {
        return format!("[`{name}`]");
    }
    let path = paths::beside(ir, operation, &name).to_string().replace(' ', "");
    format!("[`{name}`]({path})")
}
