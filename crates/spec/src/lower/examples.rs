//! Whether the document's own examples and defaults are what its schemas say.

use std::collections::BTreeMap;

use serde_json::Value;
use specwright_diagnostics::{Code, Diagnostic, Diagnostics, Place, Pointer};
use specwright_ir::{
    BodyKind, Content, Docs, Example, Ir, Response, ResponseBody, Schema, Shape, Struct, TypeKind,
};

use super::judge::Judge;

/// Says which examples and defaults do not fit. Such examples are marked, and such defaults taken out:
/// no constant could hold them, and no server should fill them in.
pub(super) fn check(ir: &mut Ir, sink: &mut Diagnostics) {
    let mut checker = Checker { ir, judge: Judge::new(ir), sink, defects: BTreeMap::new() };
    let fields = checker.types();
    for response in &checker.ir.responses {
        checker.response(response);
    }
    let parameters = checker.operations();
    let defects = checker.defects;
    ir.each_example_mut(&mut |example| example.defect = defects.get(&example.origin).cloned());
    for (ty, field) in fields {
        if let TypeKind::Struct(object) = &mut ir.types[ty].kind {
            let field = &mut object.fields[field];
            document(&mut field.docs, field.default.take());
        }
    }
    for (operation, parameter) in parameters {
        let parameter = &mut ir.operations[operation].parameters[parameter];
        document(&mut parameter.docs, parameter.default.take());
    }
}

fn document(docs: &mut Docs, default: Option<Value>) {
    let Some(default) = default else { return };
    if !docs.description.is_empty() {
        docs.description.push_str("\n\n");
    }
    docs.description.push_str("The document's default does not fit: `");
    docs.description.push_str(&default.to_string());
    docs.description.push('`');
}

struct Checker<'a, 's> {
    ir: &'a Ir,
    judge: Judge<'a>,
    sink: &'s mut Diagnostics,
    /// What is wrong with examples, by their place.
    defects: BTreeMap<Pointer, String>,
}

impl<'a> Checker<'a, '_> {
    /// The answer is which fields have a default that does not fit.
    fn types(&mut self) -> Vec<(usize, usize)> {
        let mut unfit = Vec::new();
        for (index, ty) in self.ir.types.iter().enumerate() {
            let shape = Shape::Named(specwright_ir::TypeId(index));
            let schema = Schema::new(shape, ty.name.origin.clone());
            self.examples(&ty.examples, &schema);
            let TypeKind::Struct(object) = &ty.kind else { continue };
            for (position, field) in object.fields.iter().enumerate() {
                self.examples(&field.examples, &field.schema);
                if !self.default(field.default.as_ref(), &field.schema) {
                    unfit.push((index, position));
                }
            }
        }
        unfit
    }

    /// The answer is which parameters have a default that does not fit.
    fn operations(&mut self) -> Vec<(usize, usize)> {
        let mut unfit = Vec::new();
        for (index, operation) in self.ir.operations.iter().enumerate() {
            for (position, parameter) in operation.parameters.iter().enumerate() {
                self.examples(&parameter.examples, &parameter.schema);
                if !self.default(parameter.default.as_ref(), &parameter.schema) {
                    unfit.push((index, position));
                }
            }
            for content in operation.body.iter().flat_map(|body| &body.contents) {
                self.content(content);
            }
            for response in &operation.responses {
                if let ResponseBody::Inline(response) = &response.body {
                    self.response(response);
                }
            }
        }
        unfit
    }

    fn response(&mut self, response: &'a Response) {
        for header in &response.headers {
            self.examples(&header.examples, &header.schema);
        }
        for content in &response.contents {
            self.content(content);
        }
    }

    fn content(&mut self, content: &'a Content) {
        let Some(schema) = content.kind.schema() else { return };
        let is_xml = matches!(content.kind, BodyKind::Xml(_));
        for example in &content.examples {
            if is_xml && example.value.is_string() {
                // A document is compared with nothing.
                continue;
            }
            if self.is_map_of_examples(example, schema) {
                self.defects.insert(example.origin.clone(), "it holds named examples".to_owned());
                self.sink.push(
                    Diagnostic::new(
                        Code::ExampleMap,
                        "`example` holds named examples: `examples` is meant",
                        Place::key(&example.origin),
                        "carried as it is given: one object whose members are the examples",
                    )
                    .with_help("write `examples`, each with its `value`, in an overlay if need be"),
                );
            } else {
                self.example(example, schema);
            }
        }
    }

    fn examples(&mut self, examples: &[Example], schema: &Schema) {
        for example in examples {
            self.example(example, schema);
        }
    }

    fn example(&mut self, example: &Example, schema: &Schema) {
        for misfit in self.judge.compare(&example.value, &example.origin, schema) {
            let token = misfit.at.last().filter(|_| misfit.at != example.origin);
            let why = token.map_or_else(|| misfit.why.clone(), |name| format!("`{name}`: {}", misfit.why));
            self.defects.entry(example.origin.clone()).or_insert(why);
            self.sink.push(
                Diagnostic::new(
                    Code::UnfitExample,
                    format!("an example does not fit its schema: {}", misfit.why),
                    Place::value(&misfit.at),
                    "kept as documentation, not tested",
                )
                .with_secondary(Place::value(&misfit.schema), "the schema"),
            );
        }
    }

    fn default(&mut self, default: Option<&Value>, schema: &Schema) -> bool {
        let Some(default) = default else { return true };
        let misfits = self.judge.compare(default, &schema.origin, schema);
        for misfit in &misfits {
            self.sink.push(Diagnostic::new(
                Code::UnfitDefault,
                format!("a default does not fit its schema: {}", misfit.why),
                Place::value(&misfit.schema),
                "documented only",
            ));
        }
        misfits.is_empty()
    }

    /// Whether an `example` is an object of examples: no key is a property, and every value would be
    /// an object with properties of the schema.
    fn is_map_of_examples(&self, example: &Example, schema: &Schema) -> bool {
        let (Some(object), Value::Object(members)) = (self.object(schema), &example.value) else {
            return false;
        };
        let declared = |name: &String| {
            object.fields.iter().any(|field| field.name.wire == *name) || object.ignored.contains(name)
        };
        example.name.is_empty()
            && !members.is_empty()
            && members.iter().all(|(name, value)| {
                !declared(name) && value.as_object().is_some_and(|inner| inner.keys().any(declared))
            })
    }

    fn object(&self, schema: &Schema) -> Option<&'a Struct> {
        let Shape::Named(id) = &schema.shape else { return None };
        match &self.ir.ty(*id).kind {
            TypeKind::Struct(object) => Some(object),
            _ => None,
        }
    }
}
