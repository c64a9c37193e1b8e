//! Types that contain themselves: where a field or a variant is boxed, and where an alias has to be a struct.

use specwright_ir::{Ir, Shape, TypeId, TypeKind};

/// Boxes fields and turns aliases into newtypes where a type would otherwise have no size or no end.
pub(super) fn resolve(ir: &mut Ir) {
    let aliases = components(ir, &alias_edges);
    for (index, cyclic) in aliases.cyclic.iter().enumerate() {
        if let (true, TypeKind::Alias(alias)) = (cyclic, &mut ir.types[index].kind) {
            alias.newtype = true;
        }
    }
    // Every edge inside of a cycle is boxed, and not only one that closes it: which one closes it
    // depends on where one begins, and so on what is added to the document.
    let direct = components(ir, &direct_edges);
    for index in 0..ir.types.len() {
        let home = direct.group[index];
        if let TypeKind::Struct(object) = &mut ir.types[index].kind {
            for field in &mut object.fields {
                if let Shape::Named(id) = &field.schema.shape {
                    field.boxed = direct.cyclic[index] && direct.group[id.0] == home;
                }
            }
        }
        if let TypeKind::Union(union) = &mut ir.types[index].kind {
            for variant in &mut union.variants {
                if let Shape::Named(id) = &variant.schema.shape {
                    variant.boxed = direct.cyclic[index] && direct.group[id.0] == home;
                }
            }
        }
    }
}

/// Types whose size is part of a type's own: lists and maps hold theirs elsewhere.
fn direct_edges(ir: &Ir, id: TypeId) -> Vec<TypeId> {
    match &ir.ty(id).kind {
        TypeKind::Struct(object) => {
            object.fields.iter().filter_map(|field| named(&field.schema.shape)).collect()
        }
        TypeKind::Union(union) => {
            union.variants.iter().filter_map(|variant| named(&variant.schema.shape)).collect()
        }
        TypeKind::Alias(alias) => named(&alias.schema.shape).into_iter().collect(),
        TypeKind::Enum(_) => Vec::new(),
    }
}

/// Aliases that an alias mentions anywhere.
fn alias_edges(ir: &Ir, id: TypeId) -> Vec<TypeId> {
    let TypeKind::Alias(alias) = &ir.ty(id).kind else { return Vec::new() };
    let mut edges = Vec::new();
    alias.schema.walk(&mut |schema| edges.extend(named(&schema.shape)));
    alias.schema.walk_rules(&mut |schema| edges.extend(named(&schema.shape)));
    edges.retain(|id| matches!(ir.ty(*id).kind, TypeKind::Alias(_)));
    edges
}

fn named(shape: &Shape) -> Option<TypeId> {
    if let Shape::Named(id) = shape { Some(*id) } else { None }
}

/// The strongly connected components of the types.
struct Components {
    group: Vec<usize>,
    cyclic: Vec<bool>,
}

/// Tarjan's algorithm, with a stack of its own: a document can be deeper than ours.
fn components(ir: &Ir, edges: &dyn Fn(&Ir, TypeId) -> Vec<TypeId>) -> Components {
    let count = ir.types.len();
    let graph: Vec<Vec<TypeId>> = (0..count).map(|index| edges(ir, TypeId(index))).collect();
    let mut index = vec![usize::MAX; count];
    let mut low = vec![0; count];
    let mut on_stack = vec![false; count];
    let mut result = Components { group: vec![0; count], cyclic: vec![false; count] };
    let (mut next, mut groups) = (0, 0);
    let mut stack = Vec::new();
    for start in 0..count {
        if index[start] != usize::MAX {
            continue;
        }
        let mut frames = vec![(start, 0)];
        while let Some((node, edge)) = frames.pop() {
            if edge == 0 {
                index[node] = next;
                low[node] = next;
                next += 1;
                stack.push(node);
                on_stack[node] = true;
            } else {
                let child = graph[node][edge - 1].0;
                if on_stack[child] {
                    low[node] = low[node].min(low[child]);
                }
            }
            if let Some(child) = graph[node].get(edge) {
                frames.push((node, edge + 1));
                if index[child.0] == usize::MAX {
                    frames.push((child.0, 0));
                }
                continue;
            }
            if low[node] == index[node] {
                let from = stack.iter().rposition(|other| *other == node).unwrap_or(0);
                let members = stack.split_off(from);
                let cyclic = members.len() > 1 || graph[node].contains(&TypeId(node));
                for member in members {
                    on_stack[member] = false;
                    result.group[member] = groups;
                    result.cyclic[member] = cyclic;
                }
                groups += 1;
            }
        }
    }
    result
}
