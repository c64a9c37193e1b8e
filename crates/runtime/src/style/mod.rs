//! Parameters as text, as the table of styles in `OpenAPI` 3.0.4 has them.
//!
//! Both sides of the wire use it: [`mod@write`] makes text of JSON values, [`mod@read`] makes JSON values of
//! text, led by the parameter's schema. Where that table says nothing, values inside of lists and
//! objects that are lists or objects themselves are written as JSON text, and with `deepObject` in
//! further brackets.

pub mod form;
pub mod read;
pub mod write;

use crate::Style;
#[cfg(any(feature = "client", feature = "server"))]
use crate::{Parameter, Schema};

/// How the header of a response is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderForm {
    /// Items and members between commas.
    Plain,
    /// The same, with `name=value` for members.
    Exploded,
    /// As JSON.
    Json,
    /// Items between spaces.
    Spaces,
    /// Items between bars.
    Bars,
    /// Items between tabs.
    Tabs,
}

impl HeaderForm {
    /// The same as a parameter's style.
    pub(crate) const fn style(self) -> Style {
        match self {
            Self::Plain | Self::Exploded => Style::Simple,
            Self::Json => Style::Json,
            Self::Spaces => Style::SpaceDelimited,
            Self::Bars => Style::PipeDelimited,
            Self::Tabs => Style::TabDelimited,
        }
    }

    /// A header that is written so, as a parameter.
    #[cfg(any(feature = "client", feature = "server"))]
    pub(crate) const fn parameter(self, name: &'static str, schema: &'static Schema) -> Parameter {
        Parameter::header(name, schema).style(self.style()).explode(matches!(self, Self::Exploded))
    }

    /// What stands between items and members.
    pub(crate) const fn separator(self) -> char {
        match self.style().delimiter() {
            Some(delimiter) => delimiter,
            None => ',',
        }
    }
}
