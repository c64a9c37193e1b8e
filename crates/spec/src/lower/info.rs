//! The Info Object.

use openapiv3::{Contact, License};
use specwright_ir::Info;

use super::Cursor;
use super::annotations::extensions;
use super::context::Lowering;
use super::typed::{external, link, paragraphs, text};

impl<'a> Lowering<'a, '_> {
    /// The Info Object; who to ask and what one may do with the service stand at the end of its
    /// description.
    pub(super) fn info(&mut self, root: &Cursor<'a>) -> Info {
        let Some(cursor) = root.get("info") else { return Info::default() };
        let Some(info) = self.typed::<openapiv3::Info>(&cursor) else { return Info::default() };
        let docs = self.typed_at(root, "externalDocs").as_ref().map(external);
        let description = text(info.description.as_ref()).to_owned();
        let terms = text(info.terms_of_service.as_ref());
        let terms = (!terms.is_empty()).then(|| format!("Terms of service: {}", link("", terms)));
        let contact = info.contact.as_ref().and_then(contact);
        let license = info.license.as_ref().map(license);
        let parts = [Some(description), contact, license, terms, docs];
        Info {
            title: info.title,
            version: info.version,
            description: paragraphs(parts.into_iter().flatten()),
            extensions: extensions(&cursor),
        }
    }
}

fn contact(contact: &Contact) -> Option<String> {
    let named = link(text(contact.name.as_ref()), text(contact.url.as_ref()));
    let email = text(contact.email.as_ref());
    let email = if email.is_empty() { String::new() } else { format!("<{email}>") };
    let parts: Vec<String> = [named, email].into_iter().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| format!("Contact: {}", parts.join(", ")))
}

fn license(license: &License) -> String {
    format!("License: {}", link(&license.name, text(license.url.as_ref())))
}
