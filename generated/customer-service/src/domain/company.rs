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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use crate::domain::customer::NewProfile;

    fn profile(registration: &str, company: &str) -> Profile {
        Profile::new(NewProfile {
            registration_id: Some(registration.to_owned()),
            company: Some(company.to_owned()),
            ..NewProfile::default()
        })
    }

    #[test]
    fn a_registration_id_leads_to_one_company_that_keeps_its_name() {
        let mut companies = Companies::default();
        let first = companies.assignment(None, &profile("HRB 1", "First")).unwrap().unwrap();
        let second = companies.assignment(None, &profile(" HRB 1 ", "Second")).unwrap().unwrap();
        let other = companies.assignment(None, &profile("HRB 2", "Other")).unwrap().unwrap();
        assert_eq!(first.company, second.company);
        assert_ne!(first.id, second.id);
        assert_ne!(first.company, other.company);
        assert_eq!((first.id.len(), first.company.len()), (24, 24));
        let name = |assignment| companies.view(assignment).unwrap().name;
        assert_eq!((name(&second), name(&other)), ("First".to_owned(), "Other".to_owned()));
    }

    #[test]
    fn an_assignment_stays_with_its_registration_id() {
        let mut companies = Companies::default();
        let current = companies.assignment(None, &profile("HRB 1", "First")).unwrap();
        let after =
            |companies: &mut Companies, profile| companies.assignment(current.as_ref(), &profile).unwrap();
        assert_eq!(after(&mut companies, profile("HRB 1", "Renamed")), current);
        assert_eq!(after(&mut companies, profile("  ", "First")), None);
        let moved = after(&mut companies, profile("HRB 2", "First"));
        assert_ne!(moved.unwrap().company, current.clone().unwrap().company);
    }
}
