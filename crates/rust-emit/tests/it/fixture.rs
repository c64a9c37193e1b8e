//! Small contracts, built by hand.

use indexmap::IndexMap;
use serde_json::Value;
use specwright_diagnostics::Pointer;
use specwright_ir::{
    Access, Additional, Alias, Array, BodyKind, Content, Docs, Enum, EnumRepr, EnumValue, Field, Header,
    Info, Integer, Ir, Location, Map, Method, Name, Operation, OperationResponse, Parameter, PathTemplate,
    RequestBody, Response, ResponseBody, ResponseId, Schema, Shape, Status, StringFormat, StringShape,
    Struct, Style, Tag, TagId, Type, TypeId, TypeKind, Usage,
};
use specwright_rust_emit::{Options, emit};

pub fn ir() -> Ir {
    Ir {
        info: Info::default(),
        servers: Vec::new(),
        tags: Vec::new(),
        schemes: Vec::new(),
        types: Vec::new(),
        responses: Vec::new(),
        operations: Vec::new(),
        extensions: IndexMap::new(),
    }
}

/// One emitted file, without its header.
pub fn file(ir: &Ir, path: &str) -> String {
    let options = Options { header: "Generated.".to_owned() };
    let files = emit(ir, &options);
    let text = files.get(path).unwrap_or_else(|| panic!("no {path} among {files:#?}"));
    text.strip_prefix("// Generated.\n").expect("each file begins with the header").to_owned()
}

pub fn name(wire: &str, pascal: &str, snake: &str) -> Name {
    Name { pascal: pascal.to_owned(), snake: snake.to_owned(), ..Name::unallocated(wire, origin()) }
}

pub fn origin() -> Pointer {
    Pointer::default()
}

pub fn describe(text: &str) -> Docs {
    Docs { summary: String::new(), description: text.to_owned() }
}

pub fn schema(shape: Shape) -> Schema {
    Schema::new(shape, origin())
}

pub fn nullable(shape: Shape) -> Schema {
    Schema { nullable: true, ..schema(shape) }
}

pub fn string() -> Shape {
    Shape::String(StringShape::default())
}

pub fn format(format: StringFormat) -> Shape {
    Shape::String(StringShape { format, ..StringShape::default() })
}

pub fn pattern(pattern: &str) -> Shape {
    Shape::String(StringShape { pattern: Some(pattern.to_owned()), ..StringShape::default() })
}

pub fn integer() -> Shape {
    Shape::Integer(Integer::default())
}

pub fn array(items: Schema) -> Shape {
    Shape::Array(Box::new(Array {
        items,
        min_items: None,
        max_items: None,
        unique_items: false,
        xml: None,
        delimiter: None,
    }))
}

pub fn map(values: Schema) -> Shape {
    Shape::Map(Box::new(Map { values, min_properties: None, max_properties: None }))
}

pub fn required(name: Name, schema: Schema) -> Field {
    Field { required: true, ..optional(name, schema) }
}

pub fn optional(name: Name, schema: Schema) -> Field {
    Field {
        name,
        docs: Docs::default(),
        deprecated: false,
        required: false,
        access: Access::ReadWrite,
        schema,
        xml: None,
        default: None,
        examples: Vec::new(),
        extensions: IndexMap::new(),
    }
}

pub fn named(name: Name, kind: TypeKind) -> Type {
    Type {
        name,
        docs: Docs::default(),
        deprecated: false,
        usage: Usage { request: true, response: false, judged: false, ..Usage::default() },
        view: None,
        kind,
        rules: Vec::new(),
        examples: Vec::new(),
        extensions: IndexMap::new(),
    }
}

pub fn object(fields: Vec<Field>) -> Struct {
    Struct {
        fields,
        ignored: Vec::new(),
        conditional: Vec::new(),
        additional: Additional::Ignored,
        min_properties: None,
        max_properties: None,
        groups: Vec::new(),
    }
}

/// A contract of one struct, in `src/types/pet.rs`.
pub fn pet(fields: Vec<Field>) -> Ir {
    Ir { types: vec![named(name("Pet", "Pet", "pet"), TypeKind::Struct(object(fields)))], ..ir() }
}

pub fn values(repr: EnumRepr, values: &[(Value, &str)]) -> TypeKind {
    let values = values.iter().map(|(value, pascal)| {
        let wire = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        EnumValue { name: name(&wire, pascal, ""), value: value.clone() }
    });
    TypeKind::Enum(Enum { repr, values: values.collect(), open: false, zero_fraction: false })
}

pub fn alias(schema: Schema, newtype: bool) -> TypeKind {
    TypeKind::Alias(Alias { schema, newtype })
}

pub fn reference(id: usize) -> Shape {
    Shape::Named(TypeId(id))
}

pub fn json(schema: Schema) -> Content {
    content("application/json", "Json", BodyKind::Json(Box::new(schema)))
}

pub fn content(media_type: &str, pascal: &str, kind: BodyKind) -> Content {
    Content { name: name(media_type, pascal, ""), kind, examples: Vec::new() }
}

pub fn response(name: Name, contents: Vec<Content>) -> Response {
    Response {
        name,
        docs: describe("A response."),
        headers: Vec::new(),
        links: vec![],
        events_only: false,
        contents,
        extensions: IndexMap::new(),
    }
}

pub fn header(name: Name, schema: Schema) -> Header {
    Header {
        name,
        docs: Docs::default(),
        deprecated: false,
        required: false,
        explode: false,
        style: Style::Simple,
        schema,
        examples: Vec::new(),
    }
}

pub fn inline(status: Status, key: &str, pascal: &str, response: Response) -> OperationResponse {
    OperationResponse { name: name(key, pascal, ""), status, body: ResponseBody::Inline(Box::new(response)) }
}

pub fn shared(code: u16, pascal: &str, id: usize) -> OperationResponse {
    OperationResponse {
        name: name(&code.to_string(), pascal, ""),
        status: Status::Code(code),
        body: ResponseBody::Shared(ResponseId(id)),
    }
}

pub fn parameter(location: Location, name: Name, schema: Schema) -> Parameter {
    let (style, explode) = match location {
        Location::Path | Location::Header => (Style::Simple, false),
        Location::Query | Location::Cookie => (Style::Form, true),
    };
    Parameter {
        name,
        location,
        docs: Docs::default(),
        deprecated: false,
        required: location == Location::Path,
        style,
        explode,
        allow_reserved: false,
        allow_empty: false,
        may_be_null: false,
        schema,
        default: None,
        examples: Vec::new(),
        extensions: IndexMap::new(),
    }
}

pub fn body(contents: Vec<Content>) -> RequestBody {
    RequestBody {
        name: name("", "FeedPetBody", "body"),
        docs: Docs::default(),
        required: true,
        contents,
        extensions: IndexMap::new(),
    }
}

/// `POST /pets/{petId}/meals`, in `src/operations/pets.rs`.
pub fn feed_pet() -> Operation {
    Operation {
        name: name("feed-pet", "FeedPet", "feed_pet"),
        id: Some("feed-pet".to_owned()),
        method: Method::Post,
        event: None,
        path: PathTemplate { raw: "/pets/{petId}/meals".to_owned(), segments: Vec::new() },
        tag: TagId(0),
        docs: Docs::default(),
        deprecated: false,
        parameters: vec![parameter(Location::Path, name("petId", "PetId", "pet_id"), schema(string()))],
        body: None,
        responses: Vec::new(),
        security: Vec::new(),
        servers: Vec::new(),
        extensions: IndexMap::new(),
    }
}

/// A contract of this operation.
pub fn with(operation: Operation) -> Ir {
    let tag = Tag {
        name: name("pets", "Pets", "pets"),
        role: specwright_ir::Role::Api,
        docs: Docs::default(),
        extensions: IndexMap::new(),
    };
    Ir { tags: vec![tag], operations: vec![operation], ..ir() }
}
