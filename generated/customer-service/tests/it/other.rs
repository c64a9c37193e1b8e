//! Everything else: scenarios 37 to 41.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use customer_api::operations::account::AssignCustomerAccountError;
use customer_api::operations::authentication::SocialLoginError;
use customer_api::types::{AddressCreateDto, PasswordAuthentication};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::answer::{
    Answer, INVALID_ACCESS_TOKEN, INVALID_CODE, duplicate, fault, forbidden, invalid_tenant, members,
    message, of,
};
use crate::operations::{self, Ingredients, REDIRECT};
use crate::people::{Session, Visitor};
use crate::refused;
use crate::service::{CLIENT, JANE, PASSWORD, Service};

#[tokio::test]
async fn s37_a_customer_may_have_a_second_account() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    let number = visitor.sign_up(JANE, PASSWORD).await;
    let session = visitor.enter(JANE, PASSWORD).await;
    let before = session.profile().await;

    let path = "/customer/acme/me/accounts/internal";
    let second = json!({"email": "jane.doe@example.com", "password": "another-pw"});
    let assign = |bearer: &str, body: &Value| service.post(path).bearer(bearer).json(body).send();
    assign(session.bearer(), &second).await.is(201, &json!({"id": number}));
    for (email, password) in [(JANE, PASSWORD), ("jane.doe@example.com", "another-pw")] {
        let session = visitor.enter(email, password).await;
        assert_eq!(session.number().await, number);
        let details = session.authentication().validate_token("acme").await.expect("it is good");
        assert_eq!(details.email, email);
    }
    let profile = session.profile().await;
    assert_eq!(profile["accounts"], json!([{"id": JANE}, {"id": "jane.doe@example.com"}]));
    assert_eq!(profile["metadata"], before["metadata"]);

    assign(session.bearer(), &second).await.is(409, &duplicate("jane.doe@example.com", "acme"));
    let own = PasswordAuthentication::new("Jane@Example.com", PASSWORD);
    let conflict = refused!(
        session.account().assign_customer_account("acme", &own),
        AssignCustomerAccountError::Conflict
    );
    assert_eq!(serde_json::to_value(&conflict.body).expect("JSON"), duplicate("Jane@Example.com", "acme"));
    assert_eq!(session.profile().await["accounts"], profile["accounts"]);

    service.put_tenant("acme", json!({"customer_scopes": ["customer.customer_read"]})).await;
    let reduced = visitor.enter(JANE, PASSWORD).await;
    let details = reduced.authentication().validate_token("acme").await.expect("it is good");
    assert_eq!(details.scope, "customer.customer_read tenant=acme");
    let third = json!({"email": "third@example.com", "password": PASSWORD});
    let answer = assign(reduced.bearer(), &third).await;
    answer.is(403, &forbidden());
    assert_eq!(answer.json(), json!({"type": "Forbidden", "status": 403, "message": "User not authorized."}));
    let change = json!({"email": JANE, "password": PASSWORD, "newEmail": "new@example.com"});
    let change = service.post(&format!("{path}/email/change")).bearer(reduced.bearer()).json(&change);
    change.send().await.is(403, &forbidden());
}

const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

/// What the dev provider is told about somebody, with a challenge for the verifier.
fn user(subject: &str, email: &str, is_verified: bool) -> Value {
    json!({
        "subject": subject,
        "email": email,
        "email_verified": is_verified,
        "given_name": "Jane",
        "family_name": "Doe",
        "redirect_uri": REDIRECT,
        "code_challenge": URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER)),
    })
}

/// Comes back from the dev provider, and gives the answer as it came.
async fn come_back(visitor: &Visitor<'_>, code: &str, redirect_uri: &str, verifier: Option<&str>) -> Answer {
    let ask = visitor.service.post("/customer/acme/socialLogin").bearer(visitor.bearer());
    let ask = ask.query("code", code).query("redirect_uri", redirect_uri);
    match verifier {
        Some(verifier) => ask.query("code_verifier", verifier).send().await,
        None => ask.send().await,
    }
}

#[tokio::test]
async fn s38_an_identity_provider_vouches_for_a_customer() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    let code = service.authorize("acme", &user("google|1", "june@example.com", true)).await;
    let answer = come_back(&visitor, &code, REDIRECT, Some(VERIFIER)).await;
    let tokens = answer.of(200).json();
    assert_eq!(
        members(&tokens),
        [
            "access_token",
            "expires_in",
            "refresh_token",
            "refresh_token_expires_in",
            "saas_token",
            "scope",
            "session_idle_time",
            "social_access_token",
            "social_id_token",
            "token_type"
        ]
    );
    assert_eq!((of(&tokens, "expires_in"), of(&tokens, "refresh_token_expires_in")), ("2591999", "86399"));
    assert_eq!((tokens["session_idle_time"].as_i64(), of(&tokens, "token_type")), (Some(3600), "Bearer"));
    assert!(of(&tokens, "scope").ends_with(" tenant=acme"));
    let me = service.get("/customer/acme/me").bearer(of(&tokens, "access_token")).send().await;
    let profile = me.of(200).json();
    assert_eq!((of(&profile, "firstName"), of(&profile, "lastName")), ("Jane", "Doe"));
    assert!(!of(&profile["accounts"][0], "providerId").is_empty(), "{profile}");
    visitor.try_refresh(of(&tokens, "refresh_token")).await.of(200);

    come_back(&visitor, &code, REDIRECT, Some(VERIFIER)).await.is_fault(INVALID_CODE);
    for (redirect_uri, verifier) in [
        ("https://shop.example/other", Some(VERIFIER)),
        (REDIRECT, Some("another-verifier-of-forty-three-characters-0")),
        (REDIRECT, None),
    ] {
        let code = service.authorize("acme", &user("google|1", "june@example.com", true)).await;
        come_back(&visitor, &code, redirect_uri, verifier).await.is_fault(INVALID_CODE);
    }
    let late = service.authorize("acme", &user("google|1", "june@example.com", true)).await;
    service.advance(61).await;
    come_back(&visitor, &late, REDIRECT, Some(VERIFIER)).await.is_fault(INVALID_CODE);

    let number = visitor.sign_up(JANE, PASSWORD).await;
    let code = service.authorize("acme", &user("google|2", "Jane@example.com", true)).await;
    let call = visitor.client.authentication().social_login("acme", code, REDIRECT);
    let linked =
        call.with(|request| request.with_code_verifier(VERIFIER)).await.expect("a login").into_body();
    let linked = service.get("/customer/acme/me").bearer(linked.access_token.expose()).send().await;
    assert_eq!(linked.of(200).text("id"), number);
    assert_eq!(linked.json()["accounts"].as_array().map(Vec::len), Some(2));

    let code = service.authorize("acme", &user("google|3", JANE, false)).await;
    let call = visitor.client.authentication().social_login("acme", code, REDIRECT);
    let call = call.with(|request| request.with_code_verifier(VERIFIER));
    let refusal = refused!(call, SocialLoginError::Unauthorized);
    assert_eq!(serde_json::to_value(&refusal.body).expect("JSON"), fault(INVALID_CODE));
}

/// An active customer of `optin` with an address, and everything that could be misused.
async fn prepare(service: &Service) -> (Session<'_>, Ingredients) {
    let visitor = service.anonymous("optin").await;
    visitor.sign_up(JANE, PASSWORD).await;
    let activation = service.mailed_token("optin", JANE, "customer.opt-in").await;
    visitor.client.double_opt_in().confirm_opt_in("optin", activation).await.expect("it is good");
    let session = visitor.enter(JANE, PASSWORD).await;
    visitor.sign_up("late@example.com", PASSWORD).await;
    let address = AddressCreateDto::new("Jane Doe").with_tags(vec!["BILLING".to_owned()]);
    let address = session.client.addresses().add_address("optin", &address).await.expect("an address");

    let path = "/customer/optin/password/reset";
    service.post(path).bearer(visitor.bearer()).json(&json!({"email": JANE})).send().await.of(204);
    let path = "/customer/optin/me/accounts/internal/email/change";
    let change = json!({"email": JANE, "password": PASSWORD, "newEmail": "new@example.com"});
    service.post(path).bearer(session.bearer()).json(&change).send().await.of(204);
    service.delete("/customer/optin/me").bearer(session.bearer()).send().await.of(204);
    let mut user = user("google|1", "june@example.com", true);
    user.as_object_mut().expect("an object").remove("code_challenge");
    let ingredients = Ingredients {
        address: address.id.clone(),
        access_token: session.bearer().to_owned(),
        refresh_token: session.refresh_token().to_owned(),
        code: service.authorize("optin", &user).await,
        activation: service.mailed_token("optin", "late@example.com", "customer.opt-in").await,
        password_reset: service.mailed_token("optin", JANE, "customer.password-reset").await,
        email_change: service.mailed_token("optin", "new@example.com", "customer.email-change-request").await,
        deletion: service.mailed_token("optin", JANE, "customer.deletion-request").await,
    };
    (session, ingredients)
}

#[tokio::test]
async fn s39_tokens_of_one_tenant_are_unknown_to_another() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    visitor.sign_up(JANE, PASSWORD).await;
    let foreign = visitor.enter(JANE, PASSWORD).await;
    let (session, ingredients) = prepare(&service).await;
    let before = (session.everything().await, foreign.everything().await, service.outbox(&[]).await);

    for operation in operations::all(&ingredients) {
        for token in [foreign.bearer(), visitor.bearer(), foreign.refresh_token()] {
            let answer = operation.ask(&service, "optin").bearer(token).send().await;
            let found = (answer.status, answer.json());
            assert_eq!(found, (401, fault(INVALID_ACCESS_TOKEN)), "{}", operation.name());
        }
    }
    assert_eq!(before, (session.everything().await, foreign.everything().await, service.outbox(&[]).await));

    // No token was used up by it; the last of them deletes the customer.
    let anonymous = service.anonymous("optin").await;
    anonymous.try_refresh(&ingredients.refresh_token).await.of(200);
    let activation = format!("/signup/optin/{}", ingredients.activation);
    let good = [activation.as_str(), "/socialLogin", "/me/accounts/internal/email/change/confirm"];
    let all = operations::all(&ingredients);
    for operation in all.iter().filter(|operation| good.contains(&operation.path.as_str())) {
        let answer = operation.ask(&service, "optin").bearer(anonymous.bearer()).send().await;
        assert!([200, 204].contains(&answer.status), "{}: {answer:?}", operation.name());
    }
    let gone =
        service.delete("/customer/optin/me").bearer(session.bearer()).query("token", &ingredients.deletion);
    gone.send().await.is_empty(202);
}

#[tokio::test]
async fn s40_every_error_has_one_of_two_shapes() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    let session = service.customer("acme", JANE).await;
    let before = session.everything().await;
    let patch = |body: Vec<u8>| {
        service.patch("/customer/acme/me").bearer(session.bearer()).body("application/json", body).send()
    };

    let padding = |length: usize| [vec![b' '; length - 2], b"{}".to_vec()].concat();
    patch(padding(64 * 1024)).await.is_empty(200);
    let large = patch(padding(64 * 1024 + 1)).await;
    assert_eq!(large.of(413).text("type"), "payload_too_large");
    let broken = message(400, "bad_payload_syntax", "Request body is not valid JSON.");
    for body in ["{", "{\"firstName\":}", "{} {}", "[]", "null", "\"{}\"", "{'a':1}"] {
        patch(body.as_bytes().to_vec()).await.is(400, &broken);
    }
    patch(b"{\"firstName\":\"\xff\"}".to_vec()).await.is(400, &broken);

    let nowhere = message(404, "resource_not_found", "No such resource.");
    for path in ["/nowhere", "/customer", "/customer/acme", "/customer/acme/me/nothing", "/customer//me"] {
        service.get(path).bearer(session.bearer()).send().await.is(404, &nowhere);
    }
    for path in ["/customer/acme/me", "/customer/acme/me/addresses/0123456789"] {
        let put = service.put(path).bearer(session.bearer()).json(&json!({})).send().await;
        let mut allowed: Vec<&str> = put.header("allow").unwrap_or_default().split(", ").collect();
        allowed.sort_unstable();
        assert_eq!((put.status, allowed.as_slice()), (405, ["DELETE", "GET", "PATCH"].as_slice()), "{path}");
        assert_eq!(put.text("type"), "method_not_allowed");
    }
    let resend =
        service.get("/customer/acme/signup/optin/refresh_token").bearer(visitor.bearer()).send().await;
    assert_eq!((resend.of(405).header("allow")), Some("POST"));

    // Each answer is held against both shapes as it comes.
    for operation in operations::all(&Ingredients::default()) {
        for token in [None, Some("garbage"), Some(visitor.bearer())] {
            for tenant in ["acme", "optin", "nobody", "Bad_Tenant"] {
                let ask = operation.bare(&service, tenant);
                let ask = if let Some(token) = token { ask.bearer(token) } else { ask };
                let answer = ask.send().await;
                match tenant {
                    "acme" if token == Some(visitor.bearer()) => {}
                    "acme" | "optin" => answer.is_fault(INVALID_ACCESS_TOKEN),
                    _ => answer.is(400, &invalid_tenant()),
                }
            }
        }
    }
    for path in ["/customerlogin/auth/anonymous/login", "/customerlogin/auth/anonymous/refresh"] {
        service.get(path).send().await.of(400);
        let both = service.get(path).query("tenant", "acme").query("client_id", CLIENT);
        both.query("refresh_token", "garbage").send().await;
    }
    assert_eq!(session.everything().await, before);
}

/// What of a journey must not be read anywhere.
#[derive(Default)]
struct Secrets(Vec<String>);

impl Secrets {
    fn keep(&mut self, secret: &str) {
        self.0.push(secret.to_owned());
    }

    /// All members of an answer that are tokens.
    fn keep_tokens(&mut self, answer: &Answer) {
        for (name, value) in answer.of(200).json().as_object().expect("an object") {
            if name.ends_with("_token") {
                self.keep(value.as_str().expect("text"));
            }
        }
    }
}

/// Goes through every operation that deals in secrets, well and badly.
async fn journey(service: &Service, secrets: &mut Secrets) {
    let path = "/customerlogin/auth/anonymous/login";
    let anonymous = service.get(path).query("tenant", "optin").query("client_id", CLIENT).send().await;
    secrets.keep_tokens(&anonymous);
    let bearer = anonymous.text("access_token");
    let refresh = service.get("/customerlogin/auth/anonymous/refresh").query("tenant", "optin");
    let refresh = refresh.query("client_id", CLIENT).query("refresh_token", &anonymous.text("refresh_token"));
    secrets.keep_tokens(&refresh.send().await);
    let optin = |path: &str| format!("/customer/optin{path}");
    let post =
        |path: &str, bearer: &str, body: Value| service.post(&optin(path)).bearer(bearer).json(&body).send();

    for password in [PASSWORD, "another-pw", "third-pw", "wr0ng-pw", "sh0rt"] {
        secrets.keep(password);
    }
    post("/signup", &bearer, json!({"email": JANE, "password": PASSWORD})).await.of(201);
    let activation = service.mailed_token("optin", JANE, "customer.opt-in").await;
    secrets.keep(&activation);
    let activated = service.get(&optin(&format!("/signup/optin/{activation}"))).bearer(&bearer).send().await;
    secrets.keep_tokens(&activated);
    service.get(&optin(&format!("/signup/optin/{activation}"))).bearer(&bearer).send().await.of(400);
    post("/login", &bearer, json!({"email": JANE, "password": "wr0ng-pw"})).await.of(401);
    post("/login", &bearer, json!({"email": JANE, "password": "sh0rt"})).await.of(400);
    let entered = post("/login", &bearer, json!({"email": JANE, "password": PASSWORD})).await;
    secrets.keep_tokens(&entered);
    let customer = entered.text("access_token");
    let ask = service.get(&optin("/refreshauthtoken")).bearer(&customer);
    let renewed = ask.query("refreshToken", &entered.text("refresh_token")).send().await;
    secrets.keep_tokens(&renewed);
    let ask = service.get(&optin("/refreshauthtoken")).bearer(&customer);
    ask.query("refreshToken", &entered.text("refresh_token")).send().await.of(401);

    let change = json!({"currentPassword": PASSWORD, "newPassword": "another-pw"});
    post("/password/change", &customer, change).await.of(204);
    post("/password/reset", &bearer, json!({"email": JANE})).await.of(204);
    let reset = service.mailed_token("optin", JANE, "customer.password-reset").await;
    secrets.keep(&reset);
    post("/password/reset/update", &bearer, json!({"token": reset, "password": "third-pw"})).await.of(204);
    let entered = post("/login", &bearer, json!({"email": JANE, "password": "third-pw"})).await;
    secrets.keep_tokens(&entered);
    let customer = entered.text("access_token");
    let change = json!({"email": JANE, "password": "third-pw", "newEmail": "new@example.com"});
    post("/me/accounts/internal/email/change", &customer, change).await.of(204);
    let token = service.mailed_token("optin", "new@example.com", "customer.email-change-request").await;
    secrets.keep(&token);
    let path = "/me/accounts/internal/email/change/confirm";
    post(path, &bearer, json!({"token": token})).await.of(204);

    let code = service.authorize("optin", &user("google|1", "june@example.com", true)).await;
    let social = service.post(&optin("/socialLogin")).bearer(&bearer).query("code", &code);
    let social = social.query("redirect_uri", REDIRECT).query("code_verifier", VERIFIER).send().await;
    secrets.keep_tokens(&social);
    secrets.keep(&code);
    secrets.keep(VERIFIER);
    let ended = service.get(&optin("/logout")).bearer(&social.text("access_token"));
    ended.query("accessToken", &social.text("access_token")).send().await.of(204);
    service
        .get(&optin("/me"))
        .bearer("garbage-bearer")
        .query("access_token", "garbage-query")
        .send()
        .await
        .of(401);
    secrets.keep("garbage-bearer");
    secrets.keep("garbage-query");
    service.delete(&optin("/me")).bearer(&customer).send().await.of(204);
    let deletion = service.mailed_token("optin", "new@example.com", "customer.deletion-request").await;
    secrets.keep(&deletion);
    service.delete(&optin("/me")).bearer(&customer).query("token", &deletion).send().await.of(202);
}

#[tokio::test]
async fn s41_the_hooks_are_for_development_and_no_log_has_a_secret() {
    let plain = Service::spawn(&["--tenant", "acme"], "info");
    let ask = plain.get("/customerlogin/auth/anonymous/login").query("tenant", "acme");
    ask.query("client_id", CLIENT).send().await.of(200);
    for path in ["/_dev/outbox", "/_dev/tenants/acme", "/_dev/clock/advance", "/_dev/reset", "/_dev"] {
        plain.get(path).send().await.of(404);
        plain.post(path).json(&json!({})).send().await.of(404);
    }
    let unknown = plain.get("/customerlogin/auth/anonymous/login").query("tenant", "unknown");
    unknown.query("client_id", CLIENT).send().await.of(400);

    let service = Service::spawn(&["--dev", "--password-hashing", "cheap"], "trace");
    service.put_tenant("optin", json!({"double_opt_in": true})).await;
    service.get("/_dev/outbox").send().await.of(200);
    let mut secrets = Secrets::default();
    journey(&service, &mut secrets).await;
    let metrics = service.get("/metrics").send().await.of(200).body.clone();
    let log = service.finish();
    for route in ["/customer/{tenant}/signup/optin/{token}", "/customer/{tenant}/logout"] {
        assert!(log.contains(route), "the log says what was asked: {log}");
    }
    assert!(secrets.0.len() > 30);
    for secret in &secrets.0 {
        assert!(!log.contains(secret), "{secret} is in the log: {log}");
        assert!(!metrics.contains(secret), "{secret} is in the metrics");
    }
}
