//! Tables of requests and responses, with every form that a row has.

use specwright_runtime::{
    Body, ByteStream, Content, Method, Operation, Parameter, Produces, Schema, StatusCode, bodies,
    error_responses, operation, operation_span, request_bodies, response, responses,
};

use crate::pets::{NotFound, Pet, Problem};

#[derive(Clone, Debug, PartialEq)]
pub struct SendRequest {
    pub id: String,
    pub page: Option<i64>,
    pub trace: Option<String>,
    pub body: Option<SendBody>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum SendBody {
    Json(Pet),
    Text(String),
    Bytes(ByteStream),
}

request_bodies!(SendBody { Json(json "application/json"), Text(text "text/plain"), Bytes(bytes "image/*") });

#[derive(Clone, Debug, PartialEq)]
pub enum Report {
    Json(Pet),
    Csv(String),
    Image(ByteStream),
}

bodies!(Report { Json(json "application/json"), Csv(text "text/csv"), Image(bytes "image/*") });

#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub body: Report,
    pub tags: Vec<String>,
}

response!(Listed(..) { tags: "X-Tags" exploded });

#[derive(Clone, Debug, PartialEq)]
pub enum SendResponse {
    Ok(Pet),
    Created(Report),
    Accepted(Listed),
    NoContent,
    Success { status: StatusCode, body: Pet },
}

responses!(SendResponse {
    200 => Ok(Pet as json "application/hal+json"),
    201 => Created(Report),
    202 => Accepted(Listed),
    204 => NoContent,
    2XX => Success { _ as json },
});

#[derive(Clone, Debug, PartialEq)]
pub enum SendError {
    NotFound(NotFound),
    Text(String),
    Empty { status: StatusCode },
    Other { status: StatusCode, body: Problem },
}

error_responses!(SendError {
    404 => NotFound(NotFound),
    409 => Text(_ as text),
    4XX => Empty {},
    default => Other { _ as json },
});

pub static SEND: Operation = Operation {
    id: "send",
    method: Method::POST,
    path: "/send/{id}",
    parameters: &[
        Parameter::path("id", &Schema::string()),
        Parameter::query("page", &Schema::integer()),
        Parameter::header("X-Trace", &Schema::string()),
    ],
    body: Some(&Body::optional(&[
        Content::json("application/json", &Schema::of::<Pet>()),
        Content::text("text/plain"),
        Content::bytes("image/*"),
    ])),
    statuses: &["200", "201", "202", "204", "2XX", "404", "409", "4XX", "default"],
    produces: Produces::NONE,
    security: &[],
    servers: &[],
    span: operation_span!("send"),
};

operation!(SEND: SendRequest -> SendResponse | SendError {
    id: path "id",
    page: query "page",
    trace: header "X-Trace",
    body: optional body,
});

/// The only response is the default: declared errors go before it.
#[derive(Clone, Debug, PartialEq)]
pub enum AnyResponse {
    Default { status: StatusCode, body: Pet },
}

responses!(AnyResponse { default => Default { Pet as json } });

#[derive(Clone, Debug, PartialEq)]
pub enum AnyError {
    NotFound,
}

error_responses!(AnyError { 404 => NotFound });

#[derive(Clone, Debug, PartialEq)]
pub struct AnyRequest {}

pub static ANY: Operation = crate::pets::with_parameters("any", Method::GET, "/any", &[]);

operation!(ANY: AnyRequest -> AnyResponse | AnyError {});

fn rex() -> Pet {
    Pet { name: "rex".to_owned(), age: None }
}

#[test]
fn a_type_that_means_one_variant_converts() {
    assert_eq!(SendResponse::from(rex()), SendResponse::Ok(rex()));
    assert_eq!(SendResponse::from(Report::Json(rex())), SendResponse::Created(Report::Json(rex())));
}

#[test]
fn a_variant_of_several_statuses_holds_its_own() {
    let error = SendError::Empty { status: StatusCode::IM_A_TEAPOT };
    assert_eq!(error.status(), 418);
    assert_eq!(SendError::Text("no".to_owned()).status(), 409);
}

#[cfg(all(feature = "server", feature = "client"))]
mod both_sides {
    use std::sync::Arc;

    use specwright_runtime::client::{Core, Error, Success};
    use specwright_runtime::server::{Call, Response, Routes, Service};
    use specwright_runtime::{Failure, Rejection};

    use super::*;

    struct Echo;

    impl Service for Echo {}

    async fn send(_: Arc<Echo>, mut call: Call) -> Result<Response, Rejection> {
        let request: SendRequest = call.decode().await?;
        let problem = Problem { message: request.trace.unwrap_or_default() };
        let not_found = NotFound { body: problem.clone(), retry_after: Some(3) };
        let pet = || match request.body.clone() {
            Some(SendBody::Json(pet)) => pet,
            other => Pet { name: format!("{other:?}"), age: None },
        };
        let tags = vec!["a".to_owned(), "b".to_owned()];
        let answer: Result<SendResponse, Failure<SendError>> = match (request.id.as_str(), request.page) {
            ("ok", _) => Ok(pet().into()),
            ("created", Some(1)) => Ok(Report::Json(pet()).into()),
            ("created", Some(2)) => Ok(Report::Csv("a;b".to_owned()).into()),
            ("created", _) => Ok(Report::Image(ByteStream::from("png").with_media_type("image/png")).into()),
            ("accepted", _) => Ok(Listed { body: Report::Csv("c".to_owned()), tags }.into()),
            ("empty", _) => Ok(SendResponse::NoContent),
            ("reset", _) => Ok(SendResponse::Success { status: StatusCode::IM_USED, body: pet() }),
            ("gone", _) => Err(SendError::Empty { status: StatusCode::GONE }.into()),
            ("held", _) => Err(SendError::Text("held".to_owned()).into()),
            ("down", _) => Err(SendError::Other { status: StatusCode::BAD_GATEWAY, body: problem }.into()),
            _ => Err(not_found.into()),
        };
        call.respond(answer)
    }

    async fn any(_: Arc<Echo>, mut call: Call) -> Result<Response, Rejection> {
        let _: AnyRequest = call.decode().await?;
        let answer: Result<AnyResponse, Failure<AnyError>> = if call.bearer().is_some() {
            Ok(AnyResponse::Default { status: StatusCode::OK, body: rex() })
        } else {
            Err(AnyError::NotFound.into())
        };
        call.respond(answer)
    }

    async fn core() -> Core {
        let router = Routes::new(Echo).operation(&SEND, send).operation(&ANY, any).into_router();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Core::builder(&[]).base_url(format!("http://{address}")).build().unwrap()
    }

    async fn sent(
        id: &str,
        page: Option<i64>,
        body: Option<SendBody>,
    ) -> Result<SendResponse, Error<SendError>> {
        let request = SendRequest { id: id.to_owned(), page, trace: Some("why".to_owned()), body };
        core().await.call(request).await.map(Success::into_body)
    }

    #[tokio::test]
    async fn successes_come_back_as_they_were_given() {
        let json = Some(SendBody::Json(rex()));
        assert_eq!(sent("ok", None, json.clone()).await.unwrap(), SendResponse::Ok(rex()));
        for (page, report) in [
            (1, Report::Json(rex())),
            (2, Report::Csv("a;b".to_owned())),
            (3, Report::Image(ByteStream::from("png").with_media_type("image/png"))),
        ] {
            let got = sent("created", Some(page), json.clone()).await.unwrap();
            assert_eq!(got, SendResponse::Created(report));
        }
        let tags = vec!["a".to_owned(), "b".to_owned()];
        let listed = Listed { body: Report::Csv("c".to_owned()), tags };
        assert_eq!(sent("accepted", None, None).await.unwrap(), SendResponse::Accepted(listed));
        assert_eq!(sent("empty", None, None).await.unwrap(), SendResponse::NoContent);
        let success = SendResponse::Success { status: StatusCode::IM_USED, body: rex() };
        assert_eq!(sent("reset", None, json).await.unwrap(), success);
    }

    #[tokio::test]
    async fn bodies_go_by_their_media_type() {
        for (body, name) in [(None, "None"), (Some(SendBody::Text("hi".to_owned())), "Some(Text(\"hi\"))")] {
            let got = sent("ok", None, body).await.unwrap();
            assert_eq!(got, SendResponse::Ok(Pet { name: name.to_owned(), age: None }));
        }
    }

    #[tokio::test]
    async fn errors_come_back_as_they_were_given() {
        let problem = Problem { message: "why".to_owned() };
        for (id, expected) in [
            ("none", SendError::NotFound(NotFound { body: problem.clone(), retry_after: Some(3) })),
            ("held", SendError::Text("held".to_owned())),
            ("gone", SendError::Empty { status: StatusCode::GONE }),
            ("down", SendError::Other { status: StatusCode::BAD_GATEWAY, body: problem }),
        ] {
            let Error::Api(error) = sent(id, None, None).await.unwrap_err() else { panic!("{id}") };
            assert_eq!(error, expected);
        }
    }

    #[tokio::test]
    async fn declared_errors_go_before_a_default_that_is_a_success() {
        let error = core().await.call(AnyRequest {}).await.unwrap_err();
        assert!(matches!(error, Error::Api(AnyError::NotFound)), "{error:?}");
    }
}
