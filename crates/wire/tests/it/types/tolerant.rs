//! What a client receives may be newer than what it knows.

use serde_json::json;
use specwright_conformance::Recorder;
use types_of_all_kinds::Client;
use types_of_all_kinds::types::{
    Cat, Colour, Enums, Level, Lists, Mode, Pet, Priority, Tints, Unions, UnionsColour, UnionsShape,
};

/// The text of an answer with a JSON body.
fn answer(body: &str) -> String {
    format!("200\ncontent-type: application/json\n\n{body}")
}

async fn client(body: &str) -> Client {
    let recorder = Recorder::start(&answer(body)).await.expect("a free port");
    Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL")
}

#[tokio::test]
async fn unknown_values_of_enums_are_kept() {
    let client = client(r#"{"level":7,"mode":"manual","colour":"green","agreed":false}"#).await;
    let enums = client.echo().send_enums(&Enums::default()).await.expect("an answer").into_body();
    assert_eq!(enums.level, Some(Level::Unknown(json!(7))));
    assert_eq!(enums.mode, Some(Mode::Unknown(json!("manual"))));
    assert_eq!(enums.colour, Some(Colour::Unknown("green".to_owned())));
    assert_eq!(enums.agreed, Some(false));
    let text = serde_json::to_string(&enums).expect("JSON");
    assert_eq!(text, r#"{"level":7,"mode":"manual","colour":"green","agreed":false}"#);
}

#[tokio::test]
async fn unknown_values_of_enums_are_kept_inside_of_unions() {
    let client = client(r#"{"colour":"green","shape":{"kind":"star","points":5}}"#).await;
    let unions = client.echo().send_unions(&Unions::default()).await.expect("an answer").into_body();
    assert_eq!(unions.colour, Some(UnionsColour::Colour(Colour::Unknown("green".to_owned()))));
    assert_eq!(unions.shape, Some(UnionsShape::Unknown(json!({"kind": "star", "points": 5}))));
}

#[tokio::test]
async fn unknown_values_are_kept_wherever_they_stand() {
    let body = concat!(
        r#"{"colours":["red","green"],"byName":{"a":"green"},"priority":4,"priorities":[[1,4]],"#,
        r#""levels":{"a":3},"pet":{"kind":"Fish","fins":2},"pets":[{"kind":"Fish"},{"kind":"Cat"}]}"#,
    );
    let head = "content-type: application/json\nx-colour: green\nx-priorities: 1, 4";
    let recorder = Recorder::start(&format!("200\n{head}\n\n{body}")).await.expect("a free port");
    let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
    let answer = client.echo().send_tints(("a".to_owned(), 1), &Tints::default()).await.expect("an answer");
    let green = || Colour::Unknown("green".to_owned());
    assert_eq!(answer.x_colour, Some(green()));
    assert_eq!(answer.x_priorities, Some(vec![Priority::Value1, Priority::Unknown(4.into())]));
    let tints = &answer.body;
    assert_eq!(tints.colours, Some(vec![Colour::Red, green()]));
    assert_eq!(tints.by_name, Some([("a".to_owned(), green())].into()));
    assert_eq!(tints.priority, Some(Priority::Unknown(4.into())));
    assert_eq!(tints.priorities, Some(vec![vec![Priority::Value1, Priority::Unknown(4.into())]]));
    assert_eq!(tints.levels, Some([("a".to_owned(), Level::Unknown(json!(3)))].into()));
    assert_eq!(tints.pet, Some(Pet::Unknown(json!({"kind": "Fish", "fins": 2}))));
    assert_eq!(tints.pets, Some(vec![Pet::Unknown(json!({"kind": "Fish"})), Cat::new("Cat").into()]));
    assert_eq!(serde_json::to_string(tints).expect("JSON"), body);
}

#[tokio::test]
async fn integers_of_an_enum_are_integers_however_they_are_written() {
    for (text, priority, written) in [
        ("2.0", Priority::Value2, "2"),
        ("2e0", Priority::Value2, "2"),
        ("4.0", Priority::Unknown(4.into()), "4"),
        ("-4e0", Priority::from(-4), "-4"),
        ("18446744073709551615", Priority::Unknown(u64::MAX.into()), "18446744073709551615"),
    ] {
        let client = client(&format!(r#"{{"priority":{text},"priorities":[[{text}]]}}"#)).await;
        let answer = client.echo().send_tints(("a".to_owned(), 1), &Tints::default()).await.expect(text);
        assert_eq!(answer.body.priority, Some(priority.clone()), "{text}");
        let again = serde_json::to_string(&answer.body).expect("JSON");
        assert_eq!(again, format!(r#"{{"priority":{written},"priorities":[[{written}]]}}"#));
        assert_eq!(priority.to_string(), written);
    }
    let long = client(r#"{"priority":1e40}"#).await;
    let answer = long.echo().send_tints(("a".to_owned(), 1), &Tints::default()).await.expect("an integer");
    let Some(Priority::Unknown(number)) = &answer.body.priority else { panic!("{answer:?}") };
    assert_eq!(number.as_f64(), Some(1e40));
    let wrong = client(r#"{"priority":4.5}"#).await;
    assert!(wrong.echo().send_tints(("a".to_owned(), 1), &Tints::default()).await.is_err(), "not an integer");
}

#[tokio::test]
async fn tuples_are_read_as_what_they_hold() {
    let client = client(r#"{"pair":["a",null],"pairs":{"x":["b",2]}}"#).await;
    let lists = client.echo().send_lists(&Lists::default()).await.expect("an answer").into_body();
    assert_eq!(lists.pair, Some(("a".to_owned(), None)));
    assert_eq!(lists.pairs.expect("pairs")["x"], ("b".to_owned(), Some(2)));
}
