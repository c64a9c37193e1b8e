//! Values of one of several schemas.

use serde::Serialize;

use crate::{Docs, Name, Schema, Shape, Usage, Xml};

/// A value of one of several schemas: `oneOf`, `anyOf`, or the schemas that derive from one with a
/// discriminator.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Union {
    /// The schemas, in document order. None of them takes `null`: that is the use's `nullable`.
    pub variants: Vec<Variant>,
    /// How many of them a value has to fit.
    pub rule: UnionRule,
    /// The member whose value tells which variant an object is of.
    pub discriminator: Option<String>,
    /// Whether a value may be of several variants at once, none of which knows all of its members.
    pub overlaps: bool,
}

impl Union {
    /// Whether there is a variant for what no other holds: where what is received may be of a schema that
    /// the contract does not know yet, and where a value may be of several at once.
    pub fn is_open(&self, usage: Usage) -> bool {
        let takes_all = self
            .variants
            .iter()
            .any(|variant| variant.schema.shape == Shape::Any && variant.schema.rules.is_empty());
        !takes_all && (usage.response || self.overlaps)
    }
}

/// How many of its schemas a value of a union has to fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum UnionRule {
    /// `oneOf`: one, and no other.
    ExactlyOne,
    /// `anyOf`, and a `oneOf` with schemas that nothing tells apart.
    AtLeastOne,
}

impl UnionRule {
    /// `one` or `at least one`
    pub const fn amount(self) -> &'static str {
        match self {
            Self::ExactlyOne => "one",
            Self::AtLeastOne => "at least one",
        }
    }
}

/// One of the schemas of a union.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Variant {
    /// `pascal` names the variant; `wire` is what it is named after.
    pub name: Name,
    /// What it is told apart by from its siblings, wherever among them it stands.
    pub key: String,
    /// Texts for people.
    pub docs: Docs,
    /// Its schema.
    pub schema: Schema,
    /// What its element is called, where it travels as XML and nothing beside the union says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub xml: Option<Box<Xml>>,
    /// The values of the discriminator that mean it.
    pub values: Vec<String>,
    /// Whether its schema leaves the discriminator to the union, which then writes the first value.
    pub tagged: bool,
}

/// Properties of an object of which some have to be there together: an `anyOf` or `oneOf` whose
/// members hold nothing but `required`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RequiredGroups {
    /// The properties that each member asks for.
    pub groups: Vec<Vec<String>>,
    /// How many of the members have to be satisfied.
    pub rule: UnionRule,
}
