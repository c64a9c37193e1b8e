//! Companies: found by their registration id, created when the first customer names one, and never
//! removed.

use std::collections::HashMap;

use super::customer::CompanyView;
use super::customers::hex;
use super::profile::Profile;

/// The companies of a tenant, by registration id.
#[derive(Default)]
pub(super) struct Companies(HashMap<String, Company>);

struct Company {
    id: String,
    name: String,
}

/// That a customer acts for a company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Assignment {
    /// Its own id.
    pub(super) id: String,
    /// The company's id.
    pub(super) company: String,
    registration: String,
}

impl Companies {
    /// The assignment that a profile's registration id asks for: the one that there is, one to a known
    /// company, or one to a new company with the profile's name for it.
    pub(super) fn assignment(
        &mut self,
        current: Option<&Assignment>,
        profile: &Profile,
    ) -> Result<Option<Assignment>, getrandom::Error> {
        let Some(registration) = profile.registration() else { return Ok(None) };
        if let Some(current) = current.filter(|current| current.registration == registration) {
            return Ok(Some(current.clone()));
        }
        let id = hex::<12>()?;
        let company = match self.0.get(registration) {
            Some(known) => known.id.clone(),
            None => self.create(registration, profile.company.as_deref().unwrap_or_default())?,
        };
        Ok(Some(Assignment { id, company, registration: registration.to_owned() }))
    }

    /// What of an assignment is shown.
    pub(super) fn view(&self, assignment: &Assignment) -> Option<CompanyView> {
        let company = self.0.get(&assignment.registration)?;
        Some(CompanyView {
            id: company.id.clone(),
            name: company.name.clone(),
            assignment: assignment.id.clone(),
        })
    }

    fn create(&mut self, registration: &str, name: &str) -> Result<String, getrandom::Error> {
        let id = hex::<12>()?;
        self.0.insert(registration.to_owned(), Company { id: id.clone(), name: name.to_owned() });
        Ok(id)
    }
}
