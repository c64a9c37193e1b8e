//! Named schemas.

use insta::assert_snapshot;
use serde_json::json;
use specwright_ir::{
    Access, Additional, Bound, Conversion, Direction, EnumRepr, Example, Integer, IntegerFormat, Ir, Number,
    RequiredGroups, Shape, StringFormat, StringShape, Struct, TypeId, TypeKind, Union, UnionRule, Usage,
    Variant, View,
};

use crate::fixture::*;

#[test]
fn presence_and_null_choose_the_type_of_a_field() {
    let pet = pet(vec![
        required(name("petName", "PetName", "pet_name"), schema(string())),
        required(name("breedName", "BreedName", "breed_name"), nullable(string())),
        optional(name("ageYears", "AgeYears", "age_years"), schema(integer())),
        optional(name("ownerName", "OwnerName", "owner_name"), nullable(string())),
    ]);
    assert_snapshot!(file(&pet, "src/types/pet.rs"));
}

#[test]
fn a_struct_without_required_members_has_a_default() {
    let mut tag = optional(name("@tag", "Tag", "tag"), schema(string()));
    tag.docs = describe("What hangs\non its collar.");
    tag.examples = vec![Example { name: String::new(), value: json!("Rex"), origin: origin(), defect: None }];
    assert_snapshot!(file(&pet(vec![tag]), "src/types/pet.rs"));
}

#[test]
fn formats_have_types_of_their_own() {
    let fields = [
        ("at", format(StringFormat::DateTime)),
        ("on", format(StringFormat::Date)),
        ("id", format(StringFormat::Uuid)),
        ("picture", format(StringFormat::Byte)),
        ("secret", format(StringFormat::Password)),
        (
            "price",
            format(StringFormat::Custom { format: "decimal".into(), rust: "rust_decimal::Decimal".into() }),
        ),
        ("anything", Shape::Any),
        ("names", map(schema(array(nullable(string()))))),
    ];
    let fields = fields.map(|(wire, shape)| required(name(wire, "", wire), schema(shape)));
    assert_snapshot!(file(&pet(fields.into()), "src/types/pet.rs"));
}

#[test]
fn constraints_are_part_of_the_schema() {
    let bound = |value| Some(Bound { value, exclusive: true });
    let legs = Integer {
        format: IntegerFormat::Int32,
        is_number: true,
        zero_fraction: true,
        minimum: Some(Bound { value: 0, exclusive: false }),
        maximum: Some(Bound { value: 1_000_000, exclusive: true }),
        multiple_of: Some(2),
    };
    let weight = Number { minimum: bound(-0.5), maximum: bound(12_345.678_9), ..Number::default() };
    let tag =
        StringShape { min_length: Some(1), pattern: Some("^\"\\w{2}\"$".into()), ..StringShape::default() };
    let mut ir = pet(vec![
        optional(name("legs", "", "legs"), schema(Shape::Integer(legs))),
        optional(name("weight", "", "weight"), nullable(Shape::Number(weight))),
        optional(name("schema", "", "schema"), schema(Shape::String(tag.clone()))),
        optional(name("type", "", "r#type"), schema(Shape::String(tag))),
    ]);
    if let TypeKind::Struct(object) = &mut ir.types[0].kind {
        object.additional = Additional::Denied;
        object.min_properties = Some(1);
    }
    assert_snapshot!(file(&ir, "src/types/pet.rs"));
}

#[test]
fn further_members_are_kept_where_the_contract_says_so() {
    let mut ir = pet(vec![required(name("id", "", "id"), schema(string()))]);
    if let TypeKind::Struct(object) = &mut ir.types[0].kind {
        let values = Box::new(schema(integer()));
        object.additional = Additional::Kept { name: Box::new(name("", "", "additional")), values };
    }
    assert_snapshot!(file(&ir, "src/types/pet.rs"));
}

#[test]
fn defaults_are_constants_where_rust_has_one() {
    let mut fields = vec![
        optional(name("isTame", "", "is_tame"), schema(Shape::Boolean)),
        optional(name("name", "", "name"), schema(string())),
        optional(name("legs", "", "legs"), schema(integer())),
        optional(name("size", "", "size"), schema(reference(1))),
        optional(name("tags", "", "tags"), schema(array(schema(string())))),
    ];
    let defaults = [json!(false), json!("a \"dog\""), json!(4), json!("BIG"), json!(["a"])];
    for (field, default) in fields.iter_mut().zip(defaults) {
        field.default = Some(default);
    }
    let mut ir = pet(fields);
    let sizes = values(EnumRepr::String, &[(json!("BIG"), "Big"), (json!("SMALL"), "Small")]);
    ir.types.push(named(name("Size", "Size", "size"), sizes));
    assert_snapshot!(file(&ir, "src/types/pet.rs"));
}

/// What comes back, and what is sent.
fn views(received: TypeKind, sent: TypeKind, conversions: [Conversion; 2]) -> Ir {
    let mut ir = pet(Vec::new());
    ir.types.clear();
    let kinds = [(received, "Pet", "pet"), (sent, "PetInput", "pet_input")];
    for (index, ((kind, pascal, snake), from_other)) in kinds.into_iter().zip(conversions).enumerate() {
        let mut ty = named(name("Pet", pascal, snake), kind);
        ty.usage = Usage { request: index == 1, response: index == 0, ..Usage::default() };
        let direction = if index == 1 { Direction::Request } else { Direction::Response };
        ty.view = Some(View { direction, other: TypeId(1 - index), from_other });
        ir.types.push(ty);
    }
    ir
}

#[test]
fn what_is_sent_is_made_of_what_comes_back() {
    let mut id = required(name("id", "", "id"), schema(string()));
    id.access = Access::ReadOnly;
    let mut secret = optional(name("secret", "", "secret"), nullable(string()));
    secret.access = Access::WriteOnly;
    let mut parent = optional(name("parent", "", "parent"), schema(reference(0)));
    parent.schema.boxed = true;
    let more = |at: usize| Additional::Kept {
        name: Box::new(name("", "", "additional")),
        values: Box::new(schema(reference(at))),
    };
    let received = Struct {
        ignored: vec!["secret".to_owned()],
        additional: more(0),
        ..object(vec![id, parent.clone()])
    };
    parent.schema.shape = reference(1);
    let sent = Struct { ignored: vec!["id".to_owned()], additional: more(1), ..object(vec![secret, parent]) };
    let ir =
        views(TypeKind::Struct(received), TypeKind::Struct(sent), [Conversion::Never, Conversion::Always]);
    assert_snapshot!("received", file(&ir, "src/types/pet.rs"));
    assert_snapshot!("sent", file(&ir, "src/types/pet_input.rs"));
}

/// The names that are imported, and that conversions convert from.
fn conditions(ir: &Ir, path: &str) -> Vec<String> {
    let text = file(ir, path);
    let lines: Vec<&str> = text.lines().collect();
    let is_conditional = |pair: &&[&str]| pair[0] == r#"#[cfg(feature = "events")]"#;
    lines.windows(2).filter(is_conditional).map(|pair| pair[1].to_owned()).collect()
}

#[test]
fn what_webhooks_alone_need_is_compiled_with_them() {
    let same = || TypeKind::Struct(object(vec![required(name("id", "", "id"), schema(string()))]));
    let mut ir = views(same(), same(), [Conversion::Always, Conversion::Always]);
    ir.types[0].usage.events_only = true;
    assert_eq!(conditions(&ir, "src/types/mod.rs"), ["mod pet;", "pub use self::pet::Pet;"]);
    let both = ["use crate::types::Pet;", "impl From<Pet> for PetInput {", "impl From<PetInput> for Pet {"];
    assert_eq!(conditions(&ir, "src/types/pet_input.rs"), both);
    // A file that is compiled on the condition does not repeat it.
    ir.types[1].usage.events_only = true;
    assert_eq!(conditions(&ir, "src/types/pet_input.rs"), [""; 0]);
    ir.types[0].usage.events_only = false;
    assert_eq!(conditions(&ir, "src/types/mod.rs"), ["mod pet_input;", "pub use self::pet_input::PetInput;"]);
    assert_eq!(conditions(&ir, "src/types/pet_input.rs"), [""; 0]);
}

#[test]
fn what_is_deprecated_says_so_and_is_touched_by_permission() {
    let mut old = optional(name("oldOwner", "", "old_owner"), schema(reference(1)));
    old.deprecated = true;
    let owner = required(name("owner", "", "owner"), schema(reference(1)));
    let mut ir = pet(vec![old, owner]);
    let mut person = named(name("Person", "Person", "person"), TypeKind::Struct(object(Vec::new())));
    person.deprecated = true;
    ir.types.push(person);
    assert_snapshot!(file(&ir, "src/types/pet.rs"));
    assert_snapshot!("index_of_deprecated", file(&ir, "src/types/mod.rs"));
}

#[test]
fn a_type_that_contains_itself_is_boxed() {
    let mut parent = optional(name("parent", "", "parent"), schema(reference(0)));
    parent.schema.boxed = true;
    let children = required(name("children", "", "children"), schema(array(schema(reference(0)))));
    assert_snapshot!(file(&pet(vec![parent, children]), "src/types/pet.rs"));
}

#[test]
fn more_than_clippy_likes_is_allowed_by_name() {
    let fields = (1..=8).map(|index| {
        let wire = format!("flag{index}");
        required(name(&wire, "", &wire), schema(Shape::Boolean))
    });
    let text = file(&pet(fields.collect()), "src/types/pet.rs");
    let allowances: Vec<&str> = text.lines().filter(|line| line.contains("clippy::")).collect();
    assert_snapshot!(allowances.join("\n"));
}

#[test]
fn an_enum_of_requests_is_closed() {
    let colours =
        values(EnumRepr::String, &[(json!("DARK_RED"), "DarkRed"), (json!("off-white"), "OffWhite")]);
    let ir = Ir { types: vec![named(name("Colour", "Colour", "colour"), colours)], ..ir() };
    assert_snapshot!(file(&ir, "src/types/colour.rs"));
}

#[test]
fn an_enum_of_responses_takes_values_that_are_not_known_yet() {
    let colours = values(EnumRepr::String, &[(json!("unknown"), "Unknown"), (json!(""), "Empty")]);
    let mut colour = named(name("Colour", "Colour", "colour"), colours);
    colour.usage.response = true;
    let ir = Ir { types: vec![colour], ..ir() };
    assert_snapshot!(file(&ir, "src/types/colour.rs"));
}

#[test]
fn integers_are_enums_too() {
    let levels = values(EnumRepr::Integer, &[(json!(-1), "MinusOne"), (json!(1), "One")]);
    let mut level = named(name("Level", "Level", "level"), levels);
    let closed = Ir { types: vec![level.clone()], ..ir() };
    assert_snapshot!(file(&closed, "src/types/level.rs"));
    level.usage.response = true;
    let open = Ir { types: vec![level], ..ir() };
    assert_snapshot!("integers_that_are_received", file(&open, "src/types/level.rs"));
}

#[test]
fn an_alias_is_a_type_or_a_struct_around_one() {
    let mut ir = pet(vec![
        required(name("id", "", "id"), schema(reference(1))),
        optional(name("tree", "", "tree"), schema(reference(2))),
    ]);
    ir.types.push(named(name("PetId", "PetId", "pet_id"), alias(nullable(pattern("^p")), false)));
    ir.types.push(named(name("Tree", "Tree", "tree"), alias(schema(array(schema(reference(2)))), true)));
    assert_snapshot!(file(&ir, "src/types/pet.rs"));
    assert_snapshot!("alias", file(&ir, "src/types/pet_id.rs"));
    assert_snapshot!("newtype", file(&ir, "src/types/tree.rs"));
}

fn variant(word: &str, rust: &str, shape: Shape, values: &[&str]) -> Variant {
    Variant {
        name: name(word, rust, &rust.to_lowercase()),
        key: word.to_owned(),
        docs: specwright_ir::Docs::default(),
        schema: schema(shape),
        xml: None,
        values: values.iter().map(|value| (*value).to_owned()).collect(),
        tagged: false,
    }
}

#[test]
fn a_union_of_requests_is_closed() {
    let mut own = variant("Pet", "Pet", reference(0), &[]);
    own.schema.boxed = true;
    let variants =
        vec![variant("text", "Text", pattern("^a"), &[]), variant("any", "Any", Shape::Any, &[]), own];
    let union = Union { variants, rule: UnionRule::ExactlyOne, discriminator: None, overlaps: true };
    let mut pet = named(name("Pet", "Pet", "pet"), TypeKind::Union(union));
    pet.usage = Usage { request: true, response: false, judged: true, ..Usage::default() };
    let ir = Ir { types: vec![pet], ..ir() };
    assert_snapshot!(file(&ir, "src/types/pet.rs"));
}

#[test]
fn a_union_of_responses_takes_what_is_not_known_yet() {
    let mut dog = variant("Dog", "Dog", reference(1), &["dog", "puppy"]);
    dog.tagged = true;
    let variants = vec![dog, variant("Cat", "Cat", reference(2), &["cat"])];
    let discriminator = Some("kind".to_owned());
    let union = Union { variants, rule: UnionRule::AtLeastOne, discriminator, overlaps: false };
    let mut pet = named(name("Pet", "Pet", "pet"), TypeKind::Union(union));
    pet.usage = Usage { request: false, response: true, judged: true, ..Usage::default() };
    let dog = named(name("Dog", "Dog", "dog"), TypeKind::Struct(object(Vec::new())));
    let cat = named(name("Cat", "Cat", "cat"), TypeKind::Struct(object(Vec::new())));
    let ir = Ir { types: vec![pet, dog, cat], ..ir() };
    assert_snapshot!(file(&ir, "src/types/pet.rs"));
}

#[test]
fn members_that_go_together_are_part_of_the_schema() {
    let mut ir = pet(vec![optional(name("a", "", "a"), schema(string()))]);
    if let TypeKind::Struct(object) = &mut ir.types[0].kind {
        let groups = vec![vec!["a".to_owned()], vec!["b".to_owned(), "c".to_owned()]];
        object.groups = vec![RequiredGroups { groups, rule: UnionRule::AtLeastOne }];
    }
    let text = file(&ir, "src/types/pet.rs");
    let schema = text.find("static SCHEMA").map(|at| &text[at..]);
    assert_snapshot!(schema.unwrap_or_default());
}
