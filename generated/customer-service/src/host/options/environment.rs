//! Options of tenants in the environment: `CUSTOMER_SERVICE_TENANTS__ACME__DOUBLE_OPT_IN=true`.

use std::ffi::OsString;

use serde_json::{Map, Value};

use super::OptionsError;
use super::file::options;
use super::tenants::{Layer, TenantTable};
use crate::domain::options::TenantOptions;

const DEFAULTS: &str = "CUSTOMER_SERVICE_TENANT_DEFAULTS__";
const TENANTS: &str = "CUSTOMER_SERVICE_TENANTS__";

/// What the variables say of tenants. Variables with neither beginning are not ours: a cluster makes up
/// `CUSTOMER_SERVICE_PORT` and the like for a service of this name.
pub(super) fn tenants(variables: impl Iterator<Item = (OsString, OsString)>) -> Result<Layer, OptionsError> {
    let mut layer = Layer::default();
    for (name, value) in variables {
        let Some(name) = name.to_str() else { continue };
        let wrong = |reason: String| OptionsError::Variable { name: name.to_owned(), reason };
        let (table, path) = if let Some(rest) = name.strip_prefix(DEFAULTS) {
            (&mut layer.defaults, rest.to_owned())
        } else if let Some(rest) = name.strip_prefix(TENANTS) {
            let (tenant, rest) = rest.split_once("__").ok_or_else(|| {
                wrong(format!("it takes a tenant and an option: {TENANTS}ACME__DOUBLE_OPT_IN"))
            })?;
            (layer.tenants.entry(tenant.to_lowercase()).or_default(), rest.to_owned())
        } else {
            continue;
        };
        let text = value.to_str().ok_or_else(|| wrong("the value is not UTF-8".to_owned()))?;
        set(table, &path.to_lowercase(), text).map_err(wrong)?;
    }
    Ok(layer)
}

fn set(table: &mut TenantTable, path: &str, text: &str) -> Result<(), String> {
    let Some((option, member)) = path.split_once("__") else {
        let value = reading(path, text)?;
        table.set(path, value);
        return Ok(());
    };
    // Only an identity provider has members. Others of them may stand in the file, so that whether they
    // are complete shows later.
    table.set(option, Value::Object(Map::from_iter([(member.to_owned(), Value::from(text))])));
    Ok(())
}

/// What the option makes of a text: the text itself, a number or a truth value, or a list.
fn reading(option: &str, text: &str) -> Result<Value, String> {
    let scalar =
        serde_json::from_str(text).ok().filter(|value: &Value| value.is_number() || value.is_boolean());
    let list = text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(Value::from).collect();
    let readings = [Some(Value::from(text)), scalar, Some(Value::Array(list))];
    let mut refused = None;
    for value in readings.into_iter().flatten() {
        let table = Map::from_iter([(option.to_owned(), value.clone())]);
        match options::<TenantOptions>(table) {
            Ok(_) => return Ok(value),
            Err(reason) => refused = refused.or(Some(reason)),
        }
    }
    Err(refused.unwrap_or_default())
}
