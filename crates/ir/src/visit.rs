//! Walking the schemas and examples of a contract.

use crate::{
    Additional, BodyKind, Content, Direction, Example, Ir, Operation, Response, ResponseBody, Schema, Shape,
    Type, TypeKind,
};

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
                if let ResponseBody::Inline(response) = &response.body {
                    response.each_schema(visit);
                }
            }
        }
    }
}

impl Ir {
    /// Calls `visit` with every example.
    pub fn each_example_mut(&mut self, visit: &mut impl FnMut(&mut Example)) {
        for ty in &mut self.types {
            ty.examples.iter_mut().for_each(&mut *visit);
            if let TypeKind::Struct(object) = &mut ty.kind {
                object.fields.iter_mut().flat_map(|field| &mut field.examples).for_each(&mut *visit);
            }
        }
        for response in &mut self.responses {
            response.each_example_mut(visit);
        }
        for operation in &mut self.operations {
            operation
                .parameters
                .iter_mut()
                .flat_map(|parameter| &mut parameter.examples)
                .for_each(&mut *visit);
            let contents = operation.body.iter_mut().flat_map(|body| &mut body.contents);
            contents.flat_map(|content| &mut content.examples).for_each(&mut *visit);
            for response in &mut operation.responses {
                if let ResponseBody::Inline(response) = &mut response.body {
                    response.each_example_mut(visit);
                }
            }
        }
    }

    /// Calls `visit` with every media type of a body.
    pub fn each_content_mut(&mut self, visit: &mut impl FnMut(&mut Content)) {
        self.responses.iter_mut().flat_map(|response| &mut response.contents).for_each(&mut *visit);
        for operation in &mut self.operations {
            operation.body.iter_mut().flat_map(|body| &mut body.contents).for_each(&mut *visit);
            for response in &mut operation.responses {
                if let ResponseBody::Inline(response) = &mut response.body {
                    response.contents.iter_mut().for_each(&mut *visit);
                }
            }
        }
    }
}

impl Response {
    /// Calls `visit` with every example of the response: of headers and bodies.
    fn each_example_mut(&mut self, visit: &mut impl FnMut(&mut Example)) {
        self.headers.iter_mut().flat_map(|header| &mut header.examples).for_each(&mut *visit);
        self.contents.iter_mut().flat_map(|content| &mut content.examples).for_each(&mut *visit);
    }
}

impl Ir {
    /// Calls `visit` with every schema in use, as [`each_schema`](Self::each_schema) does.
    pub fn each_schema_mut(&mut self, visit: &mut impl FnMut(&mut Schema)) {
        for ty in &mut self.types {
            ty.each_schema_mut(visit);
        }
        for response in &mut self.responses {
            response.each_schema_mut(visit);
        }
        for operation in &mut self.operations {
            operation.each_request_schema_mut(visit);
            for response in &mut operation.responses {
                if let ResponseBody::Inline(response) = &mut response.body {
                    response.each_schema_mut(visit);
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
            Self::Union(union) => union.variants.iter().for_each(|variant| variant.schema.walk(visit)),
            Self::Alias(alias) => alias.schema.walk(visit),
        }
    }

    /// Calls `visit` with every schema of the type.
    pub fn each_schema_mut(&mut self, visit: &mut impl FnMut(&mut Schema)) {
        match self {
            Self::Struct(object) => {
                for field in &mut object.fields {
                    field.schema.walk_mut(visit);
                }
                if let Additional::Kept { values, .. } = &mut object.additional {
                    values.walk_mut(visit);
                }
            }
            Self::Enum(_) => {}
            Self::Union(union) => union.variants.iter_mut().for_each(|one| one.schema.walk_mut(visit)),
            Self::Alias(alias) => alias.schema.walk_mut(visit),
        }
    }

    /// Calls `visit` with every schema of what travels in a direction: properties of the other one left out.
    pub fn each_schema_of<'a>(&'a self, direction: Direction, visit: &mut impl FnMut(&'a Schema)) {
        let Self::Struct(object) = self else { return self.each_schema(visit) };
        for field in object.fields.iter().filter(|field| field.access.is_part_of(direction)) {
            field.schema.walk(visit);
        }
        if let Additional::Kept { values, .. } = &object.additional {
            values.walk(visit);
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
            if let Some(schema) = content.kind.schema() {
                schema.walk(visit);
            }
        }
    }
}

impl Operation {
    /// Calls `visit` with every schema of the request: parameters and bodies.
    pub fn each_request_schema_mut(&mut self, visit: &mut impl FnMut(&mut Schema)) {
        for parameter in &mut self.parameters {
            parameter.schema.walk_mut(visit);
        }
        for content in self.body.iter_mut().flat_map(|body| &mut body.contents) {
            if let Some(schema) = content.kind.schema_mut() {
                schema.walk_mut(visit);
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
            if let Some(schema) = content.kind.schema() {
                schema.walk(visit);
            }
        }
    }
}

impl Response {
    /// Calls `visit` with every schema of the response: headers and bodies.
    pub fn each_schema_mut(&mut self, visit: &mut impl FnMut(&mut Schema)) {
        for header in &mut self.headers {
            header.schema.walk_mut(visit);
        }
        for content in &mut self.contents {
            if let Some(schema) = content.kind.schema_mut() {
                schema.walk_mut(visit);
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
            Shape::Tuple(items) => items.iter().for_each(|item| item.walk(visit)),
            _ => {}
        }
    }

    /// Calls `visit` with this schema, those inside of it and those of their rules, named types not entered.
    pub fn walk_mut(&mut self, visit: &mut dyn FnMut(&mut Self)) {
        visit(self);
        match &mut self.shape {
            Shape::Array(array) => array.items.walk_mut(visit),
            Shape::Map(map) => map.values.walk_mut(visit),
            Shape::Tuple(items) => items.iter_mut().for_each(|item| item.walk_mut(visit)),
            _ => {}
        }
        self.rules.iter_mut().for_each(|rule| rule.walk_mut(visit));
    }

    /// Calls `visit` with every schema that the rules of this one have, and of those inside of it.
    pub fn walk_rules<'a>(&'a self, visit: &mut dyn FnMut(&'a Self)) {
        self.walk(&mut |schema| {
            for rule in &schema.rules {
                rule.walk(visit);
            }
        });
    }
}

impl Type {
    /// Calls `visit` with every schema of the type and of its rules.
    pub fn each_schema_mut(&mut self, visit: &mut impl FnMut(&mut Schema)) {
        self.kind.each_schema_mut(visit);
        self.rules.iter_mut().for_each(|rule| rule.walk_mut(visit));
    }

    /// Calls `visit` with every schema that the rules of the type have, and of the schemas inside of it.
    pub fn each_ruled<'a>(&'a self, visit: &mut dyn FnMut(&'a Schema)) {
        for rule in &self.rules {
            rule.walk(visit);
        }
        self.kind.each_schema(&mut |schema| {
            for rule in &schema.rules {
                rule.walk(visit);
            }
        });
    }
}

impl Ir {
    /// Every body in each of its media types: those of component responses, then those of operations.
    pub fn contents(&self) -> impl Iterator<Item = &Content> {
        let shared = self.responses.iter().flat_map(|response| &response.contents);
        let own = self.operations.iter().flat_map(|operation| {
            let body = operation.body.iter().flat_map(|body| &body.contents);
            let responses = operation.responses.iter().filter_map(|response| match &response.body {
                ResponseBody::Inline(response) => Some(&response.contents),
                ResponseBody::Shared(_) => None,
            });
            body.chain(responses.flatten())
        });
        shared.chain(own)
    }

    /// The same, to be changed.
    pub fn contents_mut(&mut self) -> impl Iterator<Item = &mut Content> {
        let shared = self.responses.iter_mut().flat_map(|response| &mut response.contents);
        let own = self.operations.iter_mut().flat_map(|operation| {
            let body = operation.body.iter_mut().flat_map(|body| &mut body.contents);
            let responses = operation.responses.iter_mut().filter_map(|response| match &mut response.body {
                ResponseBody::Inline(response) => Some(&mut response.contents),
                ResponseBody::Shared(_) => None,
            });
            body.chain(responses.flatten())
        });
        shared.chain(own)
    }

    /// Calls `visit` with every schema of operations and responses, to be changed, what is inside of arrays
    /// and maps not included, and with whether it is that of a body of XML.
    pub fn each_outer_schema_mut(&mut self, visit: &mut impl FnMut(&mut Schema, bool)) {
        for response in &mut self.responses {
            response.each_outer_schema_mut(visit);
        }
        for operation in &mut self.operations {
            operation.parameters.iter_mut().for_each(|parameter| visit(&mut parameter.schema, false));
            let contents = operation.body.iter_mut().flat_map(|body| &mut body.contents);
            contents.for_each(|content| content.kind.outer_schema_mut(visit));
            for response in &mut operation.responses {
                if let ResponseBody::Inline(response) = &mut response.body {
                    response.each_outer_schema_mut(visit);
                }
            }
        }
    }
}

impl Response {
    fn each_outer_schema_mut(&mut self, visit: &mut impl FnMut(&mut Schema, bool)) {
        self.headers.iter_mut().for_each(|header| visit(&mut header.schema, false));
        self.contents.iter_mut().for_each(|content| content.kind.outer_schema_mut(visit));
    }
}

impl BodyKind {
    fn outer_schema_mut(&mut self, visit: &mut impl FnMut(&mut Schema, bool)) {
        match self {
            Self::Json(schema) | Self::Scalar(schema) | Self::Events(schema) | Self::Items(schema) => {
                visit(schema, false);
            }
            Self::Xml(root) => visit(&mut root.schema, true),
            Self::Form(form) | Self::Multipart(form) => visit(&mut form.schema, false),
            Self::Text | Self::Bytes => {}
        }
    }
}
