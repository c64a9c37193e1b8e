//! `spec/xml.yaml`: bodies of XML.

mod animals;
mod books;
mod documents;
mod refusals;
mod shelf;
mod unions;
