//! Lines of operations and responses.

use specwright_ir::{
    Alternative, BodyKind, Content, Encoding, Event, Form, Ir, Link, LinkTarget, Location, Operation,
    Parameter, RequestBody, Response, ResponseBody, Status, Style, Written, XmlRoot,
};

use super::Lines;
use super::schema::{self, describe};
use super::text::{default, quoted, word};

impl Lines<'_> {
    pub(super) fn operation(&mut self, operation: &Operation) {
        let head = format!("operation {}", operation.name.snake);
        let deprecated = if operation.deprecated { ", deprecated" } else { "" };
        let path = word_of_path(&operation.path.raw);
        let (kind, place) = match &operation.event {
            None => ("", path),
            Some(Event { name, callback: None, .. }) => ("webhook ", word(name)),
            Some(Event { callback: Some(callback), .. }) => ("callback ", word_of_path(&callback.expression)),
        };
        self.add(format!("{head} {kind}{} {place}{deprecated}", operation.method));
        let callback = operation.event.as_ref().and_then(|event| event.callback.as_ref());
        let parents = callback.iter().flat_map(|callback| &callback.parents);
        for parent in parents.filter_map(|parent| self.ir.operation_at(parent)) {
            self.add(format!("{head} of {}", parent.name.snake));
        }
        if let Some(id) = &operation.id {
            self.add(format!("{head} id {}", quoted(id)));
        }
        self.add(format!("{head} tag {}", self.ir.tags[operation.tag.0].name.pascal));
        self.parameters(&head, &operation.parameters);
        if let Some(body) = &operation.body {
            self.request_body(&head, body);
        }
        for response in &operation.responses {
            let status = match response.status {
                Status::Code(code) => code.to_string(),
                Status::Range(class) => format!("{class}XX"),
                Status::Default => "default".to_owned(),
            };
            let head = format!("{head} response {status}");
            match &response.body {
                ResponseBody::Shared(id) => {
                    self.add(format!("{head} = response {}", self.ir.response(*id).name.pascal));
                }
                ResponseBody::Inline(response) => self.response(&head, response),
            }
        }
        if !operation.security.is_empty() {
            self.add(format!("{head} security {}", security(self.ir, &operation.security)));
        }
        for (index, server) in operation.servers.iter().enumerate() {
            self.server(&format!("{head} server {}", index + 1), server);
        }
    }

    fn parameters(&mut self, head: &str, parameters: &[Parameter]) {
        for parameter in parameters {
            let place = parameter.location.as_str();
            let what = describe(self.ir, &parameter.schema);
            let required = if parameter.required { ", required" } else { "" };
            let deprecated = if parameter.deprecated { ", deprecated" } else { "" };
            let empty = if parameter.allow_empty { ", may be empty" } else { "" };
            let (style, default) = (style(parameter), default(parameter.default.as_ref()));
            let name = word(&parameter.name.wire);
            self.add(format!("{head} {place} {name}: {what}{required}{style}{empty}{default}{deprecated}"));
        }
        if parameters.len() > 1 {
            let name = |parameter: &Parameter| word(&parameter.name.wire);
            let order: Vec<_> = parameters.iter().map(name).collect();
            self.add(format!("{head} parameters ({})", order.join(", ")));
        }
    }

    fn request_body(&mut self, head: &str, body: &RequestBody) {
        let required = if body.required { ", required" } else { "" };
        for content in &body.contents {
            self.add(format!("{head} body {}{required}", self.content(content)));
        }
        if body.contents.len() > 1 {
            let order: Vec<_> = body.contents.iter().map(|content| word(&content.name.wire)).collect();
            self.add(format!("{head} bodies ({})", order.join(", ")));
        }
    }

    pub(super) fn response(&mut self, head: &str, response: &Response) {
        if response.contents.is_empty() {
            self.add(format!("{head} without body"));
        }
        for content in &response.contents {
            self.add(format!("{head} body {}", self.content(content)));
        }
        for link in &response.links {
            self.link(head, link);
        }
        for header in &response.headers {
            let what = describe(self.ir, &header.schema);
            let required = if header.required { ", required" } else { "" };
            let style = words(header.style, Style::Simple, header.explode, false);
            let deprecated = if header.deprecated { ", deprecated" } else { "" };
            self.add(format!(
                "{head} header {}: {what}{required}{style}{deprecated}",
                word(&header.name.wire)
            ));
        }
    }

    fn link(&mut self, head: &str, link: &Link) {
        let target = match (&link.target, self.ir.link_target(&link.target)) {
            (_, Some(operation)) => operation.name.snake.clone(),
            (LinkTarget::Elsewhere(text) | LinkTarget::Id(text), None) => quoted(text),
            (LinkTarget::Place(pointer), None) => quoted(pointer.as_str()),
        };
        let values =
            link.parameters.iter().map(|(name, value)| format!(", {} is {}", word(name), word(value)));
        let values: String = values.collect();
        let body = link.body.as_ref().map(|body| format!(", body is {}", word(body))).unwrap_or_default();
        let server = link.server.as_ref().map(|url| format!(", at {}", quoted(url))).unwrap_or_default();
        self.add(format!("{head} link {} to {target}{values}{body}{server}", word(&link.name)));
    }

    fn content(&self, content: &Content) -> String {
        let what = match &content.kind {
            BodyKind::Json(schema) => describe(self.ir, schema),
            BodyKind::Xml(root) => self.root(root),
            BodyKind::Form(form) => self.form("form", form),
            BodyKind::Multipart(form) => self.form("parts", form),
            BodyKind::Scalar(schema) => format!("text of {}", describe(self.ir, schema)),
            BodyKind::Text => "text".to_owned(),
            BodyKind::Bytes => "octets".to_owned(),
            BodyKind::Events(schema) => format!("events of {}", describe(self.ir, schema)),
            BodyKind::Items(schema) => format!("items of {}", describe(self.ir, schema)),
        };
        format!("{}: {what}", word(&content.name.wire))
    }

    fn root(&self, root: &XmlRoot) -> String {
        let item = root.item.as_deref().map(|item| format!(" of {}", word(item))).unwrap_or_default();
        format!("{}{item}: {}", schema::xml(&root.xml), describe(self.ir, &root.schema))
    }

    fn form(&self, what: &str, form: &Form) -> String {
        let encodings = form.encodings.iter().map(encoding).collect::<String>();
        format!("{what} of {}{encodings}", describe(self.ir, &form.schema))
    }
}

/// A path as it is, unless something in it would read as more than one word.
fn word_of_path(path: &str) -> String {
    let plain = |character: char| character.is_ascii_graphic() && character != '"';
    if path.chars().all(plain) { path.to_owned() } else { quoted(path) }
}

/// How a form's property is written.
fn encoding(encoding: &Encoding) -> String {
    let how = match &encoding.written {
        Written::Plain => String::new(),
        Written::Part(media_type) => format!(" as {}", word(media_type)),
        Written::Json => " as JSON".to_owned(),
        Written::Styled { style, explode, allow_reserved } => {
            let words = words(*style, Style::Simple, *explode, *allow_reserved);
            format!(" as{}", words.replace(", ", " "))
        }
    };
    let headers = encoding.headers.iter().enumerate().map(|(index, header)| {
        let words = words(header.style, Style::Simple, header.explode, false).replace(", ", " ");
        format!("{} {}{words}", if index == 0 { " with" } else { " and" }, word(&header.wire))
    });
    format!(", {}{how}{}", word(&encoding.property), headers.collect::<String>())
}

/// How a parameter is written, where that is not its location's default.
fn style(parameter: &Parameter) -> String {
    let usual = match parameter.location {
        Location::Path | Location::Header => Style::Simple,
        Location::Query | Location::Cookie => Style::Form,
    };
    words(parameter.style, usual, parameter.explode, parameter.allow_reserved)
}

fn words(style: Style, usual: Style, explode: bool, allow_reserved: bool) -> String {
    let mut words = String::new();
    if style != usual {
        words += match style {
            Style::Simple => ", simple",
            Style::Label => ", label",
            Style::Matrix => ", matrix",
            Style::Form => ", form",
            Style::SpaceDelimited => ", space delimited",
            Style::PipeDelimited => ", pipe delimited",
            Style::TabDelimited => ", tab delimited",
            Style::Cookie => ", cookie",
            Style::DeepObject => ", deep object",
            Style::Json => ", JSON",
        };
    }
    if explode != matches!(style, Style::Form | Style::Cookie) && style != Style::Json {
        words += if explode { ", explode" } else { ", no explode" };
    }
    if allow_reserved {
        words += ", reserved characters allowed";
    }
    words
}

/// `a + b | c | anonymous`, in document order.
fn security(ir: &Ir, alternatives: &[Alternative]) -> String {
    let alternative = |alternative: &Alternative| {
        let uses = alternative.schemes.iter().map(|asked| {
            let scopes: Vec<_> = asked.scopes.iter().map(|scope| word(scope)).collect();
            let scopes = if scopes.is_empty() { String::new() } else { format!(" [{}]", scopes.join(", ")) };
            format!("{}{scopes}", ir.scheme(asked.scheme).name.snake)
        });
        let uses: Vec<_> = uses.collect();
        if uses.is_empty() { "anonymous".to_owned() } else { uses.join(" + ") }
    };
    alternatives.iter().map(alternative).collect::<Vec<_>>().join(" | ")
}
