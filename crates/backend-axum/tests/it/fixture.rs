//! Small contracts, made by hand.

use specwright_diagnostics::Pointer;
use specwright_ir::{
    Alternative, BodyKind, Content, Docs, Extensions, Field, Info, Ir, Location, Method, Name, Operation,
    OperationResponse, Parameter, PathPiece, PathTemplate, Response, ResponseBody, ResponseId, Schema,
    SchemeId, SchemeKind, SchemeUse, Server, Shape, Status, StringShape, Struct, Style, Tag, TagId, Type,
    TypeId, TypeKind, Usage,
};

/// A contract with a tag `Pets`, a type `Pet`, a response `NotFound`, and these operations.
pub fn contract(operations: Vec<Operation>) -> Ir {
    Ir {
        info: Info { title: "Pet Shop".to_owned(), version: "1".to_owned(), ..Info::default() },
        servers: vec![Server {
            url: "https://example.com".to_owned(),
            description: String::new(),
            variables: vec![],
        }],
        tags: vec![Tag {
            name: name("pets", "Pets", "pets"),
            role: specwright_ir::Role::Api,
            docs: Docs { summary: String::new(), description: "All about pets.".to_owned() },
            extensions: Extensions::new(),
        }],
        schemes: vec![
            scheme(("bearer", "Bearer", "bearer"), SchemeKind::Bearer { format: None }),
            scheme(("api key", "ApiKey", "api_key"), SchemeKind::HeaderKey { header: "X-Key".to_owned() }),
            scheme(("session", "Session", "session"), SchemeKind::CookieKey { cookie: "sid".to_owned() }),
            scheme(("basic", "Basic", "basic"), SchemeKind::Basic),
        ],
        types: vec![pet()],
        responses: vec![Response {
            name: name("NotFound", "NotFound", "not_found"),
            docs: Docs::default(),
            headers: vec![],
            links: vec![],
            events_only: false,
            contents: vec![],
            extensions: Extensions::new(),
        }],
        operations,
        extensions: Extensions::new(),
    }
}

pub fn name(wire: &str, pascal: &str, snake: &str) -> Name {
    Name {
        wire: wire.to_owned(),
        pascal: pascal.to_owned(),
        snake: snake.to_owned(),
        origin: Pointer::default(),
    }
}

fn scheme((wire, pascal, snake): (&str, &str, &str), kind: SchemeKind) -> specwright_ir::Scheme {
    specwright_ir::Scheme {
        name: name(wire, pascal, snake),
        docs: Docs::default(),
        kind,
        tokens: None,
        extensions: Extensions::new(),
    }
}

fn pet() -> Type {
    Type {
        name: name("Pet", "Pet", "pet"),
        docs: Docs::default(),
        deprecated: false,
        usage: Usage { request: true, response: true, ..Usage::default() },
        view: None,
        kind: TypeKind::Struct(Struct {
            fields: Vec::<Field>::new(),
            ignored: Vec::new(),
            conditional: Vec::new(),
            additional: specwright_ir::Additional::Ignored,
            min_properties: None,
            max_properties: None,
            groups: Vec::new(),
        }),
        rules: Vec::new(),
        examples: vec![],
        extensions: Extensions::new(),
    }
}

/// `GET /pets/{petId}`, which answers nothing yet.
pub fn operation(snake: &str, pascal: &str) -> Operation {
    Operation {
        name: name(snake, pascal, snake),
        id: Some(snake.to_owned()),
        method: Method::Get,
        event: None,
        path: PathTemplate {
            raw: "/pets/{petId}".to_owned(),
            segments: vec![
                vec![PathPiece::Literal("pets".to_owned())],
                vec![PathPiece::Parameter("petId".to_owned())],
            ],
        },
        tag: TagId(0),
        docs: Docs { summary: "Does what it says".to_owned(), description: String::new() },
        deprecated: false,
        parameters: vec![parameter(("petId", "pet_id"), Location::Path)],
        body: None,
        responses: vec![],
        security: vec![],
        servers: vec![],
        extensions: Extensions::new(),
    }
}

pub fn parameter((wire, snake): (&str, &str), location: Location) -> Parameter {
    Parameter {
        name: name(wire, snake, snake),
        location,
        docs: Docs::default(),
        deprecated: false,
        required: location == Location::Path,
        style: Style::Simple,
        explode: false,
        allow_reserved: false,
        allow_empty: false,
        may_be_null: false,
        schema: schema(Shape::String(StringShape::default())),
        default: None,
        examples: vec![],
        extensions: Extensions::new(),
    }
}

pub fn schema(shape: Shape) -> Schema {
    Schema::new(shape, Pointer::default())
}

/// A media type's `Pet`s; `text/*` is text.
pub fn content(wire: &str, pascal: &str) -> Content {
    let kind = match wire {
        "text/plain" => BodyKind::Text,
        "application/octet-stream" => BodyKind::Bytes,
        _ => BodyKind::Json(Box::new(schema(Shape::Named(TypeId(0))))),
    };
    Content { name: name(wire, pascal, pascal), kind, examples: vec![] }
}

/// A response of the operation's own.
pub fn inline(status: Status, pascal: &str, contents: Vec<Content>) -> OperationResponse {
    let wire = match status {
        Status::Code(code) => code.to_string(),
        Status::Range(class) => format!("{class}XX"),
        Status::Default => "default".to_owned(),
    };
    OperationResponse {
        name: name(&wire, pascal, pascal),
        status,
        body: ResponseBody::Inline(Box::new(Response {
            name: name("", &format!("FindPet{pascal}"), ""),
            docs: Docs::default(),
            headers: vec![],
            links: vec![],
            events_only: false,
            contents,
            extensions: Extensions::new(),
        })),
    }
}

/// `404`, by the component response.
pub fn shared_not_found() -> OperationResponse {
    OperationResponse {
        name: name("404", "NotFound", "not_found"),
        status: Status::Code(404),
        body: ResponseBody::Shared(ResponseId(0)),
    }
}

/// An alternative of these schemes with these scopes.
pub fn all_of(schemes: &[(usize, &[&str])]) -> Alternative {
    let schemes = schemes.iter().map(|(id, scopes)| SchemeUse {
        scheme: SchemeId(*id),
        scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
    });
    Alternative { schemes: schemes.collect() }
}

/// A file of the output.
pub fn file(ir: &Ir, files: &specwright_rust_emit::FileSet, path: &str) -> String {
    assert_eq!(files.len(), ir.tags.len() + 1);
    files.get(path).unwrap_or_default().to_owned()
}
