//! Every name of a contract, with what it takes to choose one.
//!
//! One walk serves both passes: it visits every [`Name`] with its key, first to gather, then to
//! assign.

use foldhash::{HashMap, HashSet};
use serde_json::Value;
use specwright_ir::{
    Additional, Content, EnumRepr, Ir, Name, Operation, Response, ResponseBody, Role, Type, TypeKind,
};

use super::item::{Form, Item, Names};
use super::kind::{INLINE, Kind, LOCAL, Site};
use crate::lower::{Place, Rung, escape, operation_key, stable_key};

/// Every name that has to be allocated.
pub(super) fn items(ir: &mut Ir, places: &[Place]) -> Vec<Item> {
    let mut items = Vec::new();
    // Two views of a schema have members in common, which are named once.
    let mut met = HashSet::default();
    each_name(ir, places, &mut |site, name| {
        if met.insert((site.key.clone(), site.owner.clone())) {
            items.extend(site.items(name));
        }
    });
    let pascal = items.iter().enumerate().filter(|(_, item)| item.form == Form::Pascal);
    let by_key: HashMap<&str, usize> = pascal.map(|(index, item)| (&*item.key, index)).collect();
    let depths: Vec<usize> = items.iter().map(|item| depth(item, &items, &by_key, 0)).collect();
    for (item, depth) in items.iter_mut().zip(depths) {
        item.class += depth;
    }
    items
}

/// Writes the names back.
pub(super) fn assign(ir: &mut Ir, places: &[Place], names: &Names) {
    each_name(ir, places, &mut |site, name| {
        let pascal = names.get(&site.key, Form::Pascal);
        let snake = names.get(&site.key, Form::Snake).or_else(|| names.get(&site.key, Form::File));
        if let Kind::Body = site.kind {
            let operation = names.get(&site.owner, Form::Pascal).unwrap_or_default();
            "body".clone_into(&mut name.snake);
            name.pascal = format!("{operation}Body");
            return;
        }
        name.pascal = pascal.map_or_else(|| Form::Pascal.of(snake.unwrap_or_default()), str::to_owned);
        name.snake = snake.map_or_else(|| Form::Snake.of(&name.pascal), str::to_owned);
    });
}

/// How many names an item's own is made of, one inside of the other.
fn depth(item: &Item, items: &[Item], by_key: &HashMap<&str, usize>, sofar: usize) -> usize {
    if item.class < INLINE || item.class >= LOCAL || sofar > 200 {
        return 0;
    }
    let parents = item.ladder.iter().flatten().filter_map(|rung| match rung {
        Rung::Of(key) => by_key.get(key.as_str()).map(|index| &items[*index]),
        Rung::Words(_) => None,
    });
    parents.map(|parent| 1 + depth(parent, items, by_key, sofar + 1)).max().unwrap_or(0)
}

type Visit<'v> = dyn FnMut(Site, &mut Name) + 'v;

fn each_name(ir: &mut Ir, places: &[Place], visit: &mut Visit<'_>) {
    for (ty, place) in ir.types.iter_mut().zip(places) {
        type_names(ty, place, visit);
    }
    for tag in &mut ir.tags {
        let key = stable_key(&["tags", &tag.name.wire]);
        let key = match tag.role {
            Role::Api => key,
            Role::Webhook => key + "/webhooks",
            Role::Callback => key + "/callbacks",
        };
        visit(site(key, Kind::Tag(tag.role), ""), &mut tag.name);
    }
    for scheme in &mut ir.schemes {
        visit(
            site(stable_key(&["components", "securitySchemes", &scheme.name.wire]), Kind::Scheme, ""),
            &mut scheme.name,
        );
    }
    for response in &mut ir.responses {
        let key = stable_key(&["components", "responses", &response.name.wire]);
        response_names(response, Kind::SharedResponse, &key, "", visit);
    }
    for operation in &mut ir.operations {
        operation_names(operation, visit);
    }
}

fn type_names(ty: &mut Type, place: &Place, visit: &mut Visit<'_>) {
    let key = place.key.as_str();
    let deprecated = ty.deprecated;
    visit(Site { deprecated, ..site(key.to_owned(), Kind::Type(place.clone()), "") }, &mut ty.name);
    let key = place.members();
    match &mut ty.kind {
        TypeKind::Struct(object) => {
            for field in &mut object.fields {
                let path = format!("{key}/properties/{}", escape(&field.name.wire));
                let deprecated = field.deprecated;
                visit(Site { deprecated, ..site(path, Kind::Field, key) }, &mut field.name);
            }
            if let Additional::Kept { name, .. } = &mut object.additional {
                visit(site(format!("{key}/additionalProperties"), Kind::Rest, key), name);
            }
        }
        TypeKind::Enum(values) => {
            let repr = values.repr;
            for value in &mut values.values {
                let quoted = repr == EnumRepr::Literal && reads_as_other(&value.value);
                let wire = if quoted { value.value.to_string() } else { value.name.wire.clone() };
                let path = format!("{key}/enum/{}", escape(&wire));
                visit(site(path, Kind::Variant { repr, quoted }, key), &mut value.name);
            }
        }
        TypeKind::Union(union) => {
            for variant in &mut union.variants {
                let path = format!("{key}/variants/{}", escape(&variant.key));
                visit(site(path, Kind::Alternative, key), &mut variant.name);
            }
        }
        TypeKind::Alias(_) => {}
    }
}

/// Whether a value is a text that reads as a number or a boolean: beside `1`, `"1"` is another.
fn reads_as_other(value: &Value) -> bool {
    value.as_str().is_some_and(|text| serde_json::from_str::<Value>(text).is_ok())
}

fn operation_names(operation: &mut Operation, visit: &mut Visit<'_>) {
    let key = operation_key(operation);
    let role = operation.event.as_ref().map_or(Role::Api, |event| match event.callback {
        Some(_) => Role::Callback,
        None => Role::Webhook,
    });
    let kind = Kind::Operation { id: operation.id.clone(), method: operation.method.as_str(), role };
    let deprecated = operation.deprecated;
    visit(Site { deprecated, ..site(key.clone(), kind, "") }, &mut operation.name);
    for parameter in &mut operation.parameters {
        let path =
            format!("{key}/parameters/{}/{}", parameter.location.as_str(), escape(&parameter.name.wire));
        let kind = Kind::Parameter(parameter.location);
        let deprecated = parameter.deprecated;
        visit(Site { deprecated, ..site(path, kind, &key) }, &mut parameter.name);
    }
    if let Some(body) = &mut operation.body {
        let path = format!("{key}/requestBody");
        visit(Site { kept: false, ..site(path.clone(), Kind::Body, &key) }, &mut body.name);
        content_names(&mut body.contents, &path, visit);
    }
    for response in &mut operation.responses {
        let path = format!("{key}/responses/{}", escape(&response.name.wire));
        let answer = Site { kept: false, ..site(format!("{path}/status"), Kind::Answer, &key) };
        visit(answer, &mut response.name);
        if let ResponseBody::Inline(inline) = &mut response.body {
            response_names(inline, Kind::InlineResponse, &path, &key, visit);
        }
    }
}

fn response_names(response: &mut Response, kind: Kind, key: &str, owner: &str, visit: &mut Visit<'_>) {
    // An inline response that is but one body is no type of its own.
    let plain = response.headers.is_empty() && response.contents.len() < 2;
    let kept = matches!(kind, Kind::SharedResponse) || !plain;
    visit(Site { kept, ..site(key.to_owned(), kind, owner) }, &mut response.name);
    for header in &mut response.headers {
        let path = format!("{key}/headers/{}", escape(&header.name.wire));
        let deprecated = header.deprecated;
        visit(Site { deprecated, ..site(path, Kind::Header, key) }, &mut header.name);
    }
    content_names(&mut response.contents, key, visit);
}

fn content_names(contents: &mut [Content], key: &str, visit: &mut Visit<'_>) {
    let kept = contents.len() > 1;
    for content in contents {
        let path = format!("{key}/content/{}", escape(&content.name.wire));
        visit(Site { kept, ..site(path, Kind::Content, key) }, &mut content.name);
    }
}

fn site(key: String, kind: Kind, owner: &str) -> Site {
    Site { key: key.into(), kind, owner: owner.into(), deprecated: false, kept: true }
}
