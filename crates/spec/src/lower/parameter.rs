//! Parameter Objects.

use serde_json::Value;
use specwright_diagnostics::{Code, Diagnostic, Place as Spot};
use specwright_ir::{
    Docs, Extensions, Location, Name, Parameter, Schema, Shape, StringShape, Style, TypeKind,
};
use specwright_pattern::format;

use super::annotations::{docs, extensions, is_deprecated, said};
use super::body::{Family, family};
use super::context::Lowering;
use super::operation::Item;
use super::place::{Rung, escape};
use super::style::Writing;
use super::{Cursor, Place, path};

/// Header parameters that are not parameters, and where their value comes from instead.
const IGNORED: &[(&str, &str)] = &[
    ("authorization", "credentials come from `security`"),
    ("accept", "it follows from the responses' media types"),
    ("content-type", "it follows from the body's media type"),
];

/// The location of 3.2 that is the whole of a query.
const QUERYSTRING: &str = "querystring";

/// What a parameter's values are.
struct Typed<'a> {
    schema: Schema,
    /// Where the schema stands, for what it says besides.
    site: Option<Cursor<'a>>,
    /// How they are written, where a media type says so.
    content: Option<Style>,
}

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
            if location == Location::Header && !format::is_token(name) {
                self.not_carried(&cursor, "no header can have its name");
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
            let parameter = self.parameter(&cursor, location, &place);
            if cursor.text("in") == QUERYSTRING && !self.is_object(&parameter.schema, 0) {
                self.not_carried(&cursor, "a query is made of named values, which only an object has");
                continue;
            }
            found.push(parameter);
        }
        let mut ordered = Vec::new();
        let query = item.template.raw.split_once('?').map(|(_, query)| query);
        for name in path::parameters(&item.template) {
            let is_in_query = query.is_some_and(|query| query.contains(&format!("{{{name}}}")));
            match found.iter().position(|other| is_same(other, name, Location::Path)) {
                Some(index) => ordered.push(found.remove(index)),
                // A template may hold one parameter twice.
                None if ordered.iter().any(|other| is_same(other, name, Location::Path)) => {}
                // A query parameter that the template shows.
                None if is_in_query && found.iter().any(|other| is_same(other, name, Location::Query)) => {}
                None => ordered.push(self.undeclared_parameter(item, operation, name)),
            }
        }
        ordered.extend(found);
        ordered
    }

    fn parameter(&mut self, cursor: &Cursor<'a>, location: Location, place: &Place) -> Parameter {
        let required = cursor.flag("required") || location == Location::Path;
        let mut deprecated = cursor.flag("deprecated");
        if required && deprecated && location != Location::Path {
            self.required_and_deprecated(cursor);
        }
        let style = style(cursor, location);
        let explode = cursor
            .value
            .get("explode")
            .and_then(Value::as_bool)
            .unwrap_or(matches!(style, Style::Form | Style::Cookie));
        let Typed { schema, site, content } = self.typed_parameter(cursor, location, place);
        let name = cursor.text("name");
        let writing = match content {
            Some(style) => Writing { style, explode: style == Style::Form },
            None => self.settle_style(cursor, name, Writing { style, explode }, &schema),
        };
        let no_value = self.no_value(cursor, location, writing, &schema);
        let mut examples = self.examples(cursor);
        if let Some((_, content)) = cursor.members_of("content").first() {
            examples.extend(self.examples(content));
        }
        let mut default = None;
        let mut texts = docs(cursor, "summary");
        if let Some(site) = site {
            let target = self.follow(&site);
            default = said(&target).iter().find_map(|site| Some(site.get("default")?.value.clone()));
            deprecated |= is_deprecated(&site);
            examples.extend(self.examples_of_site(&site, &schema));
            let inner = docs(&site, "title");
            if texts.description.is_empty() {
                texts.description = inner.description;
            }
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
            style: writing.style,
            explode: writing.explode,
            allow_reserved,
            allow_empty: no_value.0,
            may_be_null: no_value.1,
            schema,
            default,
            examples,
            extensions,
        }
    }

    /// What a text that is empty means, and whether it may stand for a value that is required.
    fn no_value(
        &self,
        cursor: &Cursor<'a>,
        location: Location,
        writing: Writing,
        schema: &Schema,
    ) -> (bool, bool) {
        if writing.style == Style::Json {
            return (false, self.is_nullable(schema));
        }
        let may_be_empty = cursor.flag("allowEmptyValue") || self.is_nullable(schema);
        if location != Location::Query || !may_be_empty || self.has_empty_text(schema, 0) {
            return (false, false);
        }
        (true, cursor.flag("required") && !self.is_list(schema))
    }

    fn is_nullable(&self, schema: &Schema) -> bool {
        schema.nullable
            || match &schema.shape {
                Shape::Named(id) => match &self.type_of(*id).kind {
                    TypeKind::Alias(alias) => alias.schema.nullable,
                    _ => false,
                },
                _ => false,
            }
    }

    fn typed_parameter(&mut self, cursor: &Cursor<'a>, location: Location, place: &Place) -> Typed<'a> {
        if let Some(schema) = cursor.get("schema") {
            return Typed { schema: self.schema(&schema, place), site: Some(schema), content: None };
        }
        let plain = Typed { schema: plain_string(cursor), site: None, content: None };
        let Some((media, content)) = cursor.members_of("content").into_iter().next() else { return plain };
        if cursor.text("in") == QUERYSTRING {
            let schema = self.content_schema(&content, place);
            return Typed { schema, site: content.get("schema"), content: Some(Style::Form) };
        }
        let usual = match location {
            Location::Query | Location::Cookie => Style::Form,
            Location::Path | Location::Header => Style::Simple,
        };
        let (schema, style) = self.text_of_media_type(cursor.text("name"), media, &content, usual, place);
        Typed { schema, site: content.get("schema").filter(|_| style == Style::Json), content: Some(style) }
    }

    /// What the text of a parameter or header is, and how it is written, where a media type says so.
    pub(super) fn text_of_media_type(
        &mut self,
        name: &str,
        media: &str,
        content: &Cursor<'a>,
        usual: Style,
        place: &Place,
    ) -> (Schema, Style) {
        let family = family(media);
        let schema = content.get("schema");
        if family == Family::Json {
            let schema = match &schema {
                Some(schema) => self.schema(schema, place),
                None => Schema { shape: Shape::Any, ..plain_string(content) },
            };
            return (schema, Style::Json);
        }
        if let Some(schema) = schema.filter(|_| family == Family::Text) {
            let schema = self.schema(&schema, place);
            let is_text = matches!(
                schema.shape,
                Shape::String(_) | Shape::Boolean | Shape::Integer(_) | Shape::Number(_)
            );
            if is_text {
                return (schema, usual);
            }
        } else if family == Family::Text {
            return (plain_string(content), usual);
        }
        self.say(
            Diagnostic::new(
                Code::TextOfMediaType,
                format!("`{name}` is of the media type `{media}`: taken as text"),
                Spot::key(&content.pointer),
                "its schema is not applied",
            )
            .with_note("what is sent and received is the text as it is"),
        );
        (plain_string(content), usual)
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
            allow_empty: false,
            may_be_null: false,
            schema: plain_string(operation),
            default: None,
            examples: Vec::new(),
            extensions: Extensions::new(),
        }
    }
}

fn plain_string(cursor: &Cursor<'_>) -> Schema {
    Schema::new(Shape::String(StringShape::default()), cursor.pointer.clone())
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
        .or((cursor.text("in") == QUERYSTRING).then_some(Location::Query))
}

pub(super) fn style(cursor: &Cursor<'_>, location: Location) -> Style {
    match cursor.text("style") {
        "matrix" => Style::Matrix,
        "label" => Style::Label,
        "form" => Style::Form,
        "simple" => Style::Simple,
        "spaceDelimited" => Style::SpaceDelimited,
        "pipeDelimited" => Style::PipeDelimited,
        "tabDelimited" => Style::TabDelimited,
        "cookie" => Style::Cookie,
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
