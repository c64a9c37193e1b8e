//! F. Schemas

use specwright_diagnostics::{Code, Severity};
use specwright_ir::{Additional, IntegerFormat, Schema, Shape, StringFormat, TypeKind};

use super::SERVICE;
use crate::lowering::{field, object, wires};

const SOCIAL: &str =
    "#/paths/~1customer~1{tenant}~1socialLogin/post/responses/200/content/application~1json/schema";

fn integer(schema: &Schema) -> &specwright_ir::Integer {
    let Shape::Integer(integer) = &schema.shape else { panic!("an integer") };
    integer
}

fn text(schema: &Schema) -> &specwright_ir::StringShape {
    let Shape::String(text) = &schema.shape else { panic!("a string") };
    text
}

#[test]
fn f1_a_number_with_an_integers_format_is_an_integer() {
    for wire in ["expiresIn", "refreshTokenExpiresIn", "expires_in", "refresh_token_expires_in"] {
        let schema = &SERVICE.field("RefreshCustomerToken", wire).schema;
        assert_eq!(integer(schema).format, IntegerFormat::Int32);
        assert!(integer(schema).zero_fraction);
        let pointer = format!("#/components/schemas/RefreshCustomerToken/properties/{wire}/format");
        assert_eq!(SERVICE.said(Code::IntegralNumber, &pointer), Some(Severity::Note));
    }
}

#[test]
fn f2_one_name_with_three_types_has_three_types() {
    assert!(integer(&SERVICE.field("RefreshCustomerToken", "expires_in").schema).zero_fraction);
    assert!(!integer(&SERVICE.field("AnonymousAccessToken", "expires_in").schema).zero_fraction);
    text(&field(object(SERVICE.ty(SOCIAL)), "expires_in").schema);
    text(&field(object(SERVICE.ty(SOCIAL)), "refresh_token_expires_in").schema);
}

#[test]
fn f3_properties_without_a_type_make_an_object() {
    let pointer = "#/components/schemas/B2BGet/properties/legalEntities/items";
    assert_eq!(wires(object(SERVICE.ty(pointer))), ["id", "name", "contactAssignmentId"]);
    assert_eq!(SERVICE.said(Code::MissingType, pointer), Some(Severity::Warning));
    assert_eq!(SERVICE.count(Code::MissingType), 1);
}

#[test]
fn f4_properties_beside_all_of_are_not_lost() {
    let wires = wires(SERVICE.object("CustomerToken"));
    assert_eq!(wires.len(), 13);
    assert!(["saasToken", "saas_token", "initialPassword"].iter().all(|wire| wires.contains(wire)));
}

#[test]
fn f5_other_keywords_beside_all_of() {
    assert_eq!(SERVICE.component("AddressCommonDto").docs.summary, "AddressCommonDto");
    assert_eq!(SERVICE.component("AddressDto").docs.summary, "AddressDto");
    for name in
        ["AddressCommonDto", "DefaultDtoMetadata", "AddressDto", "AddressUpdateDto", "CustomerUpdateDto"]
    {
        assert!(matches!(SERVICE.component(name).kind, TypeKind::Struct(_)), "{name}");
    }
}

#[test]
fn f6_a_property_declared_twice_has_the_narrower_schema() {
    assert_eq!(SERVICE.target(&SERVICE.field("AddressCreateDto", "metadata").schema), "BasicMetadataDto");
    for name in ["AddressCommonDto", "AddressDto", "AddressUpdateDto"] {
        let declared = SERVICE.object(name).fields.iter().filter(|field| field.name.wire == "metadata");
        assert_eq!(declared.count(), 1);
        assert_eq!(SERVICE.target(&SERVICE.field(name, "metadata").schema), "DefaultDtoMetadata");
    }
}

#[test]
fn f7_chains_of_all_of() {
    let base = wires(SERVICE.object("AddressCreateDto"));
    let derived = wires(SERVICE.object("AddressDto"));
    assert_eq!(derived[..base.len()], base[..]);
    assert_eq!(derived[base.len()..], ["id", "isDefault"]);
    assert_eq!(wires(SERVICE.object("AddressUpdateDto")).last(), Some(&"isDefault"));
    assert_eq!(wires(SERVICE.object("CustomerUpdateDto")).last(), Some(&"contactEmail"));
}

#[test]
fn f8_descriptions_beside_references_document_the_field() {
    let details = SERVICE.field("CustomerSignup", "customerDetails");
    assert!(details.docs.description.starts_with("If customer details are provided"));
    assert_eq!(SERVICE.target(&details.schema), "CustomerUpdateDto");
    assert!(
        SERVICE.field("CustomerSignup", "signup").docs.description.contains("separate login credentials")
    );
}

#[test]
fn f9_references_forward() {
    assert_eq!(SERVICE.target(&SERVICE.field("Address", "metadata").schema), "DefaultDtoMetadata");
    let boxed = SERVICE.ir.types.iter().filter_map(|ty| match &ty.kind {
        TypeKind::Struct(object) => Some(object),
        _ => None,
    });
    assert!(boxed.flat_map(|object| &object.fields).all(|field| !field.schema.boxed));
}

#[test]
fn f10_two_schemas_of_one_resource_stay_two() {
    assert!(SERVICE.field("Address", "contactName").required);
    assert!(!SERVICE.field("AddressDto", "contactName").required);
    let country = text(&SERVICE.field("Address", "country").schema);
    assert_eq!((country.min_length, country.max_length), (Some(2), Some(2)));
    assert_eq!(text(&SERVICE.field("AddressCreateDto", "country").schema).max_length, None);
    assert!(SERVICE.field("Address", "isDefault").default.is_some());
    assert!(SERVICE.field("AddressDto", "isDefault").default.is_none());
}

#[test]
fn f11_each_password_has_its_own_rule() {
    for (schema, wire, least) in [
        ("CustomerSignup", "password", Some(1)),
        ("PasswordAuthentication", "password", Some(6)),
        ("PasswordChangeDto", "newPassword", None),
        ("PasswordUpdate", "password", None),
        ("ChangeEmailRequestDto", "password", None),
    ] {
        assert_eq!(text(&SERVICE.field(schema, wire).schema).min_length, least);
    }
}

#[test]
fn f12_near_identical_schemas_stay_apart() {
    assert_eq!(wires(SERVICE.object("B2BCreate")), ["companyRegistrationId"]);
    assert_eq!(wires(SERVICE.object("B2BGet")), ["companyRegistrationId", "legalEntities"]);
    assert_eq!(SERVICE.target(&SERVICE.field("Customer", "b2b").schema), "B2BGet");
    assert_eq!(SERVICE.target(&SERVICE.field("CustomerCommonDto", "b2b").schema), "B2BCreate");
}

#[test]
fn f13_free_form_maps() {
    for name in ["Address", "AddressCreateDto", "Customer", "CustomerCommonDto", "BasicMetadataDto"] {
        let Shape::Map(map) = &SERVICE.field(name, "mixins").schema.shape else { panic!("a map") };
        assert_eq!(map.values.shape, Shape::Any);
        assert_eq!(SERVICE.object(name).additional, Additional::Ignored);
    }
}

#[test]
fn f14_a_pattern_is_searched_for() {
    let pattern = text(&SERVICE.field("ErrorMessage", "type").schema).pattern.as_deref();
    assert_eq!(pattern, Some("[a-z]+[a-z_]*[a-z]+"));
    // `Forbidden` matches it, for `orbidden` does: nothing is said about that example.
    let example =
        "#/components/responses/403_forbidden/content/application~1json/example/Missing required scopes/type";
    assert_eq!(SERVICE.said(Code::UnfitExample, example), None);
}

#[test]
fn f15_responses_require_nothing() {
    for name in [
        "Customer",
        "CustomerToken",
        "RefreshCustomerToken",
        "AnonymousAccessToken",
        "ResourceLocation",
        "ErrorMessage",
        "ValidateTokenResponse",
        "AddressDto",
    ] {
        assert!(SERVICE.object(name).fields.iter().all(|field| !field.required), "{name}");
    }
}

#[test]
fn f16_deprecated_properties() {
    let deprecated: Vec<_> =
        SERVICE.object("CustomerToken").fields.iter().filter(|field| field.deprecated).collect();
    assert_eq!(deprecated.len(), 5);
}

#[test]
fn f17_keywords_in_any_order() {
    let email = text(&SERVICE.field("CustomerSignup", "email").schema);
    assert_eq!(email.min_length, Some(1));
    assert_eq!(
        integer(&SERVICE.field("ErrorMessage", "status").schema).minimum.map(|bound| bound.value),
        Some(100)
    );
    assert!(matches!(SERVICE.ty(SOCIAL).kind, TypeKind::Struct(_)));
}

#[test]
fn f18_weak_types_are_not_strengthened() {
    assert_eq!(text(&SERVICE.field("PasswordAuthentication", "email").schema).format, StringFormat::Plain);
    assert_eq!(text(&SERVICE.field("Customer", "preferredCurrency").schema).max_length, Some(3));
    assert_eq!(text(&SERVICE.field("Customer", "lastLogin").schema).format, StringFormat::DateTime);
    let enums = SERVICE.ir.types.iter().filter(|ty| matches!(ty.kind, TypeKind::Enum(_)));
    assert_eq!(enums.count(), 1);
}

#[test]
fn f19_an_integer_without_a_format() {
    for schema in [
        &SERVICE.field("DefaultDtoMetadata", "version").schema,
        &SERVICE.field("ErrorMessage", "status").schema,
        &field(object(SERVICE.ty(SOCIAL)), "session_idle_time").schema,
    ] {
        assert_eq!(integer(schema).format, IntegerFormat::Unspecified);
    }
}
