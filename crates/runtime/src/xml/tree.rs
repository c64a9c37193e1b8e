//! The elements of a document, before anything is known of what they mean.

use std::collections::BTreeSet;

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};
use quick_xml::name::{QName, ResolveResult};
use quick_xml::{NsReader, XmlVersion};

use super::name::{is_char, is_name};
use super::{INSTANCE, Place, RESERVED};
use crate::{Constraint, Location, Violation};

/// An element with what lies directly in it. Comments and processing instructions are left out.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) name: Name,
    pub(super) attributes: Vec<(Name, String)>,
    pub(super) elements: Vec<Self>,
    /// All of its text, CDATA sections included.
    pub(super) text: String,
    /// `xsi:nil="true"`
    pub(super) is_nil: bool,
}

/// The name of an element or attribute.
#[derive(Debug)]
pub(super) struct Name {
    /// As it is written, with its prefix.
    pub(super) written: String,
    pub(super) namespace: Option<String>,
}

impl Name {
    pub(super) fn local(&self) -> &str {
        self.written.split_once(':').map_or(self.written.as_str(), |(_, local)| local)
    }

    /// Whether it is the one that the contract gives. Where the contract names no namespace, any will do:
    /// elements share that of the one around them without saying so.
    pub(super) fn is_of(&self, place: Place<'_>) -> bool {
        (self.local() == place.name || self.written == place.name)
            && place.namespace.is_none_or(|namespace| self.namespace.as_deref() == Some(namespace))
    }
}

impl Element {
    /// Whether it holds text and nothing else.
    pub(super) fn is_text(&self) -> bool {
        self.elements.is_empty() && self.attributes.is_empty()
    }
}

/// Reads a document whose elements do not lie deeper inside of one another than `limit`.
pub(super) fn parse(octets: &[u8], limit: usize) -> Result<Element, Violation> {
    let encoding = |message: &str| Violation::new(Location::Body, "", Constraint::Encoding, message);
    let text = std::str::from_utf8(octets).map_err(|_| encoding("is not UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = NsReader::from_str(text);
    reader.config_mut().check_comments = true;
    let mut parser = Parser { limit, open: Vec::new(), root: None };
    loop {
        let parsed = match reader.read_event() {
            Ok(Event::Eof) => return parser.finish().map_err(|fault| fault.at(text, text.len() as u64)),
            Ok(event) => parser.event(event, reader.resolver()),
            Err(_) => Err(Fault::Syntax("is not well-formed")),
        };
        parsed.map_err(|fault| fault.at(text, reader.error_position()))?;
    }
}

/// What keeps a text from being read.
enum Fault {
    Syntax(&'static str),
    Encoding,
    Depth(usize),
}

impl Fault {
    fn at(self, text: &str, offset: u64) -> Violation {
        let (constraint, message) = match self {
            Self::Encoding => (Constraint::Encoding, "says that it is not UTF-8".to_owned()),
            Self::Depth(limit) => {
                (Constraint::Depth, format!("must not nest elements more than {limit} deep"))
            }
            Self::Syntax(what) => {
                let offset = usize::try_from(offset).unwrap_or(usize::MAX).min(text.len());
                let before = &text.as_bytes()[..offset];
                let lines = before.split(|octet| *octet == b'\n').enumerate();
                let (line, last) = lines.last().unwrap_or_default();
                let (line, column) = (line + 1, last.len() + 1);
                (Constraint::Xml, format!("is not XML: line {line}, column {column}: {what}"))
            }
        };
        Violation::new(Location::Body, "", constraint, message)
    }
}

struct Parser {
    limit: usize,
    open: Vec<Element>,
    root: Option<Element>,
}

type Resolver = quick_xml::name::NamespaceResolver;

impl Parser {
    fn event(&mut self, event: Event<'_>, resolver: &Resolver) -> Result<(), Fault> {
        match event {
            Event::Start(start) => {
                let element = self.start(&start, resolver)?;
                self.open.push(element);
            }
            Event::Empty(start) => {
                let element = self.start(&start, resolver)?;
                self.close(element);
            }
            Event::End(_) => {
                let element = self.open.pop().ok_or(Fault::Syntax("an element ends that did not begin"))?;
                self.close(element);
            }
            Event::Text(text) if text.contains("]]>") => {
                return Err(Fault::Syntax("`]]>` stands outside of a CDATA section"));
            }
            Event::Text(text) => self.text(&text.xml10_content())?,
            Event::CData(_) if self.open.is_empty() => return Err(Fault::Syntax(OUTSIDE)),
            Event::CData(text) => self.text(&text.xml10_content())?,
            Event::GeneralRef(reference) => self.reference(&reference)?,
            Event::Decl(declaration) => declared(&declaration)?,
            Event::DocType(_) => return Err(Fault::Syntax("a document type is not accepted")),
            Event::Comment(text) => characters(&text)?,
            Event::PI(instruction) => characters(&instruction)?,
            Event::Eof => {}
        }
        Ok(())
    }

    fn start(&self, start: &BytesStart<'_>, resolver: &Resolver) -> Result<Element, Fault> {
        if self.root.is_some() {
            return Err(Fault::Syntax("there is a second root element"));
        }
        if self.open.len() >= self.limit {
            return Err(Fault::Depth(self.limit));
        }
        let name = named(start.name(), &resolver.resolve_element(start.name()).0)?;
        let mut element = Element {
            name,
            attributes: Vec::new(),
            elements: Vec::new(),
            text: String::new(),
            is_nil: false,
        };
        let mut seen = BTreeSet::new();
        // The library's own check takes a time that grows with the square of their number.
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| Fault::Syntax("an attribute is not well-formed"))?;
            if !seen.insert(attribute.key.0.to_owned()) {
                return Err(Fault::Syntax("an attribute is there twice"));
            }
            if attribute.value.contains('<') {
                return Err(Fault::Syntax("the value of an attribute has a `<`"));
            }
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value = value.map_err(|_| Fault::Syntax("an attribute refers to an unknown entity"))?;
            characters(&value)?;
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            let name = named(attribute.key, &resolver.resolve_attribute(attribute.key).0)?;
            match name.namespace.as_deref() {
                Some(INSTANCE) if name.local() == "nil" => {
                    element.is_nil = matches!(value.trim(), "true" | "1");
                }
                Some(INSTANCE | RESERVED) => {}
                _ => element.attributes.push((name, value.into_owned())),
            }
        }
        Ok(element)
    }

    fn close(&mut self, element: Element) {
        match self.open.last_mut() {
            Some(parent) => parent.elements.push(element),
            None => self.root = Some(element),
        }
    }

    fn text(&mut self, text: &str) -> Result<(), Fault> {
        characters(text)?;
        match self.open.last_mut() {
            Some(element) => element.text.push_str(text),
            None if text.chars().all(is_space) => {}
            None => return Err(Fault::Syntax(OUTSIDE)),
        }
        Ok(())
    }

    fn reference(&mut self, reference: &BytesRef<'_>) -> Result<(), Fault> {
        if self.open.is_empty() {
            return Err(Fault::Syntax(OUTSIDE));
        }
        let character = reference.resolve_char_ref().map_err(|_| Fault::Syntax(CHARACTER))?;
        match (character, resolve_predefined_entity(reference)) {
            (Some(character), _) => self.text(character.encode_utf8(&mut [0; 4])),
            (None, Some(text)) => self.text(text),
            (None, None) => Err(Fault::Syntax("an entity is not one of the five that need no declaration")),
        }
    }

    fn finish(self) -> Result<Element, Fault> {
        match self.root {
            Some(root) if self.open.is_empty() => Ok(root),
            _ if self.open.is_empty() => Err(Fault::Syntax("there is no element")),
            _ => Err(Fault::Syntax("an element does not end")),
        }
    }
}

const OUTSIDE: &str = "there is text outside of the root element";
const CHARACTER: &str = "a character is none that XML can hold";

fn declared(declaration: &BytesDecl<'_>) -> Result<(), Fault> {
    declaration.version().map_err(|_| Fault::Syntax("the declaration has no version"))?;
    match declaration.encoding() {
        None => Ok(()),
        Some(Ok(encoding)) if is_utf8(&encoding) => Ok(()),
        Some(Ok(_)) => Err(Fault::Encoding),
        Some(Err(_)) => Err(Fault::Syntax("the declaration is not well-formed")),
    }
}

/// Whether a text in this encoding is one in UTF-8.
pub(super) fn is_utf8(encoding: &str) -> bool {
    ["utf-8", "utf8", "us-ascii"].iter().any(|known| encoding.trim().eq_ignore_ascii_case(known))
}

fn named(name: QName<'_>, resolved: &ResolveResult<'_>) -> Result<Name, Fault> {
    if !is_name(name.0) {
        return Err(Fault::Syntax("a name is none that XML can hold"));
    }
    let namespace = match resolved {
        ResolveResult::Bound(namespace) => Some(namespace.0.to_owned()),
        ResolveResult::Unbound | ResolveResult::Unknown(_) => None,
    };
    Ok(Name { written: name.0.to_owned(), namespace })
}

fn characters(text: &str) -> Result<(), Fault> {
    if text.chars().all(is_char) { Ok(()) } else { Err(Fault::Syntax(CHARACTER)) }
}

/// White space of XML.
pub(super) const fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}
