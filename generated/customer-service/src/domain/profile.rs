//! Profiles: what a customer says about themself, and how it changes.

use specwright_runtime::Patch;

use super::customer::{Customer, Mixins};
use super::email::Email;
use super::error::{
    Conflict, Invalid, Overloaded, Problem, ProblemKind, Unauthenticated, UpdateProfileError,
};
use super::merge::{check_mixins, merge, replace, replace_or};
use super::session::CustomerCaller;
use super::tenant::State;

const LANGUAGE: &str = "en_US";
const CURRENCY: &str = "USD";
const SITE: &str = "main";

/// What a new customer says about themself.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "the members are the contract's")]
pub struct NewProfile {
    pub title: Option<String>,
    pub first_name: Option<String>,
    pub middle_name: Option<String>,
    pub last_name: Option<String>,
    pub contact_email: Option<Email>,
    pub contact_phone: Option<String>,
    pub company: Option<String>,
    pub preferred_language: Option<String>,
    pub preferred_currency: Option<String>,
    pub preferred_site: Option<String>,
    pub registration_id: Option<String>,
    pub mixins: Mixins,
    pub metadata_mixins: Mixins,
}

/// A profile as it is stored.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the members are the contract's")]
pub struct Profile {
    pub title: Option<String>,
    pub first_name: Option<String>,
    pub middle_name: Option<String>,
    pub last_name: Option<String>,
    pub contact_email: Option<Email>,
    pub contact_phone: Option<String>,
    pub company: Option<String>,
    pub preferred_language: String,
    pub preferred_currency: String,
    pub preferred_site: String,
    pub registration_id: Option<String>,
    pub mixins: Mixins,
    pub metadata_mixins: Mixins,
}

/// Changes to a profile, by RFC 7396: absent keeps, null removes.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "the members are the contract's")]
pub struct ProfilePatch {
    pub title: Patch<String>,
    pub first_name: Patch<String>,
    pub middle_name: Patch<String>,
    pub last_name: Patch<String>,
    pub contact_email: Option<Email>,
    pub contact_phone: Patch<String>,
    pub company: Patch<String>,
    pub preferred_language: Patch<String>,
    pub preferred_currency: Patch<String>,
    pub preferred_site: Patch<String>,
    pub registration_id: Patch<String>,
    pub mixins: Patch<Mixins>,
    pub metadata_mixins: Patch<Mixins>,
    /// The version that the caller has seen.
    pub version: Option<i64>,
}

impl Profile {
    /// The profile of a new customer. An empty registration id is none.
    pub(super) fn new(details: NewProfile) -> Self {
        let mut profile = Self {
            title: details.title,
            first_name: details.first_name,
            middle_name: details.middle_name,
            last_name: details.last_name,
            contact_email: details.contact_email,
            contact_phone: details.contact_phone,
            company: details.company,
            preferred_language: details.preferred_language.unwrap_or_else(|| LANGUAGE.to_owned()),
            preferred_currency: details.preferred_currency.unwrap_or_else(|| CURRENCY.to_owned()),
            preferred_site: details.preferred_site.unwrap_or_else(|| SITE.to_owned()),
            registration_id: details.registration_id,
            mixins: details.mixins,
            metadata_mixins: details.metadata_mixins,
        };
        profile.drop_blank_registration();
        profile
    }

    /// What the company is found by.
    pub(super) fn registration(&self) -> Option<&str> {
        self.registration_id.as_deref().map(str::trim)
    }

    /// The profile with changes. The version is not its matter.
    fn patched(&self, patch: ProfilePatch) -> Self {
        let mut profile = self.clone();
        replace(&mut profile.title, patch.title);
        replace(&mut profile.first_name, patch.first_name);
        replace(&mut profile.middle_name, patch.middle_name);
        replace(&mut profile.last_name, patch.last_name);
        profile.contact_email = patch.contact_email.or(profile.contact_email);
        replace(&mut profile.contact_phone, patch.contact_phone);
        replace(&mut profile.company, patch.company);
        replace_or(&mut profile.preferred_language, patch.preferred_language, LANGUAGE);
        replace_or(&mut profile.preferred_currency, patch.preferred_currency, CURRENCY);
        replace_or(&mut profile.preferred_site, patch.preferred_site, SITE);
        replace(&mut profile.registration_id, patch.registration_id);
        merge(&mut profile.mixins, patch.mixins);
        merge(&mut profile.metadata_mixins, patch.metadata_mixins);
        profile.drop_blank_registration();
        profile
    }

    fn drop_blank_registration(&mut self) {
        self.registration_id.take_if(|id| id.trim().is_empty());
    }

    /// All that is wrong with it, in the order of the contract's schema; `path` leads to its members.
    /// At signup the contact e-mail has to be a certain one.
    pub(super) fn problems(&self, path: &str, contact: Option<&Email>) -> Vec<Problem> {
        let mut problems = Vec::new();
        self.require_for_company(
            &mut problems,
            path,
            &[("firstName", &self.first_name), ("lastName", &self.last_name)],
        );
        if contact.is_some_and(|contact| self.contact_email.as_ref() != Some(contact)) {
            problems.push(Problem::new(
                format!("{path}contactEmail"),
                ProblemKind::InvalidValue,
                "Has to be the same as `email`.",
            ));
        }
        self.require_for_company(&mut problems, path, &[("company", &self.company)]);
        let currency = &self.preferred_currency;
        if currency.len() != 3 || !currency.bytes().all(|octet| octet.is_ascii_alphabetic()) {
            problems.push(Problem::new(
                format!("{path}preferredCurrency"),
                ProblemKind::InvalidValue,
                "Has to be three letters.",
            ));
        }
        check_mixins(&mut problems, format!("{path}metadata.mixins"), &self.metadata_mixins);
        check_mixins(&mut problems, format!("{path}mixins"), &self.mixins);
        problems
    }

    /// A registration id needs names beside it.
    fn require_for_company(
        &self,
        problems: &mut Vec<Problem>,
        path: &str,
        members: &[(&str, &Option<String>)],
    ) {
        if self.registration().is_none() {
            return;
        }
        for (name, value) in members {
            if value.as_deref().is_none_or(|value| value.trim().is_empty()) {
                let message = "Needed beside `b2b.companyRegistrationId`.";
                problems.push(Problem::new(format!("{path}{name}"), ProblemKind::MissingValue, message));
            }
        }
    }

    /// Whether two profiles are shown alike: e-mails of other case are equal, and look different.
    fn looks_like(&self, other: &Self) -> bool {
        let shown = |profile: &Self| profile.contact_email.as_ref().map(|email| email.as_str().to_owned());
        self == other && shown(self) == shown(other)
    }
}

impl Customer {
    /// Stores another profile. The version tells whether that has changed anything.
    pub(super) fn set_profile(&mut self, profile: Profile) {
        if !self.profile.looks_like(&profile) {
            self.profile = profile;
            self.version += 1;
        }
    }
}

/// That a version is the one that is stored, where one is given.
pub(super) fn check_version(stored: i64, given: Option<i64>) -> Result<(), Conflict> {
    match given {
        Some(given) if given != stored => Err(Conflict::Version { stored, given }),
        Some(_) | None => Ok(()),
    }
}

impl CustomerCaller {
    /// Changes the profile.
    pub fn update_profile(&self, patch: ProfilePatch) -> Result<(), UpdateProfileError> {
        let mut state = self.enter()?;
        let State { customers, sessions, .. } = &mut *state;
        let (customer, companies) =
            customers.with_companies(&self.customer).ok_or(Unauthenticated::AccessToken)?;
        let version = patch.version;
        let profile = customer.profile.patched(patch);
        Invalid::unless_empty(profile.problems("", None))?;
        check_version(customer.version, version)?;
        let company = companies.assignment(customer.company.as_ref(), &profile).map_err(Overloaded::from)?;
        if let Some(former) = customer.company.take().filter(|former| company.as_ref() != Some(former)) {
            sessions.unbind(&self.customer, &former.company);
        }
        customer.company = company;
        customer.set_profile(profile);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use serde_json::json;

    use super::*;

    fn value(text: &str) -> Patch<String> {
        Patch::Value(text.to_owned())
    }

    /// A profile of somebody who acts for a company.
    fn business() -> Profile {
        Profile::new(NewProfile {
            first_name: Some("Jane".to_owned()),
            last_name: Some("Doe".to_owned()),
            contact_email: Email::parse("jane@example.com"),
            company: Some("Acme".to_owned()),
            registration_id: Some("HRB 1".to_owned()),
            ..NewProfile::default()
        })
    }

    fn fields(problems: &[Problem]) -> Vec<&str> {
        problems.iter().map(|problem| problem.field.as_str()).collect()
    }

    #[test]
    fn defaults() {
        let profile =
            Profile::new(NewProfile { registration_id: Some(" ".to_owned()), ..NewProfile::default() });
        let preferred = [profile.preferred_language, profile.preferred_currency, profile.preferred_site];
        assert_eq!(preferred, ["en_US", "USD", "main"]);
        assert_eq!(profile.registration_id, None);
    }

    #[test]
    fn all_problems_at_once_in_the_order_of_the_schema() {
        let mut profile = Profile::new(NewProfile {
            first_name: Some(" ".to_owned()),
            contact_email: Email::parse("other@example.com"),
            preferred_currency: Some("Euro".to_owned()),
            registration_id: Some("HRB 1".to_owned()),
            ..NewProfile::default()
        });
        profile.mixins.insert("a".to_owned(), json!("x".repeat(16 * 1024)));
        profile.metadata_mixins.clone_from(&profile.mixins);
        let expected = Email::parse("jane@example.com");
        assert_eq!(
            fields(&profile.problems("customerDetails.", expected.as_ref())),
            [
                "customerDetails.firstName",
                "customerDetails.lastName",
                "customerDetails.contactEmail",
                "customerDetails.company",
                "customerDetails.preferredCurrency",
                "customerDetails.metadata.mixins",
                "customerDetails.mixins",
            ]
        );
    }

    #[test]
    fn a_contact_email_of_other_case_is_the_same() {
        let profile = business();
        assert_eq!(profile.problems("", Email::parse("JANE@example.com").as_ref()), []);
    }

    #[test]
    fn a_registration_id_is_checked_against_what_would_be_stored() {
        let cases = [
            (ProfilePatch { company: Patch::Null, ..Default::default() }, vec!["company"]),
            (ProfilePatch { first_name: value(""), ..Default::default() }, vec!["firstName"]),
            (
                ProfilePatch { company: Patch::Null, registration_id: Patch::Null, ..Default::default() },
                vec![],
            ),
            (
                ProfilePatch { company: Patch::Null, registration_id: value(" "), ..Default::default() },
                vec![],
            ),
            (
                ProfilePatch { company: value("Other"), last_name: Patch::Null, ..Default::default() },
                vec!["lastName"],
            ),
        ];
        for (patch, expected) in cases {
            let patched = business().patched(patch.clone());
            assert_eq!(fields(&patched.problems("", None)), expected, "{patch:?}");
        }
        let private = Profile { registration_id: None, ..business() };
        let patch = ProfilePatch { registration_id: value("HRB 2"), ..Default::default() };
        assert_eq!(private.patched(patch.clone()).problems("", None), []);
        let nameless = Profile { company: None, last_name: None, ..private };
        assert_eq!(fields(&nameless.patched(patch).problems("", None)), ["lastName", "company"]);
    }

    #[test]
    fn null_removes_and_restores() {
        let patch = ProfilePatch {
            first_name: Patch::Null,
            preferred_language: Patch::Null,
            preferred_currency: value("EUR"),
            ..Default::default()
        };
        let stored = Profile { preferred_language: "de_DE".to_owned(), ..business() };
        let expected = Profile { first_name: None, preferred_currency: "EUR".to_owned(), ..business() };
        assert_eq!(stored.patched(patch), expected);
    }

    #[test]
    fn the_case_of_an_email_is_a_change_and_its_value_is_none() {
        let stored = business();
        let patched = |text: &str| {
            stored.patched(ProfilePatch { contact_email: Email::parse(text), ..Default::default() })
        };
        assert!(stored.looks_like(&patched("jane@example.com")));
        assert!(!stored.looks_like(&patched("Jane@example.com")));
    }

    #[test]
    fn versions() {
        assert_eq!(check_version(3, None), Ok(()));
        assert_eq!(check_version(3, Some(3)), Ok(()));
        assert_eq!(check_version(3, Some(2)), Err(Conflict::Version { stored: 3, given: 2 }));
    }
}
