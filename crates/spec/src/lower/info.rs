//! The Info Object.

use specwright_ir::Info;

use super::Cursor;
use super::annotations::extensions;

/// The Info Object; who to ask and what one may do with the service stand at the end of its description.
pub(super) fn info(root: &Cursor<'_>) -> Info {
    let Some(info) = root.get("info") else { return Info::default() };
    let mut description = info.text("description").trim().to_owned();
    for line in [contact(&info), license(&info), terms(&info), external(root)].into_iter().flatten() {
        if !description.is_empty() {
            description.push_str("\n\n");
        }
        description.push_str(&line);
    }
    Info {
        title: info.text("title").to_owned(),
        version: info.text("version").to_owned(),
        description,
        extensions: extensions(&info),
    }
}

/// `[text](url)`, or what there is of it.
fn link(text: &str, url: &str) -> String {
    match (text.trim(), url.trim()) {
        (text, "") => text.to_owned(),
        ("", url) => format!("<{url}>"),
        (text, url) => format!("[{text}]({url})"),
    }
}

fn contact(info: &Cursor<'_>) -> Option<String> {
    let contact = info.get("contact")?;
    let email = contact.text("email").trim();
    let mut text = link(contact.text("name"), contact.text("url"));
    if !email.is_empty() {
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push('<');
        text.push_str(email);
        text.push('>');
    }
    (!text.is_empty()).then(|| format!("Contact: {text}"))
}

fn license(info: &Cursor<'_>) -> Option<String> {
    let license = info.get("license")?;
    Some(format!("License: {}", link(license.text("name"), license.text("url"))))
}

fn terms(info: &Cursor<'_>) -> Option<String> {
    let terms = info.text("termsOfService").trim();
    (!terms.is_empty()).then(|| format!("Terms of service: {}", link("", terms)))
}

fn external(root: &Cursor<'_>) -> Option<String> {
    let external = root.get("externalDocs")?;
    Some(link(external.text("description"), external.text("url")))
}
