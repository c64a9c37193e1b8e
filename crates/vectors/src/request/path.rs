//! The path of a request.

use serde_json::Value;
use specwright_ir::{Location, Parameter, PathPiece};

use super::Maker;
use crate::value::{self, Extent};
use crate::wire;

impl Maker<'_> {
    /// The path, with this text in place of one parameter, and what the template has behind a `?`.
    pub(super) fn path(&self, given: Option<(&str, &str)>) -> Result<String, String> {
        let served = self.routes.of(self.at);
        let text_of = |name: &String, extent| match given {
            Some((given, text)) if given == name => Ok(text.to_owned()),
            _ => self.segment(name, extent),
        };
        let path = |extent| -> Result<String, String> {
            let mut path = String::new();
            for pieces in &served.segments {
                path.push('/');
                for (at, piece) in pieces.iter().enumerate() {
                    match piece {
                        PathPiece::Literal(text) => path.push_str(&wire::encode_literal(text)),
                        PathPiece::Parameter(name) => {
                            let text = text_of(name, extent)?;
                            self.is_apart(at, pieces, &text)?;
                            path.push_str(&text);
                        }
                    }
                }
            }
            Ok(path)
        };
        let is_ours = |path: &String| {
            let is_whole = |segment: &str| !segment.is_empty() && segment != "." && segment != "..";
            let has_empty = served.segments.iter().any(Vec::is_empty);
            (has_empty || path.split('/').skip(1).all(is_whole))
                && !self.routes.is_anothers_path(self.at, path)
        };
        let paths = [path(Extent::Least), path(Extent::Full)];
        let failed = paths.iter().find_map(|path| path.clone().err());
        let found = paths.into_iter().flatten().find(is_ours);
        let mut path = found.ok_or_else(|| {
            failed.unwrap_or_else(|| "its path may be meant for another operation".to_owned())
        })?;
        for (at, (name, value)) in served.query.iter().enumerate() {
            path.push(if at == 0 { '?' } else { '&' });
            path.push_str(name);
            let text = match value {
                None => continue,
                Some(PathPiece::Literal(text)) => text.clone(),
                Some(PathPiece::Parameter(name)) => text_of(name, Extent::Least)?,
            };
            path.extend(["=", &text]);
        }
        Ok(path)
    }

    /// Whether it shows where a parameter's text ends: where the text behind it first begins. Without one,
    /// and without texts that either parameter is known by, the first has a character.
    fn is_apart(&self, at: usize, pieces: &[PathPiece], text: &str) -> Result<(), String> {
        let texts = |name| self.ir.path_texts(self.operation, name);
        let is_sure = match (&pieces[at], pieces.get(at + 1)) {
            (PathPiece::Parameter(first), Some(PathPiece::Parameter(second))) => {
                match (texts(first), texts(second)) {
                    (Some(known), _) => known.contains(&text),
                    (None, Some(known)) => !known.iter().any(|known| text.contains(known)),
                    (None, None) => text.chars().count() == 1,
                }
            }
            (_, Some(PathPiece::Literal(literal))) if at + 2 < pieces.len() => !text.contains(literal),
            _ => true,
        };
        let is_behind = at > 0 && matches!(pieces[at - 1], PathPiece::Parameter(_));
        let is_known = match &pieces[at] {
            PathPiece::Parameter(name) if is_behind => texts(name).is_none_or(|known| known.contains(&text)),
            _ => true,
        };
        if is_sure && is_known { Ok(()) } else { Err(format!("nothing tells where `{text}` ends")) }
    }

    fn segment(&self, name: &str, extent: Extent) -> Result<String, String> {
        let mut parameters = self.operation.parameters.iter();
        let parameter = parameters.find(|one| one.location == Location::Path && one.name.wire == *name);
        let parameter = parameter.ok_or_else(|| format!("`{name}` is not declared"))?;
        let value = value::value(self.ir, &parameter.schema, extent)
            .or_else(|why| value::example(self.ir, &parameter.examples, &parameter.schema).ok_or(why))?;
        Self::text(parameter, &value)
    }

    /// What takes the place of a path parameter.
    pub(super) fn text(parameter: &Parameter, value: &Value) -> Result<String, String> {
        let parts = Self::parts(parameter, value)?;
        Ok(wire::path(&parameter.name.wire, parameter.style, parameter.explode, &parts))
    }
}
