//! Conformance tests fail where generated code is wrong: one contract, right and with one mistake each.

use std::sync::LazyLock;

use specwright_runtime::testing::{Unmet, Vectors};

/// What the contract says.
static VECTORS: LazyLock<Vectors> = LazyLock::new(|| Vectors::read(include_str!("pets.json")));

/// An operation as generated code has it, from what may be wrong with it.
macro_rules! contract {
    ($module:ident {
        path: $path:literal, style: $style:ident, header: $header:literal, most: $most:literal,
        member: $member:literal, shortest: $shortest:literal, media_type: $media_type:literal,
        scheme: $kind:ident($place:literal), created: $created:literal, gone: $gone:literal, answer: $answer:literal,
    }) => {
        mod $module {
            use std::sync::Arc;

            use specwright_runtime::server::{Call, Response, Routes};
            use specwright_runtime::testing::{Record, Service, Unmet, authenticate, conform};
            use specwright_runtime::{
                Body, Content, Method, Operation, Parameter, Produces, Property, Rejection, Schema, Scheme, SchemeKind,
                SchemeUse, Style,
            };
            use serde::{Deserialize, Serialize};

            static KEY: Scheme = Scheme::new("Key", SchemeKind::$kind($place));

            #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
            pub struct Pet {
                #[serde(rename = $member)]
                name: String,
            }

            #[derive(Clone, Debug, PartialEq)]
            pub struct AddPetRequest {
                shop: String,
                tags: Vec<String>,
                limit: Option<i64>,
                body: Pet,
            }

            #[derive(Clone, Debug, PartialEq)]
            pub enum AddPetResponse {
                Created(Pet),
            }

            specwright_runtime::responses!(AddPetResponse { $created => Created(Pet as json $answer) });

            #[derive(Clone, Debug, PartialEq)]
            pub enum AddPetError {
                Gone,
            }

            specwright_runtime::error_responses!(AddPetError { $gone => Gone });

            static ADD_PET: Operation = Operation {
                id: "addPet",
                method: Method::POST,
                path: $path,
                parameters: &[
                    Parameter::path("shop", &Schema::string()),
                    Parameter::query("tags", &Schema::array(&Schema::string())).required().style(Style::$style).explode(false),
                    Parameter::header($header, &Schema::integer().range(Some(1), Some($most))),
                ],
                body: Some(&Body::required(&[Content::json(
                    $media_type,
                    &Schema::object(&[Property::required($member, &Schema::string().length(Some($shortest), None))]),
                )])),
                statuses: &["201", "410"],
                produces: Produces::new(&[$answer], &[]),
                security: &[&[SchemeUse::new(&KEY, &[])]],
                servers: &[],
                span: specwright_runtime::operation_span!("addPet"),
            };

            specwright_runtime::operation!(ADD_PET: AddPetRequest -> AddPetResponse | AddPetError {
                shop: path "shop",
                tags: query "tags",
                limit: header $header,
                body: json $media_type,
            });

            struct Recorder(Record);

            impl specwright_runtime::server::Service for Recorder {}

            async fn add_pet(service: Arc<Recorder>, mut call: Call) -> Result<Response, Rejection> {
                let key = call.header_key($place).map(str::to_owned);
                let claimed = authenticate(key.as_deref(), "credential-0").claimed()?;
                claimed.ok_or_else(|| call.unauthenticated())?;
                let request = call.decode::<AddPetRequest>().await?;
                call.respond(service.0.answer(request))
            }

            pub fn unmet() -> Result<(), Unmet> {
                let routes = |record| Routes::new(Recorder(record)).operation(&ADD_PET, add_pet);
                conform::<AddPetRequest>(&Service::new(routes), &super::VECTORS, "add_pet")
            }
        }
    };
}

contract!(right {
    path: "/shops/{shop}/pets",
    style: PipeDelimited,
    header: "X-Limit",
    most: 10,
    member: "name",
    shortest: 2,
    media_type: "application/json",
    scheme: HeaderKey("X-Key"),
    created: 201,
    gone: 410,
    answer: "application/json",
});
contract!(wrong_path {
    path: "/shop/{shop}/pets",
    style: PipeDelimited,
    header: "X-Limit",
    most: 10,
    member: "name",
    shortest: 2,
    media_type: "application/json",
    scheme: HeaderKey("X-Key"),
    created: 201,
    gone: 410,
    answer: "application/json",
});
contract!(wrong_style {
    path: "/shops/{shop}/pets",
    style: SpaceDelimited,
    header: "X-Limit",
    most: 10,
    member: "name",
    shortest: 2,
    media_type: "application/json",
    scheme: HeaderKey("X-Key"),
    created: 201,
    gone: 410,
    answer: "application/json",
});
contract!(wrong_header {
    path: "/shops/{shop}/pets",
    style: PipeDelimited,
    header: "X-Limits",
    most: 10,
    member: "name",
    shortest: 2,
    media_type: "application/json",
    scheme: HeaderKey("X-Key"),
    created: 201,
    gone: 410,
    answer: "application/json",
});
contract!(higher_bound {
    path: "/shops/{shop}/pets",
    style: PipeDelimited,
    header: "X-Limit",
    most: 11,
    member: "name",
    shortest: 2,
    media_type: "application/json",
    scheme: HeaderKey("X-Key"),
    created: 201,
    gone: 410,
    answer: "application/json",
});
contract!(lower_bound {
    path: "/shops/{shop}/pets",
    style: PipeDelimited,
    header: "X-Limit",
    most: 9,
    member: "name",
    shortest: 2,
    media_type: "application/json",
    scheme: HeaderKey("X-Key"),
    created: 201,
    gone: 410,
    answer: "application/json",
});
contract!(wrong_member {
    path: "/shops/{shop}/pets",
    style: PipeDelimited,
    header: "X-Limit",
    most: 10,
    member: "Name",
    shortest: 2,
    media_type: "application/json",
    scheme: HeaderKey("X-Key"),
    created: 201,
    gone: 410,
    answer: "application/json",
});
contract!(wrong_length {
    path: "/shops/{shop}/pets",
    style: PipeDelimited,
    header: "X-Limit",
    most: 10,
    member: "name",
    shortest: 1,
    media_type: "application/json",
    scheme: HeaderKey("X-Key"),
    created: 201,
    gone: 410,
    answer: "application/json",
});
contract!(wrong_media_type {
    path: "/shops/{shop}/pets",
    style: PipeDelimited,
    header: "X-Limit",
    most: 10,
    member: "name",
    shortest: 2,
    media_type: "application/hal+json",
    scheme: HeaderKey("X-Key"),
    created: 201,
    gone: 410,
    answer: "application/json",
});
contract!(wrong_credential {
    path: "/shops/{shop}/pets",
    style: PipeDelimited,
    header: "X-Limit",
    most: 10,
    member: "name",
    shortest: 2,
    media_type: "application/json",
    scheme: HeaderKey("Key"),
    created: 201,
    gone: 410,
    answer: "application/json",
});
contract!(wrong_status {
    path: "/shops/{shop}/pets",
    style: PipeDelimited,
    header: "X-Limit",
    most: 10,
    member: "name",
    shortest: 2,
    media_type: "application/json",
    scheme: HeaderKey("X-Key"),
    created: 200,
    gone: 410,
    answer: "application/json",
});
contract!(wrong_error {
    path: "/shops/{shop}/pets",
    style: PipeDelimited,
    header: "X-Limit",
    most: 10,
    member: "name",
    shortest: 2,
    media_type: "application/json",
    scheme: HeaderKey("X-Key"),
    created: 201,
    gone: 404,
    answer: "application/json",
});
contract!(wrong_answer {
    path: "/shops/{shop}/pets",
    style: PipeDelimited,
    header: "X-Limit",
    most: 10,
    member: "name",
    shortest: 2,
    media_type: "application/json",
    scheme: HeaderKey("X-Key"),
    created: 201,
    gone: 410,
    answer: "application/hal+json",
});

#[test]
fn what_is_right_passes() -> Result<(), Unmet> {
    right::unmet()
}

#[test]
fn one_mistake_fails() {
    for (mistake, unmet, told) in [
        ("path", wrong_path::unmet(), "404 Not Found"),
        ("style", wrong_style::unmet(), "query `tags`: its style is Some(SpaceDelimited)"),
        ("header", wrong_header::unmet(), "the client sends [] as `x-limit`"),
        ("higher bound", higher_bound::unmet(), "header `X-Limit`: maximum: the service gets it"),
        (
            "lower bound",
            lower_bound::unmet(),
            "header `X-Limit`: the greatest: /shops/text/pets?tags=a%7Cb is answered 400",
        ),
        (
            "member",
            wrong_member::unmet(),
            "all that may be there: /shops/text/pets?tags=a%7Cb is answered 400",
        ),
        ("length", wrong_length::unmet(), "/name: minLength: the service gets it"),
        ("media type", wrong_media_type::unmet(), "is answered 415"),
        ("credential", wrong_credential::unmet(), "is answered 401"),
        ("status", wrong_status::unmet(), "201 all that may be there: is not declared"),
        ("error", wrong_error::unmet(), "410 all that may be there: is not declared"),
        ("answer", wrong_answer::unmet(), "the server answers `application/hal+json` for `application/json`"),
    ] {
        let unmet = unmet.err().map(|unmet| unmet.to_string()).unwrap_or_default();
        assert!(unmet.contains(told), "{mistake}: {unmet}");
    }
}
