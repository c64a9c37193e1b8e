//! Between the contract's types and the domain's.

mod address;
mod profile;
mod sign_up;
mod token;

pub(super) use profile::{anonymous_profile, profile, profile_patch};
pub(super) use sign_up::sign_up;
pub(super) use token::{
    anonymous_token, customer_token, refreshed_token, social_login, social_token, token, token_details,
    token_unless_blank,
};

use customer_api::types::{ChangeEmailRequestDto, MetadataInput, PasswordAuthentication};
use specwright_runtime::{Patch, Secret};

use crate::domain::credentials::NewLoginEmail;
use crate::domain::customer::{Credentials, Mixins};
use crate::domain::email::Email;
use crate::domain::error::{Invalid, ProblemKind};
use crate::domain::secret::Password;

pub(super) fn password(secret: Secret) -> Password {
    Password::new(secret.into_exposed())
}

/// The e-mail that stands in a field.
pub(super) fn email(field: &str, text: &str) -> Result<Email, Invalid> {
    let invalid =
        || Invalid::field(field, ProblemKind::InvalidValue, format!("`{field}` must be an e-mail address."));
    Email::parse(text).ok_or_else(invalid)
}

pub(super) fn credentials(given: PasswordAuthentication) -> Result<Credentials, Invalid> {
    Ok(Credentials { email: email("email", &given.email)?, password: password(given.password) })
}

pub(super) fn new_login_email(change: ChangeEmailRequestDto) -> Result<NewLoginEmail, Invalid> {
    Ok(NewLoginEmail {
        current: Credentials { email: email("email", &change.email)?, password: password(change.password) },
        email: email("newEmail", &change.new_email)?,
        sync_contact_email: change
            .sync_contact_email
            .unwrap_or(ChangeEmailRequestDto::DEFAULT_SYNC_CONTACT_EMAIL),
    })
}

/// The links to schemas of mixins. Where nothing is stored yet, a version says nothing.
fn metadata_mixins(metadata: Patch<MetadataInput>) -> Mixins {
    metadata.into_value().and_then(|metadata| metadata.mixins.into_value()).unwrap_or_default()
}

/// The version that a patch is for, and the links to schemas of mixins, which `null` removes with all of
/// the metadata.
fn metadata_patch(metadata: Patch<MetadataInput>) -> (Option<i64>, Patch<Mixins>) {
    match metadata {
        Patch::Absent => (None, Patch::Absent),
        Patch::Null => (None, Patch::Null),
        Patch::Value(metadata) => (metadata.version.into_value(), metadata.mixins),
    }
}
