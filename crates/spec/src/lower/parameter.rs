//! Parameter Objects.

use serde_json::Value;
use specwright_diagnostics::{Code, Diagnostic, Place as Spot};
use specwright_ir::{Docs, Extensions, Location, Name, Parameter, Schema, Shape, StringShape, Style};

use super::annotations::{docs, extensions};
use super::context::Lowering;
use super::operation::Item;
use super::place::{Rung, escape};
use super::{Cursor, Place, path};

/// Header parameters that are not parameters, and where their value comes from instead.
const IGNORED: &[(&str, &str)] = &[
    ("authorization", "credentials come from `security`"),
    ("accept", "it follows from the responses' media types"),
    ("content-type", "it follows from the body's media type"),
];

impl<'a> Lowering<'a, '_> {
    /// The parameters of an operation: its own before its path item's, those of the path first.
    pub(super) fn parameters(
        &mut self,
        item: &Item<'a>,
        operation: &Cursor<'a>,
        key: &str,
    ) -> Vec<Parameter> {
        let mut found: Vec<Parameter> = Vec::new();
        for declared in operation.items_of("parameters").iter().chain(&item.cursor.items_of("parameters")) {
            let cursor = self.follow(declared);
            let Some(location) = location(&cursor) else { continue };
            let name = cursor.text("name");
            let overridden = found.iter().any(|other| is_same(other, name, location));
            if overridden || self.is_ignored(&cursor, location) {
                continue;
            }
            if location == Location::Path && !path::parameters(&item.template).any(|other| other == name) {
                match item.event {
                    Some(_) => self.not_carried(&cursor, "a webhook or callback has no path to hold it"),
                    None => self.not_in_template(item, &cursor),
                }
                continue;
            }
            let place = parameter_place(&cursor, declared, key, location);
            found.push(self.parameter(&cursor, location, &place));
        }
        let mut ordered = Vec::new();
        for name in path::parameters(&item.template) {
            match found.iter().position(|other| is_same(other, name, Location::Path)) {
                Some(index) => ordered.push(found.remove(index)),
                // A template may hold one parameter twice.
                None if ordered.iter().any(|other| is_same(other, name, Location::Path)) => {}
                None => ordered.push(self.undeclared_parameter(item, operation, name)),
            }
        }
        ordered.extend(found);
        ordered
    }

    fn parameter(&mut self, cursor: &Cursor<'a>, location: Location, place: &Place) -> Parameter {
        let required = cursor.flag("required");
        let deprecated = cursor.flag("deprecated");
        if required && deprecated && location != Location::Path {
            self.required_and_deprecated(cursor);
        }
        if let Some(allowed) = cursor.get("allowEmptyValue").filter(|_| cursor.flag("allowEmptyValue")) {
            self.not_carried(&allowed, "an empty value is read as any other");
        }
        let style = style(cursor, location);
        let explode = cursor.value.get("explode").and_then(Value::as_bool).unwrap_or(style == Style::Form);
        let (schema, site) = self.parameter_schema(cursor, place);
        self.check_style(cursor, cursor.text("name"), style, &schema);
        let mut examples = self.examples(cursor);
        let mut default = None;
        let mut texts = docs(cursor, "summary");
        if let Some(site) = site {
            let target = self.follow(&site);
            default = target.get("default").map(|default| default.value.clone());
            if !matches!(schema.shape, Shape::Named(_)) {
                examples.extend(self.examples(&site));
            }
            let inner = docs(&site, "title");
            if texts.description.is_empty() {
                texts.description = inner.description;
            }
            self.schema_leftovers(&site);
        }
        let name = Name::unallocated(cursor.text("name"), cursor.pointer.clone());
        let allow_reserved = cursor.flag("allowReserved");
        let extensions = extensions(cursor);
        Parameter {
            name,
            location,
            docs: texts,
            deprecated,
            required,
            style,
            explode,
            allow_reserved,
            schema,
            default,
            examples,
            extensions,
        }
    }

    fn parameter_schema(&mut self, cursor: &Cursor<'a>, place: &Place) -> (Schema, Option<Cursor<'a>>) {
        if let Some(schema) = cursor.get("schema") {
            return (self.schema(&schema, place), Some(schema));
        }
        if cursor.has("content") {
            self.say(
                Diagnostic::new(
                    Code::UnsupportedParameter,
                    format!(
                        "the parameter `{}` has a media type, which is not supported yet",
                        cursor.text("name")
                    ),
                    cursor.key("content"),
                    "",
                )
                .with_help("an allowance for this place takes it as a string"),
            );
        }
        (plain_string(cursor), None)
    }

    fn is_ignored(&mut self, cursor: &Cursor<'a>, location: Location) -> bool {
        let name = cursor.text("name").to_ascii_lowercase();
        let ignored = IGNORED.iter().find(|(header, _)| *header == name && location == Location::Header);
        if let Some((_, instead)) = ignored {
            self.say(
                Diagnostic::new(
                    Code::IgnoredHeader,
                    format!("a header parameter named `{}` is not a parameter", cursor.text("name")),
                    cursor.place(),
                    format!("left out: {instead}"),
                )
                .with_note("OpenAPI says that such a definition shall be ignored"),
            );
        }
        ignored.is_some()
    }

    fn required_and_deprecated(&mut self, cursor: &Cursor<'a>) {
        self.say(Diagnostic::new(
            Code::RequiredDeprecated,
            format!(
                "the parameter `{}` is required and deprecated: callers cannot avoid it",
                cursor.text("name")
            ),
            cursor.key("deprecated"),
            "deprecated here",
        ));
    }

    fn not_in_template(&mut self, item: &Item<'a>, cursor: &Cursor<'a>) {
        let names: Vec<_> = path::parameters(&item.template).map(|name| format!("`{{{name}}}`")).collect();
        let there = if names.is_empty() { "no parameter".to_owned() } else { names.join(", ") };
        self.say(
            Diagnostic::new(
                Code::NotInTemplate,
                format!("the path has no `{{{}}}`", cursor.text("name")),
                cursor.get("name").unwrap_or_else(|| cursor.clone()).place(),
                "not in the template",
            )
            .with_secondary(Spot::key(&item.cursor.pointer), format!("it has {there}")),
        );
    }

    fn undeclared_parameter(&mut self, item: &Item<'a>, operation: &Cursor<'a>, name: &str) -> Parameter {
        self.say(
            Diagnostic::new(
                Code::UndeclaredPathParameter,
                format!("the path parameter `{name}` is not declared"),
                Spot::key(&operation.pointer),
                "taken as a required string",
            )
            .with_secondary(Spot::key(&item.cursor.pointer), "the template has it")
            .with_help(format!(
                "declare it: `{{name: {name}, in: path, required: true, schema: {{type: string}}}}`"
            )),
        );
        Parameter {
            name: Name::unallocated(name, operation.pointer.clone()),
            location: Location::Path,
            docs: Docs::default(),
            deprecated: false,
            required: true,
            style: Style::Simple,
            explode: false,
            allow_reserved: false,
            schema: plain_string(operation),
            default: None,
            examples: Vec::new(),
            extensions: Extensions::new(),
        }
    }

    /// Which kinds of values a style can write: the table of the specification.
    pub(super) fn check_style(&mut self, cursor: &Cursor<'a>, name: &str, style: Style, schema: &Schema) {
        let kind = self.wire_kind(schema, 0);
        let fits = match style {
            Style::DeepObject => kind == WireKind::Object,
            Style::SpaceDelimited | Style::PipeDelimited => kind == WireKind::Array,
            Style::Simple | Style::Label | Style::Matrix | Style::Form => kind != WireKind::Nested,
        };
        if !fits {
            let at = if cursor.has("style") { cursor.key("style") } else { cursor.place() };
            self.say(
                Diagnostic::new(
                    Code::UnsupportedParameter,
                    format!("the style of `{name}` cannot write a value of its schema"),
                    at,
                    kind.describe(),
                )
                .with_help(
                    "choose a style that the specification's table has for it, in an overlay if need be",
                ),
            );
        }
    }

    fn wire_kind(&self, schema: &Schema, depth: usize) -> WireKind {
        match &schema.shape {
            Shape::Array(array) => match self.wire_kind(&array.items, depth + 1) {
                WireKind::Primitive => WireKind::Array,
                _ => WireKind::Nested,
            },
            Shape::Map(_) => WireKind::Object,
            Shape::Named(id) if depth < 8 => self.named_wire_kind(*id, depth),
            Shape::Named(_) => WireKind::Nested,
            // Any value at all is read from, and written as, its text.
            _ => WireKind::Primitive,
        }
    }

    fn named_wire_kind(&self, id: specwright_ir::TypeId, depth: usize) -> WireKind {
        match &self.type_of(id).kind {
            specwright_ir::TypeKind::Enum(_) => WireKind::Primitive,
            specwright_ir::TypeKind::Union(union) => {
                let mut kinds =
                    union.variants.iter().map(|variant| self.wire_kind(&variant.schema, depth + 1));
                if kinds.all(|kind| kind == WireKind::Primitive) {
                    WireKind::Primitive
                } else {
                    WireKind::Nested
                }
            }
            specwright_ir::TypeKind::Alias(alias) => self.wire_kind(&alias.schema, depth + 1),
            specwright_ir::TypeKind::Struct(object) => {
                let flat = object
                    .fields
                    .iter()
                    .all(|field| matches!(self.wire_kind(&field.schema, depth + 1), WireKind::Primitive));
                if flat { WireKind::Object } else { WireKind::Nested }
            }
        }
    }
}

/// What a style has to write.
#[derive(Clone, Copy, PartialEq, Eq)]
enum WireKind {
    Primitive,
    Array,
    Object,
    Nested,
}

impl WireKind {
    const fn describe(self) -> &'static str {
        match self {
            Self::Primitive => "the value is a primitive",
            Self::Array => "the value is a list",
            Self::Object => "the value is an object",
            Self::Nested => "the value is nested, or may be anything",
        }
    }
}

fn plain_string(cursor: &Cursor<'_>) -> Schema {
    Schema { nullable: false, shape: Shape::String(StringShape::default()), origin: cursor.pointer.clone() }
}

fn is_same(parameter: &Parameter, name: &str, location: Location) -> bool {
    let same_name = if location == Location::Header {
        parameter.name.wire.eq_ignore_ascii_case(name)
    } else {
        parameter.name.wire == name
    };
    parameter.location == location && same_name
}

fn location(cursor: &Cursor<'_>) -> Option<Location> {
    [Location::Path, Location::Query, Location::Header, Location::Cookie]
        .into_iter()
        .find(|location| location.as_str() == cursor.text("in"))
}

fn style(cursor: &Cursor<'_>, location: Location) -> Style {
    match cursor.text("style") {
        "matrix" => Style::Matrix,
        "label" => Style::Label,
        "form" => Style::Form,
        "simple" => Style::Simple,
        "spaceDelimited" => Style::SpaceDelimited,
        "pipeDelimited" => Style::PipeDelimited,
        "deepObject" => Style::DeepObject,
        _ => match location {
            Location::Query | Location::Cookie => Style::Form,
            Location::Path | Location::Header => Style::Simple,
        },
    }
}

/// A type inside of a component parameter belongs to the component, not to the operation that
/// happens to be read first.
fn parameter_place(cursor: &Cursor<'_>, declared: &Cursor<'_>, key: &str, location: Location) -> Place {
    let name = cursor.text("name");
    if declared.reference().is_some() {
        let component = cursor.pointer.last().unwrap_or_default();
        let words = Rung::Words(component);
        let ladder = vec![vec![words.clone()], vec![words, Rung::Words("Parameter".to_owned())]];
        return Place::inline(cursor.pointer.to_string(), ladder);
    }
    let key_here = format!("{key}/parameters/{}/{}", location.as_str(), escape(name));
    if cursor.pointer.to_string().starts_with(&format!("{key}/")) {
        return Place::inline(key_here, vec![vec![Rung::Of(key.to_owned()), Rung::Words(name.to_owned())]]);
    }
    let item = key.rsplit_once('/').map_or(key, |(item, _)| item);
    let path = cursor.pointer.tokens().nth(1).unwrap_or_default();
    let words = vec![Rung::Words(path.replace(['{', '}'], " ")), Rung::Words(name.to_owned())];
    Place::inline(format!("{item}/parameters/{}/{}", location.as_str(), escape(name)), vec![words])
}
