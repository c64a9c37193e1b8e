//! Loading and lowering documents, for the tests beside this file.

use std::path::Path;

use serde_json::Value;
use specwright_diagnostics::{Code, Diagnostics, Severity};
use specwright_ir::{Field, Ir, Operation, Parameter, Response, Schema, Shape, Struct, Type, TypeKind};
use specwright_spec::{Document, Lock, Lowered, Settings, Source, lower};

/// What came of a document.
pub struct Outcome {
    pub ir: Ir,
    pub lock: Lock,
    pub root: Value,
    pub found: Diagnostics,
}

/// The text of a file under `spec/` of the repository.
pub fn text(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec").join(name);
    std::fs::read_to_string(path).unwrap()
}

/// Loads and lowers a text. `None` beside the diagnostics when it is refused.
pub fn attempt(name: &str, text: &str, settings: &Settings) -> (Option<(Document, Lowered)>, Diagnostics) {
    let mut found = Diagnostics::new();
    let document = Document::load(Source::new(name, text), Vec::new(), &mut found);
    let lowered = document.and_then(|document| {
        let lowered = lower(&document, settings, &mut found)?;
        Some((document, lowered))
    });
    (lowered, found)
}

/// Loads and lowers a text that is accepted.
pub fn accepted(name: &str, text: &str, settings: &Settings) -> Outcome {
    let (lowered, found) = attempt(name, text, settings);
    let Some((document, Lowered { ir, lock })) = lowered else { panic!("{}", found.render(false)) };
    Outcome { ir, lock, root: document.root().clone(), found }
}

/// The Customer Service, without an overlay and without pinned names.
pub fn customer_service() -> Outcome {
    accepted("customer-service.yaml", &text("customer-service.yaml"), &Settings::default())
}

/// One of the seven excerpts.
pub fn excerpt(name: &str) -> Outcome {
    accepted(name, &text(&format!("excerpts/{name}.json")), &Settings::default())
}

impl Outcome {
    /// The component schema or inline type that stands at a pointer.
    pub fn ty(&self, pointer: &str) -> &Type {
        let found = self.ir.types.iter().find(|ty| ty.name.origin.to_string() == pointer);
        found.unwrap_or_else(|| panic!("no type at {pointer}"))
    }

    pub fn component(&self, name: &str) -> &Type {
        self.ty(&format!("#/components/schemas/{name}"))
    }

    pub fn object(&self, name: &str) -> &Struct {
        object(self.component(name))
    }

    pub fn field(&self, schema: &str, wire: &str) -> &Field {
        field(self.object(schema), wire)
    }

    pub fn operation(&self, id: &str) -> &Operation {
        self.ir.operations.iter().find(|operation| operation.id.as_deref() == Some(id)).unwrap()
    }

    pub fn parameter(&self, operation: &str, wire: &str) -> &Parameter {
        self.operation(operation).parameters.iter().find(|parameter| parameter.name.wire == wire).unwrap()
    }

    /// What an operation declares for a status.
    pub fn response(&self, operation: &str, status: &str) -> &Response {
        let operation = self.operation(operation);
        let declared = operation.responses.iter().find(|response| response.name.wire == status).unwrap();
        self.ir.resolve(declared)
    }

    pub fn shared(&self, wire: &str) -> &Response {
        self.ir.responses.iter().find(|response| response.name.wire == wire).unwrap()
    }

    /// The value of the document at a pointer.
    pub fn raw(&self, pointer: &str) -> &Value {
        self.root.pointer(pointer.trim_start_matches('#')).unwrap()
    }

    /// The wire name of the type that a schema refers to.
    pub fn target(&self, schema: &Schema) -> &str {
        let Shape::Named(id) = schema.shape else { panic!("{schema:?} has no name") };
        &self.ir.ty(id).name.wire
    }

    /// The severity of what is said with a code at a pointer.
    pub fn said(&self, code: Code, pointer: &str) -> Option<Severity> {
        let at = |diagnostic: &&specwright_diagnostics::Diagnostic| {
            diagnostic.code == code
                && diagnostic.primary.place.pointer().is_some_and(|place| place.to_string() == pointer)
        };
        self.found.iter().find(at).map(specwright_diagnostics::Diagnostic::severity)
    }

    pub fn count(&self, code: Code) -> usize {
        self.found.iter().filter(|diagnostic| diagnostic.code == code).count()
    }
}

pub fn object(ty: &Type) -> &Struct {
    let TypeKind::Struct(object) = &ty.kind else { panic!("{} is no struct", ty.name.wire) };
    object
}

pub fn field<'a>(object: &'a Struct, wire: &str) -> &'a Field {
    object.fields.iter().find(|field| field.name.wire == wire).unwrap()
}

/// Wire names of fields.
pub fn wires(object: &Struct) -> Vec<&str> {
    object.fields.iter().map(|field| field.name.wire.as_str()).collect()
}
