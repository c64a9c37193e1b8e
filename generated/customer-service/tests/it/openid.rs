//! Social login with an OpenID provider that the test runs.

mod provider;

use jsonwebtoken::Algorithm;
use serde_json::{Value, json};

use self::provider::{Asked, CLIENT_ID, CLIENT_SECRET, Mood, OpenIdProvider, SecretIn, Signature, now};
use crate::answer::{Answer, INVALID_CODE};
use crate::people::Visitor;
use crate::service::{JANE, PASSWORD, Service};

/// Where the provider sends people back to.
const HERE: &str = "https://shop.example/back?from=provider";
// The pair of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// A service whose tenant `acme` trusts the provider.
fn service(provider: &OpenIdProvider) -> Service {
    service_with(provider, CLIENT_SECRET)
}

fn service_with(provider: &OpenIdProvider, client_secret: &str) -> Service {
    let folder = tempfile::tempdir().expect("a folder");
    let config = folder.path().join("service.toml");
    let issuer = &provider.issuer;
    let tenants = format!(
        "[tenants.acme.identity_provider]
        name = 'keycloak'
        issuer = '{issuer}'
        client_id = '{CLIENT_ID}'
        client_secret = '{client_secret}'"
    );
    std::fs::write(&config, tenants).expect("a file");
    let config = config.to_str().expect("a path of text");
    Service::spawn(&["--dev", "--password-hashing", "cheap", "--config", config], "info")
}

/// Jane, as a provider that has checked her e-mail knows her.
fn jane() -> Value {
    jane_but(json!({}))
}

fn jane_but(other: Value) -> Value {
    let mut claims = json!({
        "sub": "jane-1",
        "email": JANE,
        "email_verified": true,
        "given_name": "Jane",
        "family_name": "Doe",
    });
    let Value::Object(other) = other else { panic!("no claims") };
    claims.as_object_mut().expect("claims").extend(other);
    claims
}

/// Presents a code.
async fn present(visitor: &Visitor<'_>, code: &str, redirect_uri: &str, verifier: Option<&str>) -> Answer {
    let path = format!("/customer/{}/socialLogin", visitor.tenant);
    let ask = visitor.service.post(&path).bearer(visitor.bearer());
    let ask = ask.query("code", code).query("redirect_uri", redirect_uri);
    let ask = verifier.into_iter().fold(ask, |ask, verifier| ask.query("code_verifier", verifier));
    ask.send().await
}

/// Somebody logs in at the provider, and comes back with what they got.
async fn log_in(visitor: &Visitor<'_>, provider: &OpenIdProvider, claims: Value) -> Answer {
    let code = provider.authorize(claims, HERE, Some(CHALLENGE));
    present(visitor, &code, HERE, Some(VERIFIER)).await
}

/// The profile of whom a social login let in.
async fn profile(service: &Service, login: &Answer) -> Value {
    let ask = service.get("/customer/acme/me").bearer(&login.of(200).text("access_token"));
    ask.send().await.of(200).json()
}

async fn number(service: &Service, login: &Answer) -> String {
    profile(service, login).await["id"].as_str().expect("a number").to_owned()
}

#[tokio::test]
async fn somebody_new_becomes_a_customer_and_stays_that_one() {
    let provider = OpenIdProvider::start("").await;
    let service = service(&provider);
    let visitor = service.anonymous("acme").await;
    let login = log_in(&visitor, &provider, jane()).await;

    let issued = provider.last();
    assert_eq!(login.of(200).text("social_access_token"), issued.access);
    assert_eq!(login.text("social_id_token"), issued.id);
    let jane_here = profile(&service, &login).await;
    assert_eq!(jane_here["accounts"], json!([{"id": JANE, "providerId": "keycloak"}]));
    assert_eq!((&jane_here["firstName"], &jane_here["lastName"]), (&json!("Jane"), &json!("Doe")));

    // The subject tells who it is, whatever became of the e-mail.
    let moved = jane_but(json!({"email": "jane@elsewhere.example", "email_verified": false}));
    let again = log_in(&visitor, &provider, moved).await;
    assert_eq!(number(&service, &again).await, jane_here["id"]);
    let other = jane_but(json!({"sub": "john-1", "email": "john@example.com"}));
    let other = log_in(&visitor, &provider, other).await;
    assert_ne!(number(&service, &other).await, jane_here["id"]);
}

#[tokio::test]
async fn the_client_shows_its_secret_where_the_provider_looks_for_it() {
    for place in [SecretIn::Header, SecretIn::Body] {
        let provider = OpenIdProvider::start_with("/realms/acme", Algorithm::ES256).await;
        provider.take_secret_in(place);
        let service = service(&provider);
        let visitor = service.anonymous("acme").await;
        log_in(&visitor, &provider, jane()).await.of(200);
    }
}

#[tokio::test]
async fn an_issuer_may_end_with_a_slash() {
    let mut provider = OpenIdProvider::start("").await;
    provider.end_issuer_with_slash();
    let service = service(&provider);
    let visitor = service.anonymous("acme").await;
    log_in(&visitor, &provider, jane()).await.of(200);
}

#[tokio::test]
async fn an_email_links_to_its_customer_only_if_it_is_verified() {
    let provider = OpenIdProvider::start("").await;
    let service = service(&provider);
    let customer = service.customer("acme", JANE).await.number().await;
    let visitor = service.anonymous("acme").await;

    for unverified in [json!({"email_verified": false}), json!({"email_verified": null})] {
        log_in(&visitor, &provider, jane_but(unverified)).await.is_fault(INVALID_CODE);
    }
    let login = log_in(&visitor, &provider, jane()).await;
    assert_eq!(number(&service, &login).await, customer);
    visitor.enter(JANE, PASSWORD).await;
}

#[tokio::test]
async fn a_code_is_good_once_and_only_where_it_was_meant_to_go() {
    let provider = OpenIdProvider::start("").await;
    let service = service(&provider);
    let visitor = service.anonymous("acme").await;
    let code = || provider.authorize(jane(), HERE, Some(CHALLENGE));

    present(&visitor, "unknown", HERE, Some(VERIFIER)).await.is_fault(INVALID_CODE);
    present(&visitor, &code(), "https://eve.example/", Some(VERIFIER)).await.is_fault(INVALID_CODE);
    present(&visitor, &code(), HERE, Some(CHALLENGE)).await.is_fault(INVALID_CODE);
    present(&visitor, &code(), HERE, None).await.is_fault(INVALID_CODE);
    let without_challenge = provider.authorize(jane(), HERE, None);
    present(&visitor, &without_challenge, HERE, Some(VERIFIER)).await.is_fault(INVALID_CODE);

    let good = code();
    present(&visitor, &good, HERE, Some(VERIFIER)).await.of(200);
    present(&visitor, &good, HERE, Some(VERIFIER)).await.is_fault(INVALID_CODE);
    let without_challenge = provider.authorize(jane(), HERE, None);
    present(&visitor, &without_challenge, HERE, None).await.of(200);
}

#[tokio::test]
async fn an_id_token_that_does_not_hold_lets_nobody_in() {
    let provider = OpenIdProvider::start("").await;
    let service = service(&provider);
    let visitor = service.anonymous("acme").await;

    for signature in [Signature::ForeignKey, Signature::ClientSecret, Signature::None] {
        provider.sign_with(signature);
        let answer = log_in(&visitor, &provider, jane()).await;
        assert_eq!(answer.status, 401, "{signature:?}: {answer:?}");
        answer.is_fault(INVALID_CODE);
    }
    provider.sign_with(Signature::Genuine);
    for claims in [
        json!({"aud": "another client"}),
        json!({"aud": [CLIENT_ID, "another client"]}),
        json!({"iss": "https://eve.example"}),
        json!({"exp": now() - 1}),
        json!({"exp": null}),
        json!({"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}),
    ] {
        let answer = log_in(&visitor, &provider, jane_but(claims.clone())).await;
        assert_eq!(answer.status, 401, "{claims}: {answer:?}");
        answer.is_fault(INVALID_CODE);
    }
    // None of them has taken the e-mail.
    visitor.sign_up(JANE, PASSWORD).await;
}

#[tokio::test]
async fn a_provider_that_is_away_is_not_the_callers_fault() {
    let mut provider = OpenIdProvider::start("").await;
    let service = service(&provider);
    let visitor = service.anonymous("acme").await;

    provider.stop().await;
    unreachable(&log_in(&visitor, &provider, jane()).await);
    provider.resume().await;
    log_in(&visitor, &provider, jane()).await.of(200);
    provider.stop().await;
    unreachable(&log_in(&visitor, &provider, jane()).await);
}

#[tokio::test]
async fn a_provider_that_is_not_itself_is_not_the_callers_fault() {
    let provider = OpenIdProvider::start("").await;
    let service = service(&provider);
    let visitor = service.anonymous("acme").await;
    for mood in [
        Mood::Status(500, json!({"error": "invalid_grant"}).to_string()),
        Mood::Status(503, String::new()),
        Mood::Status(429, json!({"error": "invalid_grant"}).to_string()),
        Mood::Status(404, "<html>".to_owned()),
        Mood::Status(200, "<html>".to_owned()),
        Mood::Status(200, " ".repeat(1 << 20)),
        Mood::Redirect,
    ] {
        provider.be(mood);
        unreachable(&log_in(&visitor, &provider, jane()).await);
    }
    assert_eq!(provider.asked(), Asked { discovery: 1, keys: 1, tokens: 7, elsewhere: 0 });

    provider.be(Mood::Well);
    log_in(&visitor, &provider, jane()).await.of(200);
}

#[tokio::test]
async fn a_wrong_client_secret_is_not_the_callers_fault() {
    let provider = OpenIdProvider::start("").await;
    let service = service_with(&provider, "wrong");
    let visitor = service.anonymous("acme").await;
    unreachable(&log_in(&visitor, &provider, jane()).await);
}

#[track_caller]
fn unreachable(answer: &Answer) {
    assert_eq!(answer.of(502).text("type"), "internal_service_error");
}

#[tokio::test]
async fn what_a_provider_says_of_itself_is_kept_until_it_is_old_or_its_key_unknown() {
    let provider = OpenIdProvider::start("").await;
    let service = service(&provider);
    let visitor = service.anonymous("acme").await;
    let discoveries = || {
        let asked = provider.asked();
        assert_eq!(asked.discovery, asked.keys);
        asked.discovery
    };

    log_in(&visitor, &provider, jane()).await.of(200);
    log_in(&visitor, &provider, jane()).await.of(200);
    assert_eq!(discoveries(), 1);

    provider.change_key("second");
    log_in(&visitor, &provider, jane()).await.of(200);
    log_in(&visitor, &provider, jane()).await.of(200);
    assert_eq!(discoveries(), 2);

    service.advance(2 * 3600).await;
    let visitor = service.anonymous("acme").await;
    log_in(&visitor, &provider, jane_but(json!({"exp": now() + 3 * 3600}))).await.of(200);
    assert_eq!(discoveries(), 3);
}

#[tokio::test]
async fn the_log_tells_why_and_no_secrets() {
    let provider = OpenIdProvider::start("").await;
    let service = service(&provider);
    let visitor = service.anonymous("acme").await;
    let code = provider.authorize(jane_but(json!({"aud": "another client"})), HERE, Some(CHALLENGE));
    present(&visitor, &code, HERE, Some(VERIFIER)).await.is_fault(INVALID_CODE);
    log_in(&visitor, &provider, jane()).await.of(200);

    let tokens = provider.last();
    let bearer = visitor.bearer().to_owned();
    let log = service.finish();
    assert!(log.contains("the ID token does not hold: audience"), "{log}");
    for secret in [&code, VERIFIER, CLIENT_SECRET, JANE, &tokens.access, &tokens.id, &bearer] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
}
