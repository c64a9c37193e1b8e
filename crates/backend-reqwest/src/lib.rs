//! A client on reqwest.
