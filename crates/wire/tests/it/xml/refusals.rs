//! Documents that are refused: for their syntax, for what they would make a reader do, and for what the
//! contract does not allow.

use specwright_conformance::exchange;

use super::shelf::{Echo, refused, refused_as};

const BOOK: &str = "<book xmlns='https://example.com/books' id='1'><title>A</title>";

#[tokio::test]
async fn what_is_not_well_formed_is_refused() {
    for document in [
        "book",
        "<",
        "<book",
        "<book>",
        "<book></boot>",
        "</book>",
        "<book/><book/>",
        "<book/>text",
        "text<book/>",
        "<book a='1' a='2'/>",
        "<book a=1/>",
        "<book a='<'/>",
        "<book a='&x;'/>",
        "<book>&x;</book>",
        "<book>&#0;</book>",
        "<book>&#x1b;</book>",
        "<book>&</book>",
        "<book>\u{1}</book>",
        "<book>]]></book>",
        "<1book/>",
        "<book><!-- -- --></book>",
        "<book><!-- ",
        "<book><![CDATA[ ]]",
        "<?xml encoding='UTF-8'?><book/>",
        "<!-- only -->",
        " ",
        "{}",
    ] {
        assert_eq!(refused("/books", document).await, "xml", "{document}");
    }
}

#[tokio::test]
async fn nothing_is_declared_or_fetched() {
    for document in [
        "<!DOCTYPE book><book/>",
        "<!DOCTYPE book SYSTEM 'file:///etc/passwd'><book/>",
        "<!DOCTYPE book [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><book>&x;</book>",
        "<!DOCTYPE book [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><book>&b;</book>",
    ] {
        assert_eq!(refused("/books", document).await, "xml", "{document}");
    }
}

#[tokio::test]
async fn text_is_utf8() {
    let declared = "<?xml version='1.0' encoding='ISO-8859-1'?><book/>";
    assert_eq!(refused("/books", declared).await, "encoding");
    let head = "PUT /books HTTP/1.1\ncontent-type: application/xml; charset=utf-16";
    assert_eq!(refused_as(head, "<book/>").await, "encoding");
}

#[tokio::test]
async fn depth_is_limited() {
    let deep = |depth: usize| {
        let (open, close) = ("<a>".repeat(depth), "</a>".repeat(depth));
        format!("<Labels><free>{open}{close}</free></Labels>")
    };
    assert_eq!(refused("/labels", &deep(126)).await, "depth");
    assert_eq!(refused("/labels", &deep(100_000)).await, "depth");
    let head = "PUT /labels HTTP/1.1\ncontent-type: application/xml";
    let answer = exchange(Echo::default().start().await, head, &deep(100)).await.expect("an answer");
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn every_violation_names_its_property() {
    for (document, violations) in [
        (
            "<book xmlns='https://example.com/books' id='0'><lent>yes</lent><pages>many</pages></book>"
                .to_owned(),
            "minimum /id; required /title; type /lent; type /pages",
        ),
        (format!("{BOOK}<lent/></book>"), "type /lent"),
        (format!("{BOOK}<price>1.5.</price></book>"), "type /price"),
        (format!("{BOOK}<price>INF</price></book>"), "type /price"),
        (format!("{BOOK}<binding>soft</binding></book>"), "enum /binding"),
        (format!("{BOOK}<published>today</published></book>"), "format /published"),
        (format!("{BOOK}<series>text</series></book>"), "type /series"),
        (format!("{BOOK}<series/></book>"), "required /series/name"),
        (format!("{BOOK}<author/><author><name/></author></book>"), "required /authors/0/name"),
        (format!("{BOOK}<title>B</title></book>"), "repeated /title"),
        (format!("{BOOK}<other/></book>"), "additionalProperties /other"),
        (format!("{BOOK}<isbn>1</isbn></book>"), "additionalProperties /isbn"),
        (
            "<book xmlns='https://example.com/books' id='1' new='1'><title>A</title></book>".to_owned(),
            "additionalProperties /new",
        ),
        (
            format!(
                "{BOOK}<lent xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:nil='true'/></book>"
            ),
            "type /lent",
        ),
        ("<book id='1'><title>A</title></book>".to_owned(), "xml"),
        ("<boot xmlns='https://example.com/books' id='1'><title>A</title></boot>".to_owned(), "xml"),
    ] {
        assert_eq!(refused("/books", &document).await, violations, "{document}");
    }
}

#[tokio::test]
async fn many_elements_take_no_longer_than_they_are() {
    let numbered = |text: &str| (0..20_000).map(|number| text.replace('#', &number.to_string())).collect();
    let (names, attributes): (String, String) = (numbered("<n#/>"), numbered(" a#=''"));
    let head = "PUT /labels HTTP/1.1\ncontent-type: application/xml";
    let document = format!("<Labels><free{attributes}>{names}</free></Labels>");
    let answer = exchange(Echo::default().start().await, head, &document).await.expect("an answer");
    assert_eq!(answer.status, 200);
}
