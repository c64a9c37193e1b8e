//! The two views of a schema: how they refer to one another, and how values of one become the other's.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::quote;
use specwright_ir::{
    Additional, Alias, Conversion, Direction, Field, Ir, Schema, Shape, Struct, Type, TypeKind, Union,
};

use crate::{allow_deprecated, code, events_only, ident, is_nullable, paths};

/// What is said of a type that is one of two, and of one that ignores members of the other direction.
pub fn docs(ir: &Ir, ty: &Type) -> Vec<String> {
    let mut docs = Vec::new();
    if let Some(view) = ty.view {
        let other = &ir.ty(view.other).name.pascal;
        docs.push(match view.direction {
            Direction::Request => format!("This is what is sent; [`{other}` comes back](super::{other})."),
            Direction::Response => format!("This is what comes back; [`{other}` is sent](super::{other})."),
        });
    }
    if let TypeKind::Struct(object) = &ty.kind
        && !object.ignored.is_empty()
    {
        let names: Vec<_> = object.ignored.iter().map(|name| code(name)).collect();
        docs.push(format!("Members of the other direction, ignored here: {}.", names.join(", ")));
    }
    docs
}

/// From what comes back to what is sent and the other way, as far as neither lacks what the other
/// requires. Both stand beside what is sent.
pub fn conversions(ir: &Ir, ty: &Type) -> Option<TokenStream> {
    let view = ty.view.filter(|view| view.direction == Direction::Request)?;
    let received = ir.ty(view.other);
    let back = received.view.map(|view| view.from_other);
    let there = conversion(ir, ty, received, view.from_other);
    let back = back.and_then(|from_other| conversion(ir, received, ty, from_other));
    let cfg = events_only(received.usage.events_only && !ty.usage.events_only);
    let conversions = [there, back].into_iter().flatten().map(|conversion| quote!(#cfg #conversion));
    Some(quote!(#(#conversions)*))
}

/// Whether an expression says `value`: of an object without properties nothing is taken over.
fn names_value(tokens: TokenStream) -> bool {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_named = match token {
            // Before a colon it is a field.
            TokenTree::Ident(ident) => {
                let is_field = matches!(tokens.peek(), Some(TokenTree::Punct(next)) if next.as_char() == ':');
                ident == "value" && !is_field
            }
            TokenTree::Group(group) => names_value(group.stream()),
            _ => false,
        };
        if is_named {
            return true;
        }
    }
    false
}

fn conversion(ir: &Ir, to: &Type, from: &Type, conversion: Conversion) -> Option<TokenStream> {
    let is_total = match conversion {
        Conversion::Never => return None,
        Conversion::Known => false,
        Conversion::Always => true,
    };
    let (target, source) = (ident(&to.name.pascal), ident(&from.name.pascal));
    let (target, source) = (quote!(crate::types::#target), quote!(crate::types::#source));
    let value = match (&to.kind, &from.kind) {
        (TypeKind::Struct(to), TypeKind::Struct(from)) => object(ir, to, from),
        (TypeKind::Union(union), TypeKind::Union(received)) => {
            let unknown = received.is_open(from.usage).then(|| union.is_open(to.usage));
            variants(ir, &source, (union, received), unknown)
        }
        (TypeKind::Alias(Alias { schema: to, newtype: true }), TypeKind::Alias(from)) => {
            let inner = nullable(ir, &quote!(value.0), to, &from.schema);
            let inner = inner.unwrap_or(Value::Total(quote!(value.0)));
            let inner = inner.settled();
            quote!(Self(#inner))
        }
        _ => return None,
    };
    let allow = touches_deprecated(to).then(allow_deprecated);
    let parameter = if names_value(value.clone()) { quote!(value) } else { quote!(_) };
    Some(if is_total {
        quote! {
            #allow
            impl From<#source> for #target {
                fn from(#parameter: #source) -> Self {
                    #value
                }
            }
        }
    } else {
        quote! {
            #allow
            impl TryFrom<#source> for #target {
                type Error = ::specwright_runtime::UnknownVariant;

                fn try_from(#parameter: #source) -> Result<Self, Self::Error> {
                    Ok(#value)
                }
            }
        }
    })
}

fn touches_deprecated(ty: &Type) -> bool {
    matches!(&ty.kind, TypeKind::Struct(object) if object.fields.iter().any(|field| field.deprecated))
}

/// The struct: members that the other does not have begin as they would without a value.
fn object(ir: &Ir, to: &Struct, from: &Struct) -> TokenStream {
    let fields = to.fields.iter().map(|field| {
        let name = ident(&field.name.snake);
        let Some(source) = from.fields.iter().find(|source| source.name.wire == field.name.wire) else {
            let nothing = if is_nullable(ir, &field.schema) {
                quote!(::specwright_runtime::Patch::Absent)
            } else {
                quote!(None)
            };
            return quote!(#name: #nothing);
        };
        let source_name = ident(&source.name.snake);
        let value = quote!(value.#source_name);
        let value = member(ir, &value, field, source).map_or(value, Value::settled);
        quote!(#name: #value)
    });
    let kept = match (&to.additional, &from.additional) {
        (Additional::Kept { name, values: to }, Additional::Kept { name: source, values: from }) => {
            let (name, source) = (ident(&name.snake), ident(&source.snake));
            let value = quote!(value.#source);
            let value = map(ir, &value, to, from).map_or(value, Value::settled);
            Some(quote!(#name: #value))
        }
        _ => None,
    };
    let fields = fields.chain(kept);
    quote!(Self { #(#fields),* })
}

/// The variants; `unknown` is there where the source has one for what the contract does not know, and says
/// whether the target has one as well.
fn variants(
    ir: &Ir,
    source: &TokenStream,
    (to, from): (&Union, &Union),
    unknown: Option<bool>,
) -> TokenStream {
    let arms = from.variants.iter().filter_map(|variant| {
        let target = to.variants.iter().find(|target| target.key == variant.key)?;
        let (name, own) = (ident(&target.name.pascal), ident(&variant.name.pascal));
        let value = quote!(value);
        let value = bare(ir, &value, &target.schema, &variant.schema);
        let value = value.map_or_else(|| quote!(value), Value::settled);
        Some(quote!(#source::#own(value) => Self::#name(#value)))
    });
    let other = unknown.map(|has_place| {
        if has_place {
            quote!(#source::Unknown(value) => Self::Unknown(value),)
        } else {
            quote!(#source::Unknown(value) => return Err(::specwright_runtime::UnknownVariant::new(value)),)
        }
    });
    quote!(match value { #(#arms,)* #other })
}

/// An expression of another view's type: of the value itself, or of a `Result`.
enum Value {
    Total(TokenStream),
    Fallible(TokenStream),
}

impl Value {
    fn settled(self) -> TokenStream {
        match self {
            Self::Total(value) => value,
            Self::Fallible(value) => quote!(#value?),
        }
    }

    /// What maps an argument to the expression: a path where that does nothing but convert it.
    fn mapping(&self, argument: &Ident) -> TokenStream {
        let (Self::Total(value) | Self::Fallible(value)) = self;
        let tokens: Vec<TokenTree> = value.clone().into_iter().collect();
        if let [path @ .., TokenTree::Group(arguments)] = tokens.as_slice() {
            let path: TokenStream = path.iter().cloned().collect();
            if path.to_string() == quote!(#argument.into).to_string() {
                return quote!(Into::into);
            }
            if let Some(TokenTree::Ident(last)) = path.clone().into_iter().last()
                && last == "try_from"
                && *argument == arguments.stream().to_string()
            {
                return path;
            }
        }
        quote!(|#argument| #value)
    }
}

/// A member's value; `None` where both views have the same.
fn member(ir: &Ir, value: &TokenStream, to: &Field, from: &Field) -> Option<Value> {
    let is_null = is_nullable(ir, &to.schema);
    if to.required && !is_null {
        return bare(ir, value, &to.schema, &from.schema);
    }
    let argument = ident("value");
    let inner = bare(ir, &quote!(#argument), &to.schema, &from.schema)?;
    let mapping = inner.mapping(&argument);
    Some(match (inner, is_null) {
        (Value::Total(_), _) => Value::Total(quote!(#value.map(#mapping))),
        (Value::Fallible(_), true) => Value::Fallible(quote!(#value.try_map(#mapping))),
        (Value::Fallible(_), false) => Value::Fallible(quote!(#value.map(#mapping).transpose())),
    })
}

/// A value, such as an item.
fn nullable(ir: &Ir, value: &TokenStream, to: &Schema, from: &Schema) -> Option<Value> {
    if !is_nullable(ir, to) {
        return bare(ir, value, to, from);
    }
    let argument = ident("value");
    let inner = bare(ir, &quote!(#argument), to, from)?;
    let mapping = inner.mapping(&argument);
    Some(match inner {
        Value::Total(_) => Value::Total(quote!(#value.map(#mapping))),
        Value::Fallible(_) => Value::Fallible(quote!(#value.map(#mapping).transpose())),
    })
}

/// A value without regard to `null`, out of its box and into one.
fn bare(ir: &Ir, value: &TokenStream, to: &Schema, from: &Schema) -> Option<Value> {
    let unboxed = if from.boxed { quote!((*#value)) } else { value.clone() };
    let inner = self::unboxed(ir, &unboxed, to.named(ir), from.named(ir));
    match (inner, from.boxed == to.boxed) {
        (None, true) => None,
        (inner, _) => Some(match (inner.unwrap_or(Value::Total(unboxed)), to.boxed) {
            (value, false) => value,
            (Value::Total(value), true) => Value::Total(quote!(Box::new(#value))),
            (Value::Fallible(value), true) => Value::Fallible(quote!(#value.map(Box::new))),
        }),
    }
}

/// A value as an argument, which needs no parentheses of its own.
fn argument(value: &TokenStream) -> TokenStream {
    let mut trees = value.clone().into_iter();
    match (trees.next(), trees.next()) {
        (Some(TokenTree::Group(group)), None) if group.delimiter() == Delimiter::Parenthesis => {
            group.stream()
        }
        _ => value.clone(),
    }
}

/// A value that is in no box, aliases followed.
fn unboxed(ir: &Ir, value: &TokenStream, to: &Schema, from: &Schema) -> Option<Value> {
    match (&to.shape, &from.shape) {
        (Shape::Array(to), Shape::Array(from)) => {
            let argument = ident("item");
            let inner = nullable(ir, &quote!(#argument), &to.items, &from.items)?;
            let mapping = inner.mapping(&argument);
            let mapped = quote!(#value.into_iter().map(#mapping));
            Some(match inner {
                Value::Total(_) => Value::Total(quote!(#mapped.collect())),
                Value::Fallible(_) => Value::Fallible(quote!(#mapped.collect::<Result<Vec<_>, _>>())),
            })
        }
        (Shape::Map(to), Shape::Map(from)) => map(ir, value, &to.values, &from.values),
        (Shape::Tuple(to), Shape::Tuple(from)) => tuple(ir, value, to, from),
        (Shape::Named(id), _) => {
            let path = paths::type_path(ir, *id);
            match ir.ty(*id).view?.from_other {
                Conversion::Known => {
                    let value = argument(value);
                    Some(Value::Fallible(quote!(#path::try_from(#value))))
                }
                Conversion::Always | Conversion::Never => Some(Value::Total(quote!(#value.into()))),
            }
        }
        _ => None,
    }
}

fn tuple(ir: &Ir, value: &TokenStream, to: &[Schema], from: &[Schema]) -> Option<Value> {
    let names: Vec<Ident> = (0..to.len()).map(|at| ident(&format!("item_{at}"))).collect();
    let items = names.iter().zip(to.iter().zip(from));
    let items: Vec<_> = items.map(|(name, (to, from))| nullable(ir, &quote!(#name), to, from)).collect();
    if items.iter().all(Option::is_none) {
        return None;
    }
    let is_total = !items.iter().flatten().any(|item| matches!(item, Value::Fallible(_)));
    let items = items.into_iter().zip(&names);
    let items = items.map(|(item, name)| item.map_or_else(|| quote!(#name), Value::settled));
    let (value, items) = (argument(value), quote!((#(#items,)*)));
    Some(if is_total {
        Value::Total(quote!({ let (#(#names,)*) = #value; #items }))
    } else {
        let items = quote!(Ok::<_, ::specwright_runtime::UnknownVariant>(#items));
        Value::Fallible(quote!({ let (#(#names,)*) = #value; #items }))
    })
}

fn map(ir: &Ir, value: &TokenStream, to: &Schema, from: &Schema) -> Option<Value> {
    let argument = ident("item");
    let inner = nullable(ir, &quote!(#argument), to, from)?;
    let mapping = inner.mapping(&argument);
    Some(match inner {
        Value::Total(_) => Value::Total(quote!(::specwright_runtime::map_values(#value, #mapping))),
        Value::Fallible(_) => Value::Fallible(quote!(::specwright_runtime::try_map_values(#value, #mapping))),
    })
}
