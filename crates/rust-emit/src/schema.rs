//! A schema in use, as the runtime's static data.

use std::collections::BTreeSet;
use std::iter;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use specwright_ir::{
    Alias, Array, Bound, Integer, IntegerFormat, Ir, Map, Number, Schema, Shape, StringFormat, StringShape,
    TypeId, TypeKind,
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
        Shape::Any => return quote!(::specwright_runtime::Schema::any()),
        Shape::Boolean => quote!(::specwright_runtime::Schema::boolean()),
        Shape::Integer(rules) => integer(rules),
        Shape::Number(rules) => float(rules),
        Shape::String(rules) => string(rules, hint, patterns),
        Shape::Array(rules) => array(ir, rules, hint, patterns),
        Shape::Map(rules) => map(ir, rules, hint, patterns),
        Shape::Named(id) => named(ir, *id, hint, patterns),
    };
    if schema.nullable { quote!(#base.nullable()) } else { base }
}

/// A reference to a type's schema. An alias is no type that could have one: its schema stands here.
fn named(ir: &Ir, id: TypeId, hint: &str, patterns: &mut Patterns) -> TokenStream {
    if let TypeKind::Alias(Alias { schema, newtype: false }) = &ir.ty(id).kind {
        return self::schema(ir, schema, hint, patterns);
    }
    let path = paths::type_path(ir, id);
    quote!(::specwright_runtime::Schema::of::<#path>())
}

fn integer(rules: &Integer) -> TokenStream {
    let start = if rules.integral_number { quote!(integral()) } else { quote!(integer()) };
    let width = match rules.format {
        IntegerFormat::Int32 => (!rules.integral_number).then(|| quote!(Int32)),
        IntegerFormat::Unspecified | IntegerFormat::Int64 => rules.integral_number.then(|| quote!(Int64)),
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
    quote!(::specwright_runtime::Schema::number() #range #exclusive #multiple_of)
}

fn exclusive<T>(minimum: Option<&Bound<T>>, maximum: Option<&Bound<T>>) -> TokenStream {
    let minimum = minimum.filter(|bound| bound.exclusive).map(|_| quote!(.exclusive_minimum()));
    let maximum = maximum.filter(|bound| bound.exclusive).map(|_| quote!(.exclusive_maximum()));
    quote!(#minimum #maximum)
}

fn string(rules: &StringShape, hint: &str, patterns: &mut Patterns) -> TokenStream {
    let length = counts(&quote!(length), rules.min_length, rules.max_length);
    let format = match rules.format {
        StringFormat::DateTime => Some(quote!(DateTime)),
        StringFormat::Date => Some(quote!(Date)),
        StringFormat::Uuid => Some(quote!(Uuid)),
        StringFormat::Byte => Some(quote!(Byte)),
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
    quote!(::specwright_runtime::Schema::array(&#items) #count #unique #xml)
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
