//! The parameters of a request: values, where they stand, and what breaks their constraints.

use serde_json::Value;
use specwright_ir::{Additional, Location, Parameter, PathPiece, Shape, Style, TypeKind};

use super::{Draft, Maker, is_length, refused};
use crate::edge::{Edge, Verdict};
use crate::route::Served;
use crate::value::{self, Extent};
use crate::vector::{self, Request};
use crate::wire::{self, Parts};
use crate::{credential_of, fits};

fn is_in_query(parameter: &Parameter, name: &str) -> bool {
    parameter.location == Location::Query && parameter.name.wire == name
}

/// Whether a name behind the `#` of a path is the parameter's.
fn is_asked(parameter: &Parameter, name: &str) -> bool {
    match parameter.location {
        Location::Query => parameter.name.wire == name,
        Location::Header => parameter.name.wire.eq_ignore_ascii_case(name),
        _ => false,
    }
}

impl Maker<'_> {
    /// The text that a parameter has in every request that is let in and meant for the operation: a
    /// credential, or what stands behind the `?` or `#` of the path.
    pub(super) fn fixed(&self, parameter: &Parameter) -> Option<String> {
        let Served { asked, query, .. } = self.routes.of(self.at);
        let said = query.iter().filter(|(name, _)| is_in_query(parameter, name));
        let mut said = said.filter_map(|(_, value)| match value {
            Some(PathPiece::Literal(text)) if !text.contains('%') => Some(text.clone()),
            _ => None,
        });
        if let Some(text) = said.next() {
            return Some(text);
        }
        let asked = asked.iter().find(|(name, _)| is_asked(parameter, name)).and_then(|(_, value)| *value);
        asked.map(str::to_owned).or_else(|| credential_of(self.ir, self.operation, parameter))
    }

    /// Whether the path has the parameter behind its `?` or `#`: then a request without it is none of the
    /// operation's.
    pub(super) fn is_in_path(&self, parameter: &Parameter) -> bool {
        let Served { asked, query, .. } = self.routes.of(self.at);
        query.iter().any(|(name, _)| is_in_query(parameter, name))
            || asked.iter().any(|(name, _)| is_asked(parameter, name))
    }

    /// A value of a parameter.
    pub(super) fn value(&self, parameter: &Parameter, extent: Extent) -> Result<Value, String> {
        let Some(text) = self.fixed(parameter) else {
            let made = value::value(self.ir, &parameter.schema, extent);
            return made
                .or_else(|why| value::example(self.ir, &parameter.examples, &parameter.schema).ok_or(why));
        };
        let read = serde_json::from_str(&text).ok();
        let mut values = [Some(Value::String(text)), read].into_iter().flatten();
        let value = values.find(|value| fits::fits(self.ir, value, &parameter.schema));
        value.ok_or_else(|| format!("`{}` has no value that its place asks for", parameter.name.wire))
    }

    pub(super) fn parts(parameter: &Parameter, value: &Value) -> Result<Parts, String> {
        let none = || {
            format!("{} `{}`: its value has no place there", parameter.location.as_str(), parameter.name.wire)
        };
        let parts = match parameter.style {
            Style::Json => Some(Parts::One(value.to_string())),
            Style::DeepObject => Parts::of(value).filter(|parts| !matches!(parts, Parts::Items(_))),
            _ => Parts::of(value),
        };
        let parts = parts.ok_or_else(none)?;
        let is_sound = |text: &str| {
            let is_reserved = parameter.allow_reserved && wire::encode(text) != text;
            let is_separator = wire::delimiter(parameter.style).is_some() && text.contains([' ', '|', '\t']);
            !is_reserved && !is_separator
        };
        let is_sound = match &parts {
            Parts::One(text) => is_sound(text),
            Parts::Items(items) => items.iter().all(|item| is_sound(item)),
            Parts::Members(members) => members.iter().all(|(name, value)| is_sound(name) && is_sound(value)),
        };
        if is_sound { Ok(parts) } else { Err(none()) }
    }

    /// Whether a parameter's members stand in the query by names of their own, whatever these are.
    fn takes_any_name(&self, parameter: &Parameter) -> bool {
        let is_open = match &parameter.schema.named(self.ir).shape {
            Shape::Map(_) => true,
            Shape::Named(id) => match &self.ir.ty(*id).kind {
                TypeKind::Struct(rules) => matches!(rules.additional, Additional::Kept { .. }),
                _ => false,
            },
            _ => false,
        };
        is_open
            && parameter.location == Location::Query
            && parameter.style == Style::Form
            && parameter.explode
    }

    /// The parameters of which a name in the query is another's too, with that name: members of an object
    /// stand there by their own.
    pub(super) fn indistinct(&self) -> Vec<(&Parameter, String)> {
        let queries = self.operation.parameters.iter().filter(|one| one.location == Location::Query);
        let named: Vec<_> = queries
            .flat_map(|parameter| self.names(parameter).into_iter().map(move |name| (parameter, name)))
            .collect();
        let is_shared = |(parameter, name): &&(&Parameter, String)| {
            named.iter().any(|(other, taken)| taken == name && !std::ptr::eq(*other, *parameter))
        };
        named.iter().filter(is_shared).cloned().collect()
    }

    /// The names that a parameter has in the query.
    fn names(&self, parameter: &Parameter) -> Vec<String> {
        if let Shape::Named(id) = &parameter.schema.named(self.ir).shape
            && let TypeKind::Struct(object) = &self.ir.ty(*id).kind
            && parameter.style == Style::Form
            && parameter.explode
        {
            return object.fields.iter().map(|field| field.name.wire.clone()).collect();
        }
        vec![parameter.name.wire.clone()]
    }

    /// Whether no request is without a parameter: servers fill in what has a default.
    pub(super) fn is_always_there(parameter: &Parameter) -> bool {
        parameter.required || parameter.default.is_some()
    }

    /// Whether a parameter that is the body's length may be whatever that is.
    pub(super) fn takes_any_length(&self) -> bool {
        let mut lengths = self.operation.parameters.iter().filter(|one| is_length(one));
        lengths.all(|parameter| {
            [0, 1, 1 << 20].into_iter().all(|length: u32| {
                let [number, text] = [Value::from(length), Value::from(length.to_string())];
                [number, text].iter().any(|value| fits::fits(self.ir, value, &parameter.schema))
            })
        })
    }

    /// Puts a parameter's value in its place.
    pub(super) fn place(
        &self,
        draft: &mut Draft,
        parameter: &Parameter,
        value: &Value,
    ) -> Result<(), String> {
        let Parameter { name, style, explode, .. } = parameter;
        let at =
            self.operation.parameters.iter().position(|one| std::ptr::eq(one, parameter)).unwrap_or_default();
        let none =
            || format!("{} `{}`: its value has no place there", parameter.location.as_str(), name.wire);
        match parameter.location {
            Location::Path => draft.path = self.path(Some((&name.wire, &Self::text(parameter, value)?)))?,
            Location::Query => {
                let open = self.operation.parameters.iter().filter(|one| self.takes_any_name(one));
                if self.takes_any_name(parameter) && open.count() > 1 {
                    return Err(format!("query `{}`: another parameter takes its members too", name.wire));
                }
                let pairs = wire::pairs(&name.wire, *style, *explode, &Self::parts(parameter, value)?);
                draft.query.insert(at, pairs);
            }
            Location::Header => {
                let text =
                    wire::header(*style, *explode, &Self::parts(parameter, value)?).ok_or_else(none)?;
                draft.headers.insert(name.wire.to_lowercase(), text);
            }
            Location::Cookie => {
                let parts = Self::parts(parameter, value)?;
                draft
                    .cookies
                    .insert(at, wire::cookies(&name.wire, *style, *explode, &parts).ok_or_else(none)?);
            }
        }
        Ok(())
    }

    /// A parameter's examples and boundaries.
    pub(super) fn parameter(&self, first: &Draft, parameter: &Parameter, vectors: &mut vector::Operation) {
        let is_indistinct = self.indistinct().iter().any(|(other, _)| std::ptr::eq(*other, parameter));
        if is_indistinct || is_length(parameter) || self.fixed(parameter).is_some() {
            return;
        }
        let name = &parameter.name.wire;
        let place = format!("{} `{name}`", parameter.location.as_str());
        for example in parameter.examples.iter().filter(|example| example.defect.is_none()) {
            let mut draft = first.clone();
            let is_placed = self.place(&mut draft, parameter, &example.value).is_ok();
            if is_placed && !draft.is_same(first) && !self.is_anothers(&draft) {
                let request = draft.beside(first, format!("{place}: `{}`", example.origin));
                vectors.accepted.push(Request { example: true, ..request });
            }
        }
        for Edge { value, verdict } in value::edges(self.ir, &parameter.schema) {
            let Some(value) = value else { continue };
            let is_text = matches!(verdict, Verdict::Refused("type")) && !self.has_type(parameter);
            let mut draft = first.clone();
            let is_placed = !is_text && self.place(&mut draft, parameter, &value).is_ok();
            if !is_placed || draft.is_same(first) || self.is_anothers(&draft) {
                continue;
            }
            match verdict {
                Verdict::Accepted(what) => {
                    vectors.accepted.push(draft.beside(first, format!("{place}: {what}")));
                }
                Verdict::Refused(constraint) => {
                    let request = draft.beside(first, format!("{place}: {constraint}"));
                    vectors.refused.push(refused(request, parameter, constraint));
                }
            }
        }
        if parameter.required && parameter.location != Location::Path && !self.is_in_path(parameter) {
            let mut draft = first.clone();
            let at = self.operation.parameters.iter().position(|one| std::ptr::eq(one, parameter));
            let at = at.unwrap_or_default();
            draft.query.remove(&at);
            draft.cookies.remove(&at);
            draft.headers.remove(&name.to_lowercase());
            let request = draft.beside(first, format!("{place}: required"));
            let may_be_missing = parameter.default.is_some() || parameter.may_be_null;
            if !may_be_missing && !draft.is_same(first) {
                vectors.refused.push(refused(request, parameter, "required"));
            }
        }
    }

    /// Whether there are texts that are not of the parameter's type.
    fn has_type(&self, parameter: &Parameter) -> bool {
        let shape = &parameter.schema.named(self.ir).shape;
        matches!(shape, Shape::Boolean | Shape::Integer(_) | Shape::Number(_))
    }
}
