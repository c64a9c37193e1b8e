//! Multipart bodies: `generated/media-types` over loopback, held against hand-written HTTP.

use media_types::Client;
use media_types::operations::parts::{
    BundleRequest, BundleResponse, FillSheetRequest, FillSheetResponse, KeepDossierRequest,
    KeepDossierResponse, UploadRequest,
};
use media_types::types::{
    Bundle, KeepDossierRequestBody, KeepDossierRequestBodyPagesPart, KeepDossierRequestBodyPlacePart,
    KeepDossierResponseBody, Place, Sheet, Upload,
};
use specwright_conformance::{Recorder, exchange};
use specwright_runtime::client::Error;
use specwright_runtime::client::reqwest::header::{HeaderName, HeaderValue};
use specwright_runtime::{ByteStream, File};
use tokio::io::AsyncReadExt as _;

use super::desk::Desk;

const HEAD: &str = "POST /uploads HTTP/1.1\naccept: */*\ncontent-type: multipart/form-data; boundary=XX";

/// A body of parts, each its headers and what it holds.
fn body(parts: &[(&str, &str)]) -> String {
    let part = |(head, held): &(&str, &str)| {
        let head = head.replace('\n', "\r\n");
        format!("--XX\r\nContent-Disposition: form-data; {head}\r\n\r\n{held}\r\n")
    };
    parts.iter().map(part).collect::<String>() + "--XX--\r\n"
}

/// The text arrives as the value, and the value leaves as the text.
async fn is_written(parts: &[(&str, &str)], upload: Upload) {
    let (body, request) = (body(parts), UploadRequest::new(upload));
    let desk = Desk::default();
    let answer = exchange(desk.start().await, HEAD, &body).await.expect("an answer");
    assert_eq!(answer.to_text(), "204", "{body}");
    assert_eq!(desk.seen().as_ref(), Some(&request), "{body}");
    let recorder = Recorder::start("204").await.expect("a free port");
    let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
    client.call(request).await.expect("an answer");
    let sent = recorder.request().await.expect("a request");
    let boundary = sent.split("boundary=").nth(1).and_then(|rest| rest.lines().next()).expect("a boundary");
    assert!(boundary.len() >= 32, "{boundary}");
    assert_eq!(sent.replace(boundary, "XX"), format!("{HEAD}\n\n{body}"));
}

/// The violations that a body is refused for, each as constraint and pointer.
async fn refused(head: &str, body: &str) -> String {
    let desk = Desk::default();
    let answer = exchange(desk.start().await, head, body).await.expect("an answer");
    assert_eq!(answer.status, 400, "{body}: {}", answer.body);
    assert!(desk.is_untouched(), "no handler ran");
    let problem: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    let violations = problem["violations"].as_array().into_iter().flatten();
    let text = |found: &serde_json::Value, key: &str| found[key].as_str().unwrap_or_default().to_owned();
    let told = violations.map(|found| format!("{} {}", text(found, "constraint"), text(found, "pointer")));
    told.collect::<Vec<_>>().join("; ")
}

#[tokio::test]
async fn properties_are_parts() {
    let upload = || Upload::new("A title");
    let title = ("name=\"title\"", "A title");
    is_written(&[title], upload()).await;
    is_written(
        &[title, ("name=\"count\"", "7"), ("name=\"tags\"", "a"), ("name=\"tags\"", "b, c")],
        upload().with_count(7).with_tags(vec!["a".to_owned(), "b, c".to_owned()]),
    )
    .await;
    is_written(
        &[title, ("name=\"note\"\nContent-Type: text/markdown", "# é\r\n--X")],
        upload().with_note("# é\r\n--X"),
    )
    .await;
}

#[tokio::test]
async fn files_have_names_media_types_and_octets() {
    let title = ("name=\"title\"", "A title");
    let photo = File::new("octets").with_file_name("é.png").with_media_type("image/png");
    let plain = File::new("").with_file_name("empty").with_media_type("application/octet-stream");
    let nameless = File::new("a\r\n").with_media_type("text/plain");
    is_written(
        &[
            title,
            ("name=\"photo\"; filename=\"é.png\"\nContent-Type: image/png", "octets"),
            ("name=\"attachments\"; filename=\"empty\"\nContent-Type: application/octet-stream", ""),
            ("name=\"attachments\"\nContent-Type: text/plain", "a\r\n"),
        ],
        Upload::new("A title").with_photo(photo).with_attachments(vec![plain, nameless]),
    )
    .await;
}

#[tokio::test]
async fn objects_are_json() {
    let place = || Place::default().with_city("Graz").with_zip(8010);
    is_written(
        &[
            ("name=\"title\"", "A title"),
            ("name=\"place\"\nContent-Type: application/vnd.place+json", r#"{"city":"Graz","zip":8010}"#),
            ("name=\"places\"\nContent-Type: application/json", r#"{"city":"Graz","zip":8010}"#),
            ("name=\"places\"\nContent-Type: application/json", "{}"),
        ],
        Upload::new("A title").with_place(place()).with_places(vec![place(), Place::default()]),
    )
    .await;
}

#[tokio::test]
async fn any_octets_go_from_the_client_to_the_server() {
    let desk = Desk::default();
    let base_url = format!("http://{}", desk.start().await);
    let client = Client::builder().base_url(base_url).build().expect("a legal base URL");
    let octets: Vec<u8> = (0..=255).chain(*b"\r\n--\r\n").collect();
    let upload = Upload::new("A title").with_photo(octets.clone());
    client.parts().upload(&upload).await.expect("an answer");
    let seen: UploadRequest = desk.seen().expect("an upload");
    let photo = seen.body.photo.expect("a photo");
    assert_eq!((&photo.octets, photo.file_name.as_deref()), (&octets.into(), None));
    // What the contract names first.
    assert_eq!(photo.media_type.as_deref(), Some("image/png"));
}

#[tokio::test]
async fn every_violation_names_its_part() {
    for (parts, violations) in [
        (&[][..], "required /title"),
        (&[("name=\"title\"", "a"), ("name=\"count\"", "10")], "minLength /title; maximum /count"),
        (&[("name=\"title\"", "ab"), ("name=\"title\"", "ab")], "repeated /title"),
        (&[("name=\"title\"", "ab"), ("name=\"count\"", "x")], "type /count"),
        (&[("name=\"title\"", "ab"), ("name=\"surplus\"", "x")], "additionalProperties /surplus"),
        (&[("name=\"title\"", "ab"), ("name=\"place\"", "Graz")], "type /place"),
        (&[("name=\"title\"", "ab"), ("name=\"places\"", "{\"zip\":\"x\"}")], "type /places/0/zip"),
        (
            &[("name=\"title\"", "ab"), ("name=\"photo\"; filename=\"a\"\nContent-Type: text/html", "<p>")],
            "mediaType /photo",
        ),
        (&[("filename=\"title\"", "ab")], "encoding "),
    ] {
        assert_eq!(refused(HEAD, &body(parts)).await, violations, "{parts:?}");
    }
    let whole = body(&[("name=\"title\"", "ab")]);
    assert_eq!(refused(HEAD, &whole[..whole.len() - 10]).await, "encoding ", "cut off");
    assert_eq!(refused(HEAD, "title=ab").await, "encoding ", "not in parts");
    assert_eq!(refused(HEAD.trim_end_matches("; boundary=XX"), &whole).await, "encoding ", "no boundary");
}

#[tokio::test]
async fn a_client_sends_nothing_that_breaks_the_contract() {
    let recorder = Recorder::start("204").await.expect("a free port");
    let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
    let photo = File::new("x").with_media_type("a/b\r\nX-Injected: 1");
    match client.parts().upload(&Upload::new("a").with_photo(photo)).await {
        Err(Error::InvalidRequest { violations, .. }) => {
            let constraints: Vec<&str> = violations.iter().map(|found| found.constraint.as_str()).collect();
            assert_eq!(constraints, ["minLength", "mediaType"]);
        }
        other => panic!("{other:?}"),
    }
    assert!(recorder.request().await.is_err(), "nothing was sent");
}

/// A part that is JSON holds `null`; without a part for it the list would be another.
#[tokio::test]
async fn a_list_keeps_its_null_or_is_not_sent() {
    let rating = |held: &'static str| ("name=\"ratings\"\nContent-Type: application/json", held);
    is_written(
        &[("name=\"title\"", "ab"), rating("1"), rating("null"), rating("3")],
        Upload::new("ab").with_ratings(vec![Some(1), None, Some(3)]),
    )
    .await;
    let recorder = Recorder::start("204").await.expect("a free port");
    let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
    match client.parts().upload(&Upload::new("ab").with_marks(vec![Some(1), None])).await {
        Err(Error::InvalidRequest { violations, .. }) => assert_eq!(violations[0].pointer, "/marks/1"),
        other => panic!("{other:?}"),
    }
    assert!(recorder.request().await.is_err(), "nothing was sent");
}

#[tokio::test]
async fn a_name_ends_no_line() {
    let recorder = Recorder::start("204").await.expect("a free port");
    let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
    let photo = File::new("x").with_file_name("a\"\r\nX-Injected: 1").with_media_type("image/png");
    client.parts().upload(&Upload::new("ab").with_photo(photo)).await.expect("an answer");
    let sent = recorder.request().await.expect("a request");
    assert!(sent.contains("filename=\"a%22%0D%0AX-Injected: 1\"\r\nContent-Type: image/png"), "{sent}");
}

#[tokio::test]
async fn parts_have_headers_of_their_own() {
    let (name, value) = (HeaderName::from_static("x-note"), HeaderValue::from_static("a b"));
    let photo = File::new("octets").with_media_type("image/png").with_header(name, value);
    is_written(
        &[("name=\"title\"", "A title"), ("name=\"photo\"\nContent-Type: image/png\nx-note: a b", "octets")],
        Upload::new("A title").with_photo(photo),
    )
    .await;
}

/// The table of styles, each pair a part, and nothing percent-encoded.
#[tokio::test]
async fn parts_have_the_styles_of_queries() {
    let head = "POST /sheets HTTP/1.1\naccept: multipart/form-data\n\
                content-type: multipart/form-data; boundary=XX";
    let text = |text: &str| text.to_owned();
    for (parts, sheet) in [
        (
            &[("name=\"fields\"", "a b,c&é,%2C")][..],
            Sheet::default().with_fields(vec![text("a b"), text("c&é"), text("%2C")]),
        ),
        (&[("name=\"words\"", "a b,c")], Sheet::default().with_words(vec![text("a"), text("b,c")])),
        (&[("name=\"bars\"", "1|2")], Sheet::default().with_bars(vec![1, 2])),
        (&[("name=\"pages\"", "1"), ("name=\"pages\"", "2")], Sheet::default().with_pages(vec![1, 2])),
        (
            &[("name=\"near[city]\"", "Graz & Wien"), ("name=\"near[zip]\"", "8010")],
            Sheet::default().with_near(Place::default().with_city("Graz & Wien").with_zip(8010)),
        ),
        (&[("name=\"marks[]\"", "1"), ("name=\"marks[]\"", "2")], Sheet::default().with_marks(vec![1, 2])),
        (
            &[("name=\"city\"", "Graz"), ("name=\"zip\"", "8010")],
            Sheet::default().with_within(Place::default().with_city("Graz").with_zip(8010)),
        ),
        (
            &[("name=\"title\"", "city"), ("name=\"around\"", "city,Graz,zip,8010")],
            Sheet::default()
                .with_title("city")
                .with_around(Place::default().with_city("Graz").with_zip(8010)),
        ),
    ] {
        let body = body(parts);
        let wire = format!("200\ncontent-type: multipart/form-data; boundary=XX\n\n{body}");
        let desk = Desk::default().answering(FillSheetResponse::Ok(sheet.clone()));
        let answer = exchange(desk.start().await, head, &body).await.expect("an answer");
        assert_eq!(desk.seen(), Some(FillSheetRequest::new(sheet.clone())), "{body}");
        assert_eq!(unbound(&answer.to_text()), wire);
        let recorder = Recorder::start(&wire).await.expect("a free port");
        let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
        let read = client.call(FillSheetRequest::new(sheet.clone())).await.expect("an answer");
        assert_eq!(read.into_body(), sheet, "{wire}");
        assert_eq!(unbound(&recorder.request().await.expect("a request")), format!("{head}\n\n{body}"));
    }
    for (parts, violations) in [
        (&[("name=\"pages\"", "1"), ("name=\"pages\"", "10")][..], "maximum /pages/1"),
        (&[("name=\"bars\"", "1|x")], "type /bars/1"),
        (&[("name=\"near[zip]\"", "x")], "type /near/zip"),
        (&[("name=\"fields\"", "a"), ("name=\"fields\"", "b")], "repeated /fields"),
        (&[("name=\"far[zip]\"", "1")], "additionalProperties /far[zip]"),
    ] {
        assert_eq!(refused(head, &body(parts)).await, violations, "{parts:?}");
    }
    // What stands between items cannot stand in one: nothing is sent.
    let recorder = Recorder::start("204").await.expect("a free port");
    let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
    let sheet = Sheet::default().with_fields(vec![text("a,b"), text("c")]);
    match client.parts().fill_sheet(&sheet).await {
        Err(Error::InvalidRequest { violations, .. }) => assert_eq!(violations[0].pointer, "/fields"),
        other => panic!("{other:?}"),
    }
}

/// Headers are written as a header parameter would be, and held against their schemas.
#[tokio::test]
async fn parts_have_headers_of_the_contract() {
    let head = "POST /dossiers HTTP/1.1\naccept: multipart/form-data\n\
                content-type: multipart/form-data; boundary=XX";
    let graz = || Place::default().with_city("Graz").with_zip(8010);
    let part = || KeepDossierRequestBodyPlacePart::new(graz(), 7);
    let full = || {
        let readers = vec!["Ann".to_owned(), "Bo b".to_owned()];
        part().with_x_readers(readers).with_x_origin(graz()).with_x_stamp(Place::default().with_city("Wien"))
    };
    let page = |text: &str| KeepDossierRequestBodyPagesPart::new(text);
    let place = |headers: &str| format!("name=\"place\"\nContent-Type: application/json\n{headers}");
    let least = place("x-level: 7");
    let most =
        place("x-level: 7\nx-readers: Ann,Bo b\nx-origin: city=Graz,zip=8010\nx-stamp: {\"city\":\"Wien\"}");
    let value = r#"{"city":"Graz","zip":8010}"#;
    for (parts, dossier) in [
        (&[(least.as_str(), value)][..], KeepDossierRequestBody::new(part())),
        (
            &[
                (&most, value),
                ("name=\"pages\"\nx-number: 1", "one"),
                ("name=\"pages\"", "two"),
                ("name=\"remark\"", "no header"),
            ],
            KeepDossierRequestBody::new(full())
                .with_pages(vec![page("one").with_x_number(1), page("two")])
                .with_remark("no header"),
        ),
    ] {
        let body = body(parts);
        let wire = format!("200\ncontent-type: multipart/form-data; boundary=XX\n\n{body}");
        let answered = answered(&dossier);
        let desk = Desk::default().answering(KeepDossierResponse::Ok(answered.clone()));
        let answer = exchange(desk.start().await, head, &body).await.expect("an answer");
        assert_eq!(unbound(&answer.to_text()), wire);
        assert_eq!(desk.seen(), Some(KeepDossierRequest::new(dossier.clone())), "{body}");
        let recorder = Recorder::start(&wire).await.expect("a free port");
        let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
        let read = client.call(KeepDossierRequest::new(dossier)).await.expect("an answer");
        assert_eq!(read.into_body(), answered, "{wire}");
        assert_eq!(unbound(&recorder.request().await.expect("a request")), format!("{head}\n\n{body}"));
    }
    // Names of headers are the same in either case, and others are none of the contract.
    let other = place("X-LEVEL:  7 \nX-Readers: Ann, Bo b\nX-Else: 1");
    let desk =
        Desk::default().answering(KeepDossierResponse::Ok(answered(&KeepDossierRequestBody::new(part()))));
    exchange(desk.start().await, head, &body(&[(&other, value)])).await.expect("an answer");
    let readers = part().with_x_readers(vec!["Ann".to_owned(), "Bo b".to_owned()]);
    assert_eq!(desk.seen(), Some(KeepDossierRequest::new(KeepDossierRequestBody::new(readers))));
    for (headers, held, violations) in [
        ("x-level: 10", value, "maximum /place/X-Level"),
        ("x-level: high", value, "type /place/X-Level"),
        ("x-readers: Ann", value, "required /place/X-Level"),
        ("x-level: 7\nx-stamp: {", value, "type /place/X-Stamp"),
        ("x-level: 7", r#"{"zip":"x"}"#, "type /place/value/zip"),
    ] {
        assert_eq!(refused(head, &body(&[(&place(headers), held)])).await, violations, "{headers}");
    }
    // A client sends no header that the contract does not allow, nor one that ends its line.
    let recorder = Recorder::start("204").await.expect("a free port");
    let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
    let injected = vec!["a\r\nX-Injected: 1".to_owned()];
    let part = KeepDossierRequestBodyPlacePart::new(graz(), 10).with_x_readers(injected);
    match client.parts().keep_dossier(&KeepDossierRequestBody::new(part)).await {
        Err(Error::InvalidRequest { violations, .. }) => {
            let told =
                violations.iter().map(|found| format!("{} {}", found.constraint.as_str(), found.pointer));
            let told: Vec<String> = told.collect();
            assert_eq!(told, ["maximum /place/X-Level", "encoding /place/X-Readers"]);
        }
        other => panic!("{other:?}"),
    }
    assert!(recorder.request().await.is_err(), "nothing was sent");
}

/// What was asked, as what is answered.
fn answered(asked: &KeepDossierRequestBody) -> KeepDossierResponseBody {
    let value = serde_json::to_value(asked).expect("JSON");
    serde_json::from_value(value).expect("the same members")
}

/// The same with another boundary than the one that was made.
fn unbound(text: &str) -> String {
    let boundary = text.split("boundary=").nth(1).and_then(|rest| rest.lines().next());
    text.replace(boundary.expect("a boundary"), "XX")
}

/// `multipart/related` there, `multipart/mixed` back: the parts are those of a form.
#[tokio::test]
async fn parts_of_any_multipart_type_have_names() {
    let head = "POST /bundles HTTP/1.1\naccept: multipart/mixed\n\
                content-type: multipart/related; boundary=XX";
    let bundle = || {
        let place = Place::default().with_city("Graz");
        Bundle::new(place).with_scan(File::new("octets").with_media_type("image/png")).with_note("# Note")
    };
    let place = ("name=\"place\"\nContent-Type: application/json", r#"{"city":"Graz"}"#);
    let scan = ("name=\"scan\"\nContent-Type: image/png", "octets");
    let sent = body(&[place, scan, ("name=\"note\"", "# Note")]);
    let answered = body(&[place, scan, ("name=\"note\"\nContent-Type: text/markdown", "# Note")]);
    let answered = format!("200\ncontent-type: multipart/mixed; boundary=XX\n\n{answered}");

    let desk = Desk::default().answering(BundleResponse::Ok(bundle()));
    let answer = exchange(desk.start().await, head, &sent).await.expect("an answer");
    assert_eq!(desk.seen(), Some(BundleRequest::new(bundle())));
    assert_eq!(unbound(&answer.to_text()), answered);

    let recorder = Recorder::start(&answered).await.expect("a free port");
    let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
    let read = client.call(BundleRequest::new(bundle())).await.expect("an answer").into_body();
    assert_eq!(read, bundle());
    assert_eq!(unbound(&recorder.request().await.expect("a request")), format!("{head}\n\n{sent}"));

    // Other senders say what a part is to a reader of mail.
    let attached = sent.replace("form-data; name=\"scan\"", "attachment; name=\"scan\"");
    let desk = Desk::default().answering(BundleResponse::Ok(bundle()));
    exchange(desk.start().await, head, &attached).await.expect("an answer");
    assert_eq!(desk.seen(), Some(BundleRequest::new(bundle())));

    let nameless = sent.replace("Content-Disposition: form-data; name=\"scan\"", "Content-ID: <scan>");
    assert_eq!(refused(head, &nameless).await, "encoding ", "a part without a name");
    let form = head.replace("multipart/related", "multipart/form-data");
    let answer = exchange(Desk::default().start().await, &form, &sent).await.expect("an answer");
    assert_eq!(answer.status, 415, "another type is not taken for it");
}

/// The service takes 64 MiB of parts.
#[tokio::test]
async fn files_go_through_without_being_held() {
    const OCTETS: u64 = 8 * 1024 * 1024;
    let desk = Desk::default();
    let base_url = format!("http://{}", desk.start().await);
    let client = Client::builder().base_url(base_url).build().expect("a legal base URL");
    let many = |octets| ByteStream::from_reader(tokio::io::repeat(b'x').take(octets));
    let upload = Upload::new("A title")
        .with_photo(many(OCTETS).with_length(OCTETS))
        .with_attachments(vec![File::new(many(1000)), File::new(many(OCTETS))]);
    client.parts().upload(&upload).await.expect("an answer");
    let seen: UploadRequest = desk.seen().expect("an upload");
    let (photo, attachments) = (seen.body.photo.expect("a photo"), seen.body.attachments.expect("files"));
    assert_eq!((photo.octets.length(), photo.octets.octets()), (Some(OCTETS), None), "on disk");
    assert_eq!(attachments[0].octets, ByteStream::from("x".repeat(1000)), "in memory");
    for file in [photo, attachments[1].clone()] {
        let octets = file.octets.collect(8 * 1024 * 1024).await.expect("octets");
        assert!(octets.len() as u64 == OCTETS && octets.iter().all(|octet| *octet == b'x'));
    }
}

#[tokio::test]
async fn too_much_is_refused() {
    let desk = Desk::default();
    let address = desk.start().await;
    let note = "x".repeat(3 * 1024 * 1024);
    let answer = exchange(address, HEAD, &body(&[("name=\"title\"", "ab"), ("name=\"note\"", &note)])).await;
    assert_eq!(answer.expect("an answer").status, 413, "what is no file is in memory");
    let photo = "x".repeat(65 * 1024 * 1024);
    let answer =
        exchange(address, HEAD, &body(&[("name=\"title\"", "ab"), ("name=\"photo\"", &photo)])).await;
    assert_eq!(answer.expect("an answer").status, 413, "a file has a limit too");
    assert!(desk.is_untouched(), "no handler ran");
}
