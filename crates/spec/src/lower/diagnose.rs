//! What lowering says about schemas.

use specwright_diagnostics::{Code, Diagnostic, Place};
use specwright_ir::{Name, Schema};

use super::Cursor;
use super::annotations::said;
use super::conflict::Clash;
use super::context::Lowering;
use super::facts::Facts;

impl<'a> Lowering<'a, '_> {
    /// Something of the document that the contract does not hold.
    pub(super) fn not_carried(&mut self, cursor: &Cursor<'a>, why: &str) {
        // An item of a list has no key; its text, or its name, tells more than its position.
        let (name, place) =
            match (cursor.value.as_str(), cursor.value.get("name").and_then(|name| name.as_str())) {
                _ if !cursor.is_item() => {
                    (cursor.pointer.last().unwrap_or_default(), Place::key(&cursor.pointer))
                }
                (Some(text), _) | (None, Some(text)) => (text.to_owned(), cursor.place()),
                (None, None) => (cursor.pointer.to_string(), cursor.place()),
            };
        self.say(Diagnostic::new(
            Code::NotCarried,
            format!("`{name}` is not carried over: {why}"),
            place,
            "left out",
        ));
    }

    /// A body that is carried as text or octets, whatever its schema says.
    pub(super) fn opaque_body(&mut self, schema: &Cursor<'a>, carried: &str, why: &str) {
        self.say(
            Diagnostic::new(
                Code::OpaqueBody,
                format!("the body is carried as {carried}, without its schema"),
                schema.place(),
                "",
            )
            .with_note(why.to_owned()),
        );
    }

    /// An XML Object of members that are called by their keys.
    pub(super) fn nameless_xml(&mut self, xml: &Cursor<'a>) {
        self.say(
            Diagnostic::new(
                Code::MisplacedXml,
                "an XML Object that does not fit its schema: each further member is an element called by its key",
                Place::key(&xml.pointer),
                "left out",
            )
            .with_help("say it of a property, or of the items of a list"),
        );
    }

    /// A media type that says nothing of how a value is written.
    pub(super) fn guessed_media_type(&mut self, schema: &Cursor<'a>, media: &str) {
        self.say(
            Diagnostic::new(
                Code::GuessedMediaType,
                format!("`{media}` does not say how a value is written: taken for JSON"),
                schema.place(),
                "the schema of a value",
            )
            .with_help("name a type such as `application/json`, or make the schema that of octets"),
        );
    }

    /// A media type that is written twice.
    pub(super) fn equivalent_media_type(&mut self, content: &Cursor<'a>, media: &str, other: &Name) {
        self.say(
            Diagnostic::new(
                Code::EquivalentMediaType,
                format!("`{media}` is `{}` written in another way", other.wire),
                Place::key(&content.pointer),
                "left out",
            )
            .with_secondary(Place::key(&other.origin), "this one holds"),
        );
    }

    /// Annotations that have no place where a schema stands, but for those that it `keeps` there: a type that
    /// is named there has all but a default, and what has no name has none.
    pub(super) fn leftovers(&mut self, site: &Cursor<'a>, schema: &Schema, keeps: &[&str]) {
        if site.reference().is_some() {
            return;
        }
        let all = said(site);
        for default in all.iter().filter_map(|said| said.get("default")) {
            self.not_carried(
                &default,
                "a property and a parameter have one, and nothing else that may be absent",
            );
        }
        if self.is_named_at(schema, site) {
            return;
        }
        let keys = ["title", "description", "example", "examples", "externalDocs"];
        let keys: Vec<_> = keys.into_iter().filter(|key| !keeps.contains(key)).collect();
        for said in &all {
            for member in keys.iter().filter_map(|key| said.get(key)) {
                if member.value.as_str() != Some("") {
                    self.not_carried(&member, "a schema without a name has no documentation of its own");
                }
            }
            if said.flag("deprecated") {
                self.say(Diagnostic::new(
                    Code::NotCarried,
                    "`deprecated` is not carried over: a schema without a name cannot be",
                    said.key("deprecated"),
                    "left out",
                ));
            }
        }
    }

    pub(super) fn irrelevant_keyword(
        &mut self,
        leaf: &Cursor<'a>,
        keyword: &str,
        of: &str,
        stated: Option<&str>,
    ) {
        let here = stated.map_or_else(|| "a schema without a type".to_owned(), |ty| format!("`type: {ty}`"));
        self.say(
            Diagnostic::new(
                Code::IrrelevantKeyword,
                format!("`{keyword}` means nothing for {here}"),
                leaf.key(keyword),
                "left out",
            )
            .with_note(format!("it narrows values of type {of} only")),
        );
    }

    pub(super) fn untyped(&mut self, facts: &Facts<'a>, inferred: &str, keyword: &str) {
        self.say(
            Diagnostic::new(
                Code::MissingType,
                format!("a schema without `type`: taken as `type: {inferred}` because of `{keyword}`"),
                Place::value(&facts.origin),
                "no `type` here",
            )
            .with_help(format!("add `type: {inferred}`")),
        );
    }

    pub(super) fn integral_number(&mut self, facts: &Facts<'a>, format: &str) {
        let place = facts.all("format").last().map_or_else(|| Place::value(&facts.origin), Cursor::place);
        self.say(
            Diagnostic::new(
                Code::IntegralNumber,
                format!("`type: number` with `format: {format}` is an integer"),
                place,
                "an integer's format",
            )
            .with_note("`3599.0` is accepted, `3599.5` is a violation"),
        );
    }

    pub(super) fn unknown_format(&mut self, facts: &Facts<'a>, format: &str, instead: &str) {
        let place = facts.all("format").last().map_or_else(|| Place::value(&facts.origin), Cursor::place);
        self.say(
            Diagnostic::new(
                Code::UnknownFormat,
                format!("`format: {format}` is not known here: taken as {instead}"),
                place,
                "no such format",
            )
            .with_help(format!("map it to a Rust type: `[api.types]` \"{format}\" = \"...\"")),
        );
    }

    pub(super) fn undeclared_property(&mut self, item: &Cursor<'a>, wire: &str) {
        self.say(
            Diagnostic::new(
                Code::UndeclaredProperty,
                format!("`required` lists `{wire}`, which no schema here declares: taken as any value"),
                item.place(),
                "not among `properties`",
            )
            .with_help(format!("declare `{wire}`, or take it off the list")),
        );
    }

    /// Two declarations that hold at once, and what is made of the first.
    pub(super) fn conflict(&mut self, cursor: &Cursor<'a>, repair: &str, other: &Cursor<'a>, why: &str) {
        self.say(
            Diagnostic::new(
                Code::SchemaConflict,
                format!("schemas that exclude each other: {why}"),
                cursor.place(),
                repair,
            )
            .with_secondary(other.place(), "holds at the same time"),
        );
    }

    /// A member of a choice that no value fits.
    pub(super) fn impossible_variant(&mut self, member: &Cursor<'a>, clash: &Clash<'a>) {
        self.say(
            Diagnostic::new(
                Code::ImpossibleVariant,
                format!("no value fits this member of the union: {}", clash.why),
                member.place(),
                "left out",
            )
            .with_secondary(clash.one.place(), "this")
            .with_secondary(clash.other.place(), "and this hold at once"),
        );
    }

    pub(super) fn empty_range(&mut self, facts: &Facts<'a>, least: &str, most: &str) {
        let (lows, highs) = (facts.all(least), facts.all(most));
        if let (Some(low), Some(high)) = (lows.last(), highs.last()) {
            self.conflict(low, "both left out", high, &format!("`{least}` is above `{most}`"));
        }
    }

    pub(super) fn circular_all_of(&mut self, schema: &Cursor<'a>) {
        self.say(Diagnostic::new(
            Code::CircularAllOf,
            "an `allOf` that contains itself, or nests too deep",
            schema.place(),
            "reached again from here",
        ));
    }

    /// A type by pointer in the configuration has to be a string or a number there.
    pub(super) fn unused_types(&mut self) {
        let unused: Vec<_> = self
            .settings
            .types
            .keys()
            .filter(|key| key.starts_with('#') && !self.retyped.contains(*key))
            .cloned()
            .collect();
        for key in unused {
            self.say(crate::settings::unmatched("types", &key, "no string or number stands there"));
        }
    }
}
