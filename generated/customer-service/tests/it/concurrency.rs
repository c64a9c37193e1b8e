//! Races, a thousand of each: every one ends as it is promised. Who wins is left to the scheduler.

use customer_api::client::{Client, Error};
use customer_api::operations::double_opt_in::ConfirmOptInError;
use customer_api::types::{ChangeEmailRequestDto, PasswordResetRequestDto};
use serde_json::{Value, json};

use crate::answer::{
    Answer, INVALID_ACCESS_TOKEN, INVALID_CREDENTIALS, INVALID_REFRESH_TOKEN, duplicate, message, of,
};
use crate::people::Visitor;
use crate::service::{JANE, PASSWORD, Service};

const ROUNDS: usize = 1_000;

/// A service whose quotas let a thousand rounds through.
async fn start() -> Service {
    let service = Service::start().await;
    let options = json!({"max_mails_per_hour": 1_000_000, "max_sessions": 10_000});
    service.put_tenant("acme", options.clone()).await;
    let mut options = options;
    options["double_opt_in"] = true.into();
    service.put_tenant("optin", options).await;
    service
}

/// Which of two answers has this status; the other one beside it.
fn won(answers: (Answer, Answer), status: u16) -> (bool, Answer, Answer) {
    let (one, other) = answers;
    if one.status == status { (true, one, other) } else { (false, other, one) }
}

/// Keeps the outbox short, so that reading it stays quick.
async fn clear(service: &Service, round: usize) {
    if round % 50 == 49 {
        assert!(service.delete("/_dev/outbox").send().await.status < 300);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_signups_with_one_email_one_wins() {
    let service = start().await;
    let visitor = service.anonymous("acme").await;
    for round in 0..ROUNDS {
        let email = format!("user{round}@example.com");
        let sign_up = |password: &str| {
            let body = json!({"email": email, "password": password});
            service.post("/customer/acme/signup").bearer(visitor.bearer()).json(&body).send()
        };
        let answers = tokio::join!(sign_up("first-pw"), sign_up("second-pw"));
        let (is_first, winner, loser) = won(answers, 201);
        loser.is(409, &duplicate(&email, "acme"));
        let password = if is_first { "first-pw" } else { "second-pw" };
        let session = visitor.enter(&email, password).await;
        assert_eq!(session.number().await, winner.text("id"), "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_patches_with_one_version_one_wins() {
    let service = start().await;
    let session = service.customer("acme", JANE).await;
    let id = {
        let body = json!({"contactName": "Jane Doe"});
        let created =
            service.post("/customer/acme/me/addresses").bearer(session.bearer()).json(&body).send().await;
        created.of(201).text("id")
    };
    let address = format!("/customer/acme/me/addresses/{id}");
    for (path, member) in [("/customer/acme/me", "firstName"), (address.as_str(), "contactName")] {
        for version in 1..=ROUNDS {
            let patch = |name: String| {
                let body = json!({member: name, "metadata": {"version": version}});
                service.patch(path).bearer(session.bearer()).json(&body).send()
            };
            let answers = tokio::join!(patch(format!("A{version}")), patch(format!("B{version}")));
            let (is_first, winner, loser) = won(answers, 200);
            winner.is_empty(200);
            let text = format!("Version mismatch: expected {}, got {version}.", version + 1);
            loser.is(409, &message(409, "conflict_resource", &text));
            let stored = service.get(path).bearer(session.bearer()).send().await.of(200).json();
            let name = format!("{}{version}", if is_first { 'A' } else { 'B' });
            assert_eq!(of(&stored, member), name);
            assert_eq!(stored["metadata"]["version"], Value::from(version + 1));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_redemptions_of_an_activation_one_wins() {
    let service = start().await;
    let visitor = service.anonymous("optin").await;
    for round in 0..ROUNDS {
        let email = format!("user{round}@example.com");
        visitor.sign_up(&email, PASSWORD).await;
        let token = service.mailed_token("optin", &email, "customer.opt-in").await;
        let redeem = |client: Client| {
            let token = token.clone();
            async move { client.double_opt_in().confirm_opt_in("optin", token).await }
        };
        let (one, other) = tokio::join!(redeem(visitor.client.clone()), redeem(visitor.client.clone()));
        let (winner, loser) = if one.is_ok() { (one, other) } else { (other, one) };
        let tokens = winner.unwrap_or_else(|error| panic!("nobody won round {round}: {error}")).into_body();
        match loser {
            Err(Error::Api(ConfirmOptInError::BadRequest(refusal))) => {
                assert_eq!(refusal.body.message, "Invalid token.");
            }
            other => panic!("round {round}: {other:?}"),
        }
        assert!(visitor.session(tokens).is_live().await);
        clear(&service, round).await;
    }
}

/// Asks for a password reset, and gives the token.
async fn reset_token(visitor: &Visitor<'_>) -> String {
    let request = PasswordResetRequestDto::new(JANE);
    visitor.client.credentials().request_password_reset("acme", &request).await.expect("it is taken");
    visitor.service.mailed_token("acme", JANE, "customer.password-reset").await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_redemptions_of_a_password_reset_one_wins() {
    let service = start().await;
    let visitor = service.anonymous("acme").await;
    visitor.sign_up(JANE, PASSWORD).await;
    for round in 0..ROUNDS {
        let token = reset_token(&visitor).await;
        let passwords = [format!("first-pw-{round}"), format!("second-pw-{round}")];
        let redeem = |password: &str| {
            let body = json!({"token": token, "password": password});
            service.post("/customer/acme/password/reset/update").bearer(visitor.bearer()).json(&body).send()
        };
        let answers = tokio::join!(redeem(&passwords[0]), redeem(&passwords[1]));
        let (is_first, winner, loser) = won(answers, 204);
        winner.is_empty(204);
        loser.is_invalid_token();
        let [right, wrong] = if is_first { [0, 1] } else { [1, 0] };
        visitor.try_log_in(JANE, &passwords[wrong]).await.of(401);
        visitor.try_log_in(JANE, &passwords[right]).await.of(200);
        clear(&service, round).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_password_changes_from_one_password_one_wins() {
    let service = start().await;
    let visitor = service.anonymous("acme").await;
    visitor.sign_up(JANE, PASSWORD).await;
    let session = visitor.enter(JANE, PASSWORD).await;
    let mut password = PASSWORD.to_owned();
    for round in 0..ROUNDS {
        let change = |new: String| {
            let body = json!({"currentPassword": password, "newPassword": new});
            service.post("/customer/acme/password/change").bearer(session.bearer()).json(&body).send()
        };
        let passwords = [format!("first-pw-{round}"), format!("second-pw-{round}")];
        let answers = tokio::join!(change(passwords[0].clone()), change(passwords[1].clone()));
        let (is_first, winner, loser) = won(answers, 204);
        winner.is_empty(204);
        loser.is_invalid(&[("currentPassword", "invalid_value")]);
        let [first, second] = passwords;
        password = if is_first { first } else { second };
        visitor.try_log_in(JANE, &password).await.of(200);
    }
    assert!(session.is_live().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_login_beside_a_password_change_does_not_outlive_it() {
    let service = start().await;
    let visitor = service.anonymous("acme").await;
    visitor.sign_up(JANE, PASSWORD).await;
    let session = visitor.enter(JANE, PASSWORD).await;
    let mut password = PASSWORD.to_owned();
    for round in 0..ROUNDS {
        let new = format!("another-pw-{round}");
        let change = async {
            let body = json!({"currentPassword": password, "newPassword": new});
            service.post("/customer/acme/password/change").bearer(session.bearer()).json(&body).send().await
        };
        let (changed, entered) = tokio::join!(change, visitor.try_log_in(JANE, &password));
        changed.is_empty(204);
        if entered.status == 200 {
            let me = service.get("/customer/acme/me").bearer(&entered.text("access_token")).send().await;
            me.is_fault(INVALID_ACCESS_TOKEN);
        } else {
            entered.is_fault(INVALID_CREDENTIALS);
        }
        password = new;
    }
    visitor.enter(JANE, &password).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_refreshes_with_one_token_one_wins() {
    let service = start().await;
    let visitor = service.anonymous("acme").await;
    visitor.sign_up(JANE, PASSWORD).await;
    let session = visitor.enter(JANE, PASSWORD).await;
    let (mut access, mut token) = (session.bearer().to_owned(), session.refresh_token().to_owned());
    for _ in 0..ROUNDS {
        let answers = tokio::join!(visitor.try_refresh(&token), visitor.try_refresh(&token));
        let (_, winner, loser) = won(answers, 200);
        loser.is_fault(INVALID_REFRESH_TOKEN);
        (access, token) = (winner.of(200).text("access_token"), winner.text("refresh_token"));
        assert_eq!(winner.text("session_id"), session.tokens.session_id);
    }
    service.get("/customer/acme/me").bearer(&access).send().await.of(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_email_goes_to_who_changes_to_it_or_to_who_signs_up() {
    let service = start().await;
    let visitor = service.anonymous("acme").await;
    visitor.sign_up(JANE, PASSWORD).await;
    let session = visitor.enter(JANE, PASSWORD).await;
    let mut login = JANE.to_owned();
    for round in 0..ROUNDS {
        let email = format!("user{round}@example.com");
        let change = ChangeEmailRequestDto::new(&*login, PASSWORD, &*email);
        session.credentials().change_login_email("acme", &change).await.expect("it is taken");
        let token = service.mailed_token("acme", &email, "customer.email-change-request").await;
        let confirm = async {
            let path = "/customer/acme/me/accounts/internal/email/change/confirm";
            service.post(path).bearer(visitor.bearer()).json(&json!({"token": token})).send().await
        };
        let sign_up = async {
            let body = json!({"email": email, "password": "another-pw"});
            service.post("/customer/acme/signup").bearer(visitor.bearer()).json(&body).send().await
        };
        let (confirmed, signed_up) = tokio::join!(confirm, sign_up);
        let has_changed = confirmed.status == 204;
        if has_changed {
            signed_up.is(409, &duplicate(&email, "acme"));
            login.clone_from(&email);
        } else {
            confirmed.is(409, &duplicate(&email, "acme"));
            signed_up.of(201);
        }
        let password = if has_changed { PASSWORD } else { "another-pw" };
        visitor.try_log_in(&email, password).await.of(200);
        clear(&service, round).await;
    }
    assert_eq!(session.profile().await["accounts"], json!([{"id": login}]));
}
