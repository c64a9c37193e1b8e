//! `api.txt`: the whole contract, a line for each thing it says, sorted.
//!
//! A reviewer reads the difference of two listings before anything else. So a line stands alone, says
//! one thing, and changes only if that thing does. Members, parameters and enum values are sorted like
//! the rest; their order counts as meaning and has a line of its own.

mod changes;
mod operation;
mod schema;
mod text;

use std::collections::BTreeSet;

pub use changes::{Change, changes};
use specwright_ir::{
    Additional, Direction, Ir, Role, Scheme, SchemeKind, Server, Struct, Type, TypeKind, Union, UnionRule,
};

use schema::{describe, rules, sizes};
use text::{quoted, word};

/// The listing's name in the folder.
pub const NAME: &str = "api.txt";

/// Lists a contract. Every line ends in a line feed.
pub fn listing(ir: &Ir) -> String {
    let mut lines = Lines { ir, lines: BTreeSet::new() };
    lines.add(format!("api {} version {}", quoted(&ir.info.title), quoted(&ir.info.version)));
    for (index, server) in ir.servers.iter().enumerate() {
        lines.server(&format!("server {}", index + 1), server);
    }
    for tag in &ir.tags {
        let of = match tag.role {
            Role::Api => "",
            Role::Webhook => " of webhooks",
            Role::Callback => " of callbacks",
        };
        lines.add(format!("tag {} {}{of}", tag.name.pascal, quoted(&tag.name.wire)));
    }
    for scheme in &ir.schemes {
        lines.add(format!("scheme {} {}", scheme.name.snake, credential(scheme)));
    }
    for operation in &ir.operations {
        lines.operation(operation);
    }
    for response in &ir.responses {
        let head = format!("response {}", response.name.pascal);
        lines.add(format!("{head} {}", quoted(&response.name.wire)));
        lines.response(&head, response);
    }
    for ty in &ir.types {
        lines.ty(ty);
    }
    lines.lines.into_iter().map(|line| line + "\n").collect()
}

/// The lines so far.
struct Lines<'a> {
    ir: &'a Ir,
    lines: BTreeSet<String>,
}

impl Lines<'_> {
    fn add(&mut self, line: impl AsRef<str>) {
        self.lines.insert(line.as_ref().trim_end().to_owned());
    }

    fn server(&mut self, head: &str, server: &Server) {
        self.add(format!("{head} {}", quoted(&server.url)));
        for variable in &server.variables {
            let values = match variable.values.as_slice() {
                [] => String::new(),
                values => format!(
                    ", one of {}",
                    values.iter().map(|value| quoted(value)).collect::<Vec<_>>().join(" | ")
                ),
            };
            self.add(format!("{head} {{{}}}: default {}{values}", variable.name, quoted(&variable.default)));
        }
    }

    fn ty(&mut self, ty: &Type) {
        let head = format!("type {}", ty.name.pascal);
        let view = ty.view.filter(|view| view.direction == Direction::Request);
        match view.map(|view| self.ir.ty(view.other)) {
            Some(whole) => self.add(format!("{head} is what is sent of type {}", whole.name.pascal)),
            None if ty.name.wire != ty.name.pascal => {
                self.add(format!("{head} from {}", quoted(&ty.name.wire)));
            }
            None => {}
        }
        let deprecated = if ty.deprecated { ", deprecated" } else { "" };
        if !ty.rules.is_empty() {
            self.add(format!("{head} keeps {}", rules(self.ir, &ty.rules).split_off(2)));
        }
        match &ty.kind {
            TypeKind::Struct(object) => self.object(&head, object, deprecated),
            TypeKind::Enum(of) => {
                let values: Vec<_> = of.values.iter().map(|value| value.value.to_string()).collect();
                let open = if of.open { " | any string" } else { "" };
                self.add(format!("{head} = enum {}{open}{deprecated}", values.join(" | ")));
            }
            TypeKind::Union(union) => self.union(&head, union, deprecated),
            TypeKind::Alias(alias) => {
                self.add(format!("{head} = {}{deprecated}", describe(self.ir, &alias.schema)));
            }
        }
    }

    fn union(&mut self, head: &str, union: &Union, deprecated: &str) {
        let rule = match union.rule {
            UnionRule::ExactlyOne => "one of",
            UnionRule::AtLeastOne => "any of",
        };
        let by = union.discriminator.as_ref().map(|property| format!(", by {}", word(property)));
        let names: Vec<_> = union.variants.iter().map(|variant| variant.name.pascal.as_str()).collect();
        self.add(format!("{head} = {rule} {}{}{deprecated}", names.join(" | "), by.unwrap_or_default()));
        for variant in &union.variants {
            let values: Vec<_> = variant.values.iter().map(|value| quoted(value)).collect();
            let values =
                if values.is_empty() { String::new() } else { format!(", for {}", values.join(" | ")) };
            let what = describe(self.ir, &variant.schema);
            let xml = variant.xml.as_deref().map(|xml| format!(", {}", schema::xml(xml))).unwrap_or_default();
            self.add(format!("{head}::{}: {what}{values}{xml}", variant.name.pascal));
        }
    }

    fn object(&mut self, head: &str, object: &Struct, deprecated: &str) {
        let size = sizes("members", object.min_properties, object.max_properties);
        let additional = match &object.additional {
            Additional::Ignored => String::new(),
            Additional::Denied => ", no further members".to_owned(),
            Additional::Kept { values, .. } => format!(", further members {}", describe(self.ir, values)),
        };
        let groups = object.groups.iter().map(|all| {
            let names: Vec<_> = all
                .groups
                .iter()
                .map(|group| group.iter().map(|name| word(name)).collect::<Vec<_>>().join(" + "))
                .collect();
            format!(", {} of {}", all.rule.amount(), names.join(" | "))
        });
        let groups: String = groups.collect();
        let ignored: Vec<_> = object.ignored.iter().map(|name| word(name)).collect();
        let ignored =
            if ignored.is_empty() { String::new() } else { format!(", ignoring {}", ignored.join(" + ")) };
        let order: Vec<_> = object.fields.iter().map(|field| word(&field.name.wire)).collect();
        self.add(format!(
            "{head} = object {{ {} }}{size}{additional}{groups}{ignored}{deprecated}",
            order.join(", ")
        ));
        for field in &object.fields {
            let what = describe(self.ir, &field.schema);
            let required = if field.required { ", required" } else { "" };
            let access = match field.access {
                specwright_ir::Access::ReadWrite => "",
                specwright_ir::Access::ReadOnly => ", read only",
                specwright_ir::Access::WriteOnly => ", write only",
            };
            let default = text::default(field.default.as_ref());
            let xml = field.xml.as_deref().map(|xml| format!(", {}", schema::xml(xml))).unwrap_or_default();
            let deprecated = if field.deprecated { ", deprecated" } else { "" };
            self.add(format!(
                "{head}.{}: {what}{required}{access}{default}{xml}{deprecated}",
                word(&field.name.wire)
            ));
        }
    }
}

fn credential(scheme: &Scheme) -> String {
    match &scheme.kind {
        SchemeKind::Bearer { format: None } => "bearer".to_owned(),
        SchemeKind::Bearer { format: Some(format) } => format!("bearer {}", quoted(format)),
        SchemeKind::Basic => "basic".to_owned(),
        SchemeKind::Http { scheme } => format!("http {}", quoted(scheme)),
        SchemeKind::HeaderKey { header } => format!("key in header {}", quoted(header)),
        SchemeKind::QueryKey { parameter } => format!("key in query {}", quoted(parameter)),
        SchemeKind::CookieKey { cookie } => format!("key in cookie {}", quoted(cookie)),
        SchemeKind::MutualTls => "mutual TLS".to_owned(),
    }
}
