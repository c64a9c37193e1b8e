//! Responses Objects and Response Objects.

use specwright_diagnostics::{Code, Diagnostic, Place as Spot};
use specwright_ir::{Method, Name, OperationResponse, Response, ResponseBody, ResponseId, Status};

use super::Cursor;
use super::annotations::{docs, extensions};
use super::context::Lowering;
use super::place::{self, Rung, escape};

impl<'a> Lowering<'a, '_> {
    /// Every component response, in document order.
    pub(super) fn component_responses(&mut self, root: &Cursor<'a>) -> Vec<Response> {
        let declared = root.get("components").map(|components| components.members_of("responses"));
        let mut responses = Vec::new();
        for (wire, response) in declared.unwrap_or_default() {
            let key = place::key(&["components", "responses", wire]);
            let target = self.follow(&response);
            let owner = Rung::Of(key.clone());
            let mut lowered = self.response(&target, &key, &owner, &[vec![owner.clone(), word("Body")]]);
            lowered.name = Name::unallocated(wire, response.pointer);
            responses.push(lowered);
        }
        responses
    }

    /// The responses of an operation: codes ascending, then ranges, then `default`.
    pub(super) fn operation_responses(
        &mut self,
        operation: &Cursor<'a>,
        method: Method,
        key: &str,
    ) -> Vec<OperationResponse> {
        let mut responses = Vec::new();
        for (wire, declared) in operation.members_of("responses") {
            let Some(status) = status(wire) else { continue };
            let component = self.component_of(&declared);
            let has_body = !self.follow(&declared).members_of("content").is_empty();
            let body = match component {
                Some(id) if !(has_body && is_bodiless(status, method)) => ResponseBody::Shared(id),
                _ => {
                    let mut response = self.inline_response(wire, &declared, key);
                    self.drop_unsendable(status, method, &declared, &mut response);
                    ResponseBody::Inline(Box::new(response))
                }
            };
            responses.push(OperationResponse {
                name: Name::unallocated(wire, declared.pointer),
                status,
                body,
            });
        }
        responses.sort_by_key(|response| response.status);
        responses
    }

    /// The component that a response refers to. A component that is itself a reference stays one.
    fn component_of(&mut self, declared: &Cursor<'a>) -> Option<ResponseId> {
        let target = self.target(declared.reference()?)?;
        let tokens: Vec<String> = target.pointer.tokens().collect();
        let [components, section, name] = tokens.as_slice() else { return None };
        if components != "components" || section != "responses" {
            return None;
        }
        self.response_index(name).map(ResponseId)
    }

    fn inline_response(&mut self, wire: &str, declared: &Cursor<'a>, key: &str) -> Response {
        let target = self.follow(declared);
        let owner = Rung::Of(key.to_owned());
        let key = format!("{key}/responses/{}", escape(wire));
        let ladder = [
            vec![owner.clone(), word("ResponseBody")],
            vec![owner.clone(), word(&format!("{} ResponseBody", crate::names::reason(wire)))],
        ];
        let headers_owner = Rung::Of(key.clone());
        let mut response = self.response(&target, &key, &headers_owner, &ladder);
        response.name = Name::unallocated(wire, declared.pointer.clone());
        response
    }

    fn response(&mut self, response: &Cursor<'a>, key: &str, owner: &Rung, ladder: &[Vec<Rung>]) -> Response {
        let contents = self.contents(response, key, ladder);
        Response {
            name: Name::unallocated("", response.pointer.clone()),
            docs: docs(response, "summary"),
            headers: self.headers(response, key, owner),
            contents,
            links: self.links(response),
            events_only: false,
            extensions: extensions(response),
        }
    }

    /// Statuses and methods whose answers have no body, whatever the document says.
    fn drop_unsendable(&mut self, status: Status, method: Method, at: &Cursor<'a>, response: &mut Response) {
        if !is_bodiless(status, method) || response.contents.is_empty() {
            return;
        }
        response.contents.clear();
        // What a component says holds where it is used with another method.
        if method != Method::Head || at.reference().is_none() {
            self.say(
                Diagnostic::new(
                    Code::BodilessStatus,
                    "an answer that HTTP sends without a body declares one",
                    Spot::key(&at.pointer),
                    "left out",
                )
                .with_help("take `content` out"),
            );
        }
    }
}

/// Whether HTTP ends an answer after its head.
const fn is_bodiless(status: Status, method: Method) -> bool {
    matches!(status, Status::Code(100..=199 | 204 | 205 | 304)) || matches!(method, Method::Head)
}

fn word(text: &str) -> Rung {
    Rung::Words(text.to_owned())
}

fn status(key: &str) -> Option<Status> {
    if key == "default" {
        return Some(Status::Default);
    }
    if let Some(class) = key.strip_suffix("XX").or_else(|| key.strip_suffix("xx")) {
        return class.parse().ok().map(Status::Range);
    }
    key.parse().ok().map(Status::Code)
}
