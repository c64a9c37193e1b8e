//! In which directions each type travels.

use specwright_ir::{Ir, Schema, Shape, TypeId};

/// Marks every type that a request or a response reaches.
pub(super) fn mark(ir: &mut Ir) {
    let mut requests = Vec::new();
    let mut responses = Vec::new();
    for operation in &ir.operations {
        operation.each_request_schema(&mut |schema| push(schema, &mut requests));
        for response in &operation.responses {
            ir.resolve(response).each_schema(&mut |schema| push(schema, &mut responses));
        }
    }
    for id in reached(ir, requests) {
        ir.types[id.0].usage.request = true;
    }
    for id in reached(ir, responses) {
        ir.types[id.0].usage.response = true;
    }
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
