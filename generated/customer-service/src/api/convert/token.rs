//! Tokens, and what logging in answers with.

use customer_api::operations::authentication::SocialLoginRequest;
use customer_api::types::{
    AnonymousAccessToken, CustomerToken, RefreshCustomerToken, SocialLoginToken, TokenDetails as ShownDetails,
};
use specwright_runtime::Secret;

use crate::domain::identity::AuthorizationCode;
use crate::domain::login::{SocialLogIn, SociallyLoggedIn};
use crate::domain::options::TenantOptions;
use crate::domain::secret::Token;
use crate::domain::session::{AnonymousTokens, CustomerTokens, LoggedIn, TokenDetails};

const TOKEN_TYPE: &str = "Bearer";

/// Seconds that `session_idle_time` of social login says.
const SESSION_IDLE_TIME: i64 = 3600;

/// A token that a client presents.
pub(in crate::api) fn token(secret: Secret) -> Token {
    Token::new(secret.into_exposed())
}

/// A token that a client presents; a blank one is as good as none.
pub(in crate::api) fn token_unless_blank(secret: Secret) -> Option<Token> {
    (!secret.expose().trim().is_empty()).then(|| token(secret))
}

fn secret(token: &Token) -> Secret {
    Secret::new(token.expose())
}

/// Anonymous tokens.
pub(in crate::api) fn anonymous_token(tokens: AnonymousTokens) -> AnonymousAccessToken {
    let session = tokens.session.to_string();
    let access = secret(&tokens.access);
    let shown = AnonymousAccessToken::new(access, TOKEN_TYPE, tokens.expires_in, session, tokens.scope);
    match tokens.refresh {
        Some((token, expires_in)) => {
            shown.with_refresh_token(secret(&token)).with_refresh_token_expires_in(expires_in)
        }
        None => shown,
    }
}

/// A login.
pub(in crate::api) fn customer_token(login: LoggedIn, options: &TenantOptions) -> CustomerToken {
    let LoggedIn { tokens, saas } = login;
    let shown = CustomerToken::new(
        secret(&tokens.access),
        tokens.expires_in,
        secret(&tokens.refresh),
        tokens.refresh_expires_in,
        TOKEN_TYPE,
        tokens.session.to_string(),
        secret(&saas),
    );
    if !options.legacy_token_fields {
        return shown;
    }
    #[expect(deprecated, reason = "the tenant's clients still read them")]
    shown
        .with_access_token_camel(secret(&tokens.access))
        .with_expires_in_camel(tokens.expires_in)
        .with_refresh_token_camel(secret(&tokens.refresh))
        .with_refresh_token_expires_in_camel(tokens.refresh_expires_in)
        .with_saas_token_camel(secret(&saas))
}

/// A refresh of a customer's tokens.
pub(in crate::api) fn refreshed_token(
    tokens: &CustomerTokens,
    options: &TenantOptions,
) -> RefreshCustomerToken {
    let shown = RefreshCustomerToken::new(
        secret(&tokens.access),
        tokens.expires_in,
        secret(&tokens.refresh),
        tokens.refresh_expires_in,
        TOKEN_TYPE,
        tokens.session.to_string(),
    );
    if !options.legacy_token_fields {
        return shown;
    }
    #[expect(deprecated, reason = "the tenant's clients still read them")]
    shown
        .with_access_token_camel(secret(&tokens.access))
        .with_expires_in_camel(tokens.expires_in)
        .with_refresh_token_camel(secret(&tokens.refresh))
        .with_refresh_token_expires_in_camel(tokens.refresh_expires_in)
}

/// What social login is asked with.
pub(in crate::api) fn social_login(request: SocialLoginRequest) -> SocialLogIn {
    let code = AuthorizationCode {
        code: token(request.code),
        redirect_uri: request.redirect_uri,
        verifier: request.code_verifier.map(token),
    };
    SocialLogIn { code, session_id: request.session_id }
}

/// A social login, whose lifetimes are text.
pub(in crate::api) fn social_token(login: SociallyLoggedIn) -> SocialLoginToken {
    let LoggedIn { tokens, saas } = login.login;
    SocialLoginToken::new(
        secret(&login.social_access),
        secret(&login.social_id),
        secret(&tokens.refresh),
        tokens.refresh_expires_in.to_string(),
        SESSION_IDLE_TIME,
        TOKEN_TYPE,
        secret(&tokens.access),
        secret(&saas),
        tokens.expires_in.to_string(),
        tokens.scope,
    )
}

/// What a token says.
pub(in crate::api) fn token_details(details: TokenDetails) -> ShownDetails {
    let session = details.session.to_string();
    let mut shown = ShownDetails::new(TOKEN_TYPE, details.expires_in, details.scope, session, details.email);
    shown.legal_entity_id = details.legal_entity;
    shown
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use uuid::Uuid;

    use super::{customer_token, refreshed_token, social_token};
    use crate::domain::login::SociallyLoggedIn;
    use crate::domain::options::TenantOptions;
    use crate::domain::secret::Token;
    use crate::domain::session::{CustomerTokens, LoggedIn, SessionId};

    fn tokens() -> CustomerTokens {
        CustomerTokens {
            access: Token::new("a"),
            expires_in: 1,
            refresh: Token::new("r"),
            refresh_expires_in: 2,
            session: SessionId(Uuid::nil()),
            scope: "x tenant=acme".to_owned(),
        }
    }

    fn login() -> LoggedIn {
        LoggedIn { tokens: tokens(), saas: Token::new("s") }
    }

    fn with(mut object: Value, more: Value) -> Value {
        if let (Value::Object(object), Value::Object(more)) = (&mut object, more) {
            object.extend(more);
        }
        object
    }

    #[test]
    fn the_deprecated_twins_are_sent_where_they_are_asked_for() -> serde_json::Result<()> {
        let usual = TenantOptions::default();
        let legacy = TenantOptions { legacy_token_fields: true, ..TenantOptions::default() };
        let refreshed = json!({
            "access_token": "a", "expires_in": 1, "refresh_token": "r", "refresh_token_expires_in": 2,
            "token_type": "Bearer", "session_id": "00000000-0000-0000-0000-000000000000",
        });
        let twins =
            json!({ "accessToken": "a", "expiresIn": 1, "refreshToken": "r", "refreshTokenExpiresIn": 2 });
        assert_eq!(serde_json::to_value(refreshed_token(&tokens(), &usual))?, refreshed);
        assert_eq!(
            serde_json::to_value(refreshed_token(&tokens(), &legacy))?,
            with(refreshed.clone(), twins.clone())
        );
        let logged_in = with(refreshed, json!({ "saas_token": "s" }));
        assert_eq!(serde_json::to_value(customer_token(login(), &usual))?, logged_in);
        let twins = with(twins, json!({ "saasToken": "s" }));
        assert_eq!(serde_json::to_value(customer_token(login(), &legacy))?, with(logged_in, twins));
        Ok(())
    }

    #[test]
    fn social_login_says_lifetimes_as_text() -> serde_json::Result<()> {
        let login =
            SociallyLoggedIn { login: login(), social_access: Token::new("sa"), social_id: Token::new("si") };
        let expected = json!({
            "social_access_token": "sa", "social_id_token": "si",
            "refresh_token": "r", "refresh_token_expires_in": "2", "session_idle_time": 3600,
            "token_type": "Bearer", "access_token": "a", "saas_token": "s", "expires_in": "1",
            "scope": "x tenant=acme",
        });
        assert_eq!(serde_json::to_value(social_token(login))?, expected);
        Ok(())
    }
}
