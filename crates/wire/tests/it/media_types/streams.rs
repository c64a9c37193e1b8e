//! Streams: `generated/media-types` over loopback, held against hand-written HTTP.

use std::time::Duration;

use media_types::Client;
use media_types::operations::streams::{
    DigestRequest, DigestResponse, GetFileRequest, GetFileResponse, ListenResponse, PutFileRequest,
    PutFileResponse, PutPictureRequest, PutPictureResponse, SendLinesRequest, SendLinesResponse,
    WatchResponse,
};
use media_types::types::Place;
use specwright_conformance::{Recorder, exchange};
use specwright_runtime::client::{Error, Success};
use specwright_runtime::{ByteStream, Bytes, Event, EventStream, JsonLines};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::desk::Desk;

fn client(base_url: String) -> Client {
    Client::builder().base_url(base_url).build().expect("a legal base URL")
}

fn place(city: &str) -> Place {
    Place::default().with_city(city)
}

/// So many octets that nobody holds.
fn many(octets: u64) -> ByteStream {
    ByteStream::from_reader(tokio::io::repeat(b'x').take(octets))
}

/// How many octets a stream has, read one piece at a time.
async fn count(mut octets: ByteStream) -> u64 {
    let mut count = 0;
    while let Some(piece) = octets.next().await {
        count += piece.expect("a piece").len() as u64;
    }
    count
}

#[tokio::test]
async fn octets_say_what_they_are() {
    let head = "PUT /files/a HTTP/1.1\naccept: */*\ncontent-type: image/png";
    let octets = ByteStream::from("png").with_media_type("image/png");
    let desk = Desk::default().answering(PutFileResponse::NoContent);
    let answer = exchange(desk.start().await, head, "png").await.expect("an answer");
    assert_eq!(answer.to_text(), "204");
    let seen: PutFileRequest = desk.seen().expect("a file");
    assert_eq!((seen.body.media_type(), &seen.body), (Some("image/png"), &octets));
    let recorder = Recorder::start("204").await.expect("a free port");
    client(recorder.base_url()).streams().put_file("a", octets.clone()).await.expect("an answer");
    assert_eq!(recorder.request().await.expect("a request"), format!("{head}\n\npng"));

    let desk = Desk::default().answering(GetFileResponse::Ok(octets));
    let answer = exchange(desk.start().await, "GET /files/a HTTP/1.1", "").await.expect("an answer");
    assert_eq!(answer.to_text(), "200\ncontent-type: image/png\n\npng");
    let desk = Desk::default().answering(GetFileResponse::Ok(ByteStream::from("?")));
    let answer = exchange(desk.start().await, "GET /files/a HTTP/1.1", "").await.expect("an answer");
    assert_eq!(answer.to_text(), "200\ncontent-type: application/octet-stream\n\n?");
}

/// A range says what may be sent; who sends it says what is.
#[tokio::test]
async fn octets_are_of_one_type_of_a_range() {
    let head = "PUT /pictures HTTP/1.1\naccept: application/*, image/*\ncontent-type: image/webp";
    let webp = || ByteStream::from("webp").with_media_type("image/webp");
    for (response, wire) in [
        (PutPictureResponse::Created(webp()), "201\ncontent-type: image/webp\n\nwebp"),
        (
            PutPictureResponse::Ok(ByteStream::from("%PDF").with_media_type("application/pdf")),
            "200\ncontent-type: application/pdf\n\n%PDF",
        ),
        (
            PutPictureResponse::Ok(ByteStream::from("?").with_media_type("application/octet-stream")),
            "200\ncontent-type: application/octet-stream\n\n?",
        ),
    ] {
        let desk = Desk::default().answering(response.clone());
        let answer = exchange(desk.start().await, head, "webp").await.expect("an answer");
        assert_eq!(answer.to_text(), wire);
        assert_eq!(desk.seen(), Some(PutPictureRequest::new(webp())));
        let recorder = Recorder::start(wire).await.expect("a free port");
        let read = client(recorder.base_url()).call(PutPictureRequest::new(webp())).await;
        assert_eq!(read.expect("an answer").into_body(), response);
        assert_eq!(recorder.request().await.expect("a request"), format!("{head}\n\nwebp"));
    }
    // What is of no type of the range goes neither way.
    for octets in [ByteStream::from("?"), ByteStream::from("<p>").with_media_type("text/html")] {
        let recorder = Recorder::start("204").await.expect("a free port");
        let sent = client(recorder.base_url()).call(PutPictureRequest::new(octets.clone())).await;
        match sent.expect_err("no picture") {
            Error::InvalidRequest { violations, .. } => {
                assert_eq!(violations[0].constraint.as_str(), "mediaType");
            }
            other => panic!("{other:?}"),
        }
        assert!(recorder.request().await.is_err(), "nothing was sent");
        let desk = Desk::default().answering(PutPictureResponse::Created(octets));
        let answer = exchange(desk.start().await, head, "webp").await.expect("an answer");
        assert_eq!(answer.status, 500, "{}", answer.body);
    }
    let answer = exchange(Desk::default().start().await, &head.replace("webp", "svg+xml"), "<svg/>").await;
    assert_eq!(answer.expect("an answer").status, 500, "no answer is set, but it arrived");
    let answer =
        exchange(Desk::default().start().await, &head.replace("image/webp", "text/html"), "<p>").await;
    assert_eq!(answer.expect("an answer").status, 415);
}

#[tokio::test]
async fn octets_go_through_without_being_held() {
    const OCTETS: u64 = 64 * 1024 * 1024;
    let desk = Desk::default().answering(PutFileResponse::NoContent);
    let client = client(format!("http://{}", desk.start().await));
    // The handler answers before it has read anything: the test reads what it was given.
    let sent =
        tokio::spawn(
            async move { client.streams().put_file("a", many(OCTETS)).await.map(Success::into_body) },
        );
    let seen: PutFileRequest = loop {
        match desk.seen() {
            Some(seen) => break seen,
            None => tokio::time::sleep(Duration::from_millis(5)).await,
        }
    };
    assert_eq!(count(seen.body).await, OCTETS);
    sent.await.expect("no panic").expect("an answer");

    let desk = Desk::default().answering(GetFileResponse::Ok(many(OCTETS).with_length(OCTETS)));
    let client = self::client(format!("http://{}", desk.start().await));
    let file = client.call(GetFileRequest::new("a")).await.expect("an answer").into_body();
    assert_eq!(file.length(), Some(OCTETS));
    assert_eq!(count(file).await, OCTETS);
}

#[tokio::test]
async fn a_reader_says_how_much_it_takes() {
    let octets = many(2000).collect(1999).await;
    assert!(octets.is_err_and(|error| error.is_too_large()));
    assert_eq!(many(2000).collect(2000).await.expect("octets").len(), 2000);
}

#[tokio::test]
async fn parts_without_names_are_octets_with_their_boundary() {
    let head = "POST /digests HTTP/1.1\naccept: */*\ncontent-type: multipart/digest; boundary=X";
    let octets = ByteStream::from("--X\r\n\r\na\r\n--X--").with_media_type("multipart/digest; boundary=X");
    let desk = Desk::default().answering(DigestResponse::NoContent);
    exchange(desk.start().await, head, "--X\r\n\r\na\r\n--X--").await.expect("an answer");
    assert_eq!(desk.seen(), Some(DigestRequest::new(octets.clone())));
    let recorder = Recorder::start("204").await.expect("a free port");
    client(recorder.base_url()).streams().digest(octets).await.expect("an answer");
    assert_eq!(recorder.request().await.expect("a request"), format!("{head}\n\n--X\r\n\r\na\r\n--X--"));
}

#[tokio::test]
async fn events_come_one_by_one() {
    let events = [
        Event::new(place("Graz")).with_id("1").with_event("added"),
        Event::new(place("Wien")).with_retry(Duration::from_millis(250)),
    ];
    let wire = "200\ncontent-type: text/event-stream\n\n\
                event: added\nid: 1\ndata: {\"city\":\"Graz\"}\n\nretry: 250\ndata: {\"city\":\"Wien\"}\n\n";
    let desk = Desk::default().answering(WatchResponse::Ok(events.iter().cloned().collect()));
    let answer = exchange(desk.start().await, "GET /events HTTP/1.1", "").await.expect("an answer");
    assert_eq!(answer.to_text(), wire);

    let foreign = "200\ncontent-type: text/event-stream; charset=utf-8\n\n\
                   : hello\r\nid: 1\r\nevent: added\r\ndata: {\r\ndata: \"city\": \"Graz\"}\r\n\r\n\
                   data: [DONE]\n\nretry: 250\rdata:{\"city\":\"Wien\"}\r\r";
    let recorder = Recorder::start(foreign).await.expect("a free port");
    let mut read = client(recorder.base_url()).streams().watch().await.expect("an answer").into_body();
    let mut next = async || read.next().await;
    assert_eq!(next().await.expect("an event").expect("a place"), events[0]);
    let done = next().await.expect("an event").expect_err("no place");
    assert_eq!(done.text(), Some("[DONE]"));
    assert_eq!(next().await.expect("an event").expect("a place"), events[1]);
    assert!(next().await.is_none());
    assert_eq!((read.last_event_id(), read.retry()), (Some("1"), Some(Duration::from_millis(250))));
    let request = recorder.request().await.expect("a request");
    assert_eq!(request, "GET /events HTTP/1.1\naccept: text/event-stream");
}

#[tokio::test]
async fn comments_keep_a_stream_of_events_alive() {
    let slow = || {
        let (mut writer, reader) = tokio::io::duplex(1024);
        tokio::spawn(async move {
            for text in ["id: 1\n", "data: {\"city\":\"Graz\"}\n\n", "data: {\"city\":\"Wien\"}\n\n"] {
                writer.write_all(text.as_bytes()).await.expect("a reader");
                tokio::time::sleep(Duration::from_millis(250)).await;
            }
        });
        let events = EventStream::of(ByteStream::from_reader(reader));
        Desk::default().answering(WatchResponse::Ok(events.keep_alive(Duration::from_millis(100))))
    };
    let answer = exchange(slow().start().await, "GET /events HTTP/1.1", "").await.expect("an answer");
    let text = answer.to_text();
    assert!(text.contains("}\n\n:\n\n"), "a comment where nothing comes: {text}");
    assert!(text.contains("id: 1\ndata: {"), "and none inside of an event: {text}");
    let events = text.replace(":\n\n", "");
    assert!(events.ends_with("id: 1\ndata: {\"city\":\"Graz\"}\n\ndata: {\"city\":\"Wien\"}\n\n"), "{text}");

    let client = client(format!("http://{}", slow().start().await));
    let mut read = client.streams().watch().await.expect("an answer").into_body();
    for city in ["Graz", "Wien"] {
        assert_eq!(read.next().await.expect("an event").expect("a place").data, place(city));
    }
    assert!(read.next().await.is_none(), "comments are no events");
}

#[tokio::test]
async fn events_may_be_text() {
    let texts = ["two\nlines", "", "{\"a\": 1}", "7", "\"quoted\""];
    let desk =
        Desk::default().answering(ListenResponse::Ok(texts.iter().map(|text| (*text).to_owned()).collect()));
    let client = client(format!("http://{}", desk.start().await));
    let mut read: EventStream<String> = client.streams().listen().await.expect("an answer").into_body();
    for text in texts {
        assert_eq!(read.next().await.expect("an event").expect("a text").data, text);
    }
    assert!(read.next().await.is_none());
}

#[tokio::test]
async fn values_come_line_by_line() {
    let places = || [place("Graz"), place("Wien")];
    let lines = "{\"city\":\"Graz\"}\n{\"city\":\"Wien\"}\n";
    let records = "\u{1e}{\"city\":\"Graz\"}\n\u{1e}{\"city\":\"Wien\"}\n";
    let head = "POST /lines HTTP/1.1\naccept: application/json-seq\ncontent-type: application/x-ndjson";
    let desk = Desk::default().answering(SendLinesResponse::Ok(places().into_iter().collect()));
    let answer = exchange(desk.start().await, head, lines).await.expect("an answer");
    assert_eq!(answer.to_text(), format!("200\ncontent-type: application/json-seq\n\n{records}"));
    let seen: SendLinesRequest = desk.seen().expect("lines");
    assert_eq!(seen, SendLinesRequest::new(places().into_iter().collect()));

    let answer = "200\ncontent-type: application/json-seq\n\n\u{1e}{\n\"city\":\"Graz\"}\n\u{1e}\u{1e}{\"city\":\"Wien\"}";
    let recorder = Recorder::start(answer).await.expect("a free port");
    let sent: JsonLines<Place> = places().into_iter().collect();
    let mut read =
        client(recorder.base_url()).streams().send_lines(sent).await.expect("an answer").into_body();
    for place in places() {
        assert_eq!(read.next().await.expect("a value").expect("a place"), place);
    }
    assert!(read.next().await.is_none());
    assert_eq!(recorder.request().await.expect("a request"), format!("{head}\n\n{lines}"));
}

#[tokio::test]
async fn a_value_that_breaks_the_contract_does_not_end_the_stream() {
    let head = "POST /lines HTTP/1.1\ncontent-type: application/x-ndjson";
    let desk = Desk::default().answering(SendLinesResponse::Ok(JsonLines::of(ByteStream::new(Bytes::new()))));
    let lines = "{\"zip\":\"a\"}\r\n\r\nno JSON\n{\"zip\":1}";
    exchange(desk.start().await, head, lines).await.expect("an answer");
    let mut seen = desk.seen::<SendLinesRequest>().expect("lines").body;
    let invalid = seen.next().await.expect("a value").expect_err("no place");
    assert_eq!(invalid.violations()[0].pointer, "/zip");
    let unreadable = seen.next().await.expect("a value").expect_err("no JSON");
    assert_eq!(unreadable.text(), Some("no JSON"));
    assert_eq!(seen.next().await.expect("a value").expect("a place"), Place::default().with_zip(1));
    assert!(seen.next().await.is_none());
}
