//! Signups. `null` means absent everywhere.

use customer_api::types::{CustomerDetails, CustomerSignup, SignupCredentials};

use super::{email, metadata_mixins, password};
use crate::domain::customer::{Credentials, NewProfile, SignUp};
use crate::domain::error::Invalid;

/// A signup.
pub(in crate::api) fn sign_up(signup: CustomerSignup) -> Result<SignUp, Invalid> {
    Ok(SignUp {
        email: email("email", &signup.email)?,
        password: password(signup.password),
        separate: signup.signup.into_value().map(separate).transpose()?,
        details: signup.customer_details.into_value().map(new_profile).transpose()?.unwrap_or_default(),
        address: signup.customer_address.into_value().map(Into::into),
    })
}

fn separate(given: SignupCredentials) -> Result<Credentials, Invalid> {
    Ok(Credentials { email: email("signup.email", &given.email)?, password: password(given.password) })
}

fn new_profile(details: CustomerDetails) -> Result<NewProfile, Invalid> {
    let contact_email = details.contact_email.into_value();
    let b2b = details.b2b.into_value();
    Ok(NewProfile {
        title: details.title.into_value(),
        first_name: details.first_name.into_value(),
        middle_name: details.middle_name.into_value(),
        last_name: details.last_name.into_value(),
        contact_email: contact_email.map(|text| email("customerDetails.contactEmail", &text)).transpose()?,
        contact_phone: details.contact_phone.into_value(),
        company: details.company.into_value(),
        preferred_language: details.preferred_language.into_value(),
        preferred_currency: details.preferred_currency.into_value(),
        preferred_site: details.preferred_site.into_value(),
        registration_id: b2b.and_then(|b2b| b2b.company_registration_id.into_value()),
        mixins: details.mixins.into_value().unwrap_or_default(),
        metadata_mixins: metadata_mixins(details.metadata),
    })
}
