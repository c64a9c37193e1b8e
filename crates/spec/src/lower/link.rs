//! Link Objects.

use std::collections::BTreeMap;

use serde_json::Value;
use specwright_diagnostics::{Code, Diagnostic, Diagnostics, Place, Pointer};
use specwright_ir::{Ir, Link, LinkTarget, ResponseBody};

use super::Cursor;
use super::context::Lowering;
use crate::reference;

impl<'a> Lowering<'a, '_> {
    /// The links of a response, in document order.
    pub(super) fn links(&mut self, response: &Cursor<'a>) -> Vec<Link> {
        let declared = response.members_of("links").into_iter();
        declared
            .filter(|(name, _)| !name.starts_with("x-"))
            .map(|(name, link)| self.link(name, &link))
            .collect()
    }

    fn link(&mut self, name: &str, declared: &Cursor<'a>) -> Link {
        let link = self.follow(declared);
        let key = if link.has("operationId") { "operationId" } else { "operationRef" };
        let text = link.text(key);
        let target = match (key, reference::local(text)) {
            ("operationId", _) => LinkTarget::Id(text.to_owned()),
            (_, Some(pointer)) => LinkTarget::Place(pointer),
            (_, None) => LinkTarget::Elsewhere(text.to_owned()),
        };
        let at = link.get(key).map_or_else(|| link.pointer.clone(), |at| at.pointer);
        self.link_targets.insert(at, target.clone());
        let server = link.get("server").map(|server| server.text("url").to_owned());
        Link {
            name: name.to_owned(),
            target,
            parameters: link
                .members_of("parameters")
                .into_iter()
                .map(|(name, value)| (name.to_owned(), written(value.value)))
                .collect(),
            body: link.get("requestBody").map(|body| written(body.value)),
            server: server.filter(|url| !url.is_empty()),
            description: link.text("description").trim().to_owned(),
        }
    }
}

/// An expression as it is, and any other value as JSON.
fn written(value: &Value) -> String {
    match value.as_str() {
        Some(text) if text.starts_with('$') || text.contains("{$") => text.to_owned(),
        _ => value.to_string(),
    }
}

/// Takes out links that lead nowhere, and says so.
pub(super) fn check(ir: &mut Ir, targets: &BTreeMap<Pointer, LinkTarget>, sink: &mut Diagnostics) {
    let lost: Vec<(&Pointer, &LinkTarget)> = targets
        .iter()
        .filter(|(_, target)| !matches!(target, LinkTarget::Elsewhere(_)) && ir.link_target(target).is_none())
        .collect();
    let known: Vec<&str> = ir.operations.iter().filter_map(|operation| operation.id.as_deref()).collect();
    for (at, target) in &lost {
        let (message, near) = match target {
            LinkTarget::Id(id) => {
                let near = crate::structure::near_miss(id, known.iter().copied());
                (format!("there is no operation `{id}`"), near)
            }
            LinkTarget::Place(pointer) => (format!("no operation stands at `{pointer}`"), None),
            LinkTarget::Elsewhere(uri) => (format!("no operation stands at `{uri}`"), None),
        };
        let mut said = Diagnostic::new(Code::DanglingLink, message, Place::value(at), "the link is left out");
        if let Some(near) = near {
            said = said.with_help(format!("did you mean `{near}`?"));
        }
        sink.push(said);
    }
    let lost: Vec<LinkTarget> = lost.into_iter().map(|(_, target)| target.clone()).collect();
    if lost.is_empty() {
        return;
    }
    let inline = ir.operations.iter_mut().flat_map(|operation| &mut operation.responses);
    let inline = inline.filter_map(|response| match &mut response.body {
        ResponseBody::Inline(response) => Some(&mut **response),
        ResponseBody::Shared(_) => None,
    });
    for response in inline.chain(&mut ir.responses) {
        response.links.retain(|link| !lost.contains(&link.target));
    }
}
