//! What XML allows in a document beside its elements, and members of any name.

use std::collections::BTreeMap;

use serde_json::json;
use specwright_conformance::{Recorder, exchange};
use specwright_runtime::Patch;
use xml_bodies::Client;
use xml_bodies::operations::shelf::{PutLabelsRequest, PutNoteBody};
use xml_bodies::types::{Labels, Note};

use super::shelf::{DECLARATION, Echo, echoed, is_written};

#[tokio::test]
async fn text_is_what_it_stands_for() {
    for (sent, title) in [
        ("<![CDATA[a <b> & ]]]]><![CDATA[>]]>", "a &lt;b&gt; &amp; ]]&gt;"),
        ("a<!-- no -->b<?pi no?>c", "abc"),
        ("&lt;&gt;&amp;&quot;&apos;&#65;&#x42;", "&lt;&gt;&amp;\"'AB"),
        ("  a\r\n b ", "  a\n b "),
        ("\u{1f600}", "\u{1f600}"),
    ] {
        let book = |title: &str| {
            format!("<b:book xmlns:b=\"https://example.com/books\" id=\"7\"><title>{title}</title></b:book>")
        };
        assert_eq!(echoed("/books", &book(sent)).await, book(title));
    }
}

#[tokio::test]
async fn text_of_other_types_may_have_space_around_it() {
    let sent = "\u{feff}<?xml version='1.0' encoding='utf-8' standalone='yes'?>
        <!-- before -->
        <?pi before?>
        <book xmlns='https://example.com/books' id=' +007 ' xml:lang='de'
              xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='a b'>
            <title>A</title>
            <price> 1e1 </price>
            <lent>
                1
            </lent>
            <binding> paperback</binding>
            <published>2026-02-28 </published>
            <pages> </pages>
        </book>
        <!-- behind -->\n";
    let nil = "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"";
    let read = format!(
        "<b:book xmlns:b=\"https://example.com/books\" id=\"7\"><title>A</title><price>10.0</price>\
         <lent>true</lent><binding>paperback</binding><published>2026-02-28</published><pages {nil}/></b:book>"
    );
    assert_eq!(echoed("/books", sent).await, read);
}

#[tokio::test]
async fn attributes_keep_their_space() {
    let sent = "<Labels><free a='1\n2&#10;3&quot;&lt;'>x</free></Labels>";
    let read = "<Labels><free a=\"1 2&#10;3&quot;&lt;\">x</free></Labels>";
    assert_eq!(echoed("/labels", sent).await, read);
}

#[tokio::test]
async fn members_may_have_any_name() {
    let counts = BTreeMap::from([("a".to_owned(), 1), ("b-2".to_owned(), 2)]);
    let flags = BTreeMap::from([("new".to_owned(), true)]);
    for (content, labels) in [
        ("", Labels::default()),
        ("<owner>me</owner>", Labels::default().with_owner("me")),
        ("<counts><a>1</a><b-2>2</b-2></counts>", Labels::default().with_counts(counts)),
        ("<new>true</new>", Labels::default().with_additional(flags)),
        ("<free>text</free>", Labels::default().with_free(json!("text"))),
        (
            "<free a=\"1\"><b>2</b><b/><c><d>3</d></c>mixed</free>",
            Labels::default().with_free(json!({
                "@a": "1", "b": ["2", ""], "c": {"d": "3"}, "$text": "mixed"
            })),
        ),
        (
            "<free xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>",
            Labels::default().with_free(Patch::Null),
        ),
    ] {
        let document =
            if content.is_empty() { "<Labels/>".to_owned() } else { format!("<Labels>{content}</Labels>") };
        is_written("/labels", &document, PutLabelsRequest::new(labels.clone()), &labels).await;
    }
}

#[tokio::test]
async fn one_value_as_json_or_as_xml() {
    let document = format!("{DECLARATION}<Note><text>&lt;a&gt;</text></Note>");
    let (json, xml) = ("application/json", "application/xml; charset=UTF-8");
    for (media_type, body) in [(json, r#"{"text":"<a>"}"#), (xml, "<Note><text>&lt;a></text></Note>")] {
        for (accepted, answer) in
            [(json, r#"{"text":"<a>"}"#), ("text/html, */xml;q=0.1, application/xml", &document)]
        {
            let head = format!("PUT /notes HTTP/1.1\naccept: {accepted}\ncontent-type: {media_type}");
            let found = exchange(Echo::default().start().await, &head, body).await.expect("an answer");
            assert_eq!(found.body, answer);
        }
    }
    let note = Note::new("<a>");
    for (reply, body) in [
        (format!("200\ncontent-type: application/xml\n\n{document}"), PutNoteBody::Xml(note.clone())),
        (
            "200\ncontent-type: application/json\n\n{\"text\":\"<a>\"}".to_owned(),
            PutNoteBody::Json(note.clone()),
        ),
    ] {
        let recorder = Recorder::start(&reply).await.expect("a free port");
        let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
        assert_eq!(*client.shelf().put_note(body).await.expect("an answer"), note);
        let sent = recorder.request().await.expect("a request");
        assert!(sent.contains("accept: application/json, application/xml\n"), "{sent}");
    }
}
