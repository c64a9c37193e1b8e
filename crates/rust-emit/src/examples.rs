//! The document's examples as tests: pointers into the committed document, no values.

mod received;

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use specwright_ir::{
    BodyKind, Content, Example, Ir, Location, Operation, Parameter, Response, ResponseBody, Schema, Shape,
    TypeId, TypeKind,
};

use crate::rust_type::own_ty;
use crate::schema::{Patterns, schema};
use crate::{Context, FileSet, Index, Module, Options, code, format, ident, one_line, paths, ty};

const DOCS: &str = "The document's examples: each is what its schema asks for, and survives its type.

They stand in `openapi.json`, where the tests look them up. What a request's schema does not declare may
be lost; of what is only received, members that may be lost are named.";

/// Emits the test of a crate's examples, `tests/examples.rs`; nothing where there are none. The crate's
/// name is as Rust writes it.
pub fn examples(ir: &Ir, options: &Options, krate: &str) -> FileSet {
    let mut gathered = Gathered {
        ir,
        seen: BTreeSet::new(),
        untested: Vec::new(),
        names: BTreeSet::new(),
        patterns: Patterns::new(["EXAMPLES", "OPENAPI"].map(ident)),
        tests: String::new(),
    };
    gathered.types();
    gathered.responses();
    gathered.operations();
    gathered.untested.sort();
    let mut files = FileSet::default();
    if !gathered.seen.is_empty() {
        files.insert(
            "tests/examples.rs",
            gathered.to_source(Context::new(ir, options, &Index::of(ir)), krate),
        );
    }
    files
}

/// What is known of the examples so far.
struct Gathered<'a> {
    ir: &'a Ir,
    /// A shared parameter's example is met in each operation.
    seen: BTreeSet<String>,
    /// Where, and why.
    untested: Vec<(String, String)>,
    /// Names of tests.
    names: BTreeSet<String>,
    patterns: Patterns,
    /// The tests as text: nothing else lays out a table.
    tests: String,
}

/// The examples of one test, a line each.
type Table = Vec<String>;

impl<'a> Gathered<'a> {
    fn types(&mut self) {
        let mut types: Vec<_> = self.ir.types.iter().enumerate().collect();
        types.sort_by_key(|(_, ty)| &ty.name.snake);
        for (index, ty) in types {
            let mut table = Table::new();
            let shape = Shape::Named(TypeId(index));
            let whole = Schema::new(shape, ty.name.origin.clone());
            self.values(&mut table, &ty.examples, &whole, &ty.name.snake);
            if let TypeKind::Struct(object) = &ty.kind {
                for field in &object.fields {
                    self.values(&mut table, &field.examples, &field.schema, &field.name.snake);
                }
            }
            self.push(&table, &format!("type_{}", ty.name.file_stem()));
        }
    }

    fn responses(&mut self) {
        let mut responses: Vec<_> = self.ir.responses.iter().collect();
        responses.sort_by_key(|response| &response.name.snake);
        for response in responses {
            let mut table = Table::new();
            self.response(&mut table, response);
            self.push(&table, &format!("response_{}", response.name.file_stem()));
        }
    }

    fn operations(&mut self) {
        let mut operations: Vec<_> = self.ir.operations.iter().collect();
        operations.sort_by_key(|operation| (&operation.name.snake, &operation.name.wire));
        for operation in operations {
            let mut table = Table::new();
            for parameter in &operation.parameters {
                self.parameter(&mut table, operation, parameter);
            }
            self.contents(&mut table, operation.body.iter().flat_map(|body| &body.contents));
            for response in &operation.responses {
                if let ResponseBody::Inline(response) = &response.body {
                    self.response(&mut table, response);
                }
            }
            self.push(&table, operation.name.file_stem());
        }
    }

    fn response(&mut self, table: &mut Table, response: &'a Response) {
        for header in &response.headers {
            self.values(table, &header.examples, &header.schema, &header.name.snake);
        }
        self.contents(table, &response.contents);
    }

    fn contents(&mut self, table: &mut Table, contents: impl IntoIterator<Item = &'a Content>) {
        for content in contents {
            if let BodyKind::Xml(_) = content.kind {
                let is_text = |example: &&Example| example.value.is_string();
                let texts: Vec<_> = content.examples.iter().filter(is_text).cloned().collect();
                self.leave_out(&texts, "it is a text of XML");
            }
            if let Some(schema) = content.kind.schema() {
                self.values(table, &content.examples, schema, "body");
            } else {
                let why = format!("`{}` is not read as JSON", content.name.wire);
                self.leave_out(&content.examples, &why);
            }
        }
    }

    fn values(&mut self, table: &mut Table, examples: &[Example], of: &Schema, hint: &str) {
        let is_alias = |id: TypeId| matches!(&self.ir.ty(id).kind, TypeKind::Alias(alias) if !alias.newtype);
        let has_its_own = matches!(of.shape, Shape::Named(id) if !of.nullable && !is_alias(id));
        for example in self.tested(examples) {
            let pointer = example.origin.as_str();
            let ty = text(&own_ty(self.ir, of));
            table.push(if !received::has_schema(self.ir, of) {
                let mut lost = Vec::new();
                received::undeclared(self.ir, &example.value, of, "", &mut lost);
                let lost: Vec<_> = lost.iter().map(|pointer| format!("{pointer:?}")).collect();
                format!("{pointer:?} => {ty} = received({})", lost.join(", "))
            } else if has_its_own {
                format!("{pointer:?} => {ty}")
            } else {
                let schema = schema(self.ir, of, hint, &mut self.patterns);
                format!("{pointer:?} => {ty} = schema({})", text(&schema))
            });
        }
    }

    fn parameter(&mut self, table: &mut Table, operation: &Operation, parameter: &Parameter) {
        let of = paths::beside(self.ir, operation, &paths::operation_name(operation));
        let (of, ty) = (text(&of), text(&ty(self.ir, &parameter.schema)));
        let name = &parameter.name.wire;
        let location = match parameter.location {
            Location::Path => "Path",
            Location::Query => "Query",
            Location::Header => "Header",
            Location::Cookie => "Cookie",
        };
        for example in self.tested(&parameter.examples) {
            let pointer = example.origin.as_str();
            table.push(format!("{pointer:?} => {ty} = parameter({of}, {location}, {name:?})"));
        }
    }

    /// Those that fit and were not met before.
    fn tested<'e>(&mut self, examples: &'e [Example]) -> Vec<&'e Example> {
        let mut tested = Vec::new();
        for example in examples {
            if !self.seen.insert(example.origin.as_str().to_owned()) {
                continue;
            }
            match &example.defect {
                Some(why) => self.untested.push((example.origin.to_string(), why.clone())),
                None => tested.push(example),
            }
        }
        tested
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
            docs.extend(["\n- ", &code(pointer), ": ", &one_line(why)]);
        }
        docs
    }

    /// Adds a test of these examples, if there are any.
    fn push(&mut self, table: &Table, name: &str) {
        if table.is_empty() {
            return;
        }
        let numbered = (2..).map(|number| format!("{name}_{number}"));
        let mut names = std::iter::once(name.to_owned()).chain(numbered);
        let name = names.find(|name| self.names.insert(name.clone())).unwrap_or_default();
        let name = ident(&name);
        self.tests.extend(["    ", &name.to_string(), " {\n"]);
        for line in table {
            self.tests.extend(["        ", line, ",\n"]);
        }
        self.tests.push_str("    }\n");
    }

    fn to_source(&self, cx: Context<'_>, krate: &str) -> String {
        let head = Module::new(self.docs()).to_source(cx);
        if self.tests.is_empty() {
            return head;
        }
        let statics = format::items(self.patterns.items());
        let statics = statics.into_iter().map(|item| {
            let item = format::join(vec![item]);
            format!("#[rustfmt::skip]\n{}\n", item.replacen("::specwright_runtime::", "", 2))
        });
        let statics: String = statics.collect();
        let has = |what: &str| self.tests.contains(what) || statics.contains(what);
        let own = [("", "OPENAPI"), ("operations::", "operations"), ("types::", "types")];
        let runtime = [("Pattern::", "Pattern"), ("Schema::", "Schema"), ("", "examples")];
        let mut uses = [(krate, own), ("specwright_runtime", runtime)].map(|(from, names)| {
            let names: Vec<_> = names.iter().filter(|(sign, _)| has(sign)).map(|(_, name)| *name).collect();
            match names.as_slice() {
                [name] => format!("use {from}::{name};\n"),
                names => format!("use {from}::{{{}}};\n", names.join(", ")),
            }
        });
        uses.sort();
        format!("{head}\n{}\n{statics}examples! {{ OPENAPI;\n{}}}\n", uses.concat(), self.tests)
    }
}

/// Tokens without literals as text, for a file that imports `operations`, `types` and `Schema`.
fn text(tokens: &TokenStream) -> String {
    const SHORTER: [(&str, &str); 14] = [
        (" ::", "::"),
        (":: ", "::"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" ,", ","),
        (",::", ", ::"),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        (" .", "."),
        (". ", "."),
        ("& ", "&"),
        ("- ", "-"),
    ];
    let text = SHORTER.iter().fold(tokens.to_string(), |text, (from, to)| text.replace(from, to));
    text.replace("crate::", "").replace("::specwright_runtime::Schema", "Schema")
}
