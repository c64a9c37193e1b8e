//! The contract, as this service serves it.

use axum::Router;
use axum::routing::get;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use serde_json::{Value, json};

/// The effective document with the service's own origin as its only server.
#[derive(Clone)]
pub(super) struct Document {
    json: Bytes,
    yaml: Bytes,
}

impl Document {
    pub(super) fn new(origin: &str) -> Result<Self, String> {
        let mut document: Value =
            serde_json::from_str(customer_api::OPENAPI).map_err(|error| error.to_string())?;
        for item in document["paths"].as_object_mut().into_iter().flat_map(|paths| paths.values_mut()) {
            let Some(item) = item.as_object_mut() else { continue };
            item.shift_remove("servers");
            for operation in item.values_mut().filter_map(Value::as_object_mut) {
                operation.shift_remove("servers");
            }
        }
        document["servers"] = json!([{ "url": origin }]);
        Ok(Self {
            json: serde_json::to_vec(&document).map_err(|error| error.to_string())?.into(),
            yaml: serde_yaml::to_string(&document).map_err(|error| error.to_string())?.into(),
        })
    }
}

pub(super) fn routes(document: Document) -> Router {
    let Document { json, yaml } = document;
    Router::new()
        .route("/openapi.json", get(async move || ([(CONTENT_TYPE, "application/json")], json)))
        .route("/openapi.yaml", get(async move || ([(CONTENT_TYPE, "application/yaml")], yaml)))
}
