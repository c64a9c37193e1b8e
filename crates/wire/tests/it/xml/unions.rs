//! Lists around everything, and values of one of several schemas.

use xml_bodies::operations::shelf::{PutDrawingRequest, PutPetsRequest};
use xml_bodies::types::{
    Cat, Circle, Dog, DogSize, Dot, Drawing, DrawingFrame, DrawingMark, DrawingNamed, Figure, Pet, Ring,
    Square,
};

use specwright_conformance::Recorder;
use xml_bodies::Client;

use super::shelf::{DECLARATION, echoed, is_written, refused};

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

/// `xml` of a union's members says what they are called where nothing else does.
#[tokio::test]
async fn members_have_elements_of_their_own() {
    let (circle, square) =
        (|radius| Figure::Circle(Circle::new(radius)), |side| Figure::Square(Square::new(side)));
    for (inside, drawing) in [
        (
            "<circle radius=\"1\"/><square side=\"2\"/><circle radius=\"3\"/>",
            Drawing::default().with_shapes(vec![circle(1), square(2), circle(3)]),
        ),
        (
            "<group><square side=\"2\"/><circle radius=\"1\"/></group>",
            Drawing::default().with_group(vec![square(2), circle(1)]),
        ),
        // A namespace goes with its name; a member without a name of its own is called as the property is.
        (
            "<r:ring xmlns:r=\"https://example.com/rings\"><gem>ruby</gem></r:ring>",
            Drawing::default().with_frame(DrawingFrame::Ring(Ring::new("ruby"))),
        ),
        (
            "<frame><depth>2</depth></frame>",
            Drawing::default().with_frame(DrawingFrame::Box(xml_bodies::types::BoxSchema::new(2))),
        ),
        // What tells closed objects apart is none of their members.
        (
            "<mark><size>1</size><kind>Dot</kind></mark>",
            Drawing::default().with_mark(DrawingMark::Dot(Dot::default().with_size(1))),
        ),
        // The property's own name goes before those of the members.
        ("<any side=\"2\"/>", Drawing::default().with_named(DrawingNamed::Square(Square::new(2)))),
    ] {
        let document = format!("<Drawing>{inside}</Drawing>");
        is_written("/drawings", &document, PutDrawingRequest::new(drawing.clone()), &drawing).await;
    }
    for (inside, violations) in [
        ("<circle radius='1'/><circle radius='10'/>", "maximum /shapes/1/radius"),
        ("<square radius='1'/>", "oneOf /shapes/0"),
        ("<mark><kind>Dot</kind><width>1</width></mark>", "additionalProperties /mark/width"),
        ("<mark><kind>Dot</kind><size>x</size></mark>", "type /mark/size"),
        ("<triangle/>", "additionalProperties /triangle"),
        ("<group><triangle side='1'/></group>", "xml /group/0"),
        ("<ring><gem>ruby</gem></ring>", "additionalProperties /ring"),
    ] {
        assert_eq!(
            refused("/drawings", &format!("<Drawing>{inside}</Drawing>")).await,
            violations,
            "{inside}"
        );
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
