//! The static that says everything of an operation that both sides need while they run.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use specwright_ir::{
    Alternative, BodyKind, Content, Encoding, Form, Ir, Location, Operation, OperationResponse, Parameter,
    PartHeader, RequestBody, Style, Written,
};

use crate::schema::{Patterns, schema};
use crate::{Context, Declared, attributes, code, ident, paths, shouty, xml};

/// What the statics of a module have in common: patterns, and parameters that several operations take.
pub struct Shared {
    patterns: Patterns,
    parameters: BTreeMap<String, Ident>,
    constants: TokenStream,
}

impl Shared {
    /// Gathers what these operations share.
    pub fn new(ir: &Ir, operations: &[&Operation]) -> Self {
        let mut patterns = Patterns::new(operations.iter().map(|operation| paths::operation_name(operation)));
        let mut parameters = BTreeMap::new();
        let mut constants = TokenStream::new();
        let mut seen = BTreeSet::new();
        let with_operation = operations
            .iter()
            .flat_map(|operation| operation.parameters.iter().map(move |parameter| (operation, parameter)));
        for (operation, parameter) in with_operation {
            let value = self::parameter(ir, operation, parameter, &mut patterns);
            let text = value.to_string();
            if !seen.insert(text.clone()) && !parameters.contains_key(&text) {
                let name = patterns.free(&shouty(&parameter.name.snake).to_string());
                constants.extend(quote! {
                    static #name: ::specwright_runtime::Parameter = #value;
                });
                parameters.insert(text, name);
            }
        }
        Self { patterns, parameters, constants }
    }

    /// The items.
    pub fn items(&self) -> TokenStream {
        let (patterns, constants) = (self.patterns.items(), &self.constants);
        quote!(#patterns #constants)
    }

    /// The constant that is this parameter, or the parameter itself.
    fn parameter(&mut self, ir: &Ir, operation: &Operation, parameter: &Parameter) -> TokenStream {
        let value = self::parameter(ir, operation, parameter, &mut self.patterns);
        match self.parameters.get(&value.to_string()) {
            Some(name) => name.to_token_stream(),
            None => value,
        }
    }
}

/// `pub static X: Operation`.
pub fn item(cx: Context<'_>, operation: &Operation, shared: &mut Shared) -> TokenStream {
    let name = paths::operation_name(operation);
    let id = &operation.name.wire;
    let docs = attributes(&[if id.trim().is_empty() { "The operation.".to_owned() } else { code(id) }]);
    let method = ident(operation.method.as_str());
    let path = &operation.path.raw;
    let parameters: Vec<TokenStream> =
        operation.parameters.iter().map(|parameter| shared.parameter(cx.ir, operation, parameter)).collect();
    let body = operation.body.as_ref().map(|body| self::body(cx.ir, body, &mut shared.patterns));
    let body = body.unwrap_or_else(|| quote!(None));
    let statuses = operation.responses.iter().map(|response| &response.name.wire);
    let produces = produces(cx.ir, operation);
    let security = operation.security.iter().map(|alternative| self::alternative(cx.ir, alternative));
    let servers = super::server_list(&operation.servers);
    quote! {
        #docs
        pub static #name: ::specwright_runtime::Operation = ::specwright_runtime::Operation {
            id: #id,
            method: ::specwright_runtime::Method::#method,
            path: #path,
            parameters: &[#(#parameters),*],
            body: #body,
            statuses: &[#(#statuses),*],
            produces: #produces,
            security: &[#(#security),*],
            servers: #servers,
            span: ::specwright_runtime::operation_span!(#id),
        };
    }
}

/// The media types of what an operation answers.
fn produces(ir: &Ir, operation: &Operation) -> TokenStream {
    let Declared { successes, errors } = Declared::of(operation);
    let has_empty = successes.iter().any(|response| ir.resolve(response).contents.is_empty());
    let list = |responses: &[&OperationResponse], of: fn(&BodyKind) -> bool| {
        let contents = responses.iter().flat_map(|response| &ir.resolve(response).contents);
        let mut media_types: Vec<String> = Vec::new();
        for content in contents.filter(|content| of(&content.kind)) {
            let media_type = content.name.wire.as_str();
            if !media_types.iter().any(|found| found == media_type) {
                media_types.push(media_type.to_owned());
            }
        }
        media_types
    };
    let streamed = list(&successes, BodyKind::is_streamed);
    let successes = list(&successes, |_| true);
    let mut errors = list(&errors, |_| true);
    errors.retain(|media_type| !successes.contains(media_type));
    if successes.is_empty() && errors.is_empty() {
        return quote!(::specwright_runtime::Produces::NONE);
    }
    let streamed = (!streamed.is_empty()).then(|| quote!(.streamed(&[#(#streamed),*])));
    let or_nothing = has_empty.then(|| quote!(.or_nothing()));
    quote!(::specwright_runtime::Produces::new(&[#(#successes),*], &[#(#errors),*]) #streamed #or_nothing)
}

fn parameter(ir: &Ir, operation: &Operation, parameter: &Parameter, patterns: &mut Patterns) -> TokenStream {
    let wire = &parameter.name.wire;
    let schema = schema(ir, &parameter.schema, &parameter.name.snake, patterns);
    let location = ident(parameter.location.as_str());
    let (style, explode) = usual(parameter.location);
    let required = (parameter.required && parameter.location != Location::Path).then(|| quote!(.required()));
    let style = (parameter.style != style).then(|| {
        let style = style_name(parameter.style);
        quote!(.style(::specwright_runtime::Style::#style))
    });
    let explode = (parameter.explode != explode).then(|| {
        let explode = parameter.explode;
        quote!(.explode(#explode))
    });
    let allow_reserved = parameter.allow_reserved.then(|| quote!(.allow_reserved()));
    let allow_empty = (parameter.allow_empty || parameter.may_be_null).then(|| quote!(.allow_empty()));
    let default = parameter.default.as_ref().map(|value| {
        let json = value.to_string();
        quote!(.default(#json))
    });
    let is_adjacent = |(first, second): (&str, &str)| wire == first || wire == second;
    let is_beside = parameter.location == Location::Path && operation.path.adjacent().any(is_adjacent);
    let one_of = is_beside.then(|| ir.path_texts(operation, wire)).flatten();
    let one_of = one_of.map(|texts| quote!(.one_of(&[#(#texts),*])));
    quote!(::specwright_runtime::Parameter::#location(#wire, &#schema) #required #style #explode #allow_reserved #allow_empty #default #one_of)
}

/// What the runtime's constructors begin with.
const fn usual(location: Location) -> (Style, bool) {
    match location {
        Location::Path | Location::Header => (Style::Simple, false),
        Location::Query | Location::Cookie => (Style::Form, true),
    }
}

fn style_name(style: Style) -> TokenStream {
    match style {
        Style::Simple => quote!(Simple),
        Style::Label => quote!(Label),
        Style::Matrix => quote!(Matrix),
        Style::Form => quote!(Form),
        Style::SpaceDelimited => quote!(SpaceDelimited),
        Style::PipeDelimited => quote!(PipeDelimited),
        Style::TabDelimited => quote!(TabDelimited),
        Style::Cookie => quote!(Cookie),
        Style::DeepObject => quote!(DeepObject),
        Style::Json => quote!(Json),
    }
}

fn body(ir: &Ir, body: &RequestBody, patterns: &mut Patterns) -> TokenStream {
    let presence = if body.required { quote!(required) } else { quote!(optional) };
    let contents: Vec<TokenStream> =
        body.contents.iter().map(|content| self::content(ir, content, &body.name.snake, patterns)).collect();
    quote!(Some(&::specwright_runtime::Body::#presence(&[#(#contents),*])))
}

fn content(ir: &Ir, content: &Content, hint: &str, patterns: &mut Patterns) -> TokenStream {
    let wire = &content.name.wire;
    let arguments = match &content.kind {
        BodyKind::Json(json) => {
            let schema = schema(ir, json, hint, patterns);
            quote!(json(#wire, &#schema))
        }
        BodyKind::Xml(root) => {
            let root = xml::root(ir, root, hint, patterns);
            quote!(xml(#wire, #root))
        }
        BodyKind::Form(form) => {
            let (schema, encodings) = self::form(ir, form, hint, patterns);
            quote!(form(#wire, &#schema, #encodings))
        }
        BodyKind::Multipart(form) => {
            let (schema, encodings) = self::form(ir, form, hint, patterns);
            quote!(multipart(#wire, &#schema, #encodings))
        }
        BodyKind::Scalar(value) => {
            let schema = schema(ir, value, hint, patterns);
            quote!(scalar(#wire, &#schema))
        }
        BodyKind::Text => quote!(text(#wire)),
        BodyKind::Bytes => quote!(bytes(#wire)),
        BodyKind::Events(data) => {
            let schema = schema(ir, data, hint, patterns);
            quote!(events(#wire, &#schema))
        }
        BodyKind::Items(item) => {
            let schema = schema(ir, item, hint, patterns);
            quote!(items(#wire, &#schema))
        }
    };
    quote!(::specwright_runtime::Content::#arguments)
}

fn form(ir: &Ir, form: &Form, hint: &str, patterns: &mut Patterns) -> (TokenStream, TokenStream) {
    let encodings = form.encodings.iter().map(encoding);
    (schema(ir, &form.schema, hint, patterns), quote!(&[#(#encodings),*]))
}

/// `Encoding::json("tags")`
pub fn encoding(encoding: &Encoding) -> TokenStream {
    let property = &encoding.property;
    let arguments = match &encoding.written {
        Written::Plain => quote!(plain(#property)),
        Written::Part(media_type) => quote!(part(#property, #media_type)),
        Written::Json => quote!(json(#property)),
        Written::Styled { style, explode, allow_reserved } => {
            let style = style_name(*style);
            let allow_reserved = allow_reserved.then(|| quote!(.allow_reserved()));
            quote!(style(#property, ::specwright_runtime::Style::#style, #explode) #allow_reserved)
        }
    };
    let headers = encoding.headers.iter().map(|header| {
        let (wire, form) = (&header.wire, header_form(header));
        quote!((#wire, ::specwright_runtime::HeaderForm::#form))
    });
    let headers = (!encoding.headers.is_empty()).then(|| quote!(.headers(&[#(#headers),*])));
    quote!(::specwright_runtime::Encoding::#arguments #headers)
}

fn header_form(header: &PartHeader) -> TokenStream {
    match (header.style, header.explode) {
        (Style::Json, _) => quote!(Json),
        (Style::SpaceDelimited, _) => quote!(Spaces),
        (Style::PipeDelimited, _) => quote!(Bars),
        (Style::TabDelimited, _) => quote!(Tabs),
        (_, true) => quote!(Exploded),
        (_, false) => quote!(Plain),
    }
}

fn alternative(ir: &Ir, alternative: &Alternative) -> TokenStream {
    let schemes = alternative.schemes.iter().map(|wanted| {
        let (path, scopes) = (paths::scheme_path(ir, wanted.scheme), &wanted.scopes);
        quote!(::specwright_runtime::SchemeUse::new(&#path, &[#(#scopes),*]))
    });
    quote!(&[#(#schemes),*])
}
