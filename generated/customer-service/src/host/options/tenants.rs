//! Options of tenants, as tables that can be laid over each other.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value};

use super::file;
use crate::domain::options::TenantOptions;

/// What a file or the environment says of tenants.
#[derive(Default)]
pub(super) struct Layer {
    pub defaults: TenantTable,
    pub tenants: BTreeMap<String, TenantTable>,
}

/// Options of a tenant by name, as far as they are set. Values may be secrets.
#[derive(Clone, Default)]
pub struct TenantTable(Map<String, Value>);

impl TenantTable {
    /// The options, with those that are not set as they are by default.
    pub fn options(&self) -> Result<TenantOptions, String> {
        file::options(self.0.clone())
    }

    /// The options of a tenant whose own these are. A provider of its own is wholly its own: this table's
    /// client secret must not go to another issuer.
    pub fn with(&self, own: Self) -> Result<TenantOptions, String> {
        let mut table = self.0.clone();
        table.extend(own.0);
        file::options(table)
    }

    /// Whether each option exists and takes its value.
    pub(super) fn check(&self) -> Result<(), String> {
        self.options().map(drop)
    }

    /// This table with another over it, members of an object each on their own.
    pub(super) fn under(mut self, above: Self) -> Self {
        for (name, value) in above.0 {
            self.set(&name, value);
        }
        self
    }

    pub(super) fn set(&mut self, name: &str, value: Value) {
        match (self.0.get_mut(name), value) {
            (Some(Value::Object(below)), Value::Object(above)) => below.extend(above),
            (_, value) => drop(self.0.insert(name.to_owned(), value)),
        }
    }
}

impl From<Map<String, Value>> for TenantTable {
    fn from(table: Map<String, Value>) -> Self {
        Self(table)
    }
}

impl fmt::Debug for TenantTable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.0.keys()).finish()
    }
}

/// What `--help` says of them.
pub(super) const HELP: &str = "\
Options of tenants:
  In the file, `[tenant_defaults]` holds for every tenant and `[tenants.acme]` for the tenant `acme`, which it
  creates as `--tenant acme` does. In the environment, `CUSTOMER_SERVICE_TENANT_DEFAULTS__DOUBLE_OPT_IN=true` and
  `CUSTOMER_SERVICE_TENANTS__ACME__DOUBLE_OPT_IN=true` do the same; lists are separated by commas.

  double_opt_in                     a new account has to confirm its e-mail [false]
  client_ids                        clients that may ask for anonymous tokens [any]
  customer_scopes                   scopes of a customer's token, without the tenant's
  password_reset_url                page that a password reset links to
  email_change_url                  page that an e-mail change links to
  deletion_url                      page that a deletion links to
  activation_url                    page that an activation links to
  mail_from                         sender of mails
  welcome_mail                      greet a new customer [false]
  identity_provider                 OpenID provider of social login: name, issuer, client_id, client_secret
  redirect_uri_allow_list           redirect URIs that social login takes [any]
  social_autoprovisioning_disabled  social login creates no customers [false]
  jwt_secret                        key of the SaaS token, 32 octets or more [random at every start]
  legacy_token_fields               token responses have the camelCase members too [false]
  refresh_reuse_ends_session        using a refresh token twice ends its session [false]
  anonymous_token_ttl               seconds of an anonymous token [3599]
  anonymous_refresh_ttl             seconds of an anonymous refresh token [86399]
  customer_token_ttl                seconds of a customer token [2591999]
  customer_refresh_ttl              seconds from login in which it can be refreshed [86399]
  activation_ttl                    seconds of an activation token [86400]
  password_reset_ttl                seconds of a password reset token [3600]
  email_change_ttl                  seconds of an e-mail change token [86400]
  deletion_ttl                      seconds of a deletion token [3600]
  max_sessions                      sessions of a customer, then the oldest ends [20]
  max_addresses                     addresses of a customer [100]
  max_anonymous_sessions            anonymous sessions, then the oldest ends [100000]
  max_login_failures                wrong passwords in a row that lock an e-mail out [10]
  login_failure_window              seconds in which they add up [900]
  lockout                           seconds that the e-mail is locked out [300]
  max_mails_per_hour                mails of a kind to an account in an hour [5]
";
