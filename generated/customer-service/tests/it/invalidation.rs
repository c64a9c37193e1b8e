//! What an event leaves of sessions and mailed tokens: one customer for each pair of the matrix.

use serde_json::json;

use crate::people::{Session, Visitor};
use crate::service::{PASSWORD, Service};

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Event {
    Logout,
    Refresh,
    PasswordChange,
    PasswordReset,
    EmailChange,
    Assignment,
    DeletionRequest,
}

/// What may be left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Left {
    Reset,
    EmailChange,
    Deletion,
    ActingSession,
    OtherSession,
}

/// The matrix: what each event ends. All else stays.
const ENDED: [(Event, &[Left]); 7] = [
    (Event::Logout, &[Left::ActingSession]),
    (Event::Refresh, &[]),
    (Event::PasswordChange, &[Left::Reset, Left::EmailChange, Left::Deletion, Left::OtherSession]),
    (
        Event::PasswordReset,
        &[Left::Reset, Left::EmailChange, Left::Deletion, Left::ActingSession, Left::OtherSession],
    ),
    (Event::EmailChange, &[Left::Reset, Left::EmailChange]),
    (Event::Assignment, &[]),
    (Event::DeletionRequest, &[Left::Deletion]),
];

/// A customer with two sessions and a mailed token of each purpose.
struct Subject<'a> {
    visitor: &'a Visitor<'a>,
    email: String,
    acting: Session<'a>,
    other: Session<'a>,
    reset: String,
    change: String,
    deletion: String,
}

const ACME: &str = "/customer/acme";

impl<'a> Subject<'a> {
    async fn new(visitor: &'a Visitor<'a>, email: String) -> Self {
        visitor.sign_up(&email, PASSWORD).await;
        let (acting, other) = (visitor.enter(&email, PASSWORD).await, visitor.enter(&email, PASSWORD).await);
        let service = visitor.service;
        let ask = service.post(&format!("{ACME}/password/reset")).bearer(visitor.bearer());
        ask.json(&json!({"email": email})).send().await.of(204);
        let ask = service.post(&format!("{ACME}/me/accounts/internal/email/change")).bearer(acting.bearer());
        let new_email = format!("new.{email}");
        let body = json!({"email": email, "password": PASSWORD, "newEmail": new_email});
        ask.json(&body).send().await.of(204);
        service.delete(&format!("{ACME}/me")).bearer(acting.bearer()).send().await.of(204);
        Self {
            reset: service.mailed_token("acme", &email, "customer.password-reset").await,
            change: service.mailed_token("acme", &new_email, "customer.email-change-request").await,
            deletion: service.mailed_token("acme", &email, "customer.deletion-request").await,
            visitor,
            email,
            acting,
            other,
        }
    }

    async fn undergo(&self, event: Event) {
        let service = self.visitor.service;
        let (customer, visitor) = (self.acting.bearer(), self.visitor.bearer());
        let path = |path: &str| format!("{ACME}{path}");
        let ask = match event {
            Event::Logout => service.get(&path("/logout")).query("accessToken", customer).bearer(customer),
            Event::Refresh => {
                let ask = service.get(&path("/refreshauthtoken")).bearer(customer);
                ask.query("refreshToken", self.acting.refresh_token())
            }
            Event::PasswordChange => {
                let body = json!({"currentPassword": PASSWORD, "newPassword": "another-pw"});
                service.post(&path("/password/change")).bearer(customer).json(&body)
            }
            Event::PasswordReset => {
                let body = json!({"token": self.reset, "password": "another-pw"});
                service.post(&path("/password/reset/update")).bearer(visitor).json(&body)
            }
            Event::EmailChange => {
                let body = json!({"token": self.change});
                service.post(&path("/me/accounts/internal/email/change/confirm")).bearer(visitor).json(&body)
            }
            Event::Assignment => {
                let body = json!({"email": format!("second.{}", self.email), "password": PASSWORD});
                service.post(&path("/me/accounts/internal")).bearer(customer).json(&body)
            }
            Event::DeletionRequest => service.delete(&path("/me")).bearer(customer),
        };
        let answer = ask.send().await;
        assert!(answer.status < 300, "{event:?}: {answer:?}");
    }

    /// Whether something is left, tried out.
    async fn has(&self, left: Left, event: Event) -> bool {
        let service = self.visitor.service;
        let redeem = |path: &str, body| {
            service.post(&format!("{ACME}{path}")).bearer(self.visitor.bearer()).json(&body).send()
        };
        let answer = match left {
            Left::Reset => {
                redeem("/password/reset/update", json!({"token": self.reset, "password": "third-pw"})).await
            }
            Left::EmailChange => {
                redeem("/me/accounts/internal/email/change/confirm", json!({"token": self.change})).await
            }
            Left::Deletion => {
                let email = if event == Event::EmailChange {
                    format!("new.{}", self.email)
                } else {
                    self.email.clone()
                };
                let is_changed = matches!(event, Event::PasswordChange | Event::PasswordReset);
                let password = if is_changed { "another-pw" } else { PASSWORD };
                let session = self.visitor.enter(&email, password).await;
                let ask = service.delete(&format!("{ACME}/me")).bearer(session.bearer());
                ask.query("token", &self.deletion).send().await
            }
            Left::ActingSession => return self.acting.is_live().await,
            Left::OtherSession => {
                let refreshed = self.visitor.try_refresh(self.other.refresh_token()).await;
                assert_eq!(refreshed.status == 200, self.other.is_live().await, "both tokens or none");
                return self.other.is_live().await;
            }
        };
        if answer.status == 400 {
            answer.is_invalid_token();
        }
        answer.status < 300
    }
}

#[tokio::test]
async fn an_event_ends_what_the_matrix_says_and_nothing_else() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    for (number, (event, ended)) in ENDED.into_iter().enumerate() {
        let all = [Left::Reset, Left::EmailChange, Left::Deletion, Left::ActingSession, Left::OtherSession];
        for left in all {
            let subject = Subject::new(&visitor, format!("user{number}{left:?}@example.com")).await;
            subject.undergo(event).await;
            assert_eq!(subject.has(left, event).await, !ended.contains(&left), "{left:?} after {event:?}");
        }
    }
}
