//! Walking the schemas of a contract.

use crate::{Additional, BodyKind, Ir, Operation, Response, Schema, Shape, TypeKind};

impl Ir {
    /// Calls `visit` with every schema in use: of types, parameters, bodies and headers, the inner ones
    /// of arrays and maps included.
    pub fn each_schema<'a>(&'a self, visit: &mut impl FnMut(&'a Schema)) {
        for ty in &self.types {
            ty.kind.each_schema(visit);
        }
        for response in &self.responses {
            response.each_schema(visit);
        }
        for operation in &self.operations {
            operation.each_request_schema(visit);
            for response in &operation.responses {
                if let crate::ResponseBody::Inline(response) = &response.body {
                    response.each_schema(visit);
                }
            }
        }
    }
}

impl TypeKind {
    /// Calls `visit` with every schema of the type.
    pub fn each_schema<'a>(&'a self, visit: &mut impl FnMut(&'a Schema)) {
        match self {
            Self::Struct(object) => {
                for field in &object.fields {
                    field.schema.walk(visit);
                }
                if let Additional::Kept { values, .. } = &object.additional {
                    values.walk(visit);
                }
            }
            Self::Enum(_) => {}
            Self::Alias(alias) => alias.schema.walk(visit),
        }
    }
}

impl Operation {
    /// Calls `visit` with every schema of the request: parameters and bodies.
    pub fn each_request_schema<'a>(&'a self, visit: &mut impl FnMut(&'a Schema)) {
        for parameter in &self.parameters {
            parameter.schema.walk(visit);
        }
        for content in self.body.iter().flat_map(|body| &body.contents) {
            if let BodyKind::Json(schema) = &content.kind {
                schema.walk(visit);
            }
        }
    }
}

impl Response {
    /// Calls `visit` with every schema of the response: headers and bodies.
    pub fn each_schema<'a>(&'a self, visit: &mut impl FnMut(&'a Schema)) {
        for header in &self.headers {
            header.schema.walk(visit);
        }
        for content in &self.contents {
            if let BodyKind::Json(schema) = &content.kind {
                schema.walk(visit);
            }
        }
    }
}

impl Schema {
    /// Calls `visit` with this schema and those inside of it, named types not entered.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Self)) {
        visit(self);
        match &self.shape {
            Shape::Array(array) => array.items.walk(visit),
            Shape::Map(map) => map.values.walk(visit),
            _ => {}
        }
    }
}
