//! Every name of a contract, with what it takes to choose one.
//!
//! One walk serves both passes: it visits every [`Name`] with its key, first to gather, then to
//! assign.

use specwright_ir::{
    Additional, Content, EnumRepr, Ir, Location, Name, Operation, Response, ResponseBody, Type, TypeKind,
};
use specwright_naming as naming;

use super::item::{Form, Item, Names, Pinned};
use crate::lower::{Place, Rung, escape, operation_key, stable_key};

/// The scope of types and of everything else that is named in upper camel case.
const TYPES: &str = "types";
const METHODS: &str = "methods";

/// What is made of an operation's name.
const OF_OPERATION: &[&str] = &["Request", "Response", "Error", "Body", "Principal"];
/// What is made of a tag's name; the trait has the name itself.
const OF_TAG: &[&str] = &["", "Client"];

/// What the walk knows of a name.
struct Site {
    key: String,
    kind: Kind,
    /// The owner's key, for names that are unique there only.
    owner: String,
    deprecated: bool,
    kept: bool,
}

#[derive(Clone)]
enum Kind {
    Type(Place),
    Field,
    Rest,
    Variant(EnumRepr),
    Tag,
    Scheme,
    SharedResponse,
    InlineResponse,
    Header,
    Operation { id: Option<String>, method: &'static str },
    Parameter(Location),
    Body,
    Content,
    Answer,
}

/// Every name that has to be allocated.
pub(super) fn items(ir: &mut Ir, places: &[Place]) -> Vec<Item> {
    let mut items = Vec::new();
    each_name(ir, places, &mut |site, name| items.extend(site.items(name)));
    let depths: Vec<usize> = items.iter().map(|item| depth(item, &items, 0)).collect();
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
fn depth(item: &Item, items: &[Item], sofar: usize) -> usize {
    if item.class < INLINE || item.class >= LOCAL || sofar > 200 {
        return 0;
    }
    let parents = item.ladder.iter().flatten().filter_map(|rung| match rung {
        Rung::Of(key) => items.iter().find(|other| other.key == *key && other.form == Form::Pascal),
        Rung::Words(_) => None,
    });
    parents.map(|parent| 1 + depth(parent, items, sofar + 1)).max().unwrap_or(0)
}

/// The first class of inline types; each depth has one of its own.
const INLINE: usize = 10;
/// The class of names that are unique in their owner only.
const LOCAL: usize = 1000;

impl Site {
    fn items(self, name: &Name) -> Vec<Item> {
        let words = vec![vec![Rung::Words(name.wire.clone())]];
        let main = self.item(name, words.clone());
        let follows = vec![vec![Rung::Of(self.key.clone())]];
        match &self.kind {
            Kind::Type(place) => {
                let class = if place.component { 0 } else { INLINE };
                let ladder = place.ladder.clone();
                let main = Item { scope: TYPES.to_owned(), class, ladder, noun: "Schema", ..main };
                let file = Item {
                    form: Form::File,
                    main: false,
                    scope: "files".to_owned(),
                    class: LOCAL,
                    ladder: follows,
                    ..main.clone()
                };
                vec![main, file]
            }
            Kind::Operation { id, method } => {
                let ladder = operation_ladder(id.as_deref(), method, &name.wire);
                let main = Item {
                    form: Form::Snake,
                    scope: METHODS.to_owned(),
                    class: 1,
                    ladder: ladder.clone(),
                    noun: "operation",
                    alias: id.clone(),
                    pinned: Pinned::EitherCase,
                    ..main
                };
                let prefix = Item {
                    form: Form::Pascal,
                    main: false,
                    scope: TYPES.to_owned(),
                    class: 2,
                    derived: OF_OPERATION,
                    ..main.clone()
                };
                vec![main, prefix]
            }
            Kind::Tag => {
                let wire = if name.wire.is_empty() { "Untagged".to_owned() } else { name.wire.clone() };
                let ladder = vec![vec![Rung::Words(wire.clone())]];
                let main = Item {
                    scope: TYPES.to_owned(),
                    class: 4,
                    ladder: ladder.clone(),
                    noun: "Api",
                    derived: OF_TAG,
                    alias: Some(wire),
                    pinned: Pinned::EitherCase,
                    ..main
                };
                let module = Item {
                    form: Form::File,
                    main: false,
                    scope: "modules".to_owned(),
                    class: 5,
                    derived: &[],
                    ..main.clone()
                };
                vec![main, module]
            }
            Kind::Scheme => {
                let main = Item {
                    scope: "schemes".to_owned(),
                    class: 1,
                    noun: "Scheme",
                    pinned: Pinned::EitherCase,
                    ..main
                };
                let method = Item {
                    form: Form::Snake,
                    main: false,
                    scope: METHODS.to_owned(),
                    class: 2,
                    ..main.clone()
                };
                vec![main, method]
            }
            Kind::SharedResponse | Kind::InlineResponse => {
                let (class, ladder) = match &self.kind {
                    Kind::SharedResponse => (3, words),
                    _ => {
                        (5, vec![vec![Rung::Of(self.owner.clone()), Rung::Words(super::reason(&name.wire))]])
                    }
                };
                let main = Item { scope: TYPES.to_owned(), class, ladder, noun: "Response", ..main };
                let file = Item {
                    form: Form::Snake,
                    main: false,
                    scope: "responses".to_owned(),
                    class: LOCAL,
                    ladder: follows,
                    ..main.clone()
                };
                vec![main, file]
            }
            Kind::Body => Vec::new(),
            _ => vec![self.local(name, main)],
        }
    }

    /// A name that is unique in its owner only.
    fn local(&self, name: &Name, main: Item) -> Item {
        let words = |text: &str| vec![Rung::Words(text.to_owned())];
        let (form, noun, ladder) = match &self.kind {
            Kind::Rest => (Form::Snake, "members", vec![words("additional"), words("additional_properties")]),
            Kind::Variant(_) => (Form::Pascal, "Value", main.ladder.clone()),
            Kind::Header => (Form::Snake, "header", main.ladder.clone()),
            Kind::Parameter(location) => {
                let longer = vec![Rung::Words(location.as_str().to_owned()), Rung::Words(name.wire.clone())];
                (Form::Snake, "parameter", vec![words(&name.wire), longer])
            }
            Kind::Content => {
                (Form::Pascal, "Content", vec![words(&media_words(&name.wire)), words(&name.wire)])
            }
            Kind::Answer => (Form::Pascal, "Status", vec![words(&super::reason(&name.wire))]),
            _ => (Form::Snake, "field", main.ladder.clone()),
        };
        let class = match &self.kind {
            Kind::Rest => LOCAL + 1,
            Kind::Parameter(Location::Query) => LOCAL + 1,
            Kind::Parameter(Location::Header) => LOCAL + 2,
            Kind::Parameter(Location::Cookie) => LOCAL + 3,
            _ => LOCAL,
        };
        let scope = match &self.kind {
            Kind::Variant(EnumRepr::String) => format!("variants {}", self.owner),
            Kind::Variant(EnumRepr::Integer) => format!("integers {}", self.owner),
            Kind::Parameter(_) => format!("parameters {}", self.owner),
            Kind::Header => format!("headers {}", self.owner),
            Kind::Answer => format!("answers {}", self.owner),
            _ => format!("fields {}", self.owner),
        };
        Item { form, noun, ladder, class, scope, ..main }
    }

    fn item(&self, name: &Name, ladder: Vec<Vec<Rung>>) -> Item {
        Item {
            key: self.key.clone(),
            form: Form::Pascal,
            main: true,
            scope: String::new(),
            wire: name.wire.clone(),
            origin: name.origin.clone(),
            class: LOCAL,
            ladder,
            noun: "",
            derived: &[],
            deprecated: self.deprecated,
            kept: self.kept,
            alias: None,
            pinned: Pinned::OwnCase,
        }
    }
}

/// Names that a scope keeps out of reach.
pub(super) fn reserved(scope: &str) -> &'static [&'static str] {
    match scope {
        TYPES => naming::TYPES,
        METHODS => naming::METHODS,
        "files" | "modules" => naming::MODULES,
        // What an enum of strings calls a value that it does not know.
        _ if scope.starts_with("variants ") || scope.starts_with("integers ") => &["Unknown", "Self_"],
        _ if scope.starts_with("parameters ") => &["body", "call", "input", "reply", "request", "service"],
        _ if scope.starts_with("headers ") => &["body", "reply", "status"],
        _ => &[],
    }
}

/// An operationId that begins with its own method, as HTTP writes it, loses it.
fn operation_ladder(id: Option<&str>, method: &str, wire: &str) -> Vec<Vec<Rung>> {
    let whole = vec![Rung::Words(wire.to_owned())];
    let rest = id
        .and_then(|id| id.strip_prefix(method))
        .filter(|rest| rest.starts_with(|next: char| !next.is_alphanumeric()))
        .map(|rest| rest.trim_start_matches(|letter: char| !letter.is_alphanumeric()))
        .filter(|rest| rest.starts_with(char::is_alphabetic));
    match rest {
        Some(rest) => vec![vec![Rung::Words(rest.to_owned())], whole],
        None => vec![whole],
    }
}

/// `application/merge-patch+json` is `merge-patch+json` where that tells it apart.
fn media_words(media: &str) -> String {
    let essence = media.split(';').next().unwrap_or_default();
    match essence.split_once('/') {
        Some(("*", _)) => "any".to_owned(),
        Some(("text", "plain")) => "text".to_owned(),
        Some((_, "octet-stream")) => "bytes".to_owned(),
        Some((ty, "*")) => ty.to_owned(),
        Some((_, subtype)) => subtype.to_owned(),
        None => essence.to_owned(),
    }
}

type Visit<'v> = dyn FnMut(Site, &mut Name) + 'v;

fn each_name(ir: &mut Ir, places: &[Place], visit: &mut Visit<'_>) {
    for (ty, place) in ir.types.iter_mut().zip(places) {
        type_names(ty, place, visit);
    }
    for tag in &mut ir.tags {
        visit(site(stable_key(&["tags", &tag.name.wire]), Kind::Tag, ""), &mut tag.name);
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
                let path = format!("{key}/enum/{}", escape(&value.name.wire));
                visit(site(path, Kind::Variant(repr), key), &mut value.name);
            }
        }
        TypeKind::Alias(_) => {}
    }
}

fn operation_names(operation: &mut Operation, visit: &mut Visit<'_>) {
    let key = operation_key(&operation.path.raw, operation.method);
    let kind = Kind::Operation { id: operation.id.clone(), method: operation.method.as_str() };
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
    // An inline response without headers is no type of its own.
    let kept = matches!(kind, Kind::SharedResponse) || !response.headers.is_empty();
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
    Site { key, kind, owner: owner.to_owned(), deprecated: false, kept: true }
}
