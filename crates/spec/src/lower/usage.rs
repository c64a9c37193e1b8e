//! In which directions each type travels.

use specwright_ir::{BodyKind, Direction, Ir, Schema, Shape, Type, TypeId, TypeKind, Usage};

/// Marks every type that a request or a response reaches.
pub(super) fn mark(ir: &mut Ir) {
    for ty in &mut ir.types {
        ty.usage = Usage::default();
    }
    let mut requests = Vec::new();
    let mut responses = Vec::new();
    for operation in &ir.operations {
        operation.each_request_schema(&mut |schema| push(schema, &mut requests));
        for response in &operation.responses {
            ir.resolve(response).each_schema(&mut |schema| push(schema, &mut responses));
        }
        // A service sends events, and is sent what answers them.
        if operation.event.is_some() {
            operation.each_request_schema(&mut |schema| push(schema, &mut responses));
            for response in &operation.responses {
                ir.resolve(response).each_schema(&mut |schema| push(schema, &mut requests));
            }
        }
    }
    for id in reached(ir, requests) {
        ir.types[id.0].usage.request = true;
    }
    for id in reached(ir, responses) {
        ir.types[id.0].usage.response = true;
    }
    let mut documents = Vec::new();
    for content in ir.contents() {
        if let BodyKind::Xml(root) = &content.kind {
            root.schema.walk(&mut |schema| push(schema, &mut documents));
        }
    }
    for id in reached(ir, documents) {
        ir.types[id.0].usage.xml = true;
    }
    for id in judged(ir) {
        ir.types[id.0].usage.judged = true;
    }
}

/// The types that go to the API's provider, and those that come from it, through properties that exist
/// there. Whoever is called by the provider is sent what comes back otherwise.
pub(super) fn directions(ir: &Ir) -> [Vec<TypeId>; 2] {
    let (mut sent, mut received) = (Vec::new(), Vec::new());
    for operation in &ir.operations {
        let is_event = operation.event.is_some();
        let (called, answered) =
            if is_event { (&mut received, &mut sent) } else { (&mut sent, &mut received) };
        operation.each_request_schema(&mut |schema| push(schema, called));
        for response in &operation.responses {
            ir.resolve(response).each_schema(&mut |schema| push(schema, answered));
        }
    }
    [reached_in(Direction::Request, ir, sent), reached_in(Direction::Response, ir, received)]
}

/// Unions, all that they are made of, and all that is made of them; and what forms and headers of responses
/// are made of, which are written and read as their schemas have it.
fn judged(ir: &Ir) -> Vec<TypeId> {
    let ids = (0..ir.types.len()).map(TypeId);
    let unions: Vec<_> = ids.filter(|id| matches!(ir.ty(*id).kind, TypeKind::Union(_))).collect();
    let mut users: Vec<Vec<TypeId>> = vec![Vec::new(); ir.types.len()];
    for (index, ty) in ir.types.iter().enumerate() {
        let mut used = Vec::new();
        ty.kind.each_schema(&mut |schema| push(schema, &mut used));
        for id in used {
            users[id.0].push(TypeId(index));
        }
    }
    let mut pending = unions.clone();
    let mut seen = vec![false; ir.types.len()];
    while let Some(id) = pending.pop() {
        if !std::mem::replace(&mut seen[id.0], true) {
            pending.extend(&users[id.0]);
        }
    }
    // A type that has a union has a schema, and so has all that this schema names, and all that values are
    // held against besides their type.
    let mut described: Vec<TypeId> = (0..ir.types.len()).filter(|index| seen[*index]).map(TypeId).collect();
    for operation in &ir.operations {
        let headers = operation.responses.iter().flat_map(|response| &ir.resolve(response).headers);
        for header in headers.filter(|header| header.is_read_by_schema(ir)) {
            header.schema.walk(&mut |schema| push(schema, &mut described));
        }
        let contents = operation.responses.iter().flat_map(|response| &ir.resolve(response).contents);
        for content in contents {
            if let BodyKind::Form(form) | BodyKind::Multipart(form) = &content.kind {
                form.schema.walk(&mut |schema| push(schema, &mut described));
            }
        }
    }
    for ty in &ir.types {
        ty.each_ruled(&mut |schema| push(schema, &mut described));
    }
    ir.each_schema(&mut |schema| {
        for rule in &schema.rules {
            rule.walk(&mut |schema| push(schema, &mut described));
        }
    });
    reached(ir, described)
}

/// Everything that types are made of, and they themselves.
pub(super) fn reached(ir: &Ir, from: Vec<TypeId>) -> Vec<TypeId> {
    closure(ir, from, |ty, ids| ty.kind.each_schema(&mut |schema| push(schema, ids)))
}

/// The same, of what travels in a direction, and of what that is held against.
fn reached_in(direction: Direction, ir: &Ir, from: Vec<TypeId>) -> Vec<TypeId> {
    closure(ir, from, |ty, ids| {
        ty.kind.each_schema_of(direction, &mut |schema| push(schema, ids));
        ty.each_ruled(&mut |schema| push(schema, ids));
    })
}

fn closure(ir: &Ir, mut pending: Vec<TypeId>, parts: impl Fn(&Type, &mut Vec<TypeId>)) -> Vec<TypeId> {
    let mut seen = vec![false; ir.types.len()];
    let mut reached = Vec::new();
    while let Some(id) = pending.pop() {
        if !std::mem::replace(&mut seen[id.0], true) {
            reached.push(id);
            parts(ir.ty(id), &mut pending);
        }
    }
    reached
}

/// Adds the type that a schema names.
pub(super) fn push(schema: &Schema, ids: &mut Vec<TypeId>) {
    if let Shape::Named(id) = &schema.shape {
        ids.push(*id);
    }
}
