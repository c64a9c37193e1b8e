//! Answers: `generated/media-types` over loopback, held against hand-written HTTP.

use std::fmt::Debug;

use media_types::Client;
use media_types::operations::answers::{
    AnswerFormBody, AnswerFormError, AnswerFormRequest, AnswerFormResponse, CheckPlaceOk, CheckPlaceRequest,
    CheckPlaceResponse, CookiesNoContent, CookiesNotModified, CookiesRequest, CookiesResponse, CountRequest,
    CountResponse, FindPlaceRequest, FindPlaceResponse, LabelBody, LabelRequest, LabelResponse,
    PlaceOptionsNoContent, PlaceOptionsRequest, PlaceOptionsResponse, ReportOkBody, ReportRequest,
    ReportResponse, TracePlaceRequest, TracePlaceResponse,
};
use media_types::types::{CountResponseBody, Place, TokenRequest, TokenRequestGrantType, Upload};
use specwright_conformance::{Recorder, exchange};
use specwright_runtime::client::{Error, Request};
use specwright_runtime::{ByteStream, Date, File, StatusCode};

use super::desk::Desk;

fn graz() -> Place {
    Place::default().with_city("Graz").with_zip(8010)
}

/// What the server makes of an answer, asked with this head.
async fn served(head: &str, body: &str, answer: impl Send + 'static) -> String {
    let desk = Desk::default().answering(answer);
    exchange(desk.start().await, head, body).await.expect("an answer").to_text()
}

/// What a client makes of an answer, and what it asked.
async fn read<R>(answer: &str, request: R) -> (Result<R::Output, Error<R::Error>>, String)
where
    R: Request + Send + 'static,
    R::Output: Send + Debug,
    R::Error: Send + Debug,
{
    let recorder = Recorder::start(answer).await.expect("a free port");
    let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
    let output = client.call(request).await.map(specwright_runtime::client::Success::into_body);
    (output, recorder.request().await.expect("a request"))
}

#[tokio::test]
async fn the_caller_picks_among_media_types_of_one_type() {
    let json = r#"{"city":"Graz","zip":8010}"#;
    let as_json = format!("200\ncontent-type: application/json\nvary: accept\n\n{json}");
    let as_vendors =
        format!("200\ncontent-type: application/vnd.place+json; version=2\nvary: accept\n\n{json}");
    let as_form =
        "200\ncontent-type: application/x-www-form-urlencoded\nvary: accept\n\ncity=Graz&zip=8010".to_owned();
    for (accept, answer) in [
        ("", &as_json),
        ("\naccept: */*", &as_json),
        ("\naccept: application/*", &as_json),
        ("\naccept: APPLICATION/X-WWW-Form-Urlencoded", &as_form),
        ("\naccept: application/json;q=0.5, application/x-www-form-urlencoded;q=0.6", &as_form),
        ("\naccept: application/json;q=0, */*;q=0.1", &as_form),
        ("\naccept: text/html\naccept: application/vnd.place+json", &as_vendors),
    ] {
        let head = format!("GET /places HTTP/1.1{accept}");
        assert_eq!(&served(&head, "", FindPlaceResponse::Ok(graz())).await, answer, "{accept}");
    }
    for answer in [&as_json, &as_form, &as_vendors] {
        let (place, request) = read(answer, FindPlaceRequest::new()).await;
        assert_eq!(place.expect("a place"), graz(), "{answer}");
        assert_eq!(
            request,
            "GET /places HTTP/1.1\n\
             accept: application/json, application/x-www-form-urlencoded, application/vnd.place+json; version=2"
        );
    }
}

#[tokio::test]
async fn a_caller_that_takes_nothing_of_it_is_told_so() {
    for accept in ["text/html", "application/json;q=0, text/*", "application/vnd.place+json; version=1"] {
        let head = format!("GET /places HTTP/1.1\naccept: {accept}");
        let desk = Desk::default().answering(FindPlaceResponse::Ok(graz()));
        let answer = exchange(desk.start().await, &head, "").await.expect("an answer");
        assert_eq!(answer.status, 406, "{accept}");
        assert!(answer.body.contains("application/x-www-form-urlencoded"), "{}", answer.body);
        assert!(desk.is_untouched(), "no handler ran");
    }
}

#[tokio::test]
async fn the_service_picks_among_media_types_of_several_types() {
    let csv = "200\ncontent-type: text/csv\n\ncity\nGraz";
    let png = "200\ncontent-type: image/png\n\npng";
    let octets = ByteStream::from("png").with_media_type("image/png");
    for (answer, body) in [
        (csv, ReportOkBody::Csv("city\nGraz".to_owned())),
        (png, ReportOkBody::Image(octets)),
        (
            "200\ncontent-type: application/json\n\n{\"zip\":1}",
            ReportOkBody::Json(Place::default().with_zip(1)),
        ),
    ] {
        let report = ReportResponse::Ok(body.clone());
        assert_eq!(served("GET /reports HTTP/1.1", "", report).await, answer);
        let (report, _) = read(answer, ReportRequest::new()).await;
        let report = report.expect("a report");
        assert_eq!(report, body);
        if let ReportOkBody::Image(octets) = report {
            assert_eq!(octets.media_type(), Some("image/png"));
        }
    }
}

#[tokio::test]
async fn the_service_sees_what_the_caller_takes() {
    let (json, csv, png) = (
        "200\ncontent-type: application/json\n\n{}",
        "200\ncontent-type: text/csv\n\ncity",
        "200\ncontent-type: image/png\n\npng",
    );
    for (accept, answer) in [
        ("*/*", json),
        ("text/csv", csv),
        ("application/json;q=0.2, text/*;q=0.3", csv),
        ("text/csv;q=0.1, image/png", png),
        ("image/*", png),
    ] {
        let head = format!("GET /reports HTTP/1.1\naccept: {accept}");
        let text = exchange(Desk::default().start().await, &head, "").await.expect("an answer").to_text();
        assert_eq!(text, answer, "{accept}");
    }
    // What it picks all the same is not sent to who does not take it.
    let desk = || Desk::default().answering(ReportResponse::Ok(ReportOkBody::Csv("city".to_owned())));
    for (accept, status) in [("text/csv", 200), ("application/json", 406), ("text/csv;q=0, */*", 406)] {
        let head = format!("GET /reports HTTP/1.1\naccept: {accept}");
        let answer = exchange(desk().start().await, &head, "").await.expect("an answer");
        assert_eq!(answer.status, status, "{accept}: {}", answer.body);
    }
    let answer =
        exchange(Desk::default().start().await, "GET /reports HTTP/1.1\naccept: image/webp", "").await;
    assert_eq!(answer.expect("an answer").status, 406, "it has no other picture than the one");

    // A caller says what it wants of a call.
    let recorder = Recorder::start(csv).await.expect("a free port");
    let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
    let report = client.answers().report().header("accept", "text/csv").await.expect("an answer");
    assert_eq!(report.into_body(), ReportOkBody::Csv("city".to_owned()));
    assert_eq!(recorder.request().await.expect("a request"), "GET /reports HTTP/1.1\naccept: text/csv");
}

#[tokio::test]
async fn text_may_be_a_value() {
    let head = "POST /counters HTTP/1.1\naccept: text/plain\ncontent-type: text/plain";
    for (answer, response) in [
        ("200\ncontent-type: text/plain; charset=utf-8\n\n2.5", CountResponse::Ok(2.5)),
        (
            "201\ncontent-type: text/plain; charset=utf-8\n\noff",
            CountResponse::Created(CountResponseBody::Off),
        ),
        (
            "202\ncontent-type: text/plain; charset=utf-8\n\n2024-02-29",
            CountResponse::Accepted("2024-02-29".parse::<Date>().expect("a day")),
        ),
    ] {
        assert_eq!(served(head, "7", response.clone()).await, answer);
        let (read, request) = read(answer, CountRequest::new(7)).await;
        assert_eq!(read.expect("an answer"), response);
        assert_eq!(request, format!("{head}\n\n7"));
    }
    for (body, constraint) in [("0", "minimum"), ("seven", "type"), ("", "required")] {
        let text = served(head, body, CountResponse::Ok(1.0)).await;
        assert!(text.starts_with("400") && text.contains(constraint), "{body}: {text}");
    }
    let (unreadable, _) = read("200\ncontent-type: text/plain\n\nmany", CountRequest::new(7)).await;
    assert!(matches!(unreadable, Err(Error::Decode(_))), "{unreadable:?}");
}

#[tokio::test]
async fn forms_and_parts_are_answers_too() {
    let head = "POST /forms HTTP/1.1\n\
                accept: application/x-www-form-urlencoded, multipart/form-data, application/problem+json\n\
                content-type: application/json; version=2";
    let token = TokenRequest::new(TokenRequestGrantType::Password)
        .with_scopes(vec!["a".to_owned(), "b,c".to_owned()])
        .with_place(graz());
    let form = "200\ncontent-type: application/x-www-form-urlencoded\n\n\
                grant_type=password&scopes=a,b%2Cc&place=%7B%22city%22%3A%22Graz%22%2C%22zip%22%3A8010%7D";
    let text = served(head, r#""hi""#, AnswerFormResponse::Ok(token.clone())).await;
    assert_eq!(text, form);
    let request = AnswerFormRequest::new(AnswerFormBody::ApplicationJsonVersion2("hi".to_owned()));
    let (answer, sent) = read(form, request.clone()).await;
    assert_eq!(answer.expect("a form"), AnswerFormResponse::Ok(token));
    assert_eq!(sent, format!("{head}\n\n\"hi\""));

    let upload = Upload::new("A title")
        .with_photo(File::new("octets").with_media_type("image/png"))
        .with_place(graz());
    let parts = "201\ncontent-type: multipart/form-data; boundary=XX\n\n\
                 --XX\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nA title\r\n\
                 --XX\r\nContent-Disposition: form-data; name=\"photo\"\r\nContent-Type: image/png\r\n\r\noctets\r\n\
                 --XX\r\nContent-Disposition: form-data; name=\"place\"\r\nContent-Type: application/json\r\n\r\n\
                 {\"city\":\"Graz\",\"zip\":8010}\r\n--XX--\r\n";
    let text = served(head, r#""hi""#, AnswerFormResponse::Created(upload.clone())).await;
    let boundary = text.split("boundary=").nth(1).and_then(|rest| rest.lines().next()).expect("a boundary");
    assert_eq!(text.replace(boundary, "XX"), parts);
    let (answer, _) = read(parts, request.clone()).await;
    assert_eq!(answer.expect("parts"), AnswerFormResponse::Created(upload));

    let problem = "418\ncontent-type: application/problem+json\n\n{\"zip\":1}";
    match read(problem, request.clone()).await.0 {
        Err(Error::Api(AnswerFormError::ClientError { status, body })) => {
            assert_eq!((status, body), (StatusCode::IM_A_TEAPOT, Place::default().with_zip(1)));
        }
        other => panic!("{other:?}"),
    }
    match read("503\ncontent-type: text/html\n\n<p>", request).await.0 {
        Err(Error::Api(AnswerFormError::Default { status })) => {
            assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
        }
        other => panic!("{other:?}"),
    }
}

/// An error goes out with the status that it has, if that is of its range.
#[tokio::test]
async fn errors_of_a_range_have_their_status() {
    let head = "POST /forms HTTP/1.1\ncontent-type: application/json; version=2";
    let caller = |status| AnswerFormError::ClientError { status, body: Place::default().with_zip(1) };
    assert_eq!(
        served(head, r#""hi""#, caller(StatusCode::IM_A_TEAPOT)).await,
        "418\ncontent-type: application/problem+json\n\n{\"zip\":1}"
    );
    let other = AnswerFormError::Default { status: StatusCode::SERVICE_UNAVAILABLE };
    assert_eq!(served(head, r#""hi""#, other).await, "503");
    let beyond = served(head, r#""hi""#, caller(StatusCode::BAD_GATEWAY)).await;
    assert!(beyond.starts_with("500\n"), "{beyond}");
}

#[tokio::test]
async fn parameters_of_media_types_tell_bodies_apart() {
    let place = || AnswerFormResponse::Created(Upload::new("A title"));
    for (media_type, body, seen) in [
        (
            "application/json;version=1",
            r#"{"zip":1}"#,
            AnswerFormBody::ApplicationJsonVersion1(Place::default().with_zip(1)),
        ),
        (
            "Application/Json; charset=UTF-8; Version=\"2\"",
            r#""x""#,
            AnswerFormBody::ApplicationJsonVersion2("x".to_owned()),
        ),
    ] {
        let head = format!("POST /forms HTTP/1.1\ncontent-type: {media_type}");
        let desk = Desk::default().answering(place());
        exchange(desk.start().await, &head, body).await.expect("an answer");
        assert_eq!(desk.seen(), Some(AnswerFormRequest::new(seen)), "{media_type}");
    }
    let refused = served("POST /forms HTTP/1.1\ncontent-type: text/plain", "x", place()).await;
    assert!(
        refused.starts_with("415\naccept: APPLICATION/Json; Version=1, application/json; version=2\n"),
        "{refused}"
    );
}

#[tokio::test]
async fn heads_have_headers_and_no_body() {
    let answer = CheckPlaceResponse::Ok(CheckPlaceOk::new("\"7\""));
    let text = served("HEAD /places HTTP/1.1", "", answer).await;
    assert_eq!(text, "200\netag: \"7\"");
    let (ok, request) = read("200\netag: \"7\"", CheckPlaceRequest::new()).await;
    assert_eq!(ok.expect("a head").e_tag, "\"7\"");
    assert_eq!(request, "HEAD /places HTTP/1.1\naccept: */*");
    let (missing, _) = read("404\nx-reason: gone", CheckPlaceRequest::new()).await;
    assert!(matches!(missing, Err(Error::Api(_))), "{missing:?}");
}

#[tokio::test]
async fn options_and_trace_are_operations() {
    let allow = PlaceOptionsNoContent::new(vec!["GET".to_owned(), "HEAD".to_owned()]);
    let text = served("OPTIONS /places HTTP/1.1", "", PlaceOptionsResponse::NoContent(allow.clone())).await;
    assert_eq!(text, "204\nallow: GET,HEAD");
    let (read_back, request) = read("204\nAllow: GET, HEAD", PlaceOptionsRequest::new()).await;
    assert_eq!(read_back.expect("a head"), allow);
    assert_eq!(request, "OPTIONS /places HTTP/1.1\naccept: */*");

    let trace = "200\ncontent-type: message/http\n\nTRACE /places HTTP/1.1\r\n\r\n";
    let octets = ByteStream::from("TRACE /places HTTP/1.1\r\n\r\n");
    assert_eq!(served("TRACE /places HTTP/1.1", "", TracePlaceResponse::Ok(octets.clone())).await, trace);
    let (read_back, request) = read(trace, TracePlaceRequest::new()).await;
    assert_eq!(read_back.expect("octets"), octets);
    assert_eq!(request, "TRACE /places HTTP/1.1\naccept: message/http");
}

#[tokio::test]
async fn cookies_are_a_line_each_and_headers_may_be_json() {
    let cookies = vec!["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT".to_owned(), "b=2".to_owned()];
    let answer = CookiesNoContent::new(cookies).with_x_place(Place::default().with_city("a, b"));
    let text = "204\nset-cookie: a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT\nset-cookie: b=2\nx-place: {\"city\":\"a, b\"}";
    assert_eq!(served("GET /cookies HTTP/1.1", "", CookiesResponse::NoContent(answer.clone())).await, text);
    let (read_back, _) = read(text, CookiesRequest::new()).await;
    assert_eq!(read_back.expect("cookies"), CookiesResponse::NoContent(answer));
    let unchanged = CookiesResponse::NotModified(CookiesNotModified::new("the same"));
    assert_eq!(served("GET /cookies HTTP/1.1", "", unchanged.clone()).await, "304\nx-reason: the same");
    let (read_back, _) = read("304\nx-reason: the same", CookiesRequest::new()).await;
    assert_eq!(read_back.expect("a head"), unchanged);
}

/// `application/*+json` is every media type of that suffix, and what it stands on.
#[tokio::test]
async fn a_suffix_is_a_range() {
    let json = r#"{"city":"Graz","zip":8010}"#;
    for (said, body, seen) in [
        ("application/hal+json", json, LabelBody::Json(graz())),
        ("application/json; charset=utf-8", json, LabelBody::Json(graz())),
        ("text/markdown", "Graz", LabelBody::Text("Graz".to_owned())),
    ] {
        let head = format!("PUT /labels HTTP/1.1\naccept: application/hal+json\ncontent-type: {said}");
        let desk = Desk::default().answering(LabelResponse::Ok(graz()));
        let answer = exchange(desk.start().await, &head, body).await.expect("an answer").to_text();
        assert_eq!(answer, format!("200\ncontent-type: application/json\n\n{json}"), "{said}");
        assert_eq!(desk.seen(), Some(LabelRequest::new(seen)), "{said}");
    }
    let head = "PUT /labels HTTP/1.1\ncontent-type: application/xml";
    assert!(served(head, json, LabelResponse::Ok(graz())).await.starts_with("415\n"));
    let answer = format!("200\ncontent-type: application/hal+json\n\n{json}");
    let (place, sent) = read(&answer, LabelRequest::new(LabelBody::Json(graz()))).await;
    assert_eq!(place.ok(), Some(graz()));
    assert!(sent.ends_with(&format!("content-type: application/json\n\n{json}")), "{sent}");
}
