//! Bodies that are none, or hold what they must not.

use reqwest::Method;
use serde_json::{Value, json};

use super::Scene;
use crate::answer::{INVALID_ACCESS_TOKEN, message, of};
use crate::service::{PASSWORD, Service};

#[tokio::test]
async fn what_is_no_json_object_is_refused_by_every_operation_with_a_body() {
    let service = Service::start().await;
    let scene = Scene::new(&service).await;
    let broken = message(400, "bad_payload_syntax", "Request body is not valid JSON.");
    let operations = scene.operations();
    let with_body: Vec<_> = operations.iter().filter(|operation| operation.body.is_some()).collect();
    assert_eq!(with_body.len(), 12);
    for operation in with_body {
        let ask = || operation.bare(&service, "acme").bearer(scene.bearer(operation));
        for text in ["{", "\"text\"", "[{}]", "12", "null", "{\"email\":\"a\"", "{\"email\":\"a\",}"] {
            let answer = ask().body("application/json", text).send().await;
            assert_eq!((answer.status, answer.json()), (400, broken.clone()), "{}: {text}", operation.name());
        }
        let form = ask().body("application/x-www-form-urlencoded", "email=a&password=b").send().await;
        assert_eq!(form.of(415).text("type"), "unsupported_media_type", "{}", operation.name());
        let large = format!("{{\"x\":\"{}\"}}", "x".repeat(64 * 1024));
        let large = ask().body("application/json", large).send().await;
        assert_eq!(large.of(413).text("type"), "payload_too_large", "{}", operation.name());
        // Who calls is asked before what they say.
        let nobody = operation.bare(&service, "acme").body("text/plain", "{").send().await;
        nobody.is_fault(INVALID_ACCESS_TOKEN);
    }
    scene.is_unchanged().await;
}

#[tokio::test]
async fn a_member_of_another_type_is_named() {
    let service = Service::start().await;
    let scene = Scene::new(&service).await;
    for operation in scene.operations() {
        let Some(body) = &operation.body else { continue };
        for member in body.as_object().expect("an object").keys() {
            for wrong in [json!(12), json!(true), json!(["x"]), json!({"x": "y"})] {
                let mut body = body.clone();
                body[member] = wrong;
                let answer = scene.send(&operation, &body).await;
                answer.is_invalid(&[(member, "invalid_value")]);
            }
        }
    }
    let patch = scene.operation(&Method::PATCH, "/me");
    let address = scene.operation(&Method::PATCH, "/me/addresses/{address}");
    let signup = scene.operation(&Method::POST, "/signup");
    let credentials = |rest: &Value| {
        let mut body = json!({"email": "new@example.com", "password": PASSWORD});
        body.as_object_mut().expect("an object").extend(rest.as_object().expect("an object").clone());
        body
    };
    for (operation, body, field) in [
        (&patch, json!({"mixins": []}), "mixins"),
        (&patch, json!({"b2b": "x"}), "b2b"),
        (&patch, json!({"b2b": {"companyRegistrationId": 1}}), "b2b.companyRegistrationId"),
        (&patch, json!({"metadata": {"version": "1"}}), "metadata.version"),
        (&patch, json!({"metadata": {"version": 1.5}}), "metadata.version"),
        (&patch, json!({"metadata": {"mixins": 1}}), "metadata.mixins"),
        (&address, json!({"isDefault": "true"}), "isDefault"),
        (&address, json!({"isDefault": null}), "isDefault"),
        (&address, json!({"tags": "BILLING"}), "tags"),
        (&address, json!({"tags": ["BILLING", 1]}), "tags"),
        (&signup, credentials(&json!({"customerDetails": []})), "customerDetails"),
        (&signup, credentials(&json!({"customerDetails": {"firstName": 1}})), "customerDetails.firstName"),
        (
            &signup,
            credentials(&json!({"customerAddress": {"contactName": 1}})),
            "customerAddress.contactName",
        ),
        (
            &signup,
            credentials(&json!({"signup": {"email": "a@b.example", "password": 123_456}})),
            "signup.password",
        ),
    ] {
        scene.send(operation, &body).await.is_invalid(&[(field, "invalid_value")]);
    }
    scene.is_unchanged().await;
}

#[tokio::test]
async fn everything_that_is_missing_is_named_in_the_order_of_the_schema() {
    let service = Service::start().await;
    let scene = Scene::new(&service).await;
    for (path, fields) in [
        ("/signup", ["email", "password"].as_slice()),
        ("/signup/optin/refresh_token", &["email"]),
        ("/login", &["email", "password"]),
        ("/password/reset", &["email"]),
        ("/password/reset/update", &["token", "password"]),
        ("/password/change", &["currentPassword", "newPassword"]),
        ("/me/accounts/internal", &["email", "password"]),
        ("/me/accounts/internal/email/change", &["email", "password", "newEmail"]),
        ("/me/addresses", &["contactName"]),
    ] {
        let operation = scene.operation(&Method::POST, path);
        let missing: Vec<(&str, &str)> = fields.iter().map(|&field| (field, "missing_value")).collect();
        scene.send(&operation, &json!({})).await.is_invalid(&missing);
        let bare = || operation.bare(&service, "acme").bearer(scene.bearer(&operation));
        bare().send().await.is_invalid(&missing);
    }
    let confirm = scene.operation(&Method::POST, "/me/accounts/internal/email/change/confirm");
    scene.send(&confirm, &json!({})).await.is_invalid_token();
    let body = json!({"email": "a", "password": "b", "signup": {}, "customerAddress": {"country": "DEU"}});
    let answer = scene.send(&scene.operation(&Method::POST, "/signup"), &body).await;
    let body = answer.of(400).json();
    let mut fields: Vec<&str> =
        body["details"].as_array().expect("details").iter().map(|one| of(one, "field")).collect();
    fields.dedup();
    let expected = [
        "email",
        "password",
        "customerAddress.contactName",
        "customerAddress.country",
        "signup.email",
        "signup.password",
    ];
    assert_eq!(fields, expected, "all at once");
    for (path, parameter) in [("/refreshauthtoken", "refreshToken"), ("/logout", "accessToken")] {
        let ask = || service.get(&format!("/customer/acme{path}")).bearer(scene.session.bearer());
        ask().send().await.is_invalid(&[(parameter, "missing_value")]);
        for blank in ["", " "] {
            let answer = ask().query(parameter, blank).send().await;
            assert_eq!(answer.of(400).json()["details"][0]["field"], parameter);
        }
    }
    scene.is_unchanged().await;
}

#[tokio::test]
async fn what_is_too_long_is_named() {
    let service = Service::start().await;
    let scene = Scene::new(&service).await;
    let x = |length: usize| "x".repeat(length);
    let email = |length: usize| format!("{}@{}.example", x(64), x(length - 64 - 1 - 8));
    let post = |path: &str| scene.operation(&Method::POST, path);
    let (signup, patch) = (post("/signup"), scene.operation(&Method::PATCH, "/me"));
    let address = scene.operation(&Method::PATCH, "/me/addresses/{address}");
    let credentials = json!({"email": "new@example.com", "password": PASSWORD});
    let with = |member: &str, value: Value| {
        let mut body = credentials.clone();
        body[member] = value;
        body
    };
    let many: Vec<String> = (0..51).map(|number| format!("T{number}")).collect();
    for (operation, body, field) in [
        (&signup, with("email", email(255).into()), "email"),
        (&signup, with("password", x(257).into()), "password"),
        (&signup, with("customerDetails", json!({"firstName": x(256)})), "customerDetails.firstName"),
        (&signup, with("customerAddress", json!({"contactName": x(256)})), "customerAddress.contactName"),
        (&signup, with("customerDetails", json!({"mixins": {"x": x(16_384)}})), "customerDetails.mixins"),
        (&post("/login"), with("password", x(257).into()), "password"),
        (&post("/password/reset/update"), json!({"token": x(513), "password": PASSWORD}), "token"),
        (
            &post("/password/change"),
            json!({"currentPassword": PASSWORD, "newPassword": x(257)}),
            "newPassword",
        ),
        (&post("/me/accounts/internal/email/change/confirm"), json!({"token": x(513)}), "token"),
        (&patch, json!({"lastName": "é".repeat(256)}), "lastName"),
        (&patch, json!({"mixins": {"x": x(16_384)}}), "mixins"),
        (&patch, json!({"preferredCurrency": "EURO"}), "preferredCurrency"),
        (&address, json!({"street": x(256)}), "street"),
        (&address, json!({"tags": [x(65)]}), "tags"),
        (&address, json!({"tags": many}), "tags"),
        (&address, json!({"mixins": {"x": x(16_384)}}), "mixins"),
    ] {
        scene.send(operation, &body).await.is_invalid(&[(field, "invalid_length")]);
    }
    let refresh = service.get("/customer/acme/refreshauthtoken").bearer(scene.visitor.bearer());
    refresh.query("refreshToken", &x(513)).send().await.is_invalid(&[("refreshToken", "invalid_length")]);
    let tags = service.post(&format!("/customer/acme/me/addresses/{}/tags", scene.address));
    let tags = tags.bearer(scene.session.bearer()).query("tags", &x(65)).send().await;
    assert_eq!(tags.of(400).json()["details"][0]["field"], "tags");
    scene.is_unchanged().await;

    // What is just short enough is taken.
    let limits = json!({"lastName": "é".repeat(255), "mixins": {"x": x(16_000)}});
    scene.send(&patch, &limits).await.is_empty(200);
    let limits = json!({"email": email(254), "password": x(256)});
    scene.send(&signup, &limits).await.of(201);
    scene.visitor.enter(&email(254), &x(256)).await;
}

#[tokio::test]
async fn what_is_too_deep_is_refused() {
    let service = Service::start().await;
    let scene = Scene::new(&service).await;
    // The body, `mixins` and so many arrays.
    let body =
        |depth: usize| format!("{{\"mixins\":{{\"x\":{}{}}}}}", "[".repeat(depth - 2), "]".repeat(depth - 2));
    for path in ["/customer/acme/me".to_owned(), format!("/customer/acme/me/addresses/{}", scene.address)] {
        let send = |depth: usize| {
            let ask = service.patch(&path).bearer(scene.session.bearer());
            ask.body("application/json", body(depth)).send()
        };
        for depth in [33, 100, 10_000] {
            send(depth).await.of(400);
        }
        let open = service.patch(&path).bearer(scene.session.bearer());
        open.body("application/json", "[".repeat(60_000)).send().await.of(400);
        assert_eq!(scene.session.everything().await, scene.before);
    }
    scene.is_unchanged().await;
    let ask = service.patch("/customer/acme/me").bearer(scene.session.bearer());
    ask.body("application/json", body(32)).send().await.is_empty(200);
}
