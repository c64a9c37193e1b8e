//! What `--dev` opens, and that it is closed without.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Running, client};

const HOOKS: [(&str, &str); 6] = [
    ("GET", "/_dev/outbox"),
    ("DELETE", "/_dev/outbox"),
    ("PUT", "/_dev/tenants/acme"),
    ("POST", "/_dev/tenants/acme/idp/authorize"),
    ("POST", "/_dev/clock/advance"),
    ("POST", "/_dev/reset"),
];

/// The status and the body, which is JSON or nothing.
async fn sent(running: &Running, method: &str, path: &str, body: &str) -> (u16, Value) {
    let method = Method::from_bytes(method.as_bytes()).expect("a method");
    let answer =
        client().request(method, running.url(path)).body(body.to_owned()).send().await.expect("an answer");
    let status = answer.status().as_u16();
    let text = answer.text().await.expect("text");
    (status, if text.is_empty() { Value::Null } else { serde_json::from_str(&text).expect("JSON") })
}

#[tokio::test]
async fn without_dev_there_are_no_hooks() {
    let running = Running::start(&["--auto-tenants", "true"]);
    let nothing = json!({"status": 404, "type": "resource_not_found", "message": "No such resource."});
    for (method, path) in HOOKS {
        assert_eq!(sent(&running, method, path, "{}").await, (404, nothing.clone()), "{method} {path}");
    }
}

#[tokio::test]
async fn a_tenant_is_new_or_replaced_or_refused() {
    let running = Running::dev(&[]);
    let put =
        async |name: &str, body: &str| sent(&running, "PUT", &format!("/_dev/tenants/{name}"), body).await;
    assert_eq!(put("acme", "").await, (201, Value::Null));
    assert_eq!(put("acme", r#"{"client_ids": ["a"]}"#).await, (204, Value::Null));
    let login = async |client: &str| {
        let path = format!("/customerlogin/auth/anonymous/login?tenant=acme&client_id={client}");
        running.get(&path).await.status().as_u16()
    };
    assert_eq!((login("a").await, login("b").await), (200, 401));
    assert_eq!(put("acme", "{}").await.0, 204);
    assert_eq!(login("b").await, 200, "options that are not named are as they are by default");
    for (name, body, reason) in [
        ("acme", r#"{"double_opt_on": true}"#, "unknown field `double_opt_on`"),
        (
            "acme",
            r#"{"client_ids": ["a"], "double_opt_in": 1}"#,
            "`double_opt_in`: the value is not a boolean",
        ),
        ("acme", "[]", "invalid type: sequence"),
        ("acme", "{", "EOF"),
        ("A", "{}", "A tenant's name"),
    ] {
        let (status, body) = put(name, body).await;
        assert_eq!(
            (status, &body["status"], &body["type"]),
            (400, &json!(400), &json!("bad_request")),
            "{body}"
        );
        assert!(body["message"].as_str().expect("a message").contains(reason), "{body}");
    }
    assert_eq!(login("b").await, 200, "what is refused changes nothing");
}

/// Signs somebody up in a tenant where that sends a mail.
async fn sign_up(running: &Running, tenant: &str, email: &str) -> u16 {
    let path = format!("/customerlogin/auth/anonymous/login?tenant={tenant}&client_id=a");
    let login: Value = running.get(&path).await.json().await.expect("JSON");
    let signup = client().post(running.url(&format!("/customer/{tenant}/signup")));
    let signup = signup.bearer_auth(login["access_token"].as_str().expect("a token"));
    let body = json!({"email": email, "password": "correct horse"});
    signup.json(&body).send().await.expect("an answer").status().as_u16()
}

#[tokio::test]
async fn mails_can_be_read_filtered_and_forgotten() {
    let running = Running::dev(&[]);
    for tenant in ["acme", "beta"] {
        let path = format!("/_dev/tenants/{tenant}");
        assert_eq!(sent(&running, "PUT", &path, r#"{"double_opt_in": true}"#).await.0, 201);
        for email in ["ann@example.com", "bob@example.com"] {
            assert_eq!(sign_up(&running, tenant, email).await, 201);
        }
    }
    let receivers = async |query: &str| {
        let (status, body) = sent(&running, "GET", &format!("/_dev/outbox{query}"), "").await;
        assert_eq!(status, 200, "{body}");
        let messages = body["messages"].as_array().expect("messages").clone();
        messages
            .iter()
            .map(|mail| format!("{} {}", mail["tenant"], mail["to"]).replace('"', ""))
            .collect::<Vec<_>>()
    };
    let [ann, bob] = ["acme ann@example.com", "acme bob@example.com"];
    assert_eq!(receivers("").await.len(), 4);
    assert_eq!(receivers("?tenant=acme").await, [bob, ann], "newest first");
    assert_eq!(receivers("?tenant=acme&to=ANN@example.com").await, [ann]);
    assert_eq!(receivers("?kind=customer.opt-in").await.len(), 4);
    assert_eq!(receivers("?kind=customer.password-reset").await, [""; 0]);
    let (_, body) = sent(&running, "GET", "/_dev/outbox?tenant=acme&to=ann@example.com", "").await;
    for member in ["id", "tenant", "to", "kind", "createdAt", "token"] {
        assert!(body["messages"][0][member].is_string(), "{body}");
    }
    assert_eq!(sent(&running, "DELETE", "/_dev/outbox?tenant=acme", "").await, (204, Value::Null));
    assert_eq!((receivers("?tenant=acme").await.len(), receivers("").await.len()), (0, 2));
    assert_eq!(sent(&running, "DELETE", "/_dev/outbox", "").await, (204, Value::Null));
    assert_eq!(receivers("").await.len(), 0);
    assert_eq!(sent(&running, "GET", "/_dev/outbox?tennant=acme", "").await.0, 400);
}

#[tokio::test]
async fn everything_can_be_forgotten() {
    let running = Running::dev(&["--tenant", "acme"]);
    assert_eq!(sent(&running, "PUT", "/_dev/tenants/acme", r#"{"double_opt_in": true}"#).await.0, 204);
    assert_eq!(sign_up(&running, "acme", "ann@example.com").await, 201);
    assert_eq!(sign_up(&running, "acme", "ann@example.com").await, 409);
    assert_eq!(sent(&running, "POST", "/_dev/clock/advance", r#"{"seconds": 60}"#).await, (204, Value::Null));
    assert_eq!(sent(&running, "POST", "/_dev/reset", "").await, (204, Value::Null));
    assert_eq!(sent(&running, "GET", "/_dev/outbox", "").await, (200, json!({"messages": []})));
    assert_eq!(sign_up(&running, "acme", "ann@example.com").await, 201);
    let (_, outbox) = sent(&running, "GET", "/_dev/outbox", "").await;
    assert_eq!(outbox, json!({"messages": []}), "the tenant's options are those of the start");
}

#[tokio::test]
async fn a_hook_takes_what_it_is_for() {
    let running = Running::dev(&[]);
    for (method, path, body) in [
        ("POST", "/_dev/clock/advance", "{}"),
        ("POST", "/_dev/clock/advance", r#"{"seconds": -1}"#),
        ("POST", "/_dev/tenants/acme/idp/authorize", r#"{"subject": "a"}"#),
        ("POST", "/_dev/tenants/acme/idp/authorize", r#"{"subject": "a", "redirect_uri": "b", "mail": "c"}"#),
    ] {
        assert_eq!(sent(&running, method, path, body).await.0, 400, "{body}");
    }
    let body = r#"{"subject": "a", "redirect_uri": "https://a.example", "email_verified": false}"#;
    let (status, code) = sent(&running, "POST", "/_dev/tenants/acme/idp/authorize", body).await;
    assert!(status == 200 && code["code"].is_string(), "{code}");
    let (status, body) = sent(&running, "PATCH", "/_dev/reset", "").await;
    assert_eq!((status, &body["type"]), (405, &json!("method_not_allowed")));
}
