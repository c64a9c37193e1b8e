//! H. Texts

use super::SERVICE;

#[test]
fn h1_empty_texts_are_absent_ones() {
    assert_eq!(
        SERVICE.operation("POST-customer-create-customer-account").body.as_ref().unwrap().docs.description,
        ""
    );
    assert_eq!(SERVICE.field("Address", "tags").docs.description, "");
    assert_eq!(SERVICE.component("CustomerToken").docs.description, "");
    assert_eq!(SERVICE.component("ErrorMessage").docs.summary, "");
    assert_eq!(SERVICE.shared("409_conflict").docs.description, "");
}

#[test]
fn h2_markdown_of_several_paragraphs() {
    let docs = &SERVICE.operation("GET-customer-retrieve-customer-profile").docs;
    for piece in ["**Note**", "\n\n***\n\n", "### Required scopes"] {
        assert!(docs.description.contains(piece), "{piece}");
    }
    assert!(
        SERVICE.operation("POST-customer-authenticate-customer").docs.description.contains("\n- Customer")
    );
}

#[test]
fn h3_a_line_break_inside_of_a_text() {
    let parameter = SERVICE.parameter("GET-oauth-refresh-anonymous-access-token", "anonymous_token");
    assert!(parameter.docs.description.contains("instead.\nAnonymous token"));
}

#[test]
fn h4_white_space_at_the_end_is_cut() {
    let texts = [
        &SERVICE.ir.info.description,
        &SERVICE.operation("GET-oauth-refresh-anonymous-access-token").docs.description,
        &SERVICE.field("Customer", "lastLogin").docs.description,
    ];
    assert!(texts.iter().all(|text| !text.is_empty() && text.trim() == *text));
}

#[test]
fn h5_characters_that_comments_react_to_are_data() {
    let expand = SERVICE.parameter("GET-customer-retrieve-customer-profile", "expand");
    assert!(expand.docs.description.contains("`mixin:*`"));
    assert_eq!(
        SERVICE.field("Address", "mixins").docs.description,
        "Customer address' additional properties."
    );
}

#[test]
fn h6_descriptions_that_contradict_change_nothing() {
    let change = SERVICE.operation("POST-customer-change-customer-login-email");
    assert!(change.docs.description.contains("customer.customerprofile_edit"));
    assert!(change.security[0].schemes[0].scopes.is_empty());
}

#[test]
fn h7_an_empty_version() {
    assert_eq!(SERVICE.ir.info.version, "");
    assert!(!SERVICE.ir.info.title.is_empty());
}
