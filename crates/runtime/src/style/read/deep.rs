//! `deepObject`: `color[R]=100`, and in further brackets what is inside of that.

use serde_json::{Map, Value};

use super::pairs::together;
use super::{Decode, Fault, Read, alternatives, fitting, item_schema, member_schema};
use crate::Schema;
use crate::schema::{ObjectRules, Shape};

/// How many brackets may follow a name.
const MAX_DEPTH: usize = 32;

/// What stands in the brackets of a name: texts, and further brackets.
#[derive(Default)]
struct Node<'a> {
    texts: Vec<&'a str>,
    inner: Vec<(&'a str, Node<'a>)>,
}

/// The value of an object whose members' names stand in brackets; `None` where there is none.
pub(super) fn members(
    name: &str,
    rules: &ObjectRules,
    pairs: &[(String, &str)],
    decode: Decode,
) -> Read<Option<Value>> {
    let node = tree(name, pairs)?;
    if node.inner.is_empty() {
        return Ok(None);
    }
    object(rules, &node, decode).map(Some)
}

/// The value of anything else in brackets: a list, or whatever there is.
pub(super) fn value(
    name: &str,
    schema: &Schema,
    pairs: &[(String, &str)],
    decode: Decode,
) -> Read<Option<Value>> {
    let node = tree(name, pairs)?;
    if node.inner.is_empty() {
        return Ok(None);
    }
    read(schema, &node, decode).map(Some)
}

fn tree<'a>(name: &str, pairs: &'a [(String, &'a str)]) -> Read<Node<'a>> {
    let mut root = Node::default();
    for (found, raw) in pairs {
        let Some(brackets) = found.strip_prefix(name).filter(|rest| rest.starts_with('[')) else { continue };
        let Some(brackets) = brackets[1..].strip_suffix(']') else { continue };
        let tokens = brackets.split("][");
        if tokens.clone().count() > MAX_DEPTH {
            return Err(Fault::Form);
        }
        let mut node = &mut root;
        for token in tokens {
            let at = node.inner.iter().position(|(found, _)| *found == token).unwrap_or(node.inner.len());
            if at == node.inner.len() {
                node.inner.push((token, Node::default()));
            }
            node = &mut node.inner[at].1;
        }
        node.texts.push(raw);
    }
    Ok(root)
}

fn read(schema: &Schema, node: &Node<'_>, decode: Decode) -> Read<Value> {
    const ANY: Schema = Schema::any();
    match schema.resolved().shape {
        Shape::Union(rules) => {
            let is_list = node.is_list() || node.texts.len() > 1;
            fitting(alternatives(&rules, is_list, node.inner.is_empty()), |schema| read(schema, node, decode))
        }
        _ if node.inner.is_empty() => together(schema, &node.texts, decode),
        Shape::Object(rules) => object(&rules, node, decode),
        Shape::Array(_) => node
            .items()
            .enumerate()
            .map(|(at, item)| item.of_list(item_schema(schema, at), decode))
            .collect::<Read<Vec<_>>>()
            .map(|items| Value::Array(items.into_iter().flatten().collect())),
        Shape::Any if node.is_list() => node
            .items()
            .map(|item| item.of_list(&ANY, decode))
            .collect::<Read<Vec<_>>>()
            .map(|items| Value::Array(items.into_iter().flatten().collect())),
        Shape::Any => {
            let members = node.inner.iter();
            let members = members.map(|(name, node)| Ok(((*name).to_owned(), read(&ANY, node, decode)?)));
            members.collect::<Read<Map<_, _>>>().map(Value::Object)
        }
        _ => Err(Fault::Form),
    }
}

fn object(rules: &ObjectRules, node: &Node<'_>, decode: Decode) -> Read<Value> {
    const ANY: Schema = Schema::any();
    let mut members = Map::new();
    for (name, node) in &node.inner {
        let value = read(member_schema(rules, name).unwrap_or(&ANY), node, decode)?;
        members.insert((*name).to_owned(), value);
    }
    Ok(Value::Object(members))
}

impl<'a> Node<'a> {
    /// Whether all of its brackets are empty or hold a position.
    fn is_list(&self) -> bool {
        !self.inner.is_empty()
            && self.inner.iter().all(|(name, _)| name.bytes().all(|byte| byte.is_ascii_digit()))
    }

    /// The items of a list, by position; those without one come first.
    fn items(&self) -> impl Iterator<Item = &Node<'a>> {
        let mut inner: Vec<_> = self.inner.iter().collect();
        inner.sort_by_key(|(name, _)| (name.len(), *name));
        inner.into_iter().map(|(_, node)| node)
    }

    /// As what stands in one pair of a list's brackets: one item, or with empty ones several.
    fn of_list(&self, schema: &Schema, decode: Decode) -> Read<Vec<Value>> {
        if self.inner.is_empty() {
            let null = |text: &str| super::is_null(schema, text).then_some(Ok(Value::Null));
            let texts = self.texts.iter();
            return texts
                .map(|text| null(text).unwrap_or_else(|| together(schema, &[*text], decode)))
                .collect();
        }
        Ok(vec![read(schema, self, decode)?])
    }
}
