//! Bytes of an OpenAPI document to the intermediate representation.
