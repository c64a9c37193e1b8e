//! Parameters as text: the examples of the specification's own table of styles.

use http::{HeaderMap, HeaderValue, Method};
use serde_json::{Value, json};
use specwright_runtime::style::{HeaderForm, read, write};
use specwright_runtime::{Operation, Parameter, Produces, Property, Schema, Style, operation_span};

static STRING: Schema = Schema::string();
static ARRAY: Schema = Schema::array(&STRING);
static OBJECT: Schema = Schema::object(&[
    Property::optional("R", &Schema::integer()),
    Property::optional("G", &Schema::integer()),
    Property::optional("B", &Schema::integer()),
]);

static BOOLEAN: Schema = Schema::boolean();
static INTEGER: Schema = Schema::integer();
static INTEGRAL: Schema = Schema::integral();
static NUMBER: Schema = Schema::number();

fn string() -> (&'static Schema, Value) {
    (&STRING, json!("blue"))
}

fn array() -> (&'static Schema, Value) {
    (&ARRAY, json!(["blue", "black", "brown"]))
}

fn object() -> (&'static Schema, Value) {
    (&OBJECT, json!({ "R": 100, "G": 200, "B": 150 }))
}

fn operation(parameters: &'static [Parameter]) -> Operation {
    Operation {
        id: "colors",
        method: Method::GET,
        path: "/colors",
        parameters,
        body: None,
        statuses: &[],
        produces: Produces::NONE,
        security: &[],
        servers: &[],
        span: operation_span!("colors"),
    }
}

#[test]
fn paths() {
    use Style::{Label, Matrix, Simple};
    let empty = || (&STRING, json!(""));
    for (style, explode, (schema, value), text) in [
        (Matrix, false, empty(), ";color"),
        (Matrix, false, string(), ";color=blue"),
        (Matrix, false, array(), ";color=blue,black,brown"),
        (Matrix, false, object(), ";color=R,100,G,200,B,150"),
        (Matrix, true, empty(), ";color"),
        (Matrix, true, string(), ";color=blue"),
        (Matrix, true, array(), ";color=blue;color=black;color=brown"),
        (Matrix, true, object(), ";R=100;G=200;B=150"),
        (Label, false, empty(), "."),
        (Label, false, string(), ".blue"),
        (Label, false, array(), ".blue,black,brown"),
        (Label, false, object(), ".R,100,G,200,B,150"),
        (Label, true, string(), ".blue"),
        (Label, true, array(), ".blue.black.brown"),
        (Label, true, object(), ".R=100.G=200.B=150"),
        (Simple, false, string(), "blue"),
        (Simple, false, array(), "blue,black,brown"),
        (Simple, false, object(), "R,100,G,200,B,150"),
        (Simple, true, array(), "blue,black,brown"),
        (Simple, true, object(), "R=100,G=200,B=150"),
    ] {
        let parameter = Parameter::path("color", schema).style(style).explode(explode);
        assert_eq!(write::path(&parameter, &value), text, "{style:?} {explode}");
        assert_eq!(read::path(&parameter, text).unwrap(), value, "{style:?} {explode}");
    }
}

#[test]
fn queries() {
    use Style::{DeepObject, Form, PipeDelimited, SpaceDelimited};
    for (style, explode, (schema, value), text) in [
        (Form, false, (&STRING, json!("")), "color="),
        (Form, false, string(), "color=blue"),
        (Form, false, array(), "color=blue,black,brown"),
        (Form, false, object(), "color=R,100,G,200,B,150"),
        (Form, true, (&STRING, json!("")), "color="),
        (Form, true, string(), "color=blue"),
        (Form, true, array(), "color=blue&color=black&color=brown"),
        (Form, true, object(), "R=100&G=200&B=150"),
        (SpaceDelimited, false, array(), "color=blue%20black%20brown"),
        (SpaceDelimited, false, object(), "color=R%20100%20G%20200%20B%20150"),
        (PipeDelimited, false, array(), "color=blue%7Cblack%7Cbrown"),
        (PipeDelimited, false, object(), "color=R%7C100%7CG%7C200%7CB%7C150"),
        (DeepObject, true, object(), "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
    ] {
        let parameter = Parameter::query("color", schema).style(style).explode(explode);
        assert_eq!(write::query(&parameter, &value).as_deref(), Some(text), "{style:?} {explode}");
        let query = format!("a=1&{text}&z");
        assert_eq!(read::query(&operation(&[]), &parameter, &query).unwrap(), Some(value), "{text}");
    }
}

#[test]
fn queries_that_others_write() {
    static LISTS: Schema = Schema::object(&[Property::optional("ids", &Schema::array(&Schema::integer()))]);
    static TEXTS: Schema = Schema::map(&Schema::string());
    let exploded = Parameter::query("color", &ARRAY);
    let joined = exploded.explode(false);
    let deep = Parameter::query("color", &OBJECT).style(Style::DeepObject);
    let lists = Parameter::query("filter", &LISTS).style(Style::DeepObject);
    let texts = Parameter::query("rest", &TEXTS);
    for (parameter, query, expected) in [
        (Parameter::query("color", &STRING), "color=a+b%2B%26", json!("a b+&")),
        (Parameter::query("a b", &STRING), "a%20b=%C3%A9", json!("é")),
        (joined, "color=a%2Cb,c", json!(["a,b", "c"])),
        (joined, "color=", json!([])),
        (exploded, "color=a,b", json!(["a,b"])),
        (joined.style(Style::PipeDelimited), "color=a|b", json!(["a", "b"])),
        (joined.style(Style::SpaceDelimited), "color=a+b", json!(["a", "b"])),
        (deep, "color[R]=1&color[G]=x", json!({ "R": 1, "G": "x" })),
        (lists, "filter[ids]=1&filter%5Bids%5D=2", json!({ "ids": [1, 2] })),
        (texts, "color=x&other=y", json!({ "other": "y" })),
        (Parameter::query("flag", &BOOLEAN), "flag=true", json!(true)),
        (Parameter::query("flag", &BOOLEAN), "flag=yes", json!("yes")),
        (Parameter::query("n", &INTEGRAL), "n=3599.0", json!(3599)),
        (Parameter::query("n", &INTEGER), "n=007", json!("007")),
        (Parameter::query("n", &NUMBER), "n=-1.5e1", json!(-15)),
    ] {
        static COLOR: [Parameter; 1] = [Parameter::query("color", &STRING)];
        let read = read::query(&operation(&COLOR), &parameter, query).unwrap();
        assert_eq!(read, Some(expected), "{query}");
    }
    let written = write::query(&lists, &json!({ "ids": [1, 2] }));
    assert_eq!(written.as_deref(), Some("filter%5Bids%5D%5B%5D=1&filter%5Bids%5D%5B%5D=2"));
    assert_eq!(read::query(&operation(&[]), &exploded, "colour=a").unwrap(), None);
}

#[test]
fn headers() {
    for (explode, (schema, value), text) in [
        (false, string(), "blue"),
        (false, array(), "blue,black,brown"),
        (true, array(), "blue,black,brown"),
        (false, object(), "R,100,G,200,B,150"),
        (true, object(), "R=100,G=200,B=150"),
        (false, (&STRING, json!("a b%20é")), "a b%20é"),
    ] {
        let parameter = Parameter::header("X-Color", schema).explode(explode);
        assert_eq!(
            write::header(&value, if explode { HeaderForm::Exploded } else { HeaderForm::Plain }).as_deref(),
            Some(text)
        );
        let mut headers = HeaderMap::new();
        headers.insert("x-color", HeaderValue::from_bytes(text.as_bytes()).unwrap());
        assert_eq!(read::header(&parameter, &headers).unwrap(), Some(value));
    }
    let mut headers = HeaderMap::new();
    headers.append("x-color", HeaderValue::from_static("blue, black"));
    headers.append("x-color", HeaderValue::from_static("brown"));
    assert_eq!(read::header(&Parameter::header("X-Color", &ARRAY), &headers).unwrap(), Some(array().1));
    let violation = read::header(&Parameter::header("X-Color", &STRING), &headers).unwrap_err();
    assert_eq!(violation.constraint.as_str(), "repeated");
}

#[test]
fn cookies() {
    for (explode, (schema, value), text) in [
        (true, string(), "color=blue"),
        (true, (&STRING, json!("a;b =é")), "color=a%3Bb%20%3D%C3%A9"),
        (false, array(), "color=blue,black,brown"),
        (false, object(), "color=R,100,G,200,B,150"),
    ] {
        let parameter = Parameter::cookie("color", schema).explode(explode);
        assert_eq!(write::cookie(&parameter, &value).as_deref(), Some(text));
        let mut headers = HeaderMap::new();
        headers.insert("cookie", HeaderValue::from_str(&format!("a=b; {text}")).unwrap());
        assert_eq!(read::cookie(&operation(&[]), &parameter, &headers).unwrap(), Some(value));
    }
}

#[test]
fn percent_encoding() {
    let path = Parameter::path("color", &STRING);
    for (value, text) in [
        ("a/b", "a%2Fb"),
        ("a b", "a%20b"),
        ("100%", "100%25"),
        ("é", "%C3%A9"),
        ("a,b;c=d", "a%2Cb%3Bc%3Dd"),
        ("-._~", "-._~"),
    ] {
        assert_eq!(write::path(&path, &json!(value)), text);
        assert_eq!(read::path(&path, text).unwrap(), json!(value));
    }
    assert_eq!(read::path(&path, "a+b").unwrap(), json!("a+b"));
    assert_eq!(write::path(&path.allow_reserved(), &json!("a,b:c/d?e")), "a,b:c%2Fd%3Fe");
    let reserved = Parameter::query("q", &STRING).allow_reserved();
    assert_eq!(write::query(&reserved, &json!("a/b?c&d=e+f#")).as_deref(), Some("q=a/b?c%26d=e%2Bf%23"));
}

#[test]
fn what_cannot_be_read_is_a_violation() {
    let query = |schema, text| read::query(&operation(&[]), &Parameter::query("color", schema), text);
    for (violation, keyword) in [
        (read::path(&Parameter::path("color", &STRING), "%zz").unwrap_err(), "encoding"),
        (read::path(&Parameter::path("color", &STRING).style(Style::Label), "blue").unwrap_err(), "type"),
        (read::path(&Parameter::path("color", &OBJECT), "R,100,G").unwrap_err(), "type"),
        (query(&STRING, "color=%F").unwrap_err(), "encoding"),
        (query(&STRING, "color=%FF").unwrap_err(), "encoding"),
        (query(&STRING, "color=a&color=a").unwrap_err(), "repeated"),
        (query(&OBJECT, "R=1&R=2").unwrap_err(), "type"),
    ] {
        assert_eq!((violation.constraint.as_str(), violation.name.as_str()), (keyword, "color"));
    }
}

#[test]
fn nothing_is_written_for_nothing() {
    let query = Parameter::query("color", &ARRAY);
    assert_eq!(write::query(&query, &json!(null)), None);
    assert_eq!(write::query(&query, &json!([])), None);
    assert_eq!(write::query(&query.explode(false), &json!([])).as_deref(), Some("color="));
    assert_eq!(write::query(&query, &json!(["a", null])).as_deref(), Some("color=a&color="));
    assert_eq!(write::header(&json!(null), HeaderForm::Plain), None);
}
