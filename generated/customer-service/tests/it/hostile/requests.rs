//! Requests that no client of good will sends.

use serde_json::json;

use super::Scene;
use crate::answer::{INVALID_ACCESS_TOKEN, invalid_tenant};
use crate::service::{CLIENT, JANE, PASSWORD, Service};

#[tokio::test]
async fn emails_are_trimmed_and_nothing_else_passes() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    let local = "x".repeat(65);
    for email in [
        "jane",
        "@example.com",
        "jane@",
        "jane@example",
        "jane@@example.com",
        "ja ne@example.com",
        "jane@exa mple.com",
        "jane@example.com\r\nBcc: john@example.com",
        "jane@.com",
        "jane@example.",
        "jane@example..com",
        "ja\u{0}ne@example.com",
        &format!("{local}@example.com"),
    ] {
        for path in ["/signup", "/login", "/password/reset", "/signup/optin/refresh_token"] {
            let body = json!({"email": email, "password": PASSWORD});
            let ask = service.post(&format!("/customer/acme{path}")).bearer(visitor.bearer());
            let answer = ask.json(&body).send().await;
            assert_eq!(answer.status, 400, "{path} {email:?}");
            assert_eq!(answer.json()["details"][0]["field"], "email", "{path} {email:?}");
        }
    }
    visitor.sign_up("  jane@example.com ", PASSWORD).await;
    let session = visitor.enter("JANE@EXAMPLE.COM", PASSWORD).await;
    let profile = session.profile().await;
    assert_eq!(profile["accounts"], json!([{"id": JANE}]));
    assert_eq!(profile["contactEmail"], JANE);
    let path = "/customer/acme/me";
    for wrong in [json!({"contactEmail": ""}), json!({"contactEmail": "jane"}), json!({"contactEmail": " "})]
    {
        service.patch(path).bearer(session.bearer()).json(&wrong).send().await.of(400);
    }
    assert_eq!(session.profile().await, profile);
}

#[tokio::test]
async fn requests_that_no_client_sends_are_answered() {
    let service = Service::start().await;
    let scene = Scene::new(&service).await;
    let bearer = format!("Authorization: Bearer {}", scene.session.bearer());

    let twice = service.exchange(&format!("GET /customer/acme/me HTTP/1.1\n{bearer}\n{bearer}"), b"");
    twice.is_fault(INVALID_ACCESS_TOKEN);
    let octets = service.exchange("GET /customer/acme/me HTTP/1.1\nAuthorization: Bearer \u{e9}", b"");
    octets.is_fault(INVALID_ACCESS_TOKEN);
    for path in ["%zz", "%ff", "%00", "a%2Fb", "..%2f..", "%2e%2e", "x".repeat(600).as_str()] {
        let answer =
            service.exchange(&format!("GET /customer/acme/me/addresses/{path} HTTP/1.1\n{bearer}"), b"");
        assert!([400, 404].contains(&answer.status), "{path}: {answer:?}");
    }
    for tenant in
        ["Acme", "ac", "acme-1", "1acme", "a%63me!", "%61cm%zz", "acmeacmeacmeacmea", "ac%20me", "%00"]
    {
        let answer = service.exchange(&format!("GET /customer/{tenant}/me HTTP/1.1\n{bearer}"), b"");
        answer.is(400, &invalid_tenant());
    }
    // Escapes say the same as what they stand for.
    service.exchange(&format!("GET /customer/%61cme/me HTTP/1.1\n{bearer}"), b"").of(200);
    service.exchange(&format!("GET /customer/acme/me/ HTTP/1.1\n{bearer}"), b"").of(200);

    let untyped = format!("PATCH /customer/acme/me HTTP/1.1\n{bearer}\nContent-Length: 21");
    service.exchange(&untyped, b"{\"firstName\":\"Mallo\"}").of(415);
    let patch = format!("PATCH /customer/acme/me HTTP/1.1\n{bearer}\nContent-Type: application/json");
    let chunk = [b"10001\r\n".as_slice(), &vec![b' '; 0x10001], b"\r\n0\r\n\r\n"].concat();
    service.exchange(&format!("{patch}\nTransfer-Encoding: chunked"), &chunk).of(413);

    let long =
        service.exchange(&format!("GET /customer/acme/me?x={} HTTP/1.1\n{bearer}", "x".repeat(9_000)), b"");
    assert_eq!(long.status, 414);
    let ask = service.get("/customer/acme/me").bearer(scene.session.bearer());
    let unknown = ask.query("expand", "a").query("unknown", "\u{0}").send().await;
    unknown.of(200);
    scene.is_unchanged().await;

    let login = "/customerlogin/auth/anonymous/login?tenant=acme&client_id=";
    service.exchange(&format!("GET {login}{CLIENT}%ff HTTP/1.1"), b"").of(400);
    service.exchange(&format!("GET {login}{CLIENT}&tenant=optin HTTP/1.1"), b"").of(400);
}
