//! In which directions each type travels.

use specwright_ir::{BodyKind, Ir, Schema, Shape, TypeId, TypeKind};

/// Marks every type that a request or a response reaches.
pub(super) fn mark(ir: &mut Ir) {
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

/// Unions, all that they are made of, and all that is made of them; and what forms of responses are made
/// of, which are written as their schemas have it.
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

fn reached(ir: &Ir, mut pending: Vec<TypeId>) -> Vec<TypeId> {
    let mut seen = vec![false; ir.types.len()];
    let mut reached = Vec::new();
    while let Some(id) = pending.pop() {
        if !std::mem::replace(&mut seen[id.0], true) {
            reached.push(id);
            ir.ty(id).kind.each_schema(&mut |schema| push(schema, &mut pending));
        }
    }
    reached
}

fn push(schema: &Schema, ids: &mut Vec<TypeId>) {
    if let Shape::Named(id) = &schema.shape {
        ids.push(*id);
    }
}
