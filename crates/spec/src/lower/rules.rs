//! Keywords that a value is held against besides its type.

use serde_json::{Map, Value};
use specwright_ir::{
    Bound, Count, JsonType, Number, NumberFormat, Rule, Schema, Shape, StringFormat, StringShape,
};

use super::context::Lowering;
use super::facts::Facts;
use super::{Cursor, Place};

/// Keywords that no type of ours holds, so that values are held against them.
pub(super) const RULES: &[&str] = &[
    "not",
    "if",
    "then",
    "else",
    "prefixItems",
    "contains",
    "minContains",
    "maxContains",
    "unevaluatedItems",
    "patternProperties",
    "propertyNames",
    "dependentRequired",
    "dependentSchemas",
    "unevaluatedProperties",
];

/// What names of members that no property has may be, beside patterns.
pub(super) struct Patterned<'a> {
    /// Patterns and the schemas of what they match.
    pub(super) patterns: Vec<(&'a str, Cursor<'a>)>,
    /// Whether nothing else is legal.
    pub(super) closed: bool,
}

impl<'a> Patterned<'a> {
    /// The only schema of all that may stand beside the properties.
    pub(super) fn only(self) -> Option<Cursor<'a>> {
        let mut schemas = self.patterns.into_iter().map(|(_, schema)| schema);
        schemas.next().filter(|_| self.closed && schemas.len() == 0)
    }
}

impl<'a> Facts<'a> {
    /// Whether `patternProperties` say something here.
    pub(super) fn patterned(&self) -> Option<Patterned<'a>> {
        let patterns: Vec<_> =
            self.all("patternProperties").iter().flat_map(|all| all.members().collect::<Vec<_>>()).collect();
        let closed = self.values("additionalProperties").any(|rest| *rest == Value::Bool(false));
        (!patterns.is_empty()).then_some(Patterned { patterns, closed })
    }

    /// The leaves whose rules are not held elsewhere.
    fn ruling(&self) -> &[Cursor<'a>] {
        self.leaves.get(self.ruled..).unwrap_or_default()
    }
}

impl<'a> Lowering<'a, '_> {
    /// What the schemas of a place ask for besides what the type says.
    pub(super) fn rules(&mut self, facts: &Facts<'a>, place: &Place) -> Vec<Rule> {
        let mut rules = Vec::new();
        for leaf in facts.ruling() {
            self.applied(leaf, place, &mut rules);
            self.of_lists(leaf, place, &mut rules);
            self.of_objects(leaf, place, &mut rules);
        }
        // Beside `additionalProperties` no member is left for it.
        if facts.has("additionalProperties") {
            rules.retain(|rule| !matches!(rule, Rule::UnevaluatedProperties(_)));
        }
        if facts.ruled < facts.leaves.len() {
            rules.extend(self.members(facts, place));
            rules.extend(several(facts));
        }
        rules
    }

    /// `not`, `if` and what is about them.
    fn applied(&mut self, leaf: &Cursor<'a>, place: &Place, rules: &mut Vec<Rule>) {
        if let Some(not) = leaf.get("not") {
            rules.push(Rule::Not(Box::new(self.judged(&not, place))));
        }
        if let Some(condition) = leaf.get("if")
            && (leaf.has("then") || leaf.has("else"))
        {
            let condition = Box::new(self.judged(&condition, place));
            let then = leaf.get("then").map(|then| Box::new(self.judged(&then, place)));
            let otherwise = leaf.get("else").map(|otherwise| Box::new(self.judged(&otherwise, place)));
            rules.push(Rule::If { condition, then, otherwise });
        }
    }

    /// What is about lists, but for what a type says.
    fn of_lists(&mut self, leaf: &Cursor<'a>, place: &Place, rules: &mut Vec<Rule>) {
        let prefix = leaf.items_of("prefixItems");
        let from = prefix.len();
        if !prefix.is_empty() && !is_tuple(leaf) {
            let prefix = prefix.iter().map(|item| self.judged(item, place)).collect();
            rules.push(Rule::Prefix(prefix));
            if let Some(rest) = leaf.get("items") {
                rules.push(Rule::Items { from, schema: Box::new(self.judged(&rest, place)) });
            }
        }
        if let Some(contains) = leaf.get("contains") {
            let count = count(leaf, "minContains", "maxContains");
            if count != (Count { min: Some(0), max: None }) {
                let schema = Box::new(self.judged(&contains, place));
                rules.push(Rule::Contains { schema, count });
            }
        }
        if let Some(rest) = leaf.get("unevaluatedItems") {
            rules.push(Rule::UnevaluatedItems(Box::new(self.judged(&rest, place))));
        }
    }

    /// What is about objects, but for what a type says.
    fn of_objects(&mut self, leaf: &Cursor<'a>, place: &Place, rules: &mut Vec<Rule>) {
        if let Some(names) = leaf.get("propertyNames") {
            rules.push(Rule::Names(Box::new(self.judged(&names, place))));
        }
        for (name, names) in leaf.members_of("dependentRequired") {
            let names = texts(names.value);
            if !names.is_empty() {
                rules.push(Rule::DependentRequired { name: name.to_owned(), names });
            }
        }
        for (name, schema) in leaf.members_of("dependentSchemas") {
            let schema = Box::new(self.judged(&schema, place));
            rules.push(Rule::DependentSchema { name: name.to_owned(), schema });
        }
        if let Some(rest) = leaf.get("unevaluatedProperties") {
            rules.push(Rule::UnevaluatedProperties(Box::new(self.judged(&rest, place))));
        }
    }

    /// `patternProperties` with what stands beside them.
    fn members(&mut self, facts: &Facts<'a>, place: &Place) -> Option<Rule> {
        let patterned = facts.patterned()?;
        let declared = facts.all("properties");
        let known = declared.iter().flat_map(Cursor::members).map(|(name, _)| name.to_owned()).collect();
        // The type says already what a value is that nothing but one pattern is about.
        let is_typed = patterned.closed && patterned.patterns.len() == 1;
        let patterns = patterned.patterns.iter().map(|(pattern, schema)| {
            let held = if is_typed { anything(schema) } else { self.judged(schema, place) };
            if !is_typed {
                self.leftovers(schema, &held, &[]);
            }
            ((*pattern).to_owned(), held)
        });
        let patterns = patterns.collect();
        let mut schemas = facts.all("additionalProperties").into_iter();
        let rest = if patterned.closed {
            Some(Box::new(nothing(&patterned.patterns[0].1)))
        } else {
            schemas.next_back().map(|rest| match rest.value {
                Value::Object(_) => Box::new(self.judged(&rest, place)),
                _ => Box::new(anything(&rest)),
            })
        };
        Some(Rule::Members { known, patterns, rest })
    }

    /// A schema that values are only held against: every keyword a rule, and types only where it names
    /// them.
    pub(super) fn judged(&mut self, schema: &Cursor<'a>, place: &Place) -> Schema {
        if let Some(target) = schema.reference().and_then(|reference| self.target(reference)) {
            let id = self.referenced(&target, place);
            return Schema {
                nullable: self.accepts_null(schema),
                ..super::union::named(id, &schema.pointer)
            };
        }
        self.has_access(schema);
        let mut rules = Vec::new();
        if let Some(ty) = JsonType::named(schema.text("type")) {
            let null = schema.flag("nullable").then_some(JsonType::Null);
            rules.push(Rule::Types(std::iter::once(ty).chain(null).collect()));
        }
        if let Some(values) = schema.value.get("enum").and_then(Value::as_array) {
            rules.push(Rule::Values(values.clone()));
        }
        for member in schema.items_of("allOf") {
            rules.push(Rule::Fits(Box::new(self.judged(&member, place))));
        }
        for (key, rule) in [("anyOf", Rule::AnyOf as fn(Vec<Schema>) -> Rule), ("oneOf", Rule::OneOf)] {
            let members = schema.items_of(key);
            if !members.is_empty() {
                rules.push(rule(members.iter().map(|member| self.judged(member, place)).collect()));
            }
        }
        self.applied(schema, place, &mut rules);
        rules.extend(numbers(schema));
        rules.extend(text(schema));
        self.judged_list(schema, place, &mut rules);
        self.judged_object(schema, place, &mut rules);
        Schema { rules, ..anything(schema) }
    }

    fn judged_list(&mut self, schema: &Cursor<'a>, place: &Place, rules: &mut Vec<Rule>) {
        let prefix = schema.items_of("prefixItems");
        if let (Some(items), true) = (schema.get("items"), prefix.is_empty() || is_tuple(schema)) {
            rules.push(Rule::Items { from: prefix.len(), schema: Box::new(self.judged(&items, place)) });
        }
        if is_tuple(schema) {
            rules.push(Rule::Prefix(prefix.iter().map(|item| self.judged(item, place)).collect()));
        }
        self.of_lists(schema, place, rules);
        let items = count(schema, "minItems", "maxItems");
        if items != Count::default() {
            rules.push(Rule::ItemCount(items));
        }
        if schema.flag("uniqueItems") {
            rules.push(Rule::Unique);
        }
    }

    fn judged_object(&mut self, schema: &Cursor<'a>, place: &Place, rules: &mut Vec<Rule>) {
        let required = schema.value.get("required").map(texts).unwrap_or_default();
        if !required.is_empty() {
            rules.push(Rule::Required(required));
        }
        let properties = schema.members_of("properties");
        let known: Vec<String> = properties.iter().map(|(name, _)| (*name).to_owned()).collect();
        if !properties.is_empty() {
            let properties = properties.iter();
            let properties =
                properties.map(|(name, property)| ((*name).to_owned(), self.judged(property, place)));
            rules.push(Rule::Properties(properties.collect()));
        }
        let patterns = schema.members_of("patternProperties").into_iter();
        let patterns: Vec<_> =
            patterns.map(|(pattern, schema)| (pattern.to_owned(), self.judged(&schema, place))).collect();
        let rest = schema.get("additionalProperties").and_then(|rest| match rest.value {
            Value::Bool(true) => None,
            Value::Bool(false) => Some(Box::new(nothing(&rest))),
            _ => Some(Box::new(self.judged(&rest, place))),
        });
        if !patterns.is_empty() || rest.is_some() {
            rules.push(Rule::Members { known, patterns, rest });
        }
        let members = count(schema, "minProperties", "maxProperties");
        if members != Count::default() {
            rules.push(Rule::MemberCount(members));
        }
        self.of_objects(schema, place, rules);
    }
}

/// What a type holds one of: patterns and steps that several schemas ask for.
fn several(facts: &Facts<'_>) -> Vec<Rule> {
    let mut rules = Vec::new();
    let patterns: Vec<&str> = facts.values("pattern").filter_map(Value::as_str).collect();
    if let [others @ .., last] = patterns.as_slice() {
        for pattern in others.iter().filter(|pattern| *pattern != last) {
            let pattern = Some((*pattern).to_owned());
            rules.push(Rule::Text(StringShape { pattern, ..StringShape::default() }));
        }
    }
    let steps: Vec<&Value> = facts.values("multipleOf").collect();
    if let [others @ .., last] = steps.as_slice() {
        let is_whole = facts.values("type").any(|ty| ty == "integer");
        let held = |step: &&&Value| is_whole && !step.is_i64();
        for step in others.iter().filter(|step| *step != last).chain(Some(last).filter(held)) {
            rules.push(Rule::Number(Number { multiple_of: step.as_f64(), ..Number::default() }));
        }
    }
    rules
}

/// Whether a list has as many items as it describes one by one, so that it is a tuple.
pub(super) fn is_tuple(schema: &Cursor<'_>) -> bool {
    // What `Debug` and its like are implemented for.
    const LONGEST: usize = 12;
    let length = schema.items_of("prefixItems").len();
    let is_length = |key: &str| schema.value.get(key).and_then(Value::as_u64) == Some(length as u64);
    (1..=LONGEST).contains(&length) && is_length("minItems") && is_length("maxItems")
}

/// A schema that every value fits.
fn anything(schema: &Cursor<'_>) -> Schema {
    Schema::new(Shape::Any, schema.pointer.clone())
}

/// A schema that no value fits.
fn nothing(schema: &Cursor<'_>) -> Schema {
    let any = anything(schema);
    Schema { rules: vec![Rule::Not(Box::new(any.clone()))], ..any }
}

/// Whether `false` stands there, as the model writes it.
pub(super) fn is_nothing(schema: &Cursor<'_>) -> bool {
    schema.value.as_object().is_some_and(|members| {
        members.len() == 1 && members.get("not").and_then(Value::as_object).is_some_and(Map::is_empty)
    })
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn count(schema: &Cursor<'_>, least: &str, most: &str) -> Count {
    let limit = |key: &str| schema.value.get(key).and_then(Value::as_u64);
    Count { min: limit(least), max: limit(most) }
}

fn numbers(schema: &Cursor<'_>) -> Option<Rule> {
    let real = |key: &str| schema.value.get(key).and_then(Value::as_f64);
    let bound = |key: &str, exclusive: &str| {
        real(key).map(|value| Bound { value, exclusive: schema.flag(exclusive) })
    };
    let number = Number {
        format: NumberFormat::Unspecified,
        minimum: bound("minimum", "exclusiveMinimum"),
        maximum: bound("maximum", "exclusiveMaximum"),
        multiple_of: real("multipleOf"),
    };
    (number != Number::default()).then_some(Rule::Number(number))
}

fn text(schema: &Cursor<'_>) -> Option<Rule> {
    let format = match schema.text("format") {
        "date-time" => StringFormat::DateTime,
        "date" => StringFormat::Date,
        "uuid" => StringFormat::Uuid,
        "byte" => StringFormat::Byte,
        "base64url" => StringFormat::Base64Url,
        checked @ ("duration" | "time") => StringFormat::Other(checked.to_owned()),
        _ => StringFormat::Plain,
    };
    let length = count(schema, "minLength", "maxLength");
    let pattern = schema.get("pattern").and_then(|pattern| pattern.value.as_str()).map(str::to_owned);
    let text = StringShape { format, min_length: length.min, max_length: length.max, pattern };
    (text != StringShape::default()).then_some(Rule::Text(text))
}
