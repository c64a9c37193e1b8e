//! Schemas in words.

use std::fmt::Display;

use specwright_ir::{
    Bound, Integer, IntegerFormat, Ir, Number, NumberFormat, Rule, Schema, Shape, StringFormat, StringShape,
    Xml, XmlNode,
};

use super::text::{quoted, word};

/// A schema in words: its type, then its constraints.
pub(super) fn describe(ir: &Ir, schema: &Schema) -> String {
    let what = match &schema.shape {
        Shape::Any => "any".to_owned(),
        Shape::Boolean => "boolean".to_owned(),
        Shape::Integer(shape) => integer(shape),
        Shape::Number(shape) => number(shape),
        Shape::String(shape) => string(shape),
        Shape::Array(array) => {
            let unique = if array.unique_items { ", unique" } else { "" };
            let size = sizes("items", array.min_items, array.max_items);
            let xml = array.xml.as_deref().map(|item| format!(", each {}", xml(item))).unwrap_or_default();
            let between =
                array.delimiter.map(|delimiter| format!(", {delimiter:?} between")).unwrap_or_default();
            format!("array of {}{size}{unique}{xml}{between}", inner(ir, &array.items))
        }
        Shape::Tuple(items) => {
            let items: Vec<_> = items.iter().map(|item| inner(ir, item)).collect();
            format!("tuple of {}", items.join(" + "))
        }
        Shape::Map(map) => {
            let size = sizes("members", map.min_properties, map.max_properties);
            format!("map of {}{size}", inner(ir, &map.values))
        }
        Shape::Named(id) => ir.ty(*id).name.pascal.clone(),
    };
    let rules = rules(ir, &schema.rules);
    let nullable = if schema.nullable { ", nullable" } else { "" };
    what + &rules + nullable
}

/// `, not string, names length ..5`: what is asked for besides the type.
pub(super) fn rules(ir: &Ir, rules: &[Rule]) -> String {
    rules.iter().flat_map(|one| [", ".to_owned(), rule(ir, one)]).collect()
}

fn rule(ir: &Ir, rule: &Rule) -> String {
    let list =
        |schemas: &[Schema]| schemas.iter().map(|schema| judged(ir, schema)).collect::<Vec<_>>().join(" | ");
    let words = |names: &[String]| names.iter().map(|name| word(name)).collect::<Vec<_>>().join(" + ");
    match rule {
        Rule::Values(values) => {
            let values: Vec<_> = values.iter().map(ToString::to_string).collect();
            format!("one of {}", values.join(" | "))
        }
        Rule::Types(types) => types.iter().map(|ty| ty.as_str()).collect::<Vec<_>>().join(" or "),
        Rule::Fits(schema) => judged(ir, schema),
        Rule::Not(schema) => format!("not {}", judged(ir, schema)),
        Rule::AnyOf(schemas) => format!("any of {}", list(schemas)),
        Rule::OneOf(schemas) => format!("one and no other of {}", list(schemas)),
        Rule::If { condition, then, otherwise } => {
            let then = then.as_ref().map(|then| format!(" then {}", judged(ir, then)));
            let otherwise = otherwise.as_ref().map(|otherwise| format!(" else {}", judged(ir, otherwise)));
            let branches = then.into_iter().chain(otherwise).collect::<String>();
            format!("if {}{branches}", judged(ir, condition))
        }
        Rule::Number(shape) => number(shape),
        Rule::Text(shape) => string(shape),
        Rule::Prefix(schemas) => {
            let items: Vec<_> = schemas.iter().map(|schema| judged(ir, schema)).collect();
            format!("begins with {}", items.join(" + "))
        }
        Rule::Items { from: 0, schema } => format!("items {}", judged(ir, schema)),
        Rule::Items { from, schema } => format!("items from {} on {}", from + 1, judged(ir, schema)),
        Rule::ItemCount(count) => sizes("items", count.min, count.max).split_off(2),
        Rule::Unique => "unique".to_owned(),
        Rule::Contains { schema, count } => {
            format!("contains {}{}", judged(ir, schema), sizes("times", count.min, count.max))
        }
        Rule::UnevaluatedItems(schema) => format!("other items {}", judged(ir, schema)),
        Rule::Required(names) => format!("with {}", words(names)),
        Rule::Properties(properties) => {
            let properties: Vec<_> = properties
                .iter()
                .map(|(name, schema)| format!("{}: {}", word(name), judged(ir, schema)))
                .collect();
            format!("{{ {} }}", properties.join(", "))
        }
        Rule::Members { patterns, rest, .. } => {
            let patterns = patterns
                .iter()
                .map(|(pattern, schema)| format!("members like {} {}", quoted(pattern), judged(ir, schema)));
            let rest = rest.as_ref().map(|rest| format!("other members {}", judged(ir, rest)));
            patterns.chain(rest).collect::<Vec<_>>().join(", ")
        }
        Rule::MemberCount(count) => sizes("members", count.min, count.max).split_off(2),
        Rule::Names(schema) => format!("names {}", judged(ir, schema)),
        Rule::DependentRequired { name, names } => format!("{} asks for {}", word(name), words(names)),
        Rule::DependentSchema { name, schema } => format!("{} asks for {}", word(name), judged(ir, schema)),
        Rule::UnevaluatedProperties(schema) => format!("other members {}", judged(ir, schema)),
    }
}

/// A schema that values are only held against, in parentheses.
fn judged(ir: &Ir, schema: &Schema) -> String {
    let is_any = schema.shape == Shape::Any;
    match (is_any, schema.rules.as_slice()) {
        (true, [Rule::Not(inner)]) if inner.shape == Shape::Any && inner.rules.is_empty() => {
            "none".to_owned()
        }
        (true, [one]) => format!("({})", rule(ir, one)),
        (true, several @ [_, ..]) => {
            format!("({})", several.iter().map(|one| rule(ir, one)).collect::<Vec<_>>().join(", "))
        }
        _ => inner(ir, schema),
    }
}

/// How a value stands in XML: `XML attribute id of "https://example.com"`.
pub(super) fn xml(xml: &Xml) -> String {
    let node = match xml.node {
        XmlNode::Element => "element",
        XmlNode::Wrapper => "wrapper",
        XmlNode::Attribute => "attribute",
        XmlNode::Text => "text",
        XmlNode::Cdata => "CDATA",
    };
    let prefix = xml.prefix.as_ref().map(|prefix| format!("{prefix}:")).unwrap_or_default();
    let name = xml.name.as_ref().map(|name| format!(" {}", word(&format!("{prefix}{name}"))));
    let namespace = xml.namespace.as_ref().map(|namespace| format!(" of {}", quoted(namespace)));
    format!("XML {node}{}{}", name.unwrap_or_default(), namespace.unwrap_or_default())
}

/// A schema inside of another one's words.
fn inner(ir: &Ir, schema: &Schema) -> String {
    let what = describe(ir, schema);
    if what.contains([',', ' ']) { format!("({what})") } else { what }
}

/// `, items 1..5`, or nothing.
pub(super) fn sizes(what: &str, least: Option<u64>, most: Option<u64>) -> String {
    match (least, most) {
        (None, None) => String::new(),
        (Some(least), Some(most)) if least == most => format!(", {what} {least}"),
        _ => {
            let end = |bound: Option<u64>| bound.map(|bound| bound.to_string()).unwrap_or_default();
            format!(", {what} {}..{}", end(least), end(most))
        }
    }
}

fn integer(shape: &Integer) -> String {
    let kind = if shape.is_number { "number" } else { "integer" };
    let format = match shape.format {
        IntegerFormat::Unspecified => "",
        IntegerFormat::Int32 => " int32",
        IntegerFormat::Int64 => " int64",
        IntegerFormat::Uint32 => " uint32",
        IntegerFormat::Uint64 => " uint64",
    };
    format!("{kind}{format}{}", range(shape.minimum, shape.maximum, shape.multiple_of))
}

fn number(shape: &Number) -> String {
    let format = match &shape.format {
        NumberFormat::Unspecified => String::new(),
        NumberFormat::Float => " float".to_owned(),
        NumberFormat::Double => " double".to_owned(),
        NumberFormat::Custom { format, .. } => format!(" {}", quoted(format)),
    };
    format!("number{format}{}", range(shape.minimum, shape.maximum, shape.multiple_of))
}

fn range<T: Display>(minimum: Option<Bound<T>>, maximum: Option<Bound<T>>, multiple: Option<T>) -> String {
    let sign = |exclusive| if exclusive { "" } else { "=" };
    let minimum = minimum.map(|bound| format!(", >{} {}", sign(bound.exclusive), bound.value));
    let maximum = maximum.map(|bound| format!(", <{} {}", sign(bound.exclusive), bound.value));
    let multiple = multiple.map(|step| format!(", multiple of {step}"));
    [minimum, maximum, multiple].into_iter().flatten().collect()
}

fn string(shape: &StringShape) -> String {
    let format = match &shape.format {
        StringFormat::Plain => String::new(),
        StringFormat::DateTime => " date-time".to_owned(),
        StringFormat::Date => " date".to_owned(),
        StringFormat::Uuid => " uuid".to_owned(),
        StringFormat::Byte => " byte".to_owned(),
        StringFormat::Base64Url => " base64url".to_owned(),
        StringFormat::Password => " password".to_owned(),
        StringFormat::Binary => " binary".to_owned(),
        StringFormat::File => " file".to_owned(),
        StringFormat::Custom { format, .. } | StringFormat::Other(format) => {
            format!(" {}", word(format))
        }
    };
    let length = sizes("length", shape.min_length, shape.max_length);
    let pattern = shape.pattern.as_ref().map(|pattern| format!(", pattern {}", quoted(pattern)));
    format!("string{format}{length}{}", pattern.unwrap_or_default())
}
