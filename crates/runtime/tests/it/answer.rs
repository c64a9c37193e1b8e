//! What handlers may fail with.

use std::time::Duration;

use specwright_runtime::{
    Answers, Failure, Internal, Rejection, RejectionKind, StatusCode, Unavailable, Unimplemented,
    error_responses, failures, response,
};

#[derive(Debug, PartialEq)]
struct NotFound;

response!(NotFound());

#[derive(Debug, PartialEq)]
enum ReadError {
    NotFound(NotFound),
    Conflict(String),
    Gone,
    ClientError { status: StatusCode, body: String },
}

error_responses!(ReadError { 404 => NotFound(NotFound), 409 => Conflict(_ as text), 410 => Gone, 4XX => ClientError { _ as text } });

#[derive(Debug)]
enum NoError {}

error_responses!(NoError {});

/// An error of the service's own.
struct NoSuchRow;

impl Answers for NoSuchRow {
    type Response = NotFound;

    fn answer(self) -> NotFound {
        NotFound
    }
}

/// The service is full.
struct Full;

impl<E> From<Full> for Failure<E> {
    fn from(_: Full) -> Self {
        Unavailable::new().into()
    }
}

enum RowError {
    NoSuchRow(NoSuchRow),
    Full(Full),
}

failures! { RowError: NoSuchRow, Full; }

fn row(error: RowError) -> Result<(), Failure<ReadError>> {
    Err(error)?
}

fn read(outcome: u8) -> Result<(), Failure<ReadError>> {
    match outcome {
        0 => Err(NoSuchRow)?,
        1 => Err(NotFound)?,
        2 => Err(ReadError::Gone)?,
        3 => Err(ReadError::Conflict("held".to_owned()).into()),
        _ => Err(Internal::new("disk full"))?,
    }
}

fn nothing() -> Result<(), Failure<NoError>> {
    Err(Unimplemented)?
}

#[test]
fn domain_errors_become_declared_responses() {
    assert_eq!(read(0).unwrap_err().into_declared().unwrap(), ReadError::NotFound(NotFound));
    assert_eq!(read(1).unwrap_err().declared(), Some(&ReadError::NotFound(NotFound)));
    assert_eq!(read(2).unwrap_err().to_string(), "410 Gone");
    assert_eq!(read(3).unwrap_err().declared().map(ReadError::status), Some(StatusCode::CONFLICT));
}

#[test]
fn an_enum_of_errors_becomes_what_each_of_them_does() {
    let failure = row(RowError::NoSuchRow(NoSuchRow)).unwrap_err();
    assert_eq!(failure.into_declared().unwrap(), ReadError::NotFound(NotFound));
    let failure = row(RowError::Full(Full)).unwrap_err();
    assert_eq!(failure.rejection().map(Rejection::kind), Some(RejectionKind::Unavailable));
}

#[test]
fn a_range_has_the_status_that_it_holds() {
    let error = ReadError::ClientError { status: StatusCode::IM_A_TEAPOT, body: String::new() };
    assert_eq!(error.status(), 418);
}

#[test]
fn the_rest_is_rejected() {
    let rejection = read(9).unwrap_err().into_declared().unwrap_err();
    assert_eq!(rejection.kind(), RejectionKind::Internal);
    assert_eq!(std::error::Error::source(&rejection).unwrap().to_string(), "disk full");
    assert!(!rejection.to_string().contains("disk"), "{rejection}");

    assert_eq!(nothing().unwrap_err().rejection().map(Rejection::status), Some(StatusCode::NOT_IMPLEMENTED));

    let rejection = Rejection::from(Unavailable::retry_after(Duration::from_millis(1500)));
    assert_eq!(rejection.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(rejection.headers()["retry-after"], "2");
}
