//! What the four routes read and write.

use std::collections::BTreeMap;

use customer_service::domain::address::{self, Lines};
use customer_service::domain::customer::{AccountView, CustomerView};
use customer_service::domain::error::Unauthenticated;
use customer_service::domain::session::{AnonymousTokens, TokenDetails};
use http::StatusCode;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Serialize)]
pub struct Anonymous {
    access_token: String,
    token_type: &'static str,
    expires_in: i32,
    #[serde(rename = "sessionId")]
    session_id: String,
    scope: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token_expires_in: Option<i32>,
}

impl From<AnonymousTokens> for Anonymous {
    fn from(tokens: AnonymousTokens) -> Self {
        Self {
            access_token: tokens.access.expose().to_owned(),
            token_type: "Bearer",
            expires_in: tokens.expires_in,
            session_id: tokens.session.to_string(),
            scope: tokens.scope,
            refresh_token: tokens.refresh.as_ref().map(|(token, _)| token.expose().to_owned()),
            refresh_token_expires_in: tokens.refresh.as_ref().map(|(_, seconds)| *seconds),
        }
    }
}

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    id: String,
    customer_number: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    middle_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact_email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact_phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    company: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    preferred_language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    preferred_currency: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    preferred_site: Option<String>,
    accounts: Vec<Account>,
    #[serde(skip_serializing_if = "Option::is_none")]
    business_model: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mixins: Option<BTreeMap<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata: Option<Metadata>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_login: Option<Timestamp>,
}

#[derive(Serialize)]
struct Account {
    id: String,
    #[serde(rename = "providerId", skip_serializing_if = "Option::is_none")]
    provider: Option<String>,
}

#[derive(Serialize)]
struct Metadata {
    mixins: BTreeMap<String, Value>,
    version: i64,
}

impl Profile {
    /// A customer's, with the mixins that `expand` asks for.
    pub fn new(view: CustomerView, expand: &str) -> Self {
        let mut profile = view.profile;
        let asked: Vec<&str> =
            expand.split(',').filter_map(|item| item.trim().strip_prefix("mixin:")).collect();
        profile.mixins.retain(|name, _| asked.iter().any(|asked| *asked == "*" || asked == name));
        let account = |account: AccountView| Account { id: account.email, provider: account.provider };
        Self {
            id: view.number.to_string(),
            customer_number: view.number.to_string(),
            title: profile.title,
            first_name: profile.first_name,
            middle_name: profile.middle_name,
            last_name: profile.last_name,
            contact_email: profile.contact_email.map(|email| email.to_string()),
            contact_phone: profile.contact_phone,
            company: profile.company,
            preferred_language: Some(profile.preferred_language),
            preferred_currency: Some(profile.preferred_currency),
            preferred_site: Some(profile.preferred_site),
            accounts: view.accounts.into_iter().map(account).collect(),
            business_model: Some(if view.companies.is_empty() { "B2C" } else { "B2B" }),
            mixins: Some(profile.mixins),
            metadata: Some(Metadata { mixins: profile.metadata_mixins, version: view.version }),
            last_login: view
                .last_login
                .and_then(|time| Timestamp::from_millisecond(time.as_millisecond()).ok()),
        }
    }

    /// What somebody anonymous sees.
    pub fn anonymous() -> Self {
        Self {
            id: "00000000".to_owned(),
            customer_number: "00000000".to_owned(),
            first_name: Some("Anonymous".to_owned()),
            last_name: Some("Anonymous".to_owned()),
            preferred_site: Some("default".to_owned()),
            ..Self::default()
        }
    }
}

#[derive(Serialize)]
pub struct Location {
    pub id: String,
}

#[derive(Serialize)]
pub struct Details {
    token_type: &'static str,
    expires_in: i32,
    scope: String,
    #[serde(rename = "sessionId")]
    session_id: String,
    email: String,
    #[serde(rename = "legalEntityId", skip_serializing_if = "Option::is_none")]
    legal_entity: Option<String>,
}

impl From<TokenDetails> for Details {
    fn from(details: TokenDetails) -> Self {
        Self {
            token_type: "Bearer",
            expires_in: details.expires_in,
            scope: details.scope,
            session_id: details.session.to_string(),
            email: details.email,
            legal_entity: details.legal_entity,
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NewAddress {
    contact_name: Option<String>,
    company_name: Option<String>,
    street: Option<String>,
    street_number: Option<String>,
    street_appendix: Option<String>,
    extra_line1: Option<String>,
    extra_line2: Option<String>,
    extra_line3: Option<String>,
    extra_line4: Option<String>,
    zip_code: Option<String>,
    city: Option<String>,
    country: Option<String>,
    state: Option<String>,
    contact_phone: Option<String>,
    tags: Option<Vec<String>>,
    metadata: Option<NewMetadata>,
    mixins: Option<BTreeMap<String, Value>>,
}

#[derive(Deserialize)]
struct NewMetadata {
    #[serde(rename = "version")]
    _version: Option<i64>,
    mixins: Option<BTreeMap<String, Value>>,
}

impl NewAddress {
    /// Everything that breaks a rule.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.contact_name.as_deref().is_none_or(|name| name.trim().is_empty()) {
            problems.push(Problem::new("contactName", "missing_value", "is required"));
        }
        let lines = [
            ("contactName", &self.contact_name),
            ("companyName", &self.company_name),
            ("street", &self.street),
            ("streetNumber", &self.street_number),
            ("streetAppendix", &self.street_appendix),
            ("extraLine1", &self.extra_line1),
            ("extraLine2", &self.extra_line2),
            ("extraLine3", &self.extra_line3),
            ("extraLine4", &self.extra_line4),
            ("zipCode", &self.zip_code),
            ("city", &self.city),
            ("state", &self.state),
            ("contactPhone", &self.contact_phone),
        ];
        for (field, line) in lines {
            if line.as_ref().is_some_and(|line| line.chars().count() > 255) {
                problems.push(Problem::new(field, "invalid_length", "is too long"));
            }
        }
        let is_country = |text: &String| text.len() == 2 && text.bytes().all(|o| o.is_ascii_alphabetic());
        if self.country.as_ref().is_some_and(|country| !is_country(country)) {
            problems.push(Problem::new("country", "invalid_value", "is not a country"));
        }
        let tags = self.tags.as_deref().unwrap_or_default();
        let is_tag = |tag: &String| !tag.trim().is_empty() && tag.chars().count() <= 64 && !tag.contains(',');
        if tags.len() > 50 || !tags.iter().all(is_tag) {
            problems.push(Problem::new("tags", "invalid_value", "are not tags"));
        }
        problems
    }
}

impl From<NewAddress> for address::NewAddress {
    fn from(new: NewAddress) -> Self {
        Self {
            lines: Lines {
                contact_name: new.contact_name,
                company_name: new.company_name,
                street: new.street,
                street_number: new.street_number,
                street_appendix: new.street_appendix,
                extra_line1: new.extra_line1,
                extra_line2: new.extra_line2,
                extra_line3: new.extra_line3,
                extra_line4: new.extra_line4,
                zip_code: new.zip_code,
                city: new.city,
                country: new.country,
                state: new.state,
                contact_phone: new.contact_phone,
            },
            tags: new.tags.unwrap_or_default(),
            mixins: new.mixins.unwrap_or_default(),
            metadata_mixins: new.metadata.and_then(|metadata| metadata.mixins).unwrap_or_default(),
        }
    }
}

#[derive(Serialize)]
pub struct ErrorBody {
    status: u16,
    r#type: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    details: Vec<Problem>,
}

impl ErrorBody {
    pub fn new(status: StatusCode, kind: &'static str, message: &str, details: Vec<Problem>) -> Self {
        Self { status: status.as_u16(), r#type: kind, message: message.to_owned(), details }
    }
}

#[derive(Serialize)]
pub struct Problem {
    field: String,
    r#type: &'static str,
    message: String,
}

impl Problem {
    pub fn new(field: &str, kind: &'static str, message: &str) -> Self {
        Self { field: field.to_owned(), r#type: kind, message: message.to_owned() }
    }
}

#[derive(Serialize)]
pub struct Fault {
    fault: FaultText,
}

#[derive(Serialize)]
struct FaultText {
    faultstring: String,
    detail: FaultDetail,
}

#[derive(Serialize)]
struct FaultDetail {
    errorcode: &'static str,
}

impl From<Unauthenticated> for Fault {
    fn from(error: Unauthenticated) -> Self {
        let detail = FaultDetail { errorcode: error.code() };
        Self { fault: FaultText { faultstring: error.to_string(), detail } }
    }
}
