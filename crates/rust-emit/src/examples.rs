//! The document's examples as tests: pointers into the committed document, no values.

use std::collections::BTreeSet;

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::quote;
use specwright_ir::{
    BodyKind, Content, Example, Ir, Location, Operation, Parameter, ResponseBody, Schema, Shape, TypeId,
    TypeKind,
};

use crate::schema::{Patterns, schema};
use crate::{Context, FileSet, Module, Options, allow_deprecated, code, ident, one_line, paths, ty};

const DOCS: &str = "The document's examples: each is what its schema asks for, and survives its type.

They stand in `openapi.json`, where the tests look them up. What a schema does not declare may be lost.";

/// Emits the test of a crate's examples, `tests/examples/*.rs`; nothing where there are none. The
/// crate's name is as Rust writes it.
pub fn examples(ir: &Ir, options: &Options, krate: &str) -> FileSet {
    let cx = Context { ir, options };
    let mut gathered = Gathered { ir, seen: BTreeSet::new(), untested: Vec::new() };
    let modules = [
        ("types", gathered.types(krate)),
        ("responses", gathered.responses(krate)),
        ("operations", gathered.operations(krate)),
    ];
    let mut files = FileSet::default();
    if gathered.seen.is_empty() {
        return files;
    }
    let mut root = Module::new(gathered.docs());
    let allow = ir.types.iter().any(|ty| ty.deprecated).then(allow_deprecated);
    for (name, tests) in modules.iter().rev().filter(|(_, tests)| !tests.module.is_empty()) {
        let ident = ident(name);
        root.push(quote!(#allow #[rustfmt::skip] mod #ident;));
        files.insert(format!("tests/examples/{name}.rs"), tests.module.to_source(cx));
    }
    files.insert("tests/examples/main.rs", root.to_source(cx));
    files
}

/// What is known of the examples so far.
struct Gathered<'a> {
    ir: &'a Ir,
    /// A shared parameter's example is met in each operation.
    seen: BTreeSet<String>,
    /// Where, and why.
    untested: Vec<(String, String)>,
}

/// A file of tests.
struct Tests {
    module: Module,
    krate: Ident,
    names: BTreeSet<String>,
}

/// The examples of one test.
struct Table {
    patterns: Patterns,
    lines: Vec<TokenStream>,
}

impl<'a> Gathered<'a> {
    fn types(&mut self, krate: &str) -> Tests {
        let mut tests = Tests::new(krate, "Examples of schemas and properties.");
        for (index, ty) in self.ir.types.iter().enumerate() {
            let mut table = Table::new();
            let shape = Shape::Named(TypeId(index));
            let whole = Schema { nullable: false, shape, origin: ty.name.origin.clone() };
            self.values(&mut table, &ty.examples, &whole, &ty.name.snake);
            if let TypeKind::Struct(object) = &ty.kind {
                for field in &object.fields {
                    self.values(&mut table, &field.examples, &field.schema, &field.name.snake);
                }
            }
            tests.push(table, &ty.name.snake);
        }
        tests
    }

    fn responses(&mut self, krate: &str) -> Tests {
        let mut tests = Tests::new(krate, "Examples of component responses.");
        for response in &self.ir.responses {
            let mut table = Table::new();
            self.contents(&mut table, &response.contents);
            tests.push(table, &response.name.snake);
        }
        tests
    }

    fn operations(&mut self, krate: &str) -> Tests {
        let mut tests = Tests::new(krate, "Examples of parameters, bodies and responses.");
        for operation in &self.ir.operations {
            let mut table = Table::new();
            for parameter in &operation.parameters {
                self.parameter(&mut table, operation, parameter);
            }
            self.contents(&mut table, operation.body.iter().flat_map(|body| &body.contents));
            for response in &operation.responses {
                if let ResponseBody::Inline(response) = &response.body {
                    self.contents(&mut table, &response.contents);
                }
            }
            tests.push(table, &operation.name.snake);
        }
        tests
    }

    fn contents(&mut self, table: &mut Table, contents: impl IntoIterator<Item = &'a Content>) {
        for content in contents {
            match &content.kind {
                BodyKind::Json(schema) => self.values(table, &content.examples, schema, "body"),
                BodyKind::Text | BodyKind::Bytes => {
                    let media_type = &content.name.wire;
                    self.leave_out(&content.examples, &format!("{media_type} is not read as JSON"));
                }
            }
        }
    }

    fn values(&mut self, table: &mut Table, examples: &[Example], of: &Schema, hint: &str) {
        for pointer in self.tested(examples) {
            table.lines.push(self.value(&mut table.patterns, &pointer, of, hint));
        }
    }

    fn value(&self, patterns: &mut Patterns, pointer: &str, of: &Schema, hint: &str) -> TokenStream {
        let ty = ty(self.ir, of);
        match &of.shape {
            Shape::Named(id) if !of.nullable && !self.is_alias(*id) => {
                quote!(::specwright_runtime::examples::Example::of::<#ty>(#pointer))
            }
            _ => {
                let schema = schema(self.ir, of, hint, patterns);
                quote!(::specwright_runtime::examples::Example::value::<#ty>(#pointer, &#schema))
            }
        }
    }

    fn parameter(&mut self, table: &mut Table, operation: &Operation, parameter: &Parameter) {
        let of = paths::beside(self.ir, operation, &paths::operation_name(operation));
        let ty = ty(self.ir, &parameter.schema);
        let name = &parameter.name.wire;
        let location = match parameter.location {
            Location::Path => quote!(Path),
            Location::Query => quote!(Query),
            Location::Header => quote!(Header),
            Location::Cookie => quote!(Cookie),
        };
        table.lines.extend(self.tested(&parameter.examples).into_iter().map(|pointer| {
            quote! {
                ::specwright_runtime::examples::Example::parameter::<#ty>(
                    #pointer, &#of, ::specwright_runtime::Location::#location, #name
                )
            }
        }));
    }

    fn is_alias(&self, id: TypeId) -> bool {
        matches!(&self.ir.ty(id).kind, TypeKind::Alias(alias) if !alias.newtype)
    }

    /// The pointers of those that fit and were not met before.
    fn tested(&mut self, examples: &[Example]) -> Vec<String> {
        let mut pointers = Vec::new();
        for example in examples {
            if !self.seen.insert(example.origin.as_str().to_owned()) {
                continue;
            }
            match &example.defect {
                Some(why) => self.untested.push((example.origin.to_string(), why.clone())),
                None => pointers.push(example.origin.as_str().to_owned()),
            }
        }
        pointers
    }

    fn leave_out(&mut self, examples: &[Example], why: &str) {
        for example in examples {
            if self.seen.insert(example.origin.as_str().to_owned()) {
                self.untested.push((example.origin.to_string(), why.to_owned()));
            }
        }
    }

    /// The test's documentation, with the list of what is not tested.
    fn docs(&self) -> String {
        let mut docs = DOCS.to_owned();
        if !self.untested.is_empty() {
            docs.push_str("\n\nNot tested:\n");
        }
        for (pointer, why) in &self.untested {
            docs.push_str(&format!("\n- {}: {}", code(pointer), one_line(why)));
        }
        docs
    }
}

impl Table {
    fn new() -> Self {
        Self { patterns: Patterns::new([ident("EXAMPLES")]), lines: Vec::new() }
    }
}

impl Tests {
    fn new(krate: &str, docs: &str) -> Self {
        Self { module: Module::new(docs), krate: ident(krate), names: BTreeSet::new() }
    }

    /// Adds a test of these examples, if there are any.
    fn push(&mut self, table: Table, name: &str) {
        if table.lines.is_empty() {
            return;
        }
        let numbered = (2..).map(|number| format!("{name}_{number}"));
        let mut names = std::iter::once(name.to_owned()).chain(numbered);
        let name = names.find(|name| self.names.insert(name.clone())).unwrap_or_default();
        let name = ident(&name);
        let (patterns, lines) = (table.patterns.items(), table.lines);
        let test = quote! {
            #[test]
            fn #name() -> Result<(), ::specwright_runtime::examples::Unfit> {
                #patterns
                static EXAMPLES: &[::specwright_runtime::examples::Example] = &[#(#lines),*];
                ::specwright_runtime::examples::Example::check(crate::OPENAPI, EXAMPLES)
            }
        };
        self.module.push(from_outside(test, &self.krate));
    }
}

/// Tokens that name the crate's items from a crate of its own.
fn from_outside(tokens: TokenStream, krate: &Ident) -> TokenStream {
    let tokens = tokens.into_iter().map(|token| match token {
        TokenTree::Ident(name) if name == "crate" => quote!(::#krate),
        TokenTree::Group(group) => {
            let inner = from_outside(group.stream(), krate);
            TokenTree::Group(Group::new(group.delimiter(), inner)).into()
        }
        other => other.into(),
    });
    tokens.collect()
}
