//! Lists around everything, and values of one of several schemas.

use xml_bodies::operations::shelf::PutPetsRequest;
use xml_bodies::types::{Cat, Dog, DogSize, Pet};

use specwright_conformance::Recorder;
use xml_bodies::Client;

use super::shelf::{DECLARATION, echoed, refused};

#[tokio::test]
async fn a_list_is_a_root_element_with_items() {
    let pets = || {
        vec![
            Pet::Cat(Cat::new("cat").with_lives(7)),
            Pet::Dog(Dog::new("dog").with_size(DogSize::Integer(3))),
            Pet::Dog(Dog::new("dog").with_size(DogSize::String("tall".to_owned()))),
        ]
    };
    let items = "<Pet kind=\"cat\"><lives>7</lives></Pet>\
                 <Pet kind=\"dog\"><size>3</size></Pet>\
                 <Pet kind=\"dog\"><size>tall</size></Pet>";
    // The component has a name, the list in the response has none.
    assert_eq!(echoed("/pets", &format!("<Pets>{items}</Pets>")).await, format!("<root>{items}</root>"));
    for root in ["root", "pets", "ArrayOfPet"] {
        let reply = format!("200\ncontent-type: application/xml\n\n<{root}>{items}</{root}>");
        let recorder = Recorder::start(&reply).await.expect("a free port");
        let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
        let answer = client.call(PutPetsRequest::new().with_body(pets())).await.expect("an answer");
        assert_eq!(*answer, pets());
        let sent = recorder.request().await.expect("a request");
        assert!(sent.ends_with(&format!("\n\n{DECLARATION}<Pets>{items}</Pets>")), "{sent}");
    }
}

#[tokio::test]
async fn a_body_may_be_left_out() {
    assert_eq!(echoed("/pets", "").await, "<root/>");
    assert_eq!(echoed("/pets", "<Pets/>").await, "<root/>");
    let recorder = Recorder::start("200\ncontent-type: application/xml\n\n<x/>").await.expect("a free port");
    let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
    client.call(PutPetsRequest::new()).await.expect("an answer");
    assert_eq!(recorder.request().await.expect("a request"), "PUT /pets HTTP/1.1\naccept: application/xml");
}

#[tokio::test]
async fn violations_are_those_of_the_schema_that_is_meant() {
    for (items, violations) in [
        ("<Pet kind='cat'><lives>10</lives></Pet>", "maximum /0/lives"),
        ("<Pet kind='cat'><lives>many</lives></Pet>", "type /0/lives"),
        ("<Pet kind='cow'/>", "enum /0/kind"),
        ("<Pet/>", "required /0/kind"),
        ("<Pet kind='cat'/><Cat kind='cat'/>", "xml /1"),
        ("<Pet kind='cat'/><Pet kind='cat'/><Pet kind='cat'/><Pet kind='cat'/>", "maxItems"),
    ] {
        assert_eq!(refused("/pets", &format!("<Pets>{items}</Pets>")).await, violations, "{items}");
    }
}
