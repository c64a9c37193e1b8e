//! Each kind of name: its scope, its place in the queue, and what it may be called.

use std::rc::Rc;

use specwright_ir::{EnumRepr, Location, Name, Role};
use specwright_naming as naming;

use super::item::{Form, Item, Pinned, Scope};
use crate::lower::{Place, Rung};

// One scope a module of the generated crate: what is imported into a file where its name is taken is
// written by its path there.
const TYPES: &str = "types";
const OPERATIONS: &str = "operations";
const RESPONSES: &str = "responses";
const TRAITS: &str = "traits";
const SCHEMES: &str = "schemes";
const METHODS: &str = "methods";
const FILES: &str = "files";
const MODULES: &str = "modules";
const FIELDS_OF_RESPONSES: &str = "response fields";

// One scope an item that has them.
const VARIANTS: &str = "variants";
const INTEGERS: &str = "integers";
const PARAMETERS: &str = "parameters";
const HEADERS: &str = "headers";
const ANSWERS: &str = "answers";
const FIELDS: &str = "fields";

/// What is made of an operation's name.
const OF_OPERATION: &[&str] = &["Request", "Response", "Error", "Body", "Principal"];
/// What is made of a response's name; the struct has the name itself.
const OF_RESPONSE: &[&str] = &["", "Body"];
/// What is made of a tag's name; the trait has the name itself.
const OF_TAG: &[&str] = &["", "Client"];

/// What the walk knows of a name.
pub(super) struct Site {
    pub(super) key: Rc<str>,
    pub(super) kind: Kind,
    /// The owner's key, for names that are unique there only.
    pub(super) owner: Rc<str>,
    pub(super) deprecated: bool,
    pub(super) kept: bool,
}

/// What has a name.
#[derive(Clone)]
pub(super) enum Kind {
    Type(Place),
    Field,
    Rest,
    /// `quoted` where the value is the text of another.
    Variant {
        repr: EnumRepr,
        quoted: bool,
    },
    Alternative,
    Tag(Role),
    Scheme,
    SharedResponse,
    InlineResponse,
    Header,
    Operation {
        id: Option<String>,
        method: &'static str,
        role: Role,
    },
    Parameter(Location),
    Body,
    Content,
    Answer,
}

/// The first class of inline types; each depth has one of its own.
pub(super) const INLINE: usize = 10;
/// The class of names that are unique in their owner only.
pub(super) const LOCAL: usize = 1000;

impl Site {
    /// The names to allocate for one item: those forms of it that have a scope.
    pub(super) fn items(&self, name: &Name) -> Vec<Item> {
        let words = vec![vec![Rung::Words(name.wire.clone())]];
        let main = self.item(name, words);
        match &self.kind {
            Kind::Type(place) => self.of_type(place, main),
            Kind::Operation { id, method, role } => Self::of_operation(id.as_deref(), method, *role, main),
            Kind::Tag(role) => Self::of_tag(*role, main),
            Kind::Scheme => Self::of_scheme(main),
            Kind::SharedResponse | Kind::InlineResponse => self.of_response(main),
            // A body is called `body`, and its enum after its operation.
            Kind::Body => Vec::new(),
            _ => vec![self.local(main)],
        }
    }

    fn of_type(&self, place: &Place, main: Item) -> Vec<Item> {
        let class = if place.component { 0 } else { INLINE };
        let ladder = place.ladder.clone();
        let main = Item { scope: module(TYPES), class, ladder, noun: "Schema", ..main };
        let file = Item { form: Form::File, scope: module(FILES), ..self.follower(&main) };
        vec![main, file]
    }

    fn of_operation(id: Option<&str>, method: &str, role: Role, main: Item) -> Vec<Item> {
        let mut ladder = operation_ladder(id, method, &main.wire);
        ladder.extend(
            role_word(role).map(|word| vec![Rung::Words(main.wire.clone()), Rung::Words(word.to_owned())]),
        );
        let main = Item {
            form: Form::Snake,
            scope: module(METHODS),
            class: 1,
            ladder,
            noun: "operation",
            alias: id.map(str::to_owned),
            pinned: Pinned::EitherCase,
            ..main
        };
        let prefix = Item {
            form: Form::Pascal,
            main: false,
            scope: module(OPERATIONS),
            class: 2,
            derived: OF_OPERATION,
            ..main.clone()
        };
        vec![main, prefix]
    }

    fn of_tag(role: Role, main: Item) -> Vec<Item> {
        let wire = match (role_word(role), main.wire.as_str()) {
            (None, "") => "Untagged".to_owned(),
            (None, wire) => wire.to_owned(),
            (Some(word), "") => format!("{word}s"),
            (Some(word), wire) => format!("{wire} {word}s"),
        };
        let main = Item {
            scope: module(TRAITS),
            class: 4,
            ladder: vec![vec![Rung::Words(wire.clone())]],
            noun: "Api",
            derived: OF_TAG,
            alias: Some(wire),
            pinned: Pinned::EitherCase,
            ..main
        };
        let scope = module(MODULES);
        let module = Item { form: Form::File, main: false, scope, class: 5, derived: &[], ..main.clone() };
        vec![main, module]
    }

    fn of_scheme(main: Item) -> Vec<Item> {
        let scope = module(SCHEMES);
        let main = Item { scope, class: 1, noun: "Scheme", pinned: Pinned::EitherCase, ..main };
        let scope = module(METHODS);
        let method = Item { form: Form::Snake, main: false, scope, class: 2, ..main.clone() };
        vec![main, method]
    }

    fn of_response(&self, main: Item) -> Vec<Item> {
        let (scope, class, ladder) = if let Kind::InlineResponse = self.kind {
            let reason = Rung::Words(super::reason(&main.wire));
            (OPERATIONS, 5, vec![vec![Rung::Of(self.owner.to_string()), reason]])
        } else {
            (RESPONSES, 3, main.ladder.clone())
        };
        let main =
            Item { scope: module(scope), class, ladder, noun: "Response", derived: OF_RESPONSE, ..main };
        let field = Item { scope: module(FIELDS_OF_RESPONSES), derived: &[], ..self.follower(&main) };
        vec![main, field]
    }

    /// The other form of a name: it follows from the first.
    fn follower(&self, main: &Item) -> Item {
        let ladder = vec![vec![Rung::Of(self.key.to_string())]];
        Item { form: Form::Snake, main: false, class: LOCAL, ladder, ..main.clone() }
    }

    /// A name that is unique in its owner only.
    fn local(&self, main: Item) -> Item {
        let words = |text: &str| vec![Rung::Words(text.to_owned())];
        let (form, noun, ladder) = match &self.kind {
            Kind::Rest => (Form::Snake, "members", vec![words("additional"), words("additional_properties")]),
            Kind::Variant { quoted: true, .. } => {
                let text = vec![Rung::Words("text".to_owned()), Rung::Words(main.wire.clone())];
                (Form::Pascal, "Value", vec![text])
            }
            Kind::Variant { .. } => (Form::Pascal, "Value", main.ladder.clone()),
            Kind::Alternative => (Form::Pascal, "Variant", main.ladder.clone()),
            Kind::Header => (Form::Snake, "header", main.ladder.clone()),
            Kind::Parameter(location) => {
                let longer = vec![Rung::Words(location.as_str().to_owned()), Rung::Words(main.wire.clone())];
                (Form::Snake, "parameter", vec![words(&main.wire), longer])
            }
            Kind::Content => {
                (Form::Pascal, "Content", vec![words(&media_words(&main.wire)), words(&main.wire)])
            }
            Kind::Answer => (Form::Pascal, "Status", vec![words(&super::reason(&main.wire))]),
            _ => (Form::Snake, "field", main.ladder.clone()),
        };
        let class = match &self.kind {
            Kind::Rest | Kind::Parameter(Location::Query) => LOCAL + 1,
            Kind::Parameter(Location::Header) => LOCAL + 2,
            Kind::Parameter(Location::Cookie) => LOCAL + 3,
            _ => LOCAL,
        };
        let of = match &self.kind {
            Kind::Variant { repr: EnumRepr::Integer, .. } => INTEGERS,
            Kind::Variant { .. } | Kind::Alternative => VARIANTS,
            Kind::Parameter(_) => PARAMETERS,
            Kind::Header => HEADERS,
            Kind::Answer => ANSWERS,
            _ => FIELDS,
        };
        let scope = Scope { of, owner: Some(self.owner.clone()) };
        Item { form, scope, class, ladder, noun, ..main }
    }

    fn item(&self, name: &Name, ladder: Vec<Vec<Rung>>) -> Item {
        Item {
            key: self.key.clone(),
            form: Form::Pascal,
            main: true,
            scope: module(FIELDS),
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

/// The scope of a module.
const fn module(of: &'static str) -> Scope {
    Scope { of, owner: None }
}

/// Names that a scope keeps out of reach.
pub(super) fn reserved(scope: &Scope) -> Vec<&'static str> {
    let names: &[&[&str]] = match scope.of {
        TYPES | OPERATIONS | TRAITS | RESPONSES | SCHEMES => &[naming::TYPES],
        METHODS => &[naming::METHODS],
        FILES => &[naming::FILES],
        MODULES => &[naming::FILES, naming::GROUPS],
        // What an enum of strings calls a value that it does not know.
        VARIANTS | INTEGERS => &[&["Unknown", "Self_"]],
        PARAMETERS => &[&["body", "call", "input", "reply", "request", "service"]],
        HEADERS => &[&["body", "reply", "status"]],
        _ => &[],
    };
    names.concat()
}

/// What tells the names of events from those of the API.
const fn role_word(role: Role) -> Option<&'static str> {
    match role {
        Role::Api => None,
        Role::Webhook => Some("webhook"),
        Role::Callback => Some("callback"),
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
        Some((_, "x-www-form-urlencoded")) => "form".to_owned(),
        Some(("multipart", "form-data")) => "multipart".to_owned(),
        Some((ty, "*")) => ty.to_owned(),
        Some((_, subtype)) => subtype.to_owned(),
        None => essence.to_owned(),
    }
}
