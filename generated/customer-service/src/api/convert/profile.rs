//! Profiles.

use customer_api::types::{
    AccountId, Address as ShownAddress, B2bGet, BusinessModel, Customer, CustomerPatch, DefaultDtoMetadata,
    LegalEntity,
};
use jiff::Timestamp;
use specwright_runtime::Patch;

use super::{email, metadata_patch};
use crate::api::expand::Expand;
use crate::domain::address::Address;
use crate::domain::customer::{AccountView, CompanyView, CustomerView, ProfilePatch};
use crate::domain::error::Invalid;

/// What is shown to a caller who has not logged in: these six members and no other.
pub(in crate::api) fn anonymous_profile() -> Customer {
    Customer::default()
        .with_first_name("Anonymous")
        .with_last_name("Anonymous")
        .with_preferred_site("default")
        .with_customer_number("00000000")
        .with_id("00000000")
        .with_accounts(Vec::new())
}

/// A customer, with what `expand` asks for.
pub(in crate::api) fn profile(view: CustomerView, expand: &Expand<'_>) -> Customer {
    let profile = view.profile;
    let business_model = if view.companies.is_empty() { BusinessModel::B2c } else { BusinessModel::B2b };
    let metadata = DefaultDtoMetadata::default().with_version(view.version);
    let mut shown = Customer::default()
        .with_id(view.number.as_str())
        .with_customer_number(view.number.as_str())
        .with_preferred_language(profile.preferred_language)
        .with_preferred_currency(profile.preferred_currency)
        .with_preferred_site(profile.preferred_site)
        .with_accounts(view.accounts.into_iter().map(account).collect())
        .with_business_model(business_model)
        .with_metadata(metadata.with_mixins(profile.metadata_mixins))
        .with_mixins(expand.select(profile.mixins));
    shown.title = profile.title;
    shown.first_name = profile.first_name;
    shown.middle_name = profile.middle_name;
    shown.last_name = profile.last_name;
    shown.contact_email = profile.contact_email.map(|email| email.as_str().to_owned());
    shown.contact_phone = profile.contact_phone;
    shown.company = profile.company;
    shown.b2b = b2b(profile.registration_id, view.companies);
    shown.last_login = view.last_login.map(|at| in_milliseconds(at).into());
    let addresses: Vec<ShownAddress> =
        view.addresses.into_iter().map(|shown| address(shown, expand)).collect();
    if expand.default_address() {
        shown.default_address = addresses.iter().find(|address| address.is_default == Some(true)).cloned();
    }
    if expand.addresses() {
        shown.addresses = Some(addresses);
    }
    shown
}

fn address(mut address: Address, expand: &Expand<'_>) -> ShownAddress {
    address.mixins = expand.select(address.mixins);
    address.into()
}

fn account(account: AccountView) -> AccountId {
    let mut shown = AccountId::default().with_id(account.email);
    shown.provider_id = account.provider;
    shown
}

fn b2b(registration_id: Option<String>, companies: Vec<CompanyView>) -> Option<B2bGet> {
    if registration_id.is_none() && companies.is_empty() {
        return None;
    }
    let mut shown = B2bGet::default().with_legal_entities(companies.into_iter().map(legal_entity).collect());
    shown.company_registration_id = registration_id;
    Some(shown)
}

fn legal_entity(company: CompanyView) -> LegalEntity {
    LegalEntity::default()
        .with_id(company.id)
        .with_name(company.name)
        .with_contact_assignment_id(company.assignment)
}

/// Times are shown to the millisecond.
fn in_milliseconds(time: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(time.as_millisecond()).unwrap_or(time)
}

/// Changes to a profile.
pub(in crate::api) fn profile_patch(patch: CustomerPatch) -> Result<ProfilePatch, Invalid> {
    let (version, metadata_mixins) = metadata_patch(patch.metadata);
    let registration_id = match patch.b2b {
        Patch::Absent => Patch::Absent,
        Patch::Null => Patch::Null,
        Patch::Value(b2b) => b2b.company_registration_id,
    };
    Ok(ProfilePatch {
        title: patch.title,
        first_name: patch.first_name,
        middle_name: patch.middle_name,
        last_name: patch.last_name,
        contact_email: patch.contact_email.map(|text| email("contactEmail", &text)).transpose()?,
        contact_phone: patch.contact_phone,
        company: patch.company,
        preferred_language: patch.preferred_language,
        preferred_currency: patch.preferred_currency,
        preferred_site: patch.preferred_site,
        registration_id,
        mixins: patch.mixins,
        metadata_mixins,
        version,
    })
}
