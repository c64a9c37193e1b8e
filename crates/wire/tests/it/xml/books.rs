//! Attributes, namespaces, text of every type, null and what is left out.

use specwright_runtime::client::Error;
use specwright_runtime::{Date, DateTime, Patch};
use xml_bodies::Client;
use xml_bodies::operations::shelf::{PutBookError, PutBookRequest};
use xml_bodies::types::{Author, Binding, Book, Publisher, Series};

use specwright_conformance::{Recorder, exchange};

use super::shelf::{DECLARATION, Echo, echoed, is_written};

/// A document of a book, with what stands in it.
fn document(attributes: &str, content: &str) -> String {
    let title = "<title>A &lt;title&gt; &amp; more</title>";
    format!("<b:book xmlns:b=\"https://example.com/books\" id=\"7\"{attributes}>{title}{content}</b:book>")
}

fn book() -> Book {
    Book::new(7, "A <title> & more")
}

#[tokio::test]
async fn a_book_is_elements_and_attributes() {
    let date: Date = "2026-02-28".parse().expect("a date");
    let time: DateTime = "2026-02-28T12:00:00Z".parse().expect("a time");
    for (attributes, content, book) in [
        ("", "", book()),
        (" xmlns:t=\"https://example.com/tongues\" t:lang=\"de\"", "", book().with_language("de")),
        (" ratings=\"5 -3\"", "", book().with_ratings(vec![5, -3])),
        (
            "",
            "<i:isbn xmlns:i=\"https://example.com/isbn\">\"'\u{e9}&#13;\n\t</i:isbn>",
            book().with_isbn("\"'\u{e9}\r\n\t"),
        ),
        ("", "<price>0.1</price><lent>false</lent>", book().with_price(0.1).with_lent(false)),
        ("", "<binding>hard cover</binding>", book().with_binding(Binding::HardCover)),
        ("", "<published>2026-02-28</published>", book().with_published(date)),
        ("", "<seen>2026-02-28T12:00:00Z</seen>", book().with_seen(time)),
        ("", "<subtitle/>", book().with_subtitle(String::new())),
        (
            "",
            "<subtitle xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>\
             <pages xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>",
            book().with_subtitle(Patch::Null).with_pages(Patch::Null),
        ),
        (
            "",
            "<series><name>S</name><volume>2</volume></series>",
            book().with_series(Series::new("S").with_volume(2)),
        ),
        // The property's own name goes before that of what it refers to.
        ("", "<house/>", book().with_publisher(Publisher::default())),
        // What `allOf` brings in comes first.
        (
            "",
            "<author><name>A</name><born>1900</born></author><author><name>B</name></author>",
            book().with_authors(vec![Author::new("A").with_born(1900), Author::new("B")]),
        ),
    ] {
        is_written("/books", &document(attributes, content), PutBookRequest::new(book.clone()), &book).await;
    }
}

#[tokio::test]
async fn an_error_is_a_document_too() {
    let book = "<book xmlns=\"https://example.com/books\" id=\"1\"><title>?</title></book>";
    let head = "PUT /books HTTP/1.1\ncontent-type: application/xml";
    let answer = exchange(Echo::default().start().await, head, book).await.expect("an answer");
    let problem = format!("{DECLARATION}<Problem><status>422</status><detail>&lt;?&gt;</detail></Problem>");
    let text = format!("422\ncontent-type: application/problem+xml\n\n{problem}");
    assert_eq!(answer.to_text(), text);
    let recorder = Recorder::start(&text).await.expect("a free port");
    let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
    match client.shelf().put_book(&Book::new(1, "?")).await {
        Err(Error::Api(PutBookError::UnprocessableContent(problem))) => {
            assert_eq!((problem.status, problem.detail.as_deref()), (422, Some("<?>")));
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn prefixes_are_the_senders_own() {
    for sent in [
        "<book xmlns=\"https://example.com/books\" id=\"7\"><title>A</title></book>",
        "<z:book xmlns:z=\"https://example.com/books\" id=\"7\"><z:title>A</z:title></z:book>",
    ] {
        let read = "<b:book xmlns:b=\"https://example.com/books\" id=\"7\"><title>A</title></b:book>";
        assert_eq!(echoed("/books", sent).await, read);
    }
}

#[tokio::test]
async fn a_client_sends_nothing_that_xml_cannot_hold() {
    let recorder = Recorder::start("204").await.expect("a free port");
    let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
    let book = Book::new(0, "\u{1}").with_language("\u{fffe}").with_authors(vec![]);
    match client.shelf().put_book(&book).await {
        Err(Error::InvalidRequest { violations, .. }) => {
            let told = violations.iter().map(|found| format!("{} {}", found.constraint, found.pointer));
            let told: Vec<_> = told.collect();
            assert_eq!(told, ["minimum /id", "minItems /authors", "xml /language", "xml /title"]);
        }
        other => panic!("{other:?}"),
    }
    assert!(recorder.request().await.is_err(), "nothing was sent");
}

#[tokio::test]
async fn an_answer_may_say_more_and_be_called_otherwise() {
    let answer = "<Buch id='7' new='1'><title>A</title><lent>1</lent><publisher/><x><y/></x></Buch>";
    let reply = format!("200\ncontent-type: application/xml\n\n{answer}");
    let recorder = Recorder::start(&reply).await.expect("a free port");
    let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
    let read = client.shelf().put_book(&book()).await.expect("an answer");
    assert_eq!(*read, Book::new(7, "A").with_lent(true).with_publisher(Publisher::default()));
}

#[tokio::test]
async fn an_answer_of_another_shape_is_refused() {
    for (body, told) in [
        ("<book><title>A</title></book>", "missing field `id`"),
        ("<book id='x'><title>A</title></book>", "at /id"),
        ("<book id='1'><title>A</title><title>B</title></book>", "at /title"),
        ("<book id='1'><title>A</book>", "is not XML: line 1, column 22"),
        ("", "there is no element"),
    ] {
        let reply = format!("200\ncontent-type: application/xml\n\n{body}");
        let recorder = Recorder::start(&reply).await.expect("a free port");
        let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
        match client.shelf().put_book(&book()).await {
            Err(Error::Decode(error)) => assert!(error.to_string().contains(told), "{body}: {error}"),
            other => panic!("{body}: {other:?}"),
        }
    }
}
