//! Mails, over SMTP to a server that the test runs.

mod server;

use std::net::TcpListener;

use reqwest::Url;
use serde_json::json;

use self::server::{Mail, MailServer};
use crate::people::Visitor;
use crate::service::{JANE, PASSWORD, Service};

const NEW_PASSWORD: &str = "an0ther-pw";

/// A service with the tenants `acme` and `optin` that sends its mails there.
fn service(smtp_url: &str, variables: &[(&str, &str)]) -> Service {
    let folder = tempfile::tempdir().expect("a folder");
    let config = folder.path().join("service.toml");
    let tenants = "
        [tenants.acme]
        mail_from = 'The Shop <shop@acme.example>'

        [tenants.optin]
        double_opt_in = true
        activation_url = 'https://shop.example/activate?lang=en'
    ";
    std::fs::write(&config, tenants).expect("a file");
    let config = config.to_str().expect("a path of text");
    let arguments = ["--dev", "--password-hashing", "cheap", "--config", config, "--smtp-url", smtp_url];
    Service::spawn_with(&arguments, "info", variables)
}

async fn ask_for_reset(visitor: &Visitor<'_>) {
    let path = format!("/customer/{}/password/reset", visitor.tenant);
    let ask = visitor.service.post(&path).bearer(visitor.bearer()).json(&json!({"email": JANE}));
    ask.send().await.is_empty(204);
}

async fn redeem_reset(visitor: &Visitor<'_>, token: &str) {
    let path = format!("/customer/{}/password/reset/update", visitor.tenant);
    let body = json!({"token": token, "password": NEW_PASSWORD});
    visitor.service.post(&path).bearer(visitor.bearer()).json(&body).send().await.is_empty(204);
}

/// Signs Jane up in `acme` and has the token of a password reset mailed to her, and the notice after it.
async fn reset_by_mail(service: &Service, server: &mut MailServer) -> Mail {
    let visitor = service.anonymous("acme").await;
    visitor.sign_up(JANE, PASSWORD).await;
    ask_for_reset(&visitor).await;
    let mail = server.next().await;
    redeem_reset(&visitor, &mail.what_to_redeem()).await;
    visitor.enter(JANE, NEW_PASSWORD).await;
    assert_eq!(server.next().await.header("Subject"), "Your password was changed");
    mail
}

#[tokio::test]
async fn the_mail_of_a_password_reset_holds_what_sets_a_new_one() {
    let mut server = MailServer::plain();
    let service = service(&format!("smtp://{}", server.address), &[]);
    let mail = reset_by_mail(&service, &mut server).await;

    assert_eq!((mail.from.as_str(), mail.to.as_slice()), ("shop@acme.example", &[JANE.to_owned()][..]));
    assert_eq!(mail.header("From"), "\"The Shop\" <shop@acme.example>");
    assert_eq!(mail.header("To"), JANE);
    assert_eq!(mail.header("Subject"), "Choose a new password");
    assert_eq!(mail.header("Auto-Submitted"), "auto-generated");
    assert!(mail.header("Content-Type").starts_with("text/plain"), "{mail:?}");
    assert_eq!(mail.what_to_redeem().len(), 64, "the tenant has no page, so that the token stands alone");
}

#[tokio::test]
async fn the_mail_of_a_signup_holds_the_link_that_activates_it() {
    let mut server = MailServer::plain();
    let sender = [("CUSTOMER_SERVICE_MAIL_FROM", "Shops <shops@b.example>")];
    let service = service(&format!("smtp://{}", server.address), &sender);
    let visitor = service.anonymous("optin").await;
    visitor.sign_up(JANE, PASSWORD).await;

    let mail = server.next().await;
    assert_eq!(mail.header("From"), "Shops <shops@b.example>", "the tenant has none of its own");
    let link = Url::parse(&mail.what_to_redeem()).expect("a link");
    assert!(link.as_str().starts_with("https://shop.example/activate?lang=en&token="), "{link}");
    let (_, token) = link.query_pairs().find(|(name, _)| name == "token").expect("a token");
    let path = format!("/customer/optin/signup/optin/{token}");
    service.get(&path).bearer(visitor.bearer()).send().await.of(200);
    visitor.enter(JANE, PASSWORD).await;
}

#[tokio::test]
async fn the_log_says_that_a_mail_was_queued_and_nothing_of_what_is_in_it() {
    let mut server = MailServer::plain();
    let service = service(&format!("smtp://{}", server.address), &[]);
    let visitor = service.anonymous("optin").await;
    visitor.sign_up(JANE, PASSWORD).await;
    let link = server.next().await.what_to_redeem();
    let (_, token) = link.split_once("token=").expect("a token");

    let bearer = visitor.bearer().to_owned();
    let log = service.finish();
    let queued: Vec<&str> = log.lines().filter(|line| line.contains("mail queued")).collect();
    assert_eq!(queued.len(), 1, "{log}");
    assert!(queued[0].contains("customer.opt-in") && queued[0].contains("optin"), "{log}");
    for secret in [token, JANE, PASSWORD, &bearer] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
}

#[tokio::test]
async fn a_server_that_puts_a_mail_off_is_asked_again() {
    let mut server = MailServer::putting_off(1);
    let service = service(&format!("smtp://{}", server.address), &[]);
    let visitor = service.anonymous("acme").await;
    visitor.sign_up(JANE, PASSWORD).await;
    ask_for_reset(&visitor).await;
    server.next().await;
    assert_eq!(server.attempts().0, 2);
    assert!(!server.has_more());
}

#[tokio::test]
async fn a_server_that_is_down_changes_no_answer_and_holds_no_other_mail_up() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("smtp://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let service = service(&url, &[]);
    let visitor = service.anonymous("optin").await;
    visitor.sign_up(JANE, PASSWORD).await;
    let visitor = service.anonymous("acme").await;
    visitor.sign_up(JANE, PASSWORD).await;
    ask_for_reset(&visitor).await;

    let kinds = |mails: &[serde_json::Value]| -> Vec<String> {
        mails.iter().filter_map(|mail| Some(mail["kind"].as_str()?.to_owned())).collect()
    };
    let mails = service.outbox(&[]).await;
    assert_eq!(kinds(&mails), ["customer.password-reset", "customer.opt-in"]);
}

// Elsewhere certificates are trusted by the system's own settings only.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn mails_go_over_tls_to_a_server_that_proves_who_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let certificate = folder.path().join("server.pem");
    let mut server = MailServer::with_tls(&certificate);
    let url = format!("smtp://{}:p%40ss%2Fword@{}?tls=required", server::USER, server.address);
    let trusted = certificate.to_str().expect("a path of text");
    let service = service(&url, &[("SSL_CERT_FILE", trusted)]);

    let mail = reset_by_mail(&service, &mut server).await;
    assert!(mail.over_tls);
    assert_eq!(mail.user.as_deref(), Some(server::USER));
    assert_eq!(server.attempts(), (2, 0));
}

#[tokio::test]
async fn a_server_that_proves_nothing_gets_no_mail() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = MailServer::with_tls(&folder.path().join("server.pem"));
    let url = format!("smtp://{}:p%40ss%2Fword@{}?tls=required", server::USER, server.address);
    nothing_is_sent(&url, &server).await;
}

#[tokio::test]
async fn a_server_without_tls_gets_no_mail_that_asks_for_it() {
    let server = MailServer::plain();
    nothing_is_sent(&format!("smtp://{}?tls=required", server.address), &server).await;
}

async fn nothing_is_sent(url: &str, server: &MailServer) {
    let service = service(url, &[]);
    let visitor = service.anonymous("optin").await;
    visitor.sign_up(JANE, PASSWORD).await;

    let log = service.finish();
    let failures: Vec<&str> = log.lines().filter(|line| line.contains("mail not delivered")).collect();
    assert_eq!(failures.len(), 1, "{log}");
    assert!(failures[0].contains("the server cannot be spoken to as the options demand"), "{log}");
    for secret in [JANE, server::PASSWORD, "p%40ss%2Fword"] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
    assert_eq!(server.attempts(), (0, 0));
}
