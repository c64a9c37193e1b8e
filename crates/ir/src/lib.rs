//! The contract as backends see it: pure data, documented, serialisable.
//!
//! An [`Ir`] exists only when nothing is left to refuse. Every named item keeps the name it has on
//! the wire, the Rust names it was given, and the pointer to the place in the document it came from.
//! Lists keep document order; backends sort what they emit by Rust name.
//!
//! // Invariant: emitting an `Ir` cannot fail. Ids are in range, names are allocated and unique in
//! // their scope, references are resolved, `allOf` is merged, patterns compile.

mod content;
mod event;
mod link;
mod name;
mod operation;
mod parameter;
mod response;
mod rule;
mod schema;
mod security;
mod types;
mod union;
mod visit;
mod xml;

pub use content::{BodyKind, Content, Encoding, Form, PartHeader, RequestBody, VALUE, Written};
pub use event::{Callback, Event, Role, UrlPiece};
pub use link::{Link, LinkTarget};
pub use name::{Docs, Example, Extensions, Name};
pub use operation::{Method, Operation, PathPiece, PathTemplate};
pub use parameter::{Location, Parameter, Style};
pub use response::{Header, OperationResponse, Response, ResponseBody, ResponseId, Status};
pub use rule::{Count, JsonType, Rule};
pub use schema::{
    Array, Bound, Integer, IntegerFormat, Map, Number, NumberFormat, Schema, Shape, StringFormat, StringShape,
};
pub use security::{Alternative, Flow, Scheme, SchemeId, SchemeKind, SchemeUse, Tokens};
pub use types::{
    Access, Additional, Alias, Conversion, Direction, Enum, EnumRepr, EnumValue, Field, Struct, Type, TypeId,
    TypeKind, Usage, View,
};
pub use union::{RequiredGroups, Union, UnionRule, Variant};
pub use xml::{Xml, XmlNode, XmlRoot};

use serde::Serialize;
use specwright_diagnostics::Pointer;

/// One contract, ready to be emitted.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ir {
    /// The Info Object.
    pub info: Info,
    /// The root's servers, in document order; empty where the document names none.
    pub servers: Vec<Server>,
    /// Every tag that an operation is filed under, in document order; operations without a tag are
    /// filed under one whose wire name is empty.
    pub tags: Vec<Tag>,
    /// Security schemes, in document order.
    pub schemes: Vec<Scheme>,
    /// Every type with a name of its own: component schemas and inline ones.
    pub types: Vec<Type>,
    /// Component responses.
    pub responses: Vec<Response>,
    /// Operations, in document order: of `paths`, then webhooks, then callbacks.
    pub operations: Vec<Operation>,
    /// `x-` members of the document's root.
    pub extensions: Extensions,
}

impl Ir {
    /// The type behind an id.
    pub fn ty(&self, id: TypeId) -> &Type {
        &self.types[id.0]
    }

    /// The texts that a path parameter stands for: those of a closed enum of strings, of which none is empty.
    pub fn path_texts(&self, operation: &Operation, name: &str) -> Option<Vec<&str>> {
        let is_it = |one: &&Parameter| one.location == Location::Path && one.name.wire == name;
        let parameter = operation.parameters.iter().find(is_it)?;
        let mut schema = &parameter.schema;
        loop {
            let Shape::Named(id) = schema.shape else { return None };
            match &self.ty(id).kind {
                TypeKind::Alias(alias) if !alias.newtype => schema = &alias.schema,
                TypeKind::Enum(rules) if !rules.open && parameter.style == Style::Simple => {
                    let texts = rules.values.iter().map(|value| value.value.as_str());
                    return texts.map(|text| text.filter(|text| !text.is_empty())).collect();
                }
                _ => return None,
            }
        }
    }

    /// The component response behind an id.
    pub fn response(&self, id: ResponseId) -> &Response {
        &self.responses[id.0]
    }

    /// The security scheme behind an id.
    pub fn scheme(&self, id: SchemeId) -> &Scheme {
        &self.schemes[id.0]
    }

    /// The response that an operation declares for a status: its own, or the component it refers to.
    pub fn resolve<'a>(&'a self, response: &'a OperationResponse) -> &'a Response {
        match &response.body {
            ResponseBody::Shared(id) => self.response(*id),
            ResponseBody::Inline(response) => response,
        }
    }

    /// The tags whose operations are called by the API's provider, or by its consumer, in document order.
    pub fn tags_of(&self, is_event: bool) -> impl Iterator<Item = (TagId, &Tag)> {
        let tags = self.tags.iter().enumerate().map(|(index, tag)| (TagId(index), tag));
        tags.filter(move |(_, tag)| tag.role.is_event() == is_event)
    }

    /// The operations of `paths`, in document order.
    pub fn api_operations(&self) -> impl Iterator<Item = &Operation> {
        self.operations.iter().filter(|operation| operation.event.is_none())
    }

    /// The role of an operation.
    pub fn role(&self, operation: &Operation) -> Role {
        self.tags[operation.tag.0].role
    }

    /// Whether some operation is a webhook or a callback.
    pub fn has_events(&self) -> bool {
        self.tags.iter().any(|tag| tag.role.is_event())
    }

    /// The operation that stands at a place.
    pub fn operation_at(&self, origin: &Pointer) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.name.origin == *origin)
    }

    /// The operations filed under a tag, in document order.
    pub fn operations_of(&self, tag: TagId) -> impl Iterator<Item = &Operation> {
        self.operations.iter().filter(move |operation| operation.tag == tag)
    }
}

/// The Info Object, as far as generated code shows it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Info {
    /// `title`
    pub title: String,
    /// `version`; may be empty.
    pub version: String,
    /// `description`, trimmed.
    pub description: String,
    /// `x-` members.
    pub extensions: Extensions,
}

/// A Server Object.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Server {
    /// The URL template, such as `https://{region}.example.com`.
    pub url: String,
    /// `description`, trimmed.
    pub description: String,
    /// Variables of the template, in document order.
    pub variables: Vec<ServerVariable>,
}

/// A Server Variable Object.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ServerVariable {
    /// The name between the braces.
    pub name: String,
    /// The value used where the caller gives none.
    pub default: String,
    /// The legal values; empty where any is.
    pub values: Vec<String>,
    /// `description`, trimmed.
    pub description: String,
}

/// Index of a tag in [`Ir::tags`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct TagId(pub usize);

/// A tag that operations are filed under: one server trait and one client group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tag {
    /// `pascal` names the trait, `snake` the module and the client's method.
    pub name: Name,
    /// Who calls its operations. Those of a tag that are called by different sides are filed apart.
    #[serde(skip_serializing_if = "Role::is_api")]
    pub role: Role,
    /// `description`, trimmed.
    pub docs: Docs,
    /// `x-` members.
    pub extensions: Extensions,
}
