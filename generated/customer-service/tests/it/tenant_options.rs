//! What the options of a tenant change.

use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use reqwest::Url;
use serde_json::{Value, json};

use crate::answer::{Answer, INVALID_ACCESS_TOKEN, INVALID_CODE, INVALID_REFRESH_TOKEN, message, of};
use crate::operations::REDIRECT;
use crate::people::Visitor;
use crate::service::{CLIENT, JANE, PASSWORD, Service};

#[tokio::test]
async fn legacy_names_of_tokens_are_sent_on_request() {
    let service = Service::start().await;
    service.put_tenant("acme", json!({"legacy_token_fields": true})).await;
    let visitor = service.anonymous("acme").await;
    visitor.sign_up(JANE, PASSWORD).await;
    let login = visitor.try_log_in(JANE, PASSWORD).await.of(200).json();
    let refresh = visitor.try_refresh(of(&login, "refresh_token")).await.of(200).json();
    for (new, old) in [
        ("access_token", "accessToken"),
        ("expires_in", "expiresIn"),
        ("refresh_token", "refreshToken"),
        ("refresh_token_expires_in", "refreshTokenExpiresIn"),
        ("saas_token", "saasToken"),
    ] {
        assert!(login.get(old).is_some(), "{login}");
        assert_eq!((login.get(new), refresh.get(new)), (login.get(old), refresh.get(old)), "{old}");
    }
}

#[tokio::test]
async fn a_refresh_token_that_is_used_twice_may_end_its_session() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    visitor.sign_up(JANE, PASSWORD).await;
    let session = visitor.enter(JANE, PASSWORD).await;
    let renewed = visitor.try_refresh(session.refresh_token()).await.of(200).text("refresh_token");
    visitor.try_refresh(session.refresh_token()).await.is_fault(INVALID_REFRESH_TOKEN);
    let renewed = visitor.try_refresh(&renewed).await.of(200).text("refresh_token");

    service.put_tenant("acme", json!({"refresh_reuse_ends_session": true})).await;
    let other = visitor.enter(JANE, PASSWORD).await;
    visitor.try_refresh(session.refresh_token()).await.is_fault(INVALID_REFRESH_TOKEN);
    session.try_profile().await.is_fault(INVALID_ACCESS_TOKEN);
    visitor.try_refresh(&renewed).await.is_fault(INVALID_REFRESH_TOKEN);
    assert!(other.is_live().await);
}

#[tokio::test]
async fn mails_link_to_the_pages_of_the_tenant() {
    let service = Service::start().await;
    let pages = json!({
        "double_opt_in": true,
        "welcome_mail": true,
        "mail_from": "shop@example.com",
        "activation_url": "https://shop.example/activate",
        "password_reset_url": "https://shop.example/reset?lang=de",
        "email_change_url": "https://shop.example/#/email",
        "deletion_url": "https://shop.example/delete",
    });
    service.put_tenant("optin", pages).await;
    let visitor = service.anonymous("optin").await;
    visitor.sign_up(JANE, PASSWORD).await;
    let token = service.mailed_token("optin", JANE, "customer.opt-in").await;
    visitor.client.double_opt_in().confirm_opt_in("optin", token).await.expect("it is good");
    let session = visitor.enter(JANE, PASSWORD).await;
    let path = "/customer/optin/password/reset";
    service.post(path).bearer(visitor.bearer()).json(&json!({"email": JANE})).send().await.of(204);
    let path = "/customer/optin/me/accounts/internal/email/change";
    let change = json!({"email": JANE, "password": PASSWORD, "newEmail": "new@example.com"});
    service.post(path).bearer(session.bearer()).json(&change).send().await.of(204);
    service.delete("/customer/optin/me").bearer(session.bearer()).send().await.of(204);

    for (kind, page) in [
        ("customer.opt-in", "https://shop.example/activate"),
        ("customer.password-reset", "https://shop.example/reset?lang=de"),
        ("customer.email-change-request", "https://shop.example/#/email"),
        ("customer.deletion-request", "https://shop.example/delete"),
    ] {
        let mails = service.outbox(&[("tenant", "optin"), ("kind", kind)]).await;
        assert_eq!(mails.len(), 1, "{kind}");
        let (link, page) =
            (Url::parse(of(&mails[0], "link")).expect("a URL"), Url::parse(page).expect("a URL"));
        let token = of(&mails[0], "token");
        assert!(link.query_pairs().any(|pair| pair == ("token".into(), token.into())), "{link}");
        assert!(page.query_pairs().all(|kept| link.query_pairs().any(|pair| pair == kept)), "{link}");
        assert_eq!(
            (link.origin(), link.path(), link.fragment()),
            (page.origin(), page.path(), page.fragment())
        );
        if kind == "customer.opt-in" {
            assert_eq!(mails[0]["variables"]["activateAccountUrl"], mails[0]["link"]);
        }
    }
    let welcome = service.outbox(&[("tenant", "optin"), ("kind", "customer.created")]).await;
    assert_eq!(welcome.len(), 1);
    assert_eq!(welcome[0]["variables"], json!({"customerNumber": session.number().await, "email": JANE}));
}

#[tokio::test]
async fn the_saas_token_is_signed_with_the_tenants_key() {
    let service = Service::start().await;
    let key = "a key of at least thirty-two octets";
    service.put_tenant("acme", json!({"jwt_secret": key})).await;
    let session = service.customer("acme", JANE).await;
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_required_spec_claims(&["exp", "sub"]);
    let saas = session.tokens.saas_token.expose();
    let decoded = jsonwebtoken::decode::<Value>(saas, &DecodingKey::from_secret(key.as_bytes()), &validation)
        .expect("our key");
    assert_eq!(of(&decoded.claims, "sub"), session.number().await);

    let random = service.customer("other", JANE).await;
    let saas = random.tokens.saas_token.expose();
    for key in [key, ""] {
        jsonwebtoken::decode::<Value>(saas, &DecodingKey::from_secret(key.as_bytes()), &validation)
            .expect_err("another key");
    }
}

#[tokio::test]
async fn lifetimes_and_limits_are_options() {
    let service = Service::start().await;
    let options = json!({
        "anonymous_token_ttl": 10,
        "anonymous_refresh_ttl": 20,
        "customer_token_ttl": 30,
        "customer_refresh_ttl": 40,
        "max_addresses": 1,
        "max_sessions": 1,
    });
    service.put_tenant("acme", options).await;
    let visitor = service.anonymous("acme").await;
    assert_eq!((visitor.token.expires_in, visitor.token.refresh_token_expires_in), (10, Some(20)));
    visitor.sign_up(JANE, PASSWORD).await;
    let first = visitor.enter(JANE, PASSWORD).await;
    assert_eq!((first.tokens.expires_in, first.tokens.refresh_token_expires_in), (30, 40));
    let session = visitor.enter(JANE, PASSWORD).await;
    assert!(!first.is_live().await);
    let add = || {
        let ask = service.post("/customer/acme/me/addresses").bearer(session.bearer());
        ask.json(&json!({"contactName": "Jane Doe"})).send()
    };
    add().await.of(201);
    add().await.of(400);

    for wrong in [json!({"max_sessions": "many"}), json!({"no_such_option": 1}), json!([])] {
        let answer = service.put("/_dev/tenants/acme").json(&wrong).send().await;
        assert!((400..500).contains(&answer.status), "{answer:?}");
    }
    assert_eq!(service.anonymous("acme").await.token.expires_in, 10, "the options are as they were");
}

/// Comes back from the dev provider.
async fn social(visitor: &Visitor<'_>, subject: &str, email: &str, parameters: &[(&str, &str)]) -> Answer {
    let service = visitor.service;
    let user = json!({"subject": subject, "email": email, "email_verified": true, "redirect_uri": REDIRECT});
    let code = service.authorize("acme", &user).await;
    let ask = service.post("/customer/acme/socialLogin").bearer(visitor.bearer()).query("code", &code);
    let ask = ask.query("redirect_uri", REDIRECT);
    let ask = parameters.iter().fold(ask, |ask, (name, value)| ask.header(name, value));
    ask.send().await
}

#[tokio::test]
async fn social_login_may_be_narrowed() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    visitor.sign_up(JANE, PASSWORD).await;
    social(&visitor, "1", "june@example.com", &[]).await.of(200);
    social(&visitor, "1", "june@example.com", &[("session-id", &visitor.token.session_id)]).await.of(200);
    let fixed = social(&visitor, "1", "june@example.com", &[("session-id", "45c9726e")]).await;
    fixed.is_invalid(&[("session-id", "invalid_value")]);

    service.put_tenant("acme", json!({"social_autoprovisioning_disabled": true})).await;
    social(&visitor, "2", "joan@example.com", &[]).await.is_fault(INVALID_CODE);
    social(&visitor, "1", "june@example.com", &[]).await.of(200);
    social(&visitor, "3", JANE, &[]).await.of(200);

    service.put_tenant("acme", json!({"redirect_uri_allow_list": ["https://shop.example/other"]})).await;
    social(&visitor, "1", "june@example.com", &[]).await.is_invalid(&[("redirect_uri", "invalid_value")]);
    service.put_tenant("acme", json!({"redirect_uri_allow_list": [REDIRECT]})).await;
    social(&visitor, "1", "june@example.com", &[]).await.of(200);

    // Who came through a provider has no password to log in with, to change or to reset.
    let answer = social(&visitor, "1", "june@example.com", &[]).await;
    let bearer = answer.of(200).text("access_token");
    visitor.try_log_in("june@example.com", PASSWORD).await.of(401);
    let change = json!({"currentPassword": PASSWORD, "newPassword": "another-pw"});
    service.post("/customer/acme/password/change").bearer(&bearer).json(&change).send().await.of(400);
    let reset = service.post("/customer/acme/password/reset").bearer(visitor.bearer());
    reset.json(&json!({"email": "june@example.com"})).send().await.of(204);
    assert!(service.outbox(&[]).await.is_empty());
    let elsewhere = json!({"contactEmail": "june@home.example"});
    service.patch("/customer/acme/me").bearer(&bearer).json(&elsewhere).send().await.of(200);
    service.delete("/customer/acme/me").bearer(&bearer).send().await.of(204);
    let mails = service.outbox(&[("kind", "customer.deletion-request")]).await;
    assert_eq!((mails.len(), &mails[0]["to"]), (1, &json!("june@home.example")));
}

#[tokio::test]
async fn without_a_provider_there_is_no_social_login() {
    let service = Service::spawn(&["--tenant", "acme"], "info");
    let path = "/customerlogin/auth/anonymous/login";
    let token = service.get(path).query("tenant", "acme").query("client_id", CLIENT).send().await;
    let ask = service.post("/customer/acme/socialLogin").bearer(&token.of(200).text("access_token"));
    let answer = ask.query("code", "x").query("redirect_uri", REDIRECT).send().await;
    answer.is(400, &message(400, "bad_request", "Social login is not configured for this tenant."));
}
