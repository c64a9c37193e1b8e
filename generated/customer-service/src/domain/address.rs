//! Addresses of a customer, one of which may be the default.

use specwright_runtime::Patch;

use super::customer::Mixins;
use super::error::{
    AddAddressError, AddressError, Invalid, Overloaded, Problem, ProblemKind, TagError, Unauthenticated,
    UnknownAddress, UpdateAddressError,
};
use super::merge::{check_mixins, merge, replace};
use super::profile::check_version;
use super::session::CustomerCaller;
use super::tags::{check_tags, distinct, parse_tags};

/// What is written on a letter. Every line may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the members are the contract's")]
pub struct Lines<T> {
    pub contact_name: T,
    pub company_name: T,
    pub street: T,
    pub street_number: T,
    pub street_appendix: T,
    pub extra_line1: T,
    pub extra_line2: T,
    pub extra_line3: T,
    pub extra_line4: T,
    pub zip_code: T,
    pub city: T,
    pub country: T,
    pub state: T,
    pub contact_phone: T,
}

/// An address that is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Address {
    /// Its id: ten hexadecimal digits.
    pub id: String,
    /// Its lines; `contact_name` is always there.
    pub lines: Lines<Option<String>>,
    /// Whether it is the customer's default.
    pub is_default: bool,
    /// Free words.
    pub tags: Vec<String>,
    /// Data of clients.
    pub mixins: Mixins,
    /// Data about that data.
    pub metadata_mixins: Mixins,
    /// Its own version.
    pub version: i64,
}

/// A new address.
#[derive(Clone, Debug, Default)]
pub struct NewAddress {
    /// Its lines.
    pub lines: Lines<Option<String>>,
    /// Free words.
    pub tags: Vec<String>,
    /// Data of clients.
    pub mixins: Mixins,
    /// Data about that data.
    pub metadata_mixins: Mixins,
}

/// Changes to an address, by RFC 7396.
#[derive(Clone, Debug, Default)]
pub struct AddressPatch {
    /// Its lines; `contact_name` is never null.
    pub lines: Lines<Patch<String>>,
    /// Whether it becomes, or ceases to be, the default.
    pub is_default: Option<bool>,
    /// All tags anew.
    pub tags: Patch<Vec<String>>,
    /// Data of clients, merged.
    pub mixins: Patch<Mixins>,
    /// Data about that data, merged.
    pub metadata_mixins: Patch<Mixins>,
    /// The version that the caller has seen.
    pub version: Option<i64>,
}

impl NewAddress {
    /// The address as it is stored, or all that is wrong with it; `path` leads to its members.
    pub(super) fn check(self, path: &str) -> Result<Address, Vec<Problem>> {
        let address = Address {
            id: String::new(),
            lines: self.lines,
            is_default: false,
            tags: distinct(&self.tags),
            mixins: self.mixins,
            metadata_mixins: self.metadata_mixins,
            version: 1,
        };
        let problems = address.problems(path);
        if problems.is_empty() { Ok(address) } else { Err(problems) }
    }
}

impl Address {
    /// The address with changes. The version is not its matter.
    fn patched(&self, patch: AddressPatch) -> Self {
        let mut address = self.clone();
        address.lines.patch(patch.lines);
        address.is_default = patch.is_default.unwrap_or(address.is_default);
        match patch.tags {
            Patch::Absent => {}
            Patch::Null => address.tags.clear(),
            Patch::Value(tags) => address.tags = distinct(&tags),
        }
        merge(&mut address.mixins, patch.mixins);
        merge(&mut address.metadata_mixins, patch.metadata_mixins);
        address
    }

    /// All that is wrong with it, in the order of the contract's schema.
    fn problems(&self, path: &str) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.lines.contact_name.as_deref().is_none_or(|name| name.trim().is_empty()) {
            let field = format!("{path}contactName");
            problems.push(Problem::new(field, ProblemKind::MissingValue, "An address needs a name."));
        }
        let is_code = |text: &str| text.len() == 2 && text.bytes().all(|octet| octet.is_ascii_alphabetic());
        if self.lines.country.as_deref().is_some_and(|country| !is_code(country)) {
            let field = format!("{path}country");
            problems.push(Problem::new(field, ProblemKind::InvalidValue, "Has to be two letters."));
        }
        check_tags(&mut problems, &format!("{path}tags"), &self.tags);
        check_mixins(&mut problems, format!("{path}metadata.mixins"), &self.metadata_mixins);
        check_mixins(&mut problems, format!("{path}mixins"), &self.mixins);
        problems
    }
}

impl Lines<Option<String>> {
    fn patch(&mut self, patch: Lines<Patch<String>>) {
        replace(&mut self.contact_name, patch.contact_name);
        replace(&mut self.company_name, patch.company_name);
        replace(&mut self.street, patch.street);
        replace(&mut self.street_number, patch.street_number);
        replace(&mut self.street_appendix, patch.street_appendix);
        replace(&mut self.extra_line1, patch.extra_line1);
        replace(&mut self.extra_line2, patch.extra_line2);
        replace(&mut self.extra_line3, patch.extra_line3);
        replace(&mut self.extra_line4, patch.extra_line4);
        replace(&mut self.zip_code, patch.zip_code);
        replace(&mut self.city, patch.city);
        replace(&mut self.country, patch.country);
        replace(&mut self.state, patch.state);
        replace(&mut self.contact_phone, patch.contact_phone);
    }
}

impl CustomerCaller {
    /// All addresses, oldest first.
    pub fn addresses(&self) -> Result<Vec<Address>, Unauthenticated> {
        let state = self.enter()?;
        let customer = state.customers.get(&self.customer).ok_or(Unauthenticated::AccessToken)?;
        Ok(customer.addresses.all().to_vec())
    }

    /// Adds an address, and answers with its id. The first one becomes the default.
    pub fn add_address(&self, address: NewAddress) -> Result<String, AddAddressError> {
        let limit = self.tenant.options().max_addresses;
        let checked = address.check("");
        let mut state = self.enter()?;
        let customer = state.customers.get(&self.customer).ok_or(Unauthenticated::AccessToken)?;
        let is_full = customer.addresses.all().len() >= limit;
        let mut address = match (checked, is_full) {
            (Ok(address), false) => address,
            (checked, is_full) => {
                let mut problems = checked.err().unwrap_or_default();
                let message = format!("At most {limit} addresses.");
                let full = Problem::new("addresses", ProblemKind::InvalidLength, message);
                problems.extend(is_full.then_some(full));
                return Err(Invalid::new(problems).into());
            }
        };
        let id = state.customers.new_address().map_err(Overloaded::from)?;
        address.id.clone_from(&id);
        let customer = state.customers.get_mut(&self.customer).ok_or(Unauthenticated::AccessToken)?;
        customer.addresses.push(address);
        Ok(id)
    }

    /// An address.
    pub fn address(&self, id: &str) -> Result<Address, AddressError> {
        let state = self.enter()?;
        let customer = state.customers.get(&self.customer).ok_or(Unauthenticated::AccessToken)?;
        Ok(customer.addresses.get(id).ok_or_else(|| self.unknown(id))?.clone())
    }

    /// Changes an address.
    pub fn update_address(&self, id: &str, patch: AddressPatch) -> Result<(), UpdateAddressError> {
        let mut state = self.enter()?;
        let customer = state.customers.get_mut(&self.customer).ok_or(Unauthenticated::AccessToken)?;
        let stored = customer.addresses.get(id).ok_or_else(|| self.unknown(id))?;
        let version = patch.version;
        let patched = stored.patched(patch);
        Invalid::unless_empty(patched.problems(""))?;
        check_version(stored.version, version)?;
        customer.addresses.replace(patched);
        Ok(())
    }

    /// Removes an address. If it was the default, the oldest that is left becomes it.
    pub fn remove_address(&self, id: &str) -> Result<(), AddressError> {
        let mut state = self.enter()?;
        let customer = state.customers.get_mut(&self.customer).ok_or(Unauthenticated::AccessToken)?;
        customer.addresses.remove(id).ok_or_else(|| self.unknown(id))?;
        state.customers.free_address(id);
        Ok(())
    }

    /// Adds tags, given with commas between them.
    pub fn add_tags(&self, id: &str, tags: &str) -> Result<(), TagError> {
        let added = parse_tags(tags)?;
        // No address could have them, so that it does not matter which one is meant.
        let mut problems = Vec::new();
        check_tags(&mut problems, "tags", &added);
        Invalid::unless_empty(problems)?;
        self.retag(id, |stored| distinct(stored.iter().chain(&added)))
    }

    /// Removes tags, given with commas between them.
    pub fn remove_tags(&self, id: &str, tags: &str) -> Result<(), TagError> {
        let removed = parse_tags(tags)?;
        self.retag(id, |stored| distinct(stored.iter().filter(|tag| !removed.contains(tag))))
    }

    fn retag(&self, id: &str, retagged: impl FnOnce(&[String]) -> Vec<String>) -> Result<(), TagError> {
        let mut state = self.enter()?;
        let customer = state.customers.get_mut(&self.customer).ok_or(Unauthenticated::AccessToken)?;
        let stored = customer.addresses.get(id).ok_or_else(|| self.unknown(id))?;
        let changed = Address { tags: retagged(&stored.tags), ..stored.clone() };
        let mut problems = Vec::new();
        check_tags(&mut problems, "tags", &changed.tags);
        Invalid::unless_empty(problems)?;
        customer.addresses.replace(changed);
        Ok(())
    }

    fn unknown(&self, address: &str) -> UnknownAddress {
        UnknownAddress { address: address.to_owned(), customer: self.customer.to_string() }
    }
}
