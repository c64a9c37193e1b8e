//! Which token opens which operation.

use crate::answer::{EXPIRED_ACCESS_TOKEN, INVALID_ACCESS_TOKEN, fault, forbidden};
use crate::operations::{self, Bearer, Ingredients};
use crate::service::{JANE, PASSWORD, Service};

/// The operations that declare no 403.
const UNDECLARED: [&str; 6] = [
    "/logout",
    "/validateauthtoken",
    "/login",
    "/signup/optin/x",
    "/signup/optin/refresh_token",
    "/socialLogin",
];

#[tokio::test]
async fn a_token_of_the_other_kind_is_forbidden_or_as_good_as_none() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    visitor.sign_up(JANE, PASSWORD).await;
    let session = visitor.enter(JANE, PASSWORD).await;
    let before = session.everything().await;
    for operation in operations::all(&Ingredients::default()) {
        let token = match operation.bearer {
            Bearer::Anonymous => session.bearer(),
            Bearer::Customer => visitor.bearer(),
            Bearer::Either => continue,
        };
        let answer = operation.ask(&service, "acme").bearer(token).send().await;
        let expected = if UNDECLARED.contains(&operation.path.as_str()) {
            (401, fault(INVALID_ACCESS_TOKEN))
        } else {
            (403, forbidden())
        };
        assert_eq!((answer.status, answer.json()), expected, "{}", operation.name());
    }
    assert_eq!(session.everything().await, before);
}

#[tokio::test]
async fn no_other_token_is_a_bearer() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    visitor.sign_up(JANE, PASSWORD).await;
    let session = visitor.enter(JANE, PASSWORD).await;
    session.account().remove_customer_profile("acme").await.expect("it is asked for");
    let mailed = service.mailed_token("acme", JANE, "customer.deletion-request").await;
    let refresh = visitor.token.refresh_token.as_ref().expect("a refresh token").expose();
    for operation in operations::all(&Ingredients::default()) {
        for token in [refresh, session.refresh_token(), session.tokens.saas_token.expose(), &mailed] {
            let answer = operation.ask(&service, "acme").bearer(token).send().await;
            assert_eq!(
                (answer.status, answer.json()),
                (401, fault(INVALID_ACCESS_TOKEN)),
                "{}",
                operation.name()
            );
        }
    }
    assert!(session.is_live().await);
}

#[tokio::test]
async fn a_token_that_has_expired_says_so_everywhere() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    visitor.sign_up(JANE, PASSWORD).await;
    let session = visitor.enter(JANE, PASSWORD).await;
    service.advance(2_591_998 - 60).await;
    assert!(session.is_live().await, "it lives for thirty days");
    service.advance(62).await;
    let late = service.anonymous("acme").await;
    service.advance(3_600).await;
    for operation in operations::all(&Ingredients::default()) {
        for token in [session.bearer(), late.bearer()] {
            let answer = operation.ask(&service, "acme").bearer(token).send().await;
            assert_eq!(
                (answer.status, answer.json()),
                (401, fault(EXPIRED_ACCESS_TOKEN)),
                "{}",
                operation.name()
            );
        }
    }
    service.advance(86_400).await;
    session.try_profile().await.is_fault(INVALID_ACCESS_TOKEN);
}
