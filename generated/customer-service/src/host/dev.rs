//! Hooks for developers and tests. They are there with `--dev` only.

use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use http::StatusCode;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::app::Dev;
use super::{App, TenantTable};
use crate::api::error::problem;
use crate::domain::store::Store;
use crate::domain::tenant::Tenant;
use crate::identity::{Authorization, AuthorizationError};
use crate::mail::{Queue, Shown};

/// What the hooks reach.
#[derive(Clone)]
struct Hooks {
    store: Store,
    mail: Queue,
    dev: Dev,
}

pub(super) fn routes(app: &App, dev: &Dev) -> Router {
    let hooks = Hooks { store: app.store.clone(), mail: app.mail.clone(), dev: dev.clone() };
    Router::new()
        .route("/_dev/outbox", get(outbox).delete(empty_outbox))
        .route("/_dev/tenants/{tenant}", put(put_tenant))
        .route("/_dev/tenants/{tenant}/idp/authorize", post(authorize))
        .route("/_dev/clock/advance", post(advance_clock))
        .route("/_dev/reset", post(reset))
        .with_state(hooks)
}

type Answer = Result<Response, Refused>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sought {
    tenant: Option<String>,
    to: Option<String>,
    kind: Option<String>,
}

async fn outbox(State(hooks): State<Hooks>, sought: Result<Query<Sought>, QueryRejection>) -> Answer {
    let Query(sought) = sought.map_err(|error| Refused::Request(error.body_text()))?;
    hooks.mail.idle().await;
    let (tenant, to, kind) = (sought.tenant.as_deref(), sought.to.as_deref(), sought.kind.as_deref());
    let messages = hooks.dev.outbox.messages(tenant, to, kind);
    let shown: Vec<Shown<'_>> = messages.iter().map(Shown::from).collect();
    Ok(Json(json!({ "messages": shown })).into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Emptied {
    tenant: Option<String>,
}

async fn empty_outbox(State(hooks): State<Hooks>, emptied: Result<Query<Emptied>, QueryRejection>) -> Answer {
    let Query(emptied) = emptied.map_err(|error| Refused::Request(error.body_text()))?;
    hooks.mail.idle().await;
    hooks.dev.outbox.clear(emptied.tenant.as_deref());
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn put_tenant(
    State(hooks): State<Hooks>,
    Path(tenant): Path<String>,
    body: Result<Bytes, BytesRejection>,
) -> Answer {
    let table = TenantTable::from(object::<Map<String, Value>>(body)?);
    let options = hooks.dev.tenant_defaults.with(table).map_err(Refused::Request)?;
    if !Tenant::is_name(&tenant) {
        return Err(Refused::Request(
            "A tenant's name takes 3 to 16 lower-case letters and digits, a letter first.".to_owned(),
        ));
    }
    let is_new = hooks.store.put_tenant(&tenant, options).map_err(|_| Refused::NoRandomness)?;
    Ok(if is_new { StatusCode::CREATED } else { StatusCode::NO_CONTENT }.into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vouched {
    subject: String,
    email: Option<String>,
    #[serde(default)]
    email_verified: bool,
    given_name: Option<String>,
    family_name: Option<String>,
    redirect_uri: String,
    code_challenge: Option<String>,
}

async fn authorize(
    State(hooks): State<Hooks>,
    Path(tenant): Path<String>,
    body: Result<Bytes, BytesRejection>,
) -> Answer {
    let vouched: Vouched = object(body)?;
    let provider = hooks.dev.identities.dev().ok_or(Refused::NoRandomness)?;
    let authorization = Authorization {
        subject: vouched.subject,
        email: vouched.email,
        email_verified: vouched.email_verified,
        given_name: vouched.given_name,
        family_name: vouched.family_name,
        redirect_uri: vouched.redirect_uri,
        code_challenge: vouched.code_challenge,
    };
    let code = provider.authorize(&tenant, authorization).map_err(|error| match error {
        AuthorizationError::CodeChallenge => Refused::Request(error.to_string()),
        AuthorizationError::NoRandomness => Refused::NoRandomness,
    })?;
    Ok(Json(json!({ "code": code.expose() })).into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ahead {
    seconds: u32,
}

async fn advance_clock(State(hooks): State<Hooks>, body: Result<Bytes, BytesRejection>) -> Answer {
    let Ahead { seconds } = object(body)?;
    hooks.store.clock().advance(seconds);
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn reset(State(hooks): State<Hooks>) -> Answer {
    hooks.store.reset().map_err(|_| Refused::NoRandomness)?;
    if let Some(provider) = hooks.dev.identities.dev() {
        provider.clear();
    }
    // Mails of customers that are gone are not to come after the end of this.
    hooks.mail.idle().await;
    hooks.dev.outbox.clear(None);
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// A JSON object as a body; nothing at all is an empty one.
fn object<T: DeserializeOwned>(body: Result<Bytes, BytesRejection>) -> Result<T, Refused> {
    let body = body.map_err(|error| Refused::Body(error.status(), error.body_text()))?;
    let body: &[u8] = if body.is_empty() { b"{}" } else { &body };
    serde_json::from_slice(body).map_err(|error| Refused::Request(error.to_string()))
}

/// Why a hook does nothing.
enum Refused {
    Request(String),
    Body(StatusCode, String),
    NoRandomness,
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        match self {
            Self::Request(message) => problem(StatusCode::BAD_REQUEST, "bad_request", &message),
            Self::Body(status, message) => problem(status, "bad_payload", &message),
            Self::NoRandomness => {
                problem(StatusCode::SERVICE_UNAVAILABLE, "service_unavailable", "There is no randomness.")
            }
        }
    }
}
