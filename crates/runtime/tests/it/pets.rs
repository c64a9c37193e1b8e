//! A small contract, written by hand in the shape of generated code.

use serde::{Deserialize, Serialize};
use specwright_runtime::{
    Body, Content, Described, Location, Method, Operation, Parameter, Pattern, Produces, Property, Schema,
    Scheme, SchemeKind, SchemeUse, Secret, error_responses, operation_span, response,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pet {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age: Option<i32>,
}

impl Described for Pet {
    fn schema() -> &'static Schema {
        static NAME: Pattern = Pattern::new("^[a-zé]+$");
        static SCHEMA: Schema = Schema::object(&[
            Property::required("name", &Schema::string().length(Some(1), Some(8)).pattern(&NAME)),
            Property::optional("age", &Schema::integer().range(Some(0), Some(99))),
        ]);
        &SCHEMA
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    pub message: String,
}

/// A component response with a header.
#[derive(Clone, Debug, PartialEq)]
pub struct NotFound {
    pub body: Problem,
    pub retry_after: Option<i64>,
}

response!(NotFound(_ as json) { retry_after: "Retry-After" });

pub static TOKEN: Scheme = Scheme::new("PetToken", SchemeKind::Bearer);
pub static KEY: Scheme = Scheme::new("PetKey", SchemeKind::QueryKey("key"));

#[derive(Clone, Debug, PartialEq)]
pub struct PutPetRequest {
    pub store: String,
    pub tags: Option<Vec<String>>,
    pub limit: Option<i32>,
    pub trace: Option<String>,
    pub body: Pet,
}

#[derive(Clone, Debug, PartialEq)]
pub enum PutPetResponse {
    Ok(Pet),
    NoContent,
}

#[derive(Clone, Debug, PartialEq)]
pub enum PutPetError {
    NotFound(NotFound),
    Gone,
    ServerError { status: specwright_runtime::StatusCode, body: Problem },
}

error_responses!(PutPetError {
    404 => NotFound(NotFound),
    410 => Gone,
    5XX => ServerError { _ as json },
});

pub static PUT_PET: Operation = Operation {
    id: "put-pet",
    method: Method::PUT,
    path: "/stores/{store}/pet",
    parameters: &[
        Parameter::path("store", &STORE),
        Parameter::query(
            "tags",
            &Schema::array(&Schema::string().length(Some(2), None)).items(None, Some(2)),
        ),
        Parameter::query("limit", &Schema::integer().range(Some(1), None)).default("10"),
        Parameter::header("X-Trace", &Schema::string()),
    ],
    body: Some(&Body {
        required: true,
        contents: &[
            Content::json("application/json", &Schema::of::<Pet>()),
            Content::json("application/merge-patch+json", &Schema::of::<Pet>()),
        ],
    }),
    statuses: &["200", "204", "404", "410", "5XX"],
    produces: Produces::NONE,
    security: &[&[SchemeUse::new(&TOKEN, &["pets:write"])], &[SchemeUse::new(&KEY, &[])]],
    servers: &[],
    span: operation_span!("put-pet"),
};

static STORE_NAME: Pattern = Pattern::new("^[^!]*$");
static STORE: Schema = Schema::string().pattern(&STORE_NAME);

/// An operation with parameters at most.
pub const fn with_parameters(
    id: &'static str,
    method: Method,
    path: &'static str,
    parameters: &'static [Parameter],
) -> Operation {
    Operation {
        id,
        method,
        path,
        parameters,
        body: None,
        statuses: &["200"],
        produces: Produces::NONE,
        security: &[],
        servers: &[],
        span: operation_span!("plain"),
    }
}

#[test]
fn parameters_are_found_by_place_and_name() {
    assert!(PUT_PET.parameter(Location::Query, "tags").is_some());
    assert!(PUT_PET.parameter(Location::Query, "Tags").is_none());
    assert!(PUT_PET.parameter(Location::Path, "tags").is_none());
    assert!(PUT_PET.parameter(Location::Header, "x-trace").is_some());
    assert_eq!(format!("{:?}", Secret::new("s3cret")), "Secret(..)");
}
