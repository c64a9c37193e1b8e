//! Every constraint that the contract puts on a request, broken once: on the server, in the answer; in
//! the client, before anything is sent.

use std::io::ErrorKind;
use std::net::TcpListener;
use std::time::Duration;

use customer_api::Client;
use customer_api::operations::account::UpdateCustomerBody;
use customer_api::types::{
    AddressCreateDto, AddressPatch, ChangeEmailRequestDto, CustomerPatch, CustomerSignup,
    PasswordAuthentication, PasswordChangeDto, PasswordResetRequestDto, PasswordUpdate, RefreshToken,
    UpdateEmail,
};
use serde_json::{Value, json};
use specwright_conformance::Answer;
use specwright_runtime::Violation;
use specwright_runtime::client::{Call, Error, Request};

use crate::requests::{ALL, Good, authorization, send};
use crate::stub::{ANONYMOUS, CUSTOMER, Stub};

/// The violations of an answer, a line each: location, parameter or pointer, constraint.
fn told(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 400, "{}", answer.body);
    assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    let problem: Value = serde_json::from_str(&answer.body).expect("problem details");
    assert_eq!(problem["status"], json!(400));
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let violations = problem["violations"].as_array().expect("violations");
    violations
        .iter()
        .map(|violation| {
            assert!(!text(&violation["message"]).is_empty());
            let place = text(&violation["name"]) + &text(&violation["pointer"]);
            format!("{} {place} {}", text(&violation["location"]), text(&violation["constraint"]))
        })
        .collect()
}

fn line(violation: &Violation) -> String {
    let place = violation.name.clone() + &violation.pointer;
    format!("{} {place} {}", violation.location.as_str(), violation.constraint)
}

/// What a client says of a request that it does not send.
async fn unsent<R: Request>(call: impl FnOnce(&Client) -> Call<'_, R>) -> Vec<String> {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.set_nonblocking(true).expect("a socket");
    let client = crate::case::client(format!("http://{}", listener.local_addr().expect("a bound socket")));
    let result = call(&client).timeout(Duration::from_secs(5)).send().await;
    let Err(Error::InvalidRequest { operation, violations }) = result else {
        panic!("{} was not refused", R::OPERATION.id)
    };
    assert_eq!(operation.id, R::OPERATION.id);
    assert_eq!(listener.accept().expect_err("nobody connects").kind(), ErrorKind::WouldBlock);
    violations.iter().map(line).collect()
}

/// What the client says of a body; nothing where no value of its type makes that body.
async fn unsent_body(name: &str, body: &Value) -> Option<Vec<String>> {
    macro_rules! body {
        ($type:ty) => {
            serde_json::from_value::<$type>(body.clone()).ok()?
        };
    }
    Some(match name {
        "add_address" => {
            let body = body!(AddressCreateDto);
            unsent(|client| client.addresses().add_address("acme", &body)).await
        }
        "update_address" => {
            let body = body!(AddressPatch);
            unsent(|client| client.addresses().update_address("acme", "a1", &body)).await
        }
        "update_customer" => {
            let body = body!(CustomerPatch);
            let call =
                |body| unsent(|client| client.account().update_customer("acme").with(|r| r.with_body(body)));
            let said = call(UpdateCustomerBody::Json(body.clone())).await;
            assert_eq!(call(UpdateCustomerBody::MergePatchJson(body)).await, said);
            said
        }
        "create_customer_account" => {
            let body = body!(CustomerSignup);
            unsent(|client| client.authentication().create_customer_account("acme", &body)).await
        }
        "authenticate_customer" => {
            let body = body!(PasswordAuthentication);
            unsent(|client| client.authentication().authenticate_customer("acme", &body)).await
        }
        "assign_customer_account" => {
            let body = body!(PasswordAuthentication);
            unsent(|client| client.account().assign_customer_account("acme", &body)).await
        }
        "change_login_email" => {
            let body = body!(ChangeEmailRequestDto);
            unsent(|client| client.credentials().change_login_email("acme", &body)).await
        }
        "confirm_login_email" => {
            let body = body!(UpdateEmail);
            unsent(|client| client.credentials().confirm_login_email("acme", &body)).await
        }
        "change_password" => {
            let body = body!(PasswordChangeDto);
            unsent(|client| client.credentials().change_password("acme", &body)).await
        }
        "request_password_reset" => {
            let body = body!(PasswordResetRequestDto);
            unsent(|client| client.credentials().request_password_reset("acme", &body)).await
        }
        "reset_password" => {
            let body = body!(PasswordUpdate);
            unsent(|client| client.credentials().reset_password("acme", &body)).await
        }
        "resend_opt_in" => {
            let body = body!(RefreshToken);
            unsent(|client| client.double_opt_in().resend_opt_in("acme", &body)).await
        }
        _ => panic!("{name} has no body"),
    })
}

/// A body with another value in one place; without the member where there is none.
fn with(body: &str, pointer: &str, value: Option<&Value>) -> Value {
    let mut body: Value = serde_json::from_str(body).expect("a good body");
    let (parent, member) = pointer.rsplit_once('/').expect("a pointer to a member");
    let mut at = &mut body;
    for token in parent.split('/').skip(1) {
        at = &mut at[token];
    }
    match value {
        Some(value) => at[member] = value.clone(),
        None => {
            at.as_object_mut().expect("an object").remove(member);
        }
    }
    body
}

/// Breaks a good body in one place, and holds both sides to what is expected.
async fn breaks(name: &str, pointer: &str, value: Option<Value>, expected: &[&str]) {
    let good = Good::of(name);
    let body = with(good.body, pointer, value.as_ref());
    let stub = Stub::default();
    let (method, target) = (good.method, good.target);
    let answer = send(stub.start().await, method, target, &good.authorization(), &body.to_string()).await;
    assert_eq!(told(&answer), expected, "{name} {body}");
    assert!(stub.is_untouched(), "{name} {body}");
    // To a client's type, `null` for an optional member is no value.
    if value == Some(Value::Null) {
        return;
    }
    if let Some(said) = unsent_body(name, &body).await {
        assert_eq!(said, expected, "{name} {body} by the client");
    } else {
        let untyped = [" type", " required"];
        assert!(expected.iter().any(|line| untyped.iter().any(|end| line.ends_with(end))), "{name} {body}");
    }
}

/// Breaks a good body in one place and in one way.
async fn breaks_one(name: &str, pointer: &str, value: Value, constraint: &str) {
    breaks(name, pointer, Some(value), &[&format!("body {pointer} {constraint}")]).await;
}

/// Text of so many characters, which are two octets each.
fn text(length: usize) -> Value {
    json!("é".repeat(length))
}

/// A good e-mail address of so many characters.
fn email(length: usize) -> Value {
    json!(format!("jane@{}.example", "d".repeat(length - "jane@.example".len())))
}

async fn too_long(name: &str, prefix: &str, members: &[&str], limit: usize) {
    for member in members {
        breaks_one(name, &format!("{prefix}/{member}"), text(limit + 1), "maxLength").await;
        breaks_one(name, &format!("{prefix}/{member}"), json!(1), "type").await;
    }
}

async fn not_a_password(name: &str, pointer: &str, least: Option<usize>) {
    if let Some(least) = least {
        breaks_one(name, pointer, text(least - 1), "minLength").await;
    }
    breaks_one(name, pointer, text(257), "maxLength").await;
    breaks_one(name, pointer, json!(null), "type").await;
    breaks(name, pointer, None, &[&format!("body {pointer} required")]).await;
}

const REQUIRED: [&str; 2] = ["type", "required"];

async fn not_an_email(name: &str, pointer: &str, empty: bool) {
    let pattern = format!("body {pointer} pattern");
    for wrong in ["jane", "jane@doe", "jane doe@doe.example", "jane@@doe.example", "jane@doe..example"] {
        breaks_one(name, pointer, json!(wrong), "pattern").await;
    }
    breaks_one(name, pointer, json!(format!("{}@doe.example", "j".repeat(65))), "pattern").await;
    breaks_one(name, pointer, email(255), "maxLength").await;
    breaks_one(name, pointer, json!(["jane@doe.example"]), "type").await;
    if empty {
        let least = format!("body {pointer} minLength");
        breaks(name, pointer, Some(json!("")), &[&least, &pattern]).await;
    } else {
        breaks(name, pointer, Some(json!("")), &[&pattern]).await;
    }
}

async fn not_an_email_that_is_required(name: &str, pointer: &str, empty: bool) {
    not_an_email(name, pointer, empty).await;
    for (value, constraint) in [Some(json!(null)), None].into_iter().zip(REQUIRED) {
        breaks(name, pointer, value, &[&format!("body {pointer} {constraint}")]).await;
    }
}

const ADDRESS: [&str; 13] = [
    "companyName",
    "street",
    "streetNumber",
    "streetAppendix",
    "extraLine1",
    "extraLine2",
    "extraLine3",
    "extraLine4",
    "zipCode",
    "city",
    "state",
    "contactPhone",
    "contactName",
];

async fn not_an_address(name: &str, prefix: &str) {
    too_long(name, prefix, &ADDRESS, 255).await;
    let at = |member: &str| format!("{prefix}/{member}");
    for blank in ["", " \t\n"] {
        breaks_one(name, &at("contactName"), json!(blank), "pattern").await;
    }
    breaks_one(name, &at("contactName"), json!(null), "type").await;
    breaks_one(name, &at("country"), json!("D"), "minLength").await;
    breaks_one(name, &at("country"), json!("DEU"), "maxLength").await;
    breaks_one(name, &at("country"), json!("D1"), "pattern").await;
    breaks_one(name, &at("country"), json!(49), "type").await;
    breaks_one(name, &at("tags"), json!(vec!["BILLING"; 51]), "maxItems").await;
    breaks_one(name, &at("tags"), json!("BILLING"), "type").await;
    let tag = [format!("body {prefix}/tags/1 maxLength")];
    breaks(name, &at("tags"), Some(json!(["A", "B".repeat(65)])), &[&tag[0]]).await;
    for wrong in [json!("a,b"), json!(" "), json!("")] {
        let tag = format!("body {prefix}/tags/1 pattern");
        breaks(name, &at("tags"), Some(json!(["A", wrong])), &[&tag]).await;
    }
    let tag = format!("body {prefix}/tags/1 type");
    breaks(name, &at("tags"), Some(json!(["A", null])), &[&tag]).await;
    not_extended(name, prefix).await;
}

async fn not_extended(name: &str, prefix: &str) {
    let at = |member: &str| format!("{prefix}/{member}");
    breaks_one(name, &at("mixins"), json!([]), "type").await;
    breaks_one(name, &at("metadata"), json!("1"), "type").await;
    for wrong in [json!("1"), json!(1.5), json!(true)] {
        let version = format!("body {prefix}/metadata/version type");
        breaks(name, &at("metadata"), Some(json!({ "version": wrong })), &[&version]).await;
    }
    let mixins = format!("body {prefix}/metadata/mixins type");
    breaks(name, &at("metadata"), Some(json!({ "mixins": "none" })), &[&mixins]).await;
}

const PERSON: [&str; 6] = ["title", "firstName", "middleName", "lastName", "contactPhone", "company"];

async fn not_a_customer(name: &str, prefix: &str) {
    let at = |member: &str| format!("{prefix}/{member}");
    too_long(name, prefix, &PERSON, 255).await;
    not_an_email(name, &at("contactEmail"), false).await;
    breaks_one(name, &at("preferredCurrency"), json!("EU"), "minLength").await;
    breaks_one(name, &at("preferredCurrency"), json!("EURO"), "maxLength").await;
    breaks_one(name, &at("preferredCurrency"), json!("EU1"), "pattern").await;
    for member in ["preferredCurrency", "preferredLanguage", "preferredSite", "b2b"] {
        breaks_one(name, &at(member), json!(1), "type").await;
    }
    let registration = format!("body {prefix}/b2b/companyRegistrationId type");
    breaks(name, &at("b2b"), Some(json!({ "companyRegistrationId": 1 })), &[&registration]).await;
    not_extended(name, prefix).await;
}

#[tokio::test]
async fn addresses() {
    not_an_address("add_address", "").await;
    breaks("add_address", "/contactName", None, &["body /contactName required"]).await;
    not_an_address("update_address", "").await;
    breaks_one("update_address", "/isDefault", json!("true"), "type").await;
    breaks_one("update_address", "/isDefault", json!(null), "type").await;
}

#[tokio::test]
async fn customers() {
    not_a_customer("update_customer", "").await;
    breaks_one("update_customer", "/contactEmail", json!(null), "type").await;
}

#[tokio::test]
async fn a_signup() {
    let name = "create_customer_account";
    not_an_email_that_is_required(name, "/email", true).await;
    not_a_password(name, "/password", Some(6)).await;
    for member in ["customerDetails", "customerAddress", "signup"] {
        breaks_one(name, &format!("/{member}"), json!("none"), "type").await;
    }
}

#[tokio::test]
async fn members_of_a_signup() {
    let name = "create_customer_account";
    not_a_customer(name, "/customerDetails").await;
    not_an_address(name, "/customerAddress").await;
    let contact = "/customerAddress/contactName";
    breaks(name, contact, None, &["body /customerAddress/contactName required"]).await;
    not_an_email_that_is_required(name, "/signup/email", true).await;
    not_a_password(name, "/signup/password", Some(6)).await;
}

#[tokio::test]
async fn what_lies_inside_of_a_signup() {
    let name = "create_customer_account";
    let good = Good::of(name);
    let mut body: Value = serde_json::from_str(good.body).expect("a good body");
    body["customerDetails"] = json!({ "title": 1, "contactEmail": "jane", "preferredCurrency": "E" });
    body["customerAddress"] = json!({ "country": "D1", "tags": ["a,b"], "metadata": { "version": "1" } });
    body["signup"] = json!({ "email": "jane@doe" });
    let stub = Stub::default();
    let server = stub.start().await;
    let answer = send(server, good.method, good.target, &good.authorization(), &body.to_string()).await;
    assert_eq!(
        told(&answer),
        [
            "body /customerDetails/title type",
            "body /customerDetails/contactEmail pattern",
            "body /customerDetails/preferredCurrency minLength",
            "body /customerAddress/contactName required",
            "body /customerAddress/country pattern",
            "body /customerAddress/tags/0 pattern",
            "body /customerAddress/metadata/version type",
            "body /signup/email pattern",
            "body /signup/password required",
        ]
    );
    assert!(stub.is_untouched());
}

#[tokio::test]
async fn credentials() {
    for name in ["authenticate_customer", "assign_customer_account"] {
        not_an_email_that_is_required(name, "/email", true).await;
        not_a_password(name, "/password", Some(6)).await;
    }
    let name = "change_login_email";
    not_an_email_that_is_required(name, "/email", false).await;
    not_an_email_that_is_required(name, "/newEmail", false).await;
    not_a_password(name, "/password", None).await;
    breaks_one(name, "/syncContactEmail", json!("yes"), "type").await;
    not_a_password("change_password", "/currentPassword", None).await;
    not_a_password("change_password", "/newPassword", Some(6)).await;
    not_a_password("reset_password", "/password", Some(6)).await;
    too_long("reset_password", "", &["token"], 512).await;
    breaks("reset_password", "/token", None, &["body /token required"]).await;
    too_long("confirm_login_email", "", &["token"], 512).await;
    not_an_email_that_is_required("request_password_reset", "/email", false).await;
    breaks_one("request_password_reset", "/site", json!(1), "type").await;
    not_an_email_that_is_required("resend_opt_in", "/email", false).await;
}

#[tokio::test]
async fn a_body_that_is_required_and_no_object() {
    let stub = Stub::default();
    let server = stub.start().await;
    for good in ALL.iter().filter(|good| !good.body.is_empty()) {
        let sent = |body: &'static str| {
            let authorization = good.authorization();
            async move { send(server, good.method, good.target, &authorization, body).await }
        };
        let optional = ["update_address", "update_customer", "confirm_login_email"].contains(&good.name);
        if optional {
            assert_eq!(sent("").await.status, 501, "{}", good.name);
            stub.seen::<()>();
        } else {
            assert_eq!(told(&sent("").await), ["body  required"], "{}", good.name);
        }
        for wrong in ["[]", "\"text\"", "1", "true", "null"] {
            assert_eq!(told(&sent(wrong).await), ["body  type"], "{} {wrong}", good.name);
        }
        assert!(stub.is_untouched(), "{}", good.name);
    }
}

#[tokio::test]
async fn the_tenant_of_every_operation() {
    let stub = Stub::default();
    let server = stub.start().await;
    for good in &ALL {
        let location = if good.target.contains("tenant=acme") { "query" } else { "path" };
        for (tenant, constraints) in [
            ("ac", vec!["minLength"]),
            ("acme0123456789012", vec!["maxLength"]),
            ("Acme", vec!["pattern"]),
            ("1acme", vec!["pattern"]),
            ("ac-me", vec!["pattern"]),
            ("A", vec!["minLength", "pattern"]),
        ] {
            let target = good.target.replace("acme", tenant);
            let answer = send(server, good.method, &target, &good.authorization(), good.body).await;
            let mut told = told(&answer);
            told.sort();
            let expected: Vec<String> =
                constraints.iter().map(|constraint| format!("{location} tenant {constraint}")).collect();
            assert_eq!(told, expected, "{} {target}", good.name);
        }
    }
    assert!(stub.is_untouched());
}

/// Sends a good request with another target.
async fn targeted(name: &str, target: &str, expected: &[&str]) {
    let good = Good::of(name);
    let stub = Stub::default();
    let answer = send(stub.start().await, good.method, target, &good.authorization(), good.body).await;
    assert_eq!(told(&answer), expected, "{name} {target}");
    assert!(stub.is_untouched(), "{name} {target}");
}

#[tokio::test]
async fn queries() {
    let long = "x".repeat(513);
    let at = |path: &str, query: &str| format!("/customer/acme/{path}{query}");
    for name in ["add_address_tags", "remove_address_tags"] {
        targeted(name, &at("me/addresses/a1/tags", ""), &["query tags required"]).await;
        for blank in ["", ",", "%20,+,"] {
            targeted(name, &at("me/addresses/a1/tags", &format!("?tags={blank}")), &["query tags pattern"])
                .await;
        }
        targeted(name, &at("me/addresses/a1/tags", "?tags=A&tags=B"), &["query tags repeated"]).await;
    }
    for (name, path, query) in [
        ("log_out_customer", "logout", "accessToken"),
        ("refresh_customer_token", "refreshauthtoken", "refreshToken"),
    ] {
        let line = |constraint: &str| format!("query {query} {constraint}");
        targeted(name, &at(path, ""), &[&line("required")]).await;
        targeted(name, &at(path, &format!("?{query}=")), &[&line("pattern")]).await;
        targeted(name, &at(path, &format!("?{query}=%20+")), &[&line("pattern")]).await;
        targeted(name, &at(path, &format!("?{query}={long}")), &[&line("maxLength")]).await;
    }
    let token = at("me", &format!("?token={long}"));
    targeted("remove_customer_profile", &token, &["query token maxLength"]).await;
    let path = at(&format!("signup/optin/{long}"), "");
    targeted("confirm_opt_in", &path, &["path token maxLength"]).await;
    let login = "/customerlogin/auth/anonymous/login";
    let name = "generate_anonymous_access_token";
    targeted(name, login, &["query tenant required", "query client_id required"]).await;
    targeted(name, &format!("{login}?tenant=acme&client_id=%09"), &["query client_id pattern"]).await;
    let refresh = "/customerlogin/auth/anonymous/refresh";
    let name = "refresh_anonymous_access_token";
    targeted(name, refresh, &["query tenant required", "query client_id required"]).await;
    targeted(
        name,
        &format!("{refresh}?tenant=a&anonymous_token={long}&refresh_token={long}&client_id="),
        &[
            "query tenant minLength",
            "query tenant pattern",
            "query anonymous_token maxLength",
            "query refresh_token maxLength",
            "query client_id pattern",
        ],
    )
    .await;
    let social = |query: &str| at("socialLogin", query);
    let both = ["query code required", "query redirect_uri required"];
    targeted("social_login", &social(""), &both).await;
    for uri in ["ftp%3A%2F%2Fshop.example", "https%3A%2F%2F", "shop.example", "https%3A%2F%2Fa%20b"] {
        let target = social(&format!("?code=c&redirect_uri={uri}"));
        targeted("social_login", &target, &["query redirect_uri pattern"]).await;
    }
}

#[tokio::test]
async fn parameters_and_body_are_told_in_one_answer() {
    let stub = Stub::default();
    let server = stub.start().await;
    let answer = send(
        server,
        "POST",
        "/customer/A/signup",
        &authorization(ANONYMOUS),
        r#"{"email":"jane","customerDetails":{"title":1},"customerAddress":{"tags":[1,"a,b"]}}"#,
    )
    .await;
    let mut told = told(&answer);
    told.sort();
    assert_eq!(
        told,
        [
            "body /customerAddress/contactName required",
            "body /customerAddress/tags/0 type",
            "body /customerAddress/tags/1 pattern",
            "body /customerDetails/title type",
            "body /email pattern",
            "body /password required",
            "path tenant minLength",
            "path tenant pattern",
        ]
    );
    assert!(stub.is_untouched());
    assert!(!answer.body.contains("jane"), "an answer does not repeat what it was sent");
}

#[tokio::test]
async fn the_client_refuses_the_same_parameters() {
    let long = "x".repeat(513);
    let body = AddressCreateDto::new(" ");
    let mut said = unsent(|client| client.addresses().add_address("A", &body)).await;
    said.sort();
    assert_eq!(said, ["body /contactName pattern", "path tenant minLength", "path tenant pattern"]);
    let said = unsent(|client| client.addresses().add_address_tags("acme", "a1", " ,")).await;
    assert_eq!(said, ["query tags pattern"]);
    let said = unsent(|client| client.addresses().remove_address("acme", "")).await;
    assert_eq!(said, ["path addressId minLength"]);
    for dots in [".", ".."] {
        let said = unsent(|client| client.addresses().remove_address("acme", dots)).await;
        assert_eq!(said, ["path addressId pathSegment"]);
    }
    let said = unsent(|client| client.authentication().log_out_customer("acme", " ")).await;
    assert_eq!(said, ["query accessToken pattern"]);
    let said = unsent(|client| client.authentication().refresh_customer_token("acme", long.as_str())).await;
    assert_eq!(said, ["query refreshToken maxLength"]);
    let said = unsent(|client| client.double_opt_in().confirm_opt_in("acme", long.as_str())).await;
    assert_eq!(said, ["path token maxLength"]);
    let said = unsent(|client| {
        client.account().remove_customer_profile("acme").with(|request| request.with_token(long.as_str()))
    })
    .await;
    assert_eq!(said, ["query token maxLength"]);
    let said = unsent(|client| client.authentication().generate_anonymous_access_token("acme", " ")).await;
    assert_eq!(said, ["query client_id pattern"]);
    let said = unsent(|client| client.authentication().social_login("acme", "code", "ftp://shop")).await;
    assert_eq!(said, ["query redirect_uri pattern"]);
    let said = unsent(|client| {
        let call = client.authentication().social_login("acme", "code", "https://shop.example");
        call.with(|request| request.with_session_id("two\nlines"))
    })
    .await;
    assert_eq!(said, ["header session-id encoding"]);
}

#[tokio::test]
async fn limits_themselves_are_kept() {
    let stub = Stub::default();
    let server = stub.start().await;
    let address = json!({
        "contactName": text(255), "street": text(255), "country": "DE", "tags": vec!["x".repeat(64); 50],
        "zipCode": null, "metadata": { "version": 2, "mixins": null }, "mixins": null,
    });
    let account = json!({ "email": email(254), "password": text(256) });
    let change = json!({ "currentPassword": "", "newPassword": "123456" });
    for (path, body, token) in [
        ("/customer/abc/me/addresses", address, CUSTOMER),
        ("/customer/a234567890123456/signup", account, ANONYMOUS),
        ("/customer/acme/password/change", change, CUSTOMER),
    ] {
        let answer = send(server, "POST", path, &authorization(token), &body.to_string()).await;
        assert_eq!(answer.status, 501, "{path}: {}", answer.body);
    }
}
