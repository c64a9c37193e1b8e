//! Discriminators: which choice each is about, and which of its values mean which member.

use serde_json::Value;
use specwright_diagnostics::{Code, Diagnostic, Place, Pointer};

use super::Cursor;
use super::context::Lowering;
use super::facts::Facts;

/// Why a discriminator of a schema without a choice is left out.
const NO_CHOICE: &str = "there is nothing to choose from";

/// What tells the variants of a union apart.
pub(super) struct Told<'a> {
    pub(super) discriminator: Cursor<'a>,
    /// The position of the choice that it is about.
    pub(super) choice: usize,
    /// Whether no other choice has one as well.
    pub(super) alone: bool,
}

impl<'a> Lowering<'a, '_> {
    /// The discriminator that tells the variants of a union apart, the choice that it is about, and
    /// whether there are others. Where several choices hold at once, the first that has one is told by it.
    pub(super) fn told(&mut self, facts: &Facts<'a>) -> Option<Told<'a>> {
        let mut found: Option<Told<'a>> = None;
        for (discriminator, choice) in discriminators(facts) {
            match &mut found {
                None => found = Some(Told { discriminator, choice, alone: true }),
                Some(told) if told.discriminator.pointer == discriminator.pointer => {}
                Some(told) => {
                    told.alone = false;
                    let why =
                        format!("`{}` tells the variants apart", told.discriminator.text("propertyName"));
                    self.unused_discriminator(facts, &discriminator, &why);
                }
            }
        }
        found
    }

    /// Says that the discriminators of schemas that choose nothing say nothing. Components say it where
    /// they are defined.
    pub(super) fn nothing_told(&mut self, facts: &Facts<'a>) {
        for leaf in facts.leaves.get(facts.ruled..).unwrap_or_default() {
            if let Some(discriminator) = leaf.get("discriminator").filter(|_| !is_component(&leaf.pointer)) {
                self.unused_discriminator(facts, &discriminator, NO_CHOICE);
            }
        }
    }

    /// The same of a component.
    pub(super) fn component_told_nothing(&mut self, component: &Cursor<'a>, facts: &Facts<'a>) {
        if let Some(discriminator) = component.get("discriminator") {
            let is_base = facts.choices.is_empty() && !component.has("oneOf") && !component.has("anyOf");
            let why = if is_base { "no component derives from this schema" } else { NO_CHOICE };
            self.unused_discriminator(facts, &discriminator, why);
        }
    }

    fn unused_discriminator(&mut self, facts: &Facts<'a>, discriminator: &Cursor<'a>, why: &str) {
        let message = format!("the discriminator is not carried over: {why}");
        let own = Place::key(&discriminator.pointer);
        let found = if discriminator.pointer.is_within(&facts.origin) {
            Diagnostic::new(Code::UnusedDiscriminator, message, own, "left out")
        } else {
            let here = Place::value(&facts.origin);
            Diagnostic::new(Code::UnusedDiscriminator, message, here, "left out here")
                .with_secondary(own, "the discriminator")
        };
        self.say(found);
    }

    /// The values of a discriminator that mean each member.
    pub(super) fn values(
        &mut self,
        discriminator: &Cursor<'a>,
        property: &str,
        members: &[Cursor<'a>],
    ) -> Vec<Vec<String>> {
        let targets: Vec<Option<Cursor<'a>>> = members.iter().map(|member| self.alias_of(member)).collect();
        self.values_of(discriminator, property, members, &targets)
    }

    /// The same where it is known which component each member is.
    pub(super) fn values_of(
        &mut self,
        discriminator: &Cursor<'a>,
        property: &str,
        members: &[Cursor<'a>],
        targets: &[Option<Cursor<'a>>],
    ) -> Vec<Vec<String>> {
        let mut values = vec![Vec::new(); members.len()];
        for (value, to) in discriminator.members_of("mapping") {
            let text = to.value.as_str().unwrap_or_default();
            let pointer = Pointer::parse(text).filter(|_| text.starts_with('#'));
            let pointer =
                pointer.unwrap_or_else(|| Pointer::root().child("components").child("schemas").child(text));
            let is_it = |target: &Option<Cursor<'a>>| target.as_ref().is_some_and(|at| at.pointer == pointer);
            match targets.iter().position(is_it) {
                Some(index) => values[index].push(value.to_owned()),
                None => self.unmapped(&to, discriminator),
            }
        }
        let mapped: Vec<String> = values.iter().flatten().cloned().collect();
        let listed: Vec<Vec<String>> =
            members.iter().map(|member| self.own_values(member, property)).collect();
        for index in 0..members.len() {
            if !values[index].is_empty() {
                continue;
            }
            // A member that says itself which values it takes knows better than its name. What another
            // takes as well tells nothing.
            let is_own = |value: &&String| {
                let mut others = listed.iter().enumerate().filter(|(other, _)| *other != index);
                listed[index].len() == 1 || others.all(|(_, values)| !values.contains(value))
            };
            let own: Vec<String> = listed[index].iter().filter(is_own).cloned().collect();
            let name = targets[index].as_ref().and_then(|target| target.pointer.last());
            let implicit = if own.is_empty() { name.into_iter().collect() } else { own };
            values[index] = implicit.into_iter().filter(|value| !mapped.contains(value)).collect();
        }
        values
    }

    /// The strings that a member's own property takes, where its `enum` says so.
    fn own_values(&mut self, member: &Cursor<'a>, property: &str) -> Vec<String> {
        let target = self.follow(member);
        let declared: Vec<_> = target
            .items_of("allOf")
            .into_iter()
            .filter(|part| part.reference().is_none())
            .chain([target])
            .collect();
        for schema in declared.iter().rev() {
            if !schema.text("x-ms-discriminator-value").is_empty() {
                return vec![schema.text("x-ms-discriminator-value").to_owned()];
            }
            let Some(found) = schema.get("properties").and_then(|all| all.get(property)) else { continue };
            let found = self.follow(&found);
            let listed = found.value.get("enum").and_then(Value::as_array).into_iter().flatten();
            let texts: Vec<_> = listed.filter_map(Value::as_str).map(str::to_owned).collect();
            if !texts.is_empty() {
                return texts;
            }
        }
        Vec::new()
    }

    fn unmapped(&mut self, to: &Cursor<'a>, discriminator: &Cursor<'a>) {
        let message = format!("the discriminator maps to `{}`, which is none of the members", to.value);
        self.say(
            Diagnostic::new(Code::UnmatchedMapping, message, to.place(), "left out")
                .with_secondary(discriminator.place(), "the discriminator"),
        );
    }
}

/// The discriminators beside the choices of a union, and beside the lists that those stand in.
fn discriminators<'a>(facts: &Facts<'a>) -> Vec<(Cursor<'a>, usize)> {
    let beside =
        |(at, choice): (usize, &super::choice::Choice<'a>)| Some((choice.site.get("discriminator")?, at));
    let mut found: Vec<_> = facts.choices.iter().enumerate().filter_map(beside).collect();
    let own = facts.leaves.get(facts.ruled..).unwrap_or_default();
    for (index, leaf) in own.iter().enumerate() {
        // One that a component has from another is about what derives from that.
        let is_base = index + 1 < own.len() && is_component(&leaf.pointer);
        if let Some(discriminator) = leaf.get("discriminator").filter(|_| !is_base)
            && facts.choices.iter().all(|choice| choice.site.pointer != leaf.pointer)
        {
            let free = facts.choices.iter().position(|choice| !choice.site.has("discriminator"));
            found.push((discriminator, free.unwrap_or_default()));
        }
    }
    found
}

fn is_component(pointer: &Pointer) -> bool {
    let tokens: Vec<String> = pointer.tokens().collect();
    matches!(tokens.as_slice(), [components, schemas, _] if components == "components" && schemas == "schemas")
}
