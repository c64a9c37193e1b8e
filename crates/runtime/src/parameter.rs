//! Parameters as static data: where each stands, and how it is written.

use crate::{Location, Schema};

/// A parameter of a request.
#[expect(clippy::struct_excessive_bools, reason = "each is a field of the Parameter Object")]
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Its name on the wire.
    pub name: &'static str,
    /// Where it stands.
    pub location: Location,
    /// Its schema.
    pub schema: &'static Schema,
    /// Whether it must be there.
    pub required: bool,
    /// How its value is written.
    pub style: Style,
    /// Whether items and members are written each on its own.
    pub explode: bool,
    /// Whether reserved characters stay as they are.
    pub allow_reserved: bool,
    /// Whether a text that is empty stands for no value, where it is no value of its own.
    pub allow_empty: bool,
    /// The JSON text of its default.
    pub default: Option<&'static str>,
    /// The texts that tell it from the path parameters right beside it; empty where nothing does.
    pub one_of: &'static [&'static str],
}

/// How a parameter's value is written: in a style of the specification's table, or as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the specification's own words")]
pub enum Style {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    /// Tabs between the parts, as `collectionFormat: tsv` of 2.0 has it.
    TabDelimited,
    /// As `Form`, and nothing is percent-encoded.
    Cookie,
    DeepObject,
    /// No style: the text is JSON.
    Json,
}

impl Style {
    /// What stands between the parts of a value, where that is the style's own.
    pub(crate) const fn delimiter(self) -> Option<char> {
        match self {
            Self::SpaceDelimited => Some(' '),
            Self::PipeDelimited => Some('|'),
            Self::TabDelimited => Some('\t'),
            _ => None,
        }
    }
}

impl Parameter {
    pub(crate) const fn new(
        name: &'static str,
        location: Location,
        schema: &'static Schema,
        style: Style,
    ) -> Self {
        let explode = matches!(style, Style::Form);
        Self {
            name,
            location,
            schema,
            required: false,
            style,
            explode,
            allow_reserved: false,
            allow_empty: false,
            default: None,
            one_of: &[],
        }
    }

    /// A path parameter: required, `simple`, not exploded.
    pub const fn path(name: &'static str, schema: &'static Schema) -> Self {
        Self::new(name, Location::Path, schema, Style::Simple).required()
    }

    /// A query parameter: optional, `form`, exploded.
    pub const fn query(name: &'static str, schema: &'static Schema) -> Self {
        Self::new(name, Location::Query, schema, Style::Form)
    }

    /// A header parameter: optional, `simple`, not exploded.
    pub const fn header(name: &'static str, schema: &'static Schema) -> Self {
        Self::new(name, Location::Header, schema, Style::Simple)
    }

    /// A cookie parameter: optional, `form`, exploded.
    pub const fn cookie(name: &'static str, schema: &'static Schema) -> Self {
        Self::new(name, Location::Cookie, schema, Style::Form)
    }

    /// It must be there.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// With another style. `explode` stays as it was.
    #[must_use]
    pub const fn style(mut self, style: Style) -> Self {
        self.style = style;
        self
    }

    /// Exploded or not.
    #[must_use]
    pub const fn explode(mut self, explode: bool) -> Self {
        self.explode = explode;
        self
    }

    /// `allowReserved: true`
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        self.allow_reserved = true;
        self
    }

    /// `allowEmptyValue: true`, or `null`, for which text has no other word.
    #[must_use]
    pub const fn allow_empty(mut self) -> Self {
        self.allow_empty = true;
        self
    }

    /// With a default, as JSON text.
    #[must_use]
    pub const fn default(mut self, json: &'static str) -> Self {
        self.default = Some(json);
        self
    }

    /// With the texts that tell it from the path parameters right beside it.
    #[must_use]
    pub const fn one_of(mut self, texts: &'static [&'static str]) -> Self {
        self.one_of = texts;
        self
    }
}
