//! Types that contain themselves: where an alias has to be a struct.

use specwright_ir::{Ir, Schema, Shape, TypeId, TypeKind};

/// Turns aliases into newtypes where they would otherwise have no end.
pub(super) fn resolve(ir: &mut Ir) {
    let aliases = components(ir, &alias_edges);
    for (index, cyclic) in aliases.cyclic.iter().enumerate() {
        if let (true, TypeKind::Alias(alias)) = (cyclic, &mut ir.types[index].kind) {
            alias.newtype = true;
        }
    }
}

/// Aliases that an alias mentions anywhere.
fn alias_edges(ir: &Ir, id: TypeId) -> Vec<TypeId> {
    let TypeKind::Alias(alias) = &ir.ty(id).kind else { return Vec::new() };
    let mut edges = Vec::new();
    let mut add = |schema: &Schema| {
        if let Shape::Named(id) = schema.shape {
            edges.push(id);
        }
    };
    alias.schema.walk(&mut add);
    alias.schema.walk_rules(&mut add);
    edges.retain(|id| matches!(ir.ty(*id).kind, TypeKind::Alias(_)));
    edges
}

/// The strongly connected components of the types.
pub(super) struct Components {
    /// The component of each type. What a type has edges to is in the same or in an earlier one.
    pub(super) group: Vec<usize>,
    /// Whether each type has a way back to itself.
    pub(super) cyclic: Vec<bool>,
}

/// Tarjan's algorithm, with a stack of its own: a document can be deeper than ours.
pub(super) fn components(ir: &Ir, edges: &dyn Fn(&Ir, TypeId) -> Vec<TypeId>) -> Components {
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
