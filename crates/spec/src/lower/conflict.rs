//! Schemas that hold at once and exclude each other: what is made of them.

use serde_json::Value;
use specwright_diagnostics::Pointer;

use super::Cursor;
use super::all_of::is_annotation;
use super::context::Lowering;
use super::facts::Facts;

/// Two declarations of which no value keeps both.
pub(super) struct Clash<'a> {
    pub(super) one: Cursor<'a>,
    pub(super) other: Cursor<'a>,
    pub(super) why: String,
}

impl<'a> Lowering<'a, '_> {
    /// Takes out what no value could keep beside the rest, so that what is left can be satisfied.
    pub(super) fn reconcile(&mut self, facts: &mut Facts<'a>) {
        self.reconcile_types(facts);
        self.reconcile_choices(facts);
    }

    /// Of leaves with different types those are kept whose type is that of the last that says more than
    /// its type.
    fn reconcile_types(&mut self, facts: &mut Facts<'a>) {
        if clash_of_types(&facts.leaves).is_none() {
            return;
        }
        let typed = |leaf: &&Cursor<'a>| !leaf.text("type").is_empty();
        let says_more = |leaf: &&Cursor<'a>| {
            leaf.members().any(|(key, _)| {
                !is_annotation(key) && !matches!(key, "type" | "allOf" | "oneOf" | "anyOf" | "discriminator")
            })
        };
        let mut stated = facts.leaves.iter().filter(typed);
        let last = facts.leaves.iter().filter(typed).rfind(says_more).or_else(|| stated.next_back());
        let Some(kept) = last.cloned() else { return };
        let (leaves, dropped): (Vec<_>, Vec<_>) = std::mem::take(&mut facts.leaves)
            .into_iter()
            .partition(|leaf| leaf.text("type").is_empty() || is_compatible(leaf, &kept));
        facts.leaves = leaves;
        for leaf in dropped {
            let why = format!("no value is both {} and {}", leaf.text("type"), kept.text("type"));
            if let (Some(one), Some(other)) = (leaf.get("type"), kept.get("type")) {
                self.conflict(&one, "left out, with what belongs to the type", &other, &why);
            }
        }
    }

    /// Members of choices that exclude what stands beside them are left out. Where all do, it is what
    /// stands beside them that cannot be meant.
    fn reconcile_choices(&mut self, facts: &mut Facts<'a>) {
        const TELLING: &[&str] = &["type", "enum", "properties", "not"];
        if facts.choices.is_empty() || !facts.any_of(TELLING) {
            return;
        }
        let choices = std::mem::take(&mut facts.choices);
        for mut choice in choices {
            let clashes: Vec<Option<Clash<'a>>> =
                choice.members.iter().map(|member| self.clash_with(facts, member)).collect();
            if clashes.iter().all(Option::is_some) {
                self.yield_to_members(facts, &clashes);
                facts.choices.push(choice);
                continue;
            }
            let members = std::mem::take(&mut choice.members);
            let count = members.len();
            for (member, clash) in members.into_iter().zip(clashes) {
                match clash {
                    Some(clash) => self.impossible_variant(&member, &clash),
                    None => choice.members.push(member),
                }
            }
            match choice.members.as_slice() {
                [only] if count > 1 => {
                    let mut path: Vec<Pointer> =
                        facts.leaves.iter().map(|leaf| leaf.pointer.clone()).collect();
                    self.collect(&only.clone(), &mut path, facts);
                }
                _ => facts.choices.push(choice),
            }
        }
    }

    /// What makes a member of a choice impossible beside the schemas that hold anyway.
    fn clash_with(&mut self, facts: &Facts<'a>, member: &Cursor<'a>) -> Option<Clash<'a>> {
        // From a path of its own: a member may derive from the schema that lists it.
        let merged = self.collected(facts, std::slice::from_ref(member), Vec::new());
        self.clash(&merged)
    }

    /// The schemas that hold where some members of choices are chosen.
    pub(super) fn beside(&mut self, facts: &Facts<'a>, members: &[Cursor<'a>]) -> Facts<'a> {
        let path = facts.leaves.iter().map(|leaf| leaf.pointer.clone()).collect();
        self.collected(facts, members, path)
    }

    fn collected(&mut self, facts: &Facts<'a>, members: &[Cursor<'a>], mut path: Vec<Pointer>) -> Facts<'a> {
        let origin = members.last().map_or_else(|| facts.origin.clone(), |last| last.pointer.clone());
        let mut merged = Facts {
            origin,
            leaves: facts.leaves.clone(),
            nullable: false,
            choices: Vec::new(),
            groups: facts.groups.clone(),
            listed: Vec::new(),
            ruled: facts.leaves.len(),
        };
        for member in members {
            self.collect(member, &mut path, &mut merged);
        }
        merged
    }

    /// What no value could keep at once.
    pub(super) fn clash(&mut self, facts: &Facts<'a>) -> Option<Clash<'a>> {
        clash_of_types(&facts.leaves)
            .or_else(|| clash_of_values(&facts.leaves))
            .or_else(|| self.clash_of_members(facts))
    }

    /// A member that has to be there, and that no value would fit.
    fn clash_of_members(&mut self, facts: &Facts<'a>) -> Option<Clash<'a>> {
        let declared = facts.all("properties");
        if declared.len() < 2 {
            return None;
        }
        let required: Vec<&str> = facts
            .values("required")
            .filter_map(Value::as_array)
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        for name in required {
            let schemas: Vec<Cursor<'a>> = declared
                .iter()
                .filter_map(|all| all.get(name))
                .map(|property| self.follow(&property))
                .collect();
            if schemas.len() > 1 && !schemas.iter().any(|schema| schema.flag("nullable")) {
                let clash = clash_of_types(&schemas).or_else(|| clash_of_values(&schemas));
                if let Some(clash) = clash {
                    return Some(Clash { why: format!("of `{name}`, {}", clash.why), ..clash });
                }
            }
        }
        None
    }

    /// Takes out the leaves that exclude every member of a choice.
    fn yield_to_members(&mut self, facts: &mut Facts<'a>, clashes: &[Option<Clash<'a>>]) {
        for clash in clashes.iter().flatten() {
            let site = |leaf: &Cursor<'a>| {
                let above = format!("{}/", leaf.pointer);
                clash.one.pointer.to_string().starts_with(&above)
            };
            let Some(at) = facts.leaves.iter().position(site) else { continue };
            facts.leaves.remove(at);
            let repair = "left out, with what belongs to it: no member of the union would be possible";
            self.conflict(&clash.one, repair, &clash.other, &clash.why);
        }
    }
}

fn is_compatible(one: &Cursor<'_>, other: &Cursor<'_>) -> bool {
    match (one.text("type"), other.text("type")) {
        (one, other) if one == other => true,
        ("integer", "number") | ("number", "integer") => true,
        _ => false,
    }
}

fn clash_of_types<'a>(schemas: &[Cursor<'a>]) -> Option<Clash<'a>> {
    let mut typed = schemas.iter().filter(|schema| !schema.text("type").is_empty());
    let first = typed.next()?;
    let other = typed.find(|other| !is_compatible(first, other))?;
    Some(Clash {
        one: first.get("type")?,
        other: other.get("type")?,
        why: format!("no value is both {} and {}", first.text("type"), other.text("type")),
    })
}

pub(super) fn clash_of_values<'a>(schemas: &[Cursor<'a>]) -> Option<Clash<'a>> {
    let lists: Vec<Cursor<'a>> = schemas.iter().filter_map(|schema| schema.get("enum")).collect();
    let [first, rest @ ..] = lists.as_slice() else { return None };
    let values = first.value.as_array()?;
    let is_in_all = |value: &Value| {
        rest.iter().all(|list| list.value.as_array().is_some_and(|list| list.contains(value)))
    };
    if rest.is_empty() || values.iter().any(is_in_all) {
        return None;
    }
    let last = &rest[rest.len() - 1];
    Some(Clash { one: first.clone(), other: last.clone(), why: "no value stands in both lists".to_owned() })
}
