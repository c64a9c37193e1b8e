//! Options in a TOML file: those of the command line, `[tenant_defaults]` and `[tenants.NAME]`.

use std::path::Path;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::flags::Flags;
use super::tenants::{Layer, TenantTable};
use super::{OptionsError, file_error, without_value};

/// What a file says.
#[derive(Default)]
pub(super) struct File {
    pub flags: Flags,
    pub tenants: Layer,
}

pub(super) fn read(path: &Path) -> Result<File, OptionsError> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| OptionsError::Unreadable { path: path.to_owned(), reason: error.kind() })?;
    let mut top: Map<String, Value> = toml::from_str(&text).map_err(|error| {
        let line = error.span().map_or(1, |span| text[..span.start].lines().count().max(1));
        file_error(path, format!("line {line}: {}", without_value(error.message())))
    })?;
    let defaults = top.remove("tenant_defaults").unwrap_or_else(|| Value::Object(Map::new()));
    let tenants = top.remove("tenants").unwrap_or_else(|| Value::Object(Map::new()));
    Ok(File {
        flags: typed(path, "", Value::Object(top))?,
        tenants: Layer {
            defaults: table(path, "tenant_defaults", defaults)?,
            tenants: typed::<Map<String, Value>>(path, "tenants", tenants)?
                .into_iter()
                .map(|(name, value)| {
                    let table = table(path, &format!("tenants.{name}"), value)?;
                    Ok((name, table))
                })
                .collect::<Result<_, OptionsError>>()?,
        },
    })
}

fn table(path: &Path, key: &str, value: Value) -> Result<TenantTable, OptionsError> {
    let table = TenantTable::from(typed::<Map<String, Value>>(path, key, value)?);
    table.check().map_err(|reason| file_error(path, format!("`{key}`: {reason}")))?;
    Ok(table)
}

fn typed<T: DeserializeOwned>(path: &Path, key: &str, value: Value) -> Result<T, OptionsError> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let reason = told(&error);
        file_error(path, if key.is_empty() { reason } else { format!("`{key}`: {reason}") })
    })
}

/// The options that a table of names and values stands for.
pub(super) fn options<T: DeserializeOwned>(table: Map<String, Value>) -> Result<T, String> {
    serde_path_to_error::deserialize(Value::Object(table)).map_err(|error| told(&error))
}

/// What is wrong, and where.
fn told(error: &serde_path_to_error::Error<serde_json::Error>) -> String {
    let reason = without_value(&error.inner().to_string());
    let place = error.path().to_string();
    // The reason names an unknown field itself.
    if place == "." || reason.starts_with("unknown field") { reason } else { format!("`{place}`: {reason}") }
}
