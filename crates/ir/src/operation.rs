//! Operations: methods and paths.

use std::fmt;

use serde::Serialize;

use crate::{
    Alternative, Docs, Event, Extensions, Name, OperationResponse, Parameter, RequestBody, Server, TagId,
};

/// An operation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Operation {
    /// `snake` names the method, `pascal` begins the names of its request, response and error. The
    /// wire name is the operationId, or `GET /path` where there is none.
    pub name: Name,
    /// The operationId, where the document gives one.
    pub id: Option<String>,
    /// The HTTP method.
    pub method: Method,
    /// The path; of a webhook or callback the one that its receiver has it at, unless it says otherwise.
    pub path: PathTemplate,
    /// What is particular to a webhook or callback; `None` for an operation of `paths`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<Event>,
    /// The first of its tags.
    pub tag: TagId,
    /// Texts for people.
    pub docs: Docs,
    /// `deprecated`
    pub deprecated: bool,
    /// Path parameters in the template's order, then query, header and cookie parameters in document
    /// order, the operation's before the path item's.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<RequestBody>,
    /// Declared responses: codes ascending, then ranges, then `default`.
    pub responses: Vec<OperationResponse>,
    /// The alternatives of `security`, in document order; empty where no credential is asked for.
    pub security: Vec<Alternative>,
    /// Servers of the operation or its path item; empty where the root's hold.
    pub servers: Vec<Server>,
    /// `x-` members.
    pub extensions: Extensions,
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[expect(missing_docs, reason = "the variants are the specification's own words")]
pub enum Method {
    Delete,
    Get,
    Head,
    Options,
    Patch,
    Post,
    Put,
    Trace,
}

impl Method {
    /// Every method that a Path Item Object has a field for.
    pub const ALL: [Self; 8] =
        [Self::Get, Self::Put, Self::Post, Self::Delete, Self::Options, Self::Head, Self::Patch, Self::Trace];

    /// The method on the wire, such as `GET`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Delete => "DELETE",
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Options => "OPTIONS",
            Self::Patch => "PATCH",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Trace => "TRACE",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A path template.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PathTemplate {
    /// The template as the document writes it, such as `/pets/{petId}`.
    pub raw: String,
    /// What stands between the slashes.
    pub segments: Vec<Vec<PathPiece>>,
}

impl PathTemplate {
    /// The parameters that no text is between, two by two, by their wire names.
    pub fn adjacent(&self) -> impl Iterator<Item = (&str, &str)> {
        self.segments.iter().flat_map(|pieces| pieces.windows(2)).filter_map(|pair| match pair {
            [PathPiece::Parameter(first), PathPiece::Parameter(second)] => {
                Some((first.as_str(), second.as_str()))
            }
            _ => None,
        })
    }
}

/// A part of a path segment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum PathPiece {
    /// Fixed text.
    Literal(String),
    /// The value of a path parameter, by its wire name.
    Parameter(String),
}
