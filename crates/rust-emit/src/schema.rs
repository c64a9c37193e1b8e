//! A schema in use, as the runtime's static data.

use std::collections::BTreeSet;
use std::iter;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use specwright_ir::{
    Alias, Array, Bound, Count, Integer, IntegerFormat, Ir, JsonType, Map, Number, NumberFormat, Rule,
    Schema, Shape, StringFormat, StringShape, TypeId, TypeKind,
};

use crate::{ident, number, paths, shouty, xml};

/// The `Pattern` statics of a function or a module, one a text, named after the place that asks first.
#[derive(Debug, Default)]
pub struct Patterns {
    taken: BTreeSet<String>,
    patterns: Vec<(String, Ident)>,
}

impl Patterns {
    /// A scope in which these names are taken.
    pub fn new(taken: impl IntoIterator<Item = Ident>) -> Self {
        Self { taken: taken.into_iter().map(|name| name.to_string()).collect(), patterns: Vec::new() }
    }

    /// The name of the static that holds a pattern.
    fn name(&mut self, text: &str, hint: &str) -> Ident {
        if let Some((_, name)) = self.patterns.iter().find(|(known, _)| known == text) {
            return name.clone();
        }
        let name = self.free(&format!("{}_PATTERN", shouty(hint)));
        self.patterns.push((text.to_owned(), name.clone()));
        name
    }

    /// A name that begins so and is not taken yet; it is now.
    pub fn free(&mut self, stem: &str) -> Ident {
        let numbered = (2..).map(|number| format!("{stem}_{number}"));
        let mut names = iter::once(stem.to_owned()).chain(numbered);
        let name = names.find(|name| !self.taken.contains(name)).unwrap_or_default();
        self.taken.insert(name.clone());
        ident(&name)
    }

    /// The statics.
    pub fn items(&self) -> TokenStream {
        let statics = self.patterns.iter().map(|(text, name)| {
            quote!(static #name: ::specwright_runtime::Pattern = ::specwright_runtime::Pattern::new(#text);)
        });
        quote!(#(#statics)*)
    }
}

/// The expression that makes the runtime's schema, in a `static`. The hint, a `snake_case` name, is
/// for what the patterns of the schema are called.
pub fn schema(ir: &Ir, schema: &Schema, hint: &str, patterns: &mut Patterns) -> TokenStream {
    let base = match &schema.shape {
        Shape::Any => quote!(::specwright_runtime::Schema::any()),
        Shape::Boolean => quote!(::specwright_runtime::Schema::boolean()),
        Shape::Integer(rules) => integer(rules),
        Shape::Number(rules) => float(rules),
        Shape::String(rules) => string(rules, hint, patterns),
        Shape::Array(rules) => array(ir, rules, hint, patterns),
        Shape::Tuple(items) => tuple(ir, items, hint, patterns),
        Shape::Map(rules) => map(ir, rules, hint, patterns),
        Shape::Named(id) => named(ir, *id, hint, patterns),
    };
    if is_never(schema) {
        return quote!(::specwright_runtime::Schema::never());
    }
    let nullable = (schema.nullable && schema.shape != Shape::Any).then(|| quote!(.nullable()));
    let rules = rules(ir, &schema.rules, hint, patterns);
    quote!(#base #rules #nullable)
}

/// Whether no value fits: `false` as a schema.
fn is_never(schema: &Schema) -> bool {
    let is_any = |schema: &Schema| schema.shape == Shape::Any;
    let takes_all = |schema: &Schema| is_any(schema) && schema.rules.is_empty();
    matches!(schema.rules.as_slice(), [Rule::Not(inner)] if is_any(schema) && takes_all(inner))
}

/// `.rules(&[..])`, or nothing where there are none.
pub fn rules(ir: &Ir, rules: &[Rule], hint: &str, patterns: &mut Patterns) -> Option<TokenStream> {
    let rules: Vec<TokenStream> = rules.iter().map(|one| rule(ir, one, hint, patterns)).collect();
    (!rules.is_empty()).then(|| quote!(.rules(&[#(#rules),*])))
}

fn rule(ir: &Ir, rule: &Rule, hint: &str, patterns: &mut Patterns) -> TokenStream {
    let inner = |inner: &Schema, patterns: &mut Patterns| schema(ir, inner, hint, patterns);
    let list = |schemas: &[Schema], patterns: &mut Patterns| {
        let schemas = schemas.iter().map(|schema| inner(schema, patterns));
        let schemas: Vec<TokenStream> = schemas.collect();
        quote!(&[#(#schemas),*])
    };
    let optional = |schema: Option<&Schema>, patterns: &mut Patterns| {
        let schema = schema.map(|schema| inner(schema, patterns));
        schema.map_or_else(|| quote!(None), |schema| quote!(Some(&#schema)))
    };
    let rule = match rule {
        Rule::Values(values) => {
            let texts = values.iter().map(ToString::to_string);
            quote!(Values(&[#(#texts),*]))
        }
        Rule::Types(types) => {
            let types = types.iter().map(|ty| json_type(*ty));
            quote!(Types(&[#(#types),*]))
        }
        Rule::Fits(schema) => single(&quote!(Fits), &inner(schema, patterns)),
        Rule::Not(schema) => single(&quote!(Not), &inner(schema, patterns)),
        Rule::AnyOf(schemas) => single(&quote!(AnyOf), &list(schemas, patterns)),
        Rule::OneOf(schemas) => single(&quote!(OneOf), &list(schemas, patterns)),
        Rule::If { condition, then, otherwise } => {
            let condition = inner(condition, patterns);
            let then = optional(then.as_deref(), patterns);
            let otherwise = optional(otherwise.as_deref(), patterns);
            quote!(If(&#condition, #then, #otherwise))
        }
        Rule::Number(number) => single(&quote!(When), &float(number)),
        Rule::Text(text) => single(&quote!(When), &string(text, hint, patterns)),
        Rule::ItemCount(count) => {
            let count = counts(&quote!(items), count.min, count.max);
            single(
                &quote!(When),
                &quote!(::specwright_runtime::Schema::array(&::specwright_runtime::Schema::any()) #count),
            )
        }
        Rule::Unique => single(
            &quote!(When),
            &quote!(::specwright_runtime::Schema::array(&::specwright_runtime::Schema::any()).unique()),
        ),
        Rule::MemberCount(count) => {
            let count = counts(&quote!(properties), count.min, count.max);
            single(&quote!(When), &quote!(::specwright_runtime::Schema::object(&[]) #count))
        }
        Rule::Prefix(schemas) => single(&quote!(Prefix), &list(schemas, patterns)),
        Rule::Items { from, schema } => {
            let (from, schema) = (Literal::usize_unsuffixed(*from), inner(schema, patterns));
            quote!(Items(#from, &#schema))
        }
        Rule::Contains { schema, count } => {
            let (schema, (min, max)) = (inner(schema, patterns), ends(*count));
            quote!(Contains(&#schema, #min, #max))
        }
        Rule::UnevaluatedItems(schema) => single(&quote!(UnevaluatedItems), &inner(schema, patterns)),
        Rule::Required(names) => quote!(Required(&[#(#names),*])),
        Rule::Properties(properties) => {
            let properties: Vec<TokenStream> = properties
                .iter()
                .map(|(name, schema)| {
                    let schema = inner(schema, patterns);
                    quote!((#name, #schema))
                })
                .collect();
            quote!(Properties(&[#(#properties),*]))
        }
        Rule::Members { known, patterns: named, rest } => {
            let rest = optional(rest.as_deref(), patterns);
            let named: Vec<TokenStream> = named
                .iter()
                .map(|(text, schema)| {
                    let (name, schema) = (patterns.name(text, hint), inner(schema, patterns));
                    quote!((&#name, #schema))
                })
                .collect();
            quote!(Members { known: &[#(#known),*], patterns: &[#(#named),*], rest: #rest })
        }
        Rule::Names(schema) => single(&quote!(Names), &inner(schema, patterns)),
        Rule::DependentRequired { name, names } => quote!(DependentRequired(#name, &[#(#names),*])),
        Rule::DependentSchema { name, schema } => {
            let schema = inner(schema, patterns);
            quote!(DependentSchema(#name, &#schema))
        }
        Rule::UnevaluatedProperties(schema) => {
            single(&quote!(UnevaluatedProperties), &inner(schema, patterns))
        }
    };
    quote!(::specwright_runtime::Rule::#rule)
}

/// A rule of one schema, or of a list that is a reference already.
fn single(name: &TokenStream, schema: &TokenStream) -> TokenStream {
    let is_list = schema.to_string().starts_with('&');
    if is_list { quote!(#name(#schema)) } else { quote!(#name(&#schema)) }
}

fn ends(count: Count) -> (TokenStream, TokenStream) {
    let end = |limit: Option<u64>| {
        limit.map(|limit| number(limit.into())).map_or_else(|| quote!(None), |limit| quote!(Some(#limit)))
    };
    (end(count.min), end(count.max))
}

fn json_type(ty: JsonType) -> TokenStream {
    let name = match ty {
        JsonType::Null => quote!(Null),
        JsonType::Boolean => quote!(Boolean),
        JsonType::Integer => quote!(Integer),
        JsonType::Number => quote!(Number),
        JsonType::String => quote!(String),
        JsonType::Array => quote!(Array),
        JsonType::Object => quote!(Object),
    };
    quote!(::specwright_runtime::JsonType::#name)
}

/// A list of as many items as are described.
fn tuple(ir: &Ir, items: &[Schema], hint: &str, patterns: &mut Patterns) -> TokenStream {
    let length = number(i128::try_from(items.len()).unwrap_or_default());
    let items: Vec<TokenStream> = items.iter().map(|item| schema(ir, item, hint, patterns)).collect();
    quote! {
        ::specwright_runtime::Schema::array(&::specwright_runtime::Schema::any())
            .items(Some(#length), Some(#length))
            .rules(&[::specwright_runtime::Rule::Prefix(&[#(#items),*])])
    }
}

/// A reference to a type's schema. An alias is no type that could have one: its schema stands here.
fn named(ir: &Ir, id: TypeId, hint: &str, patterns: &mut Patterns) -> TokenStream {
    if let TypeKind::Alias(Alias { schema, newtype: false }) = &ir.ty(id).kind {
        return self::schema(ir, schema, hint, patterns);
    }
    let path = paths::type_path(ir, id);
    quote!(::specwright_runtime::Schema::of::<#path>())
}

/// What the schema of an integer begins with.
pub(crate) fn start_of_integer(zero_fraction: bool) -> TokenStream {
    if zero_fraction { quote!(integral()) } else { quote!(integer()) }
}

fn integer(rules: &Integer) -> TokenStream {
    let start = start_of_integer(rules.zero_fraction);
    let width = match rules.format {
        IntegerFormat::Int32 => Some(quote!(Int32)),
        IntegerFormat::Unspecified | IntegerFormat::Int64 => None,
        IntegerFormat::Uint32 => Some(quote!(Uint32)),
        IntegerFormat::Uint64 => Some(quote!(Uint64)),
    };
    let width = width.map(|width| quote!(.width(::specwright_runtime::Width::#width)));
    let range = limits(
        &quote!(range),
        rules.minimum.map(|bound| number(bound.value)),
        rules.maximum.map(|bound| number(bound.value)),
    );
    let exclusive = exclusive(rules.minimum.as_ref(), rules.maximum.as_ref());
    let multiple_of = rules.multiple_of.map(|divisor| {
        let divisor = number(divisor);
        quote!(.multiple_of(#divisor))
    });
    quote!(::specwright_runtime::Schema::#start #width #range #exclusive #multiple_of)
}

fn float(rules: &Number) -> TokenStream {
    let range = limits(
        &quote!(range_f64),
        rules.minimum.map(|bound| ident::float(bound.value)),
        rules.maximum.map(|bound| ident::float(bound.value)),
    );
    let exclusive = exclusive(rules.minimum.as_ref(), rules.maximum.as_ref());
    let multiple_of = rules.multiple_of.map(|divisor| {
        let divisor = ident::float(divisor);
        quote!(.multiple_of_f64(#divisor))
    });
    let single = (rules.format == NumberFormat::Float).then(|| quote!(.single()));
    quote!(::specwright_runtime::Schema::number() #single #range #exclusive #multiple_of)
}

fn exclusive<T>(minimum: Option<&Bound<T>>, maximum: Option<&Bound<T>>) -> TokenStream {
    let minimum = minimum.filter(|bound| bound.exclusive).map(|_| quote!(.exclusive_minimum()));
    let maximum = maximum.filter(|bound| bound.exclusive).map(|_| quote!(.exclusive_maximum()));
    quote!(#minimum #maximum)
}

fn string(rules: &StringShape, hint: &str, patterns: &mut Patterns) -> TokenStream {
    let length = counts(&quote!(length), rules.min_length, rules.max_length);
    let format = match &rules.format {
        StringFormat::DateTime => Some(quote!(DateTime)),
        StringFormat::Date => Some(quote!(Date)),
        StringFormat::Uuid => Some(quote!(Uuid)),
        StringFormat::Byte => Some(quote!(Byte)),
        StringFormat::Base64Url => Some(quote!(Base64Url)),
        StringFormat::Other(format) if format == "duration" => Some(quote!(Duration)),
        StringFormat::Other(format) if format == "time" => Some(quote!(Time)),
        StringFormat::File => Some(quote!(Binary)),
        _ => None,
    };
    let format = format.map(|format| quote!(.format(::specwright_runtime::Format::#format)));
    let pattern = rules.pattern.as_deref().map(|text| {
        let name = patterns.name(text, hint);
        quote!(.pattern(&#name))
    });
    quote!(::specwright_runtime::Schema::string() #format #pattern #length)
}

fn array(ir: &Ir, rules: &Array, hint: &str, patterns: &mut Patterns) -> TokenStream {
    let items = schema(ir, &rules.items, hint, patterns);
    let count = counts(&quote!(items), rules.min_items, rules.max_items);
    let unique = rules.unique_items.then(|| quote!(.unique()));
    let xml = rules.xml.as_deref().map(xml::place).map(|place| quote!(.item_xml(&#place)));
    let delimiter = rules.delimiter.map(|delimiter| quote!(.delimited(#delimiter)));
    quote!(::specwright_runtime::Schema::array(&#items) #count #unique #xml #delimiter)
}

fn map(ir: &Ir, rules: &Map, hint: &str, patterns: &mut Patterns) -> TokenStream {
    let values = schema(ir, &rules.values, hint, patterns);
    let count = counts(&quote!(properties), rules.min_properties, rules.max_properties);
    quote!(::specwright_runtime::Schema::map(&#values) #count)
}

/// `.method(Some(min), None)`, or nothing where both are open.
pub fn counts(method: &TokenStream, min: Option<u64>, max: Option<u64>) -> Option<TokenStream> {
    limits(method, min.map(|min| number(min.into())), max.map(|max| number(max.into())))
}

fn limits(method: &TokenStream, min: Option<TokenStream>, max: Option<TokenStream>) -> Option<TokenStream> {
    let option =
        |value: Option<TokenStream>| value.map_or_else(|| quote!(None), |value| quote!(Some(#value)));
    (min.is_some() || max.is_some()).then(|| {
        let (min, max) = (option(min), option(max));
        quote!(.#method(#min, #max))
    })
}
