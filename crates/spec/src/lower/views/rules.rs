//! What values of a view are held against besides their type: rules about properties that it does not have.
//!
//! Such a property is never there. A rule that asks for it asks the other direction; one that only holds, or
//! only fails, because of it says nothing of this one.

use std::cell::Cell;
use std::collections::BTreeMap;

use specwright_diagnostics::{Code, Diagnostic, Diagnostics, Place};
use specwright_ir::{Count, Direction, Ir, Rule, Schema, Shape, Struct, TypeId, TypeKind};

/// How deep rules are looked into.
const DEPTH: usize = 32;

/// Adjusts the rules of all types that lack a property in their direction.
pub(super) fn settle(ir: &mut Ir, directions: &BTreeMap<TypeId, Direction>, sink: &mut Diagnostics) {
    let mut settled = Vec::new();
    for (id, direction) in directions {
        let rules = &ir.ty(*id).rules;
        let cx = View { ir, touched: Cell::new(false) };
        let mut kept = Vec::new();
        for rule in rules {
            match cx.rule(rule, Some(*id), Mode::Asked, 0) {
                Held::Always => {}
                Held::Never => sink.push(impossible(ir, *id, rule, *direction)),
                Held::Rest(rule) => kept.push(rule),
            }
        }
        if cx.touched.get() {
            settled.push((*id, kept));
        }
    }
    for (id, rules) in settled {
        ir.types[id.0].rules = rules;
    }
}

fn impossible(ir: &Ir, id: TypeId, rule: &Rule, direction: Direction) -> Diagnostic {
    let (values, other) = match direction {
        Direction::Request => ("what is sent", "what comes back"),
        Direction::Response => ("what comes back", "what is sent"),
    };
    let mut origin = None;
    rule.walk(&mut |schema: &Schema| {
        origin.get_or_insert_with(|| schema.origin.clone());
    });
    let origin = origin.unwrap_or_else(|| ir.ty(id).name.origin.clone());
    Diagnostic::new(
        Code::ImpossibleView,
        format!("no value of {values} keeps this: it is about a property that only {other} has"),
        Place::value(&origin),
        format!("holds for {other} only"),
    )
}

/// What a rule says once what it names may not be there.
enum Held<T> {
    Always,
    Never,
    Rest(T),
}

/// What the absence of a property means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// What is asked for is given by the other side.
    Asked,
    /// It decides whether something else is asked for: it is not there.
    Decides,
}

/// Rules as a view has them.
struct View<'a> {
    ir: &'a Ir,
    /// Whether one of them is about what is not there.
    touched: Cell<bool>,
}

impl View<'_> {
    /// Whether a property is in the other direction only.
    fn lacks(&self, of: TypeId, name: &str) -> bool {
        let of_object = |object: &Struct| object.ignored.iter().any(|ignored| ignored == name);
        let lacks = match &self.ir.ty(of).kind {
            TypeKind::Struct(object) => of_object(object),
            TypeKind::Union(union) => {
                let mut objects = union.variants.iter().filter_map(|variant| self.object(&variant.schema));
                let is_field = |object: &Struct| object.fields.iter().any(|field| field.name.wire == name);
                objects.clone().any(of_object) && !objects.any(is_field)
            }
            TypeKind::Enum(_) | TypeKind::Alias(_) => false,
        };
        if lacks {
            self.touched.set(true);
        }
        lacks
    }

    fn object(&self, schema: &Schema) -> Option<&Struct> {
        match &self.ir.ty(self.named(schema)?).kind {
            TypeKind::Struct(object) => Some(object),
            _ => None,
        }
    }

    /// The type that a schema names, other names of it followed.
    fn named(&self, schema: &Schema) -> Option<TypeId> {
        let mut schema = schema;
        for _ in 0..DEPTH {
            let Shape::Named(id) = &schema.shape else { return None };
            match &self.ir.ty(*id).kind {
                TypeKind::Alias(alias) => schema = &alias.schema,
                _ => return Some(*id),
            }
        }
        None
    }

    /// The type of a property.
    fn property(&self, of: TypeId, name: &str) -> Option<TypeId> {
        let TypeKind::Struct(object) = &self.ir.ty(of).kind else { return None };
        let field = object.fields.iter().find(|field| field.name.wire == name)?;
        self.named(&field.schema)
    }

    /// A schema that values of a type are held against. One that names nothing absent stays as it is.
    fn schema(&self, schema: &Schema, of: Option<TypeId>, mode: Mode, depth: usize) -> Held<Schema> {
        let before = self.touched.replace(false);
        let held = self.all(&schema.rules, of, mode, depth);
        let hit = self.touched.replace(before);
        if !hit || schema.shape != Shape::Any {
            return Held::Rest(schema.clone());
        }
        self.touched.set(true);
        match held {
            Held::Always => Held::Always,
            Held::Never => Held::Never,
            Held::Rest(rules) => Held::Rest(Schema { rules, ..schema.clone() }),
        }
    }

    fn all(&self, rules: &[Rule], of: Option<TypeId>, mode: Mode, depth: usize) -> Held<Vec<Rule>> {
        let mut kept = Vec::new();
        for rule in rules {
            match self.rule(rule, of, mode, depth) {
                Held::Always => {}
                Held::Never => return Held::Never,
                Held::Rest(rule) => kept.push(rule),
            }
        }
        // That it is an object is known.
        let says_nothing = |rule: &Rule| matches!(rule, Rule::Types(types) if types.contains(&specwright_ir::JsonType::Object));
        if kept.iter().all(says_nothing) { Held::Always } else { Held::Rest(kept) }
    }

    fn rule(&self, rule: &Rule, of: Option<TypeId>, mode: Mode, depth: usize) -> Held<Rule> {
        let (Some(id), true) = (of, depth < DEPTH) else { return Held::Rest(rule.clone()) };
        let depth = depth + 1;
        match rule {
            Rule::Required(names) => self.required(id, names, mode),
            Rule::DependentRequired { name, .. } | Rule::DependentSchema { name, .. }
                if self.lacks(id, name) =>
            {
                Held::Always
            }
            Rule::DependentRequired { name, names } => match self.required(id, names, mode) {
                Held::Always => Held::Always,
                Held::Never => Held::Rest(without(name, id, self.ir)),
                Held::Rest(Rule::Required(names)) => {
                    Held::Rest(Rule::DependentRequired { name: name.clone(), names })
                }
                Held::Rest(rule) => Held::Rest(rule),
            },
            Rule::DependentSchema { name, schema } => match self.schema(schema, of, mode, depth) {
                Held::Always => Held::Always,
                Held::Never => Held::Rest(without(name, id, self.ir)),
                Held::Rest(schema) => {
                    Held::Rest(Rule::DependentSchema { name: name.clone(), schema: Box::new(schema) })
                }
            },
            Rule::Properties(properties) => self.properties(id, properties, mode, depth),
            Rule::MemberCount(count) => self.count(id, *count, mode),
            Rule::Fits(schema) => {
                self.schema(schema, of, mode, depth).map(|schema| Rule::Fits(Box::new(schema)))
            }
            Rule::Not(schema) => match self.schema(schema, of, Mode::Decides, depth) {
                Held::Always => Held::Never,
                Held::Never => Held::Always,
                Held::Rest(schema) => Held::Rest(Rule::Not(Box::new(schema))),
            },
            Rule::AnyOf(schemas) => self.any_of(schemas, of, mode, depth),
            Rule::OneOf(schemas) => self.one_of(schemas, of, mode, depth),
            Rule::If { condition, then, otherwise } => {
                self.branches([Some(condition), then.as_deref(), otherwise.as_deref()], of, mode, depth)
            }
            rule => Held::Rest(rule.clone()),
        }
    }

    fn required(&self, id: TypeId, names: &[String], mode: Mode) -> Held<Rule> {
        let kept: Vec<String> = names.iter().filter(|name| !self.lacks(id, name)).cloned().collect();
        match (kept.len() == names.len(), mode) {
            (false, Mode::Decides) => Held::Never,
            (false, Mode::Asked) if kept.is_empty() => Held::Always,
            _ => Held::Rest(Rule::Required(kept)),
        }
    }

    fn properties(
        &self,
        id: TypeId,
        properties: &[(String, Schema)],
        mode: Mode,
        depth: usize,
    ) -> Held<Rule> {
        let mut kept = Vec::new();
        for (name, schema) in properties.iter().filter(|(name, _)| !self.lacks(id, name)) {
            match self.schema(schema, self.property(id, name), mode, depth) {
                Held::Always => {}
                Held::Never => kept.push((name.clone(), nothing(schema))),
                Held::Rest(schema) => kept.push((name.clone(), schema)),
            }
        }
        if kept.is_empty() { Held::Always } else { Held::Rest(Rule::Properties(kept)) }
    }

    /// What the other side gives counts as given.
    fn count(&self, id: TypeId, count: Count, mode: Mode) -> Held<Rule> {
        let TypeKind::Struct(object) = &self.ir.ty(id).kind else {
            return Held::Rest(Rule::MemberCount(count));
        };
        if mode == Mode::Decides || object.ignored.is_empty() || count.min.is_none() {
            return Held::Rest(Rule::MemberCount(count));
        }
        self.touched.set(true);
        let given = u64::try_from(object.ignored.len()).unwrap_or(u64::MAX);
        let min = count.min.map(|least| least.saturating_sub(given)).filter(|&least| least > 0);
        let count = Count { min, ..count };
        if count == Count::default() { Held::Always } else { Held::Rest(Rule::MemberCount(count)) }
    }

    fn any_of(&self, schemas: &[Schema], of: Option<TypeId>, mode: Mode, depth: usize) -> Held<Rule> {
        let mut kept = Vec::new();
        for schema in schemas {
            match self.schema(schema, of, mode, depth) {
                Held::Always => return Held::Always,
                Held::Never => {}
                Held::Rest(schema) => kept.push(schema),
            }
        }
        if kept.is_empty() { Held::Never } else { Held::Rest(Rule::AnyOf(kept)) }
    }

    fn one_of(&self, schemas: &[Schema], of: Option<TypeId>, mode: Mode, depth: usize) -> Held<Rule> {
        let mut kept = Vec::new();
        let mut always: usize = 0;
        for schema in schemas {
            match self.schema(schema, of, mode, depth) {
                Held::Always => always += 1,
                Held::Never => {}
                Held::Rest(schema) => kept.push(schema),
            }
        }
        match (always, kept.as_slice()) {
            // The other side may have chosen that one.
            (1.., _) if mode == Mode::Asked => Held::Always,
            (0, []) | (2.., _) => Held::Never,
            (0, _) => Held::Rest(Rule::OneOf(kept)),
            (_, []) => Held::Always,
            (_, [first, ..]) => {
                let any = Schema { rules: vec![Rule::AnyOf(kept.clone())], ..free(first) };
                Held::Rest(Rule::Not(Box::new(any)))
            }
        }
    }

    fn branches(
        &self,
        [condition, then, otherwise]: [Option<&Schema>; 3],
        of: Option<TypeId>,
        mode: Mode,
        depth: usize,
    ) -> Held<Rule> {
        let branch = |branch: Option<&Schema>| {
            let schema = branch?;
            match self.schema(schema, of, mode, depth) {
                Held::Always => None,
                Held::Never => Some(Box::new(nothing(schema))),
                Held::Rest(schema) => Some(Box::new(schema)),
            }
        };
        let (then, otherwise) = (branch(then), branch(otherwise));
        let held = condition.map(|condition| self.schema(condition, of, Mode::Decides, depth));
        let chosen = match held {
            Some(Held::Rest(condition)) if then.is_some() || otherwise.is_some() => {
                return Held::Rest(Rule::If { condition: Box::new(condition), then, otherwise });
            }
            Some(Held::Always) => then,
            Some(Held::Never) => otherwise,
            Some(Held::Rest(_)) | None => None,
        };
        match chosen {
            None => Held::Always,
            Some(schema) if is_nothing(&schema) => Held::Never,
            Some(schema) => Held::Rest(Rule::Fits(schema)),
        }
    }
}

impl<T> Held<T> {
    fn map<U>(self, map: impl FnOnce(T) -> U) -> Held<U> {
        match self {
            Self::Always => Held::Always,
            Self::Never => Held::Never,
            Self::Rest(rest) => Held::Rest(map(rest)),
        }
    }
}

/// A schema that every value fits.
fn free(schema: &Schema) -> Schema {
    Schema::new(Shape::Any, schema.origin.clone())
}

/// A schema that no value fits.
fn nothing(schema: &Schema) -> Schema {
    Schema { rules: vec![Rule::Not(Box::new(free(schema)))], ..free(schema) }
}

fn is_nothing(schema: &Schema) -> bool {
    matches!(schema.rules.as_slice(), [Rule::Not(free)] if free.shape == Shape::Any && free.rules.is_empty())
}

/// That a member is not there.
fn without(name: &str, id: TypeId, ir: &Ir) -> Rule {
    let any = Schema::new(Shape::Any, ir.ty(id).name.origin.clone());
    Rule::Not(Box::new(Schema { rules: vec![Rule::Required(vec![name.to_owned()])], ..any }))
}
