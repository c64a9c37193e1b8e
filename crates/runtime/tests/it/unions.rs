//! Values of one of several schemas.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use specwright_runtime::validate::validate;
use specwright_runtime::{Alternative, Described, Groups, Location, Property, Schema, one_of};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Cat {
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    lives: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Fish {
    #[serde(skip_serializing_if = "Option::is_none")]
    fins: Option<i64>,
}

static INTEGER: Schema = Schema::integer();
static TEXT: Schema = Schema::string();
static CAT: Schema =
    Schema::object(&[Property::required("kind", &TEXT), Property::optional("lives", &INTEGER)]);
static FISH: Schema = Schema::object(&[Property::optional("fins", &INTEGER)]);

/// By a discriminator; what is received may be unknown.
#[derive(Clone, Debug, PartialEq)]
enum Pet {
    Cat(Cat),
    Fish(Box<Fish>),
    Unknown(Value),
}

one_of!(Pet { Cat, Fish("kind" = "fish") ; Unknown });

impl Described for Pet {
    fn schema() -> &'static Schema {
        static SCHEMA: Schema = Schema::union(&[
            Alternative::new("Cat", &CAT).by(&["cat", "kitten"]),
            Alternative::new("Fish", &FISH).by(&["fish"]),
        ])
        .exactly_one()
        .discriminator("kind");
        &SCHEMA
    }
}

/// By type and by members; closed.
#[derive(Clone, Debug, PartialEq)]
enum Either {
    Integer(i64),
    Text(String),
    Card(Card),
    Account(Account),
}

one_of!(Either { Integer, Text, Card, Account });

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Card {
    card: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Account {
    iban: String,
    bank: i64,
}

static CARD: Schema =
    Schema::object(&[Property::required("card", &TEXT), Property::optional("owner", &TEXT)]);
static ACCOUNT: Schema =
    Schema::object(&[Property::required("iban", &TEXT), Property::required("bank", &INTEGER)]);

impl Described for Either {
    fn schema() -> &'static Schema {
        static SCHEMA: Schema = Schema::union(&[
            Alternative::new("Integer", &INTEGER),
            Alternative::new("Text", &Schema::string().length(Some(2), None)),
            Alternative::new("Card", &CARD),
            Alternative::new("Account", &ACCOUNT),
        ])
        .exactly_one();
        &SCHEMA
    }
}

fn read<T: for<'de> Deserialize<'de>>(value: &Value) -> Result<T, String> {
    serde_json::from_str(&value.to_string()).map_err(|error| error.to_string())
}

/// Violations as `pointer keyword: message`.
fn violations<T: Described>(value: &Value) -> Vec<String> {
    let found = validate(value, T::schema(), Location::Body, "");
    let texts = found.iter().map(|one| format!("{} {}: {}", one.pointer, one.constraint, one.message));
    texts.collect()
}

/// What tells closed objects apart is none of their members.
#[test]
fn a_discriminator_is_no_unknown_member() {
    static DOT: Schema = Schema::object(&[Property::optional("size", &INTEGER)]).deny_additional();
    static INNER: Schema = Schema::object(&[Property::optional("dot", &DOT)]).deny_additional();
    static MARK: Schema = Schema::union(&[
        Alternative::new("Dot", &DOT).by(&["dot"]),
        Alternative::new("Inner", &INNER).by(&["inner"]),
    ])
    .exactly_one()
    .discriminator("kind");
    for (value, told) in [
        (json!({"kind": "dot", "size": 1}), &[][..]),
        (json!({"kind": "inner", "dot": {}}), &[]),
        (json!({"kind": "dot", "width": 1}), &["/width additionalProperties"]),
        (json!({"kind": "inner", "dot": {"kind": "dot"}}), &["/dot/kind additionalProperties"]),
        (json!({"kind": "dot", "size": "big"}), &["/size type"]),
    ] {
        let found = validate(&value, &MARK, Location::Body, "");
        let found: Vec<_> = found.iter().map(|one| format!("{} {}", one.pointer, one.constraint)).collect();
        assert_eq!(found, told, "{value}");
    }
}

#[test]
fn a_discriminator_tells_and_stays() {
    for (value, pet) in [
        (json!({"kind": "cat", "lives": 9}), Pet::Cat(Cat { kind: "cat".into(), lives: Some(9) })),
        (json!({"kind": "kitten"}), Pet::Cat(Cat { kind: "kitten".into(), lives: None })),
        // Its own type has no such member, so the union writes it.
        (json!({"kind": "fish", "fins": 2}), Pet::Fish(Box::new(Fish { fins: Some(2) }))),
        (json!({"kind": "bird", "wings": 2}), Pet::Unknown(json!({"kind": "bird", "wings": 2}))),
        (json!({"lives": 1}), Pet::Unknown(json!({"lives": 1}))),
    ] {
        assert_eq!(read::<Pet>(&value).unwrap(), pet);
        assert_eq!(serde_json::to_value(&pet).unwrap(), value);
    }
    // What the discriminator names has to be that.
    assert!(read::<Pet>(&json!({"kind": "cat", "lives": "many"})).is_err());
}

/// By a discriminator of which one value means two variants, beside one that no value means.
#[derive(Clone, Debug, PartialEq)]
enum Owned {
    CatOnCard(CatOnCard),
    CatOnAccount(CatOnAccount),
    Fish(Fish),
    Unknown(Value),
}

one_of!(Owned { CatOnCard, CatOnAccount, Fish ; Unknown });

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct CatOnCard {
    kind: String,
    card: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct CatOnAccount {
    kind: String,
    iban: String,
}

impl Described for Owned {
    fn schema() -> &'static Schema {
        static ON_CARD: Schema =
            Schema::object(&[Property::required("kind", &TEXT), Property::required("card", &TEXT)]);
        static ON_ACCOUNT: Schema =
            Schema::object(&[Property::required("kind", &TEXT), Property::required("iban", &TEXT)]);
        static FINS: Schema = Schema::object(&[Property::required("fins", &INTEGER)]);
        static SCHEMA: Schema = Schema::union(&[
            Alternative::new("CatOnCard", &ON_CARD).by(&["cat"]),
            Alternative::new("CatOnAccount", &ON_ACCOUNT).by(&["cat"]),
            Alternative::new("Fish", &FINS),
        ])
        .exactly_one()
        .discriminator("kind");
        &SCHEMA
    }
}

#[test]
fn a_discriminator_tells_as_much_as_it_can() {
    let cat = || "cat".to_owned();
    for (value, owned) in [
        (json!({"kind": "cat", "card": "1"}), Owned::CatOnCard(CatOnCard { kind: cat(), card: "1".into() })),
        (
            json!({"kind": "cat", "iban": "1"}),
            Owned::CatOnAccount(CatOnAccount { kind: cat(), iban: "1".into() }),
        ),
        (json!({"fins": 2}), Owned::Fish(Fish { fins: Some(2) })),
        (json!({"kind": "cat", "fins": 2}), Owned::Unknown(json!({"kind": "cat", "fins": 2}))),
    ] {
        assert_eq!(read::<Owned>(&value).unwrap(), owned);
    }
    let none: [&str; 0] = [];
    assert_eq!(violations::<Owned>(&json!({"kind": "cat", "card": "1"})), none);
    assert_eq!(violations::<Owned>(&json!({"fins": 2, "kind": "eel"})), none);
    assert_eq!(
        violations::<Owned>(&json!({"kind": "cat", "card": "1", "iban": "1"})),
        [" oneOf: must be only one of `CatOnCard`, `CatOnAccount`, `Fish`"]
    );
    assert_eq!(violations::<Owned>(&json!({"kind": "eel"})), ["/fins required: is required"]);
}

#[test]
fn violations_are_those_of_what_the_discriminator_names() {
    let none: [&str; 0] = [];
    assert_eq!(violations::<Pet>(&json!({"kind": "cat"})), none);
    assert_eq!(
        violations::<Pet>(&json!({"kind": "cat", "lives": "many"})),
        ["/lives type: must be an integer"]
    );
    assert_eq!(
        violations::<Pet>(&json!({"kind": "bird"})),
        ["/kind enum: must be one of `cat`, `kitten`, `fish`"]
    );
    assert_eq!(violations::<Pet>(&json!({"lives": 1})), ["/kind required: is required"]);
    assert_eq!(violations::<Pet>(&json!(7)), [" type: must be an object"]);
}

#[test]
fn types_and_members_tell() {
    for (value, either) in [
        (json!(7), Either::Integer(7)),
        (json!("seven"), Either::Text("seven".into())),
        (
            json!({"card": "a", "owner": "b"}),
            Either::Card(Card { card: "a".into(), owner: Some("b".into()) }),
        ),
        (json!({"iban": "a", "bank": 1}), Either::Account(Account { iban: "a".into(), bank: 1 })),
    ] {
        assert_eq!(read::<Either>(&value).unwrap(), either);
        assert_eq!(serde_json::to_value(&either).unwrap(), value);
        assert_eq!(violations::<Either>(&value), [""; 0]);
    }
    assert!(
        read::<Either>(&json!(true)).unwrap_err().contains("none of `Integer`, `Text`, `Card`, `Account`")
    );
    // What is only too short is still a text.
    assert_eq!(read::<Either>(&json!("s")).unwrap(), Either::Text("s".into()));
}

#[test]
fn one_line_where_nothing_tells_and_all_where_something_does() {
    assert_eq!(violations::<Either>(&json!("s")), [" minLength: must have at least 2 characters"]);
    assert_eq!(violations::<Either>(&json!(true)), [" type: must be an integer or a string or an object"]);
    // Nearer to an account than to a card? No: one member is missing either way.
    assert_eq!(
        violations::<Either>(&json!({"iban": "a"})),
        [" oneOf: must be one of `Integer`, `Text`, `Card`, `Account`"]
    );
    assert_eq!(violations::<Either>(&json!({"iban": "a", "bank": "b"})), ["/bank type: must be an integer"]);
    assert_eq!(
        violations::<Either>(&json!({"iban": "a", "bank": 1, "card": "c"})),
        [" oneOf: must be only one of `Integer`, `Text`, `Card`, `Account`"]
    );
}

/// Neither knows all that the other does.
#[derive(Clone, Debug, PartialEq)]
enum Overlapping {
    Card(Card),
    Account(Account),
    Unknown(Value),
}

one_of!(Overlapping { Card, Account ; Unknown });

impl Described for Overlapping {
    fn schema() -> &'static Schema {
        static SCHEMA: Schema =
            Schema::union(&[Alternative::new("Card", &CARD), Alternative::new("Account", &ACCOUNT)]);
        &SCHEMA
    }
}

#[test]
fn a_value_of_both_loses_nothing() {
    let both = json!({"iban": "a", "bank": 1, "card": "c"});
    assert_eq!(violations::<Overlapping>(&both), [""; 0]);
    let read = read::<Overlapping>(&both).unwrap();
    assert_eq!(read, Overlapping::Unknown(both.clone()));
    assert_eq!(serde_json::to_value(read).unwrap(), both);
}

/// A union of two alike objects that hold unions of the same: judged in time, however deep.
struct Tree;

impl Described for Tree {
    fn schema() -> &'static Schema {
        static LEFT: Schema =
            Schema::object(&[Property::optional("of", &TREES), Property::optional("left", &INTEGER)]);
        static RIGHT: Schema =
            Schema::object(&[Property::optional("of", &TREES), Property::optional("right", &INTEGER)]);
        static TREES: Schema = Schema::array(&TREE);
        static TREE: Schema = Schema::of::<Tree>();
        static SCHEMA: Schema =
            Schema::union(&[Alternative::new("Left", &LEFT), Alternative::new("Right", &RIGHT)]);
        &SCHEMA
    }
}

#[test]
fn unions_of_unions_are_judged_once() {
    let mut tree = json!({"left": "wrong", "right": "wrong"});
    for _ in 0..60 {
        tree = json!({"of": [tree]});
    }
    // 2^60 ways to read it.
    assert_eq!(violations::<Tree>(&tree), [" anyOf: must be one of `Left`, `Right`"]);
}

#[test]
fn members_that_go_together() {
    static SCHEMA: Schema = Schema::object(&[]).groups(&[Groups::some(&[&["email"], &["phone", "country"]])]);
    static ONE: Schema = Schema::object(&[]).groups(&[Groups::one(&[&["a"], &["b"]])]);
    let check = |value: Value, schema: &'static Schema| {
        let found = validate(&value, schema, Location::Body, "");
        found.into_iter().map(|one| format!("{}: {}", one.constraint, one.message)).collect::<Vec<_>>()
    };
    assert_eq!(check(json!({"phone": 1, "country": 2}), &SCHEMA), [""; 0]);
    assert_eq!(
        check(json!({"phone": 1}), &SCHEMA),
        ["anyOf: must have at least one of `email`, `phone` with `country`"]
    );
    assert_eq!(check(json!({"a": 1}), &ONE), [""; 0]);
    assert_eq!(check(json!({"a": 1, "b": 1}), &ONE), ["oneOf: must have exactly one of `a`, `b`"]);
}
