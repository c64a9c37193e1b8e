//! A choice between types: its variants, what each is called, and which values mean it.

use serde_json::Value;
use specwright_diagnostics::{Code, Diagnostic, Pointer};
use specwright_ir::{Docs, Name, Rule, Schema, Shape, Union, UnionRule, Variant};

use super::all_of::is_annotation;
use super::annotations::docs;
use super::context::Lowering;
use super::discriminator::Told;
use super::facts::Facts;
use super::rules::RULES;
use super::schema::OBJECT;
use super::{Cursor, Place, Rung, escape};

/// More variants than these are too many where several choices hold at once.
const MOST: usize = 64;

/// How a variant is told from its siblings, and what it is called after.
#[derive(Clone, Default)]
pub(super) struct Label {
    /// Stable: without positions.
    pub(super) key: String,
    pub(super) word: String,
}

/// A choice's members, one of each list of a schema.
type Members<'a> = Vec<Cursor<'a>>;

impl<'a> Lowering<'a, '_> {
    /// Any value, held against all of the choices, where a variant for each combination would be too many.
    pub(super) fn uncombined(&mut self, facts: &Facts<'a>, place: &Place) -> Option<Schema> {
        let count = facts.choices.iter().map(|choice| choice.members.len()).fold(1, usize::saturating_mul);
        if count <= MOST || facts.choices.len() < 2 {
            return None;
        }
        self.too_many_choices(&facts.choices);
        // A schema brings in what its `allOf` does.
        let whole = facts.leaves.iter().find(|leaf| leaf.pointer == facts.origin);
        let leaves = whole.map_or(facts.leaves.as_slice(), std::slice::from_ref);
        let rules = leaves.iter().map(|leaf| Rule::Fits(Box::new(self.judged(leaf, place)))).collect();
        Some(Schema { rules, ..Schema::new(Shape::Any, facts.origin.clone()) })
    }

    /// The union of all that a schema lets one choose. What stands beside the choices holds for each
    /// variant.
    pub(super) fn union(&mut self, facts: &Facts<'a>, place: &Place) -> Union {
        let told = self.told(facts);
        let rule = self.amount(facts, told.as_ref());
        let mut combinations: Vec<Members<'a>> = vec![Vec::new()];
        for choice in &facts.choices {
            let longer = combinations.iter().flat_map(|sofar| {
                choice.members.iter().map(|member| [sofar.as_slice(), std::slice::from_ref(member)].concat())
            });
            combinations = longer.collect();
        }
        if facts.choices.len() > 1 {
            combinations.retain(|members| {
                let merged = self.beside(facts, members);
                let clash = self.clash(&merged);
                if let (Some(clash), Some(last)) = (&clash, members.last()) {
                    self.impossible_variant(last, clash);
                }
                clash.is_none()
            });
        }
        let labels = self.labels(&combinations);
        let members = combinations.iter().zip(&labels);
        let mut variants: Vec<Variant> =
            members.map(|(members, label)| self.variant(facts, members, label, place)).collect();
        let property = told.as_ref().map(|told| told.discriminator.text("propertyName").to_owned());
        if let (Some(told), Some(property)) = (&told, &property) {
            let all = &facts.choices[told.choice].members;
            let values = self.values(&told.discriminator, property, all);
            for (variant, members) in variants.iter_mut().zip(&combinations) {
                let position = all.iter().position(|member| member.pointer == members[told.choice].pointer);
                variant.values = position.map(|position| values[position].clone()).unwrap_or_default();
            }
        }
        Union { variants, rule, discriminator: property, overlaps: false }
    }

    /// How many variants a value fits. Of combinations it fits several wherever it fits several members of
    /// an `anyOf`, or of a list whose discriminator is not used.
    fn amount(&mut self, facts: &Facts<'a>, told: Option<&Told<'a>>) -> UnionRule {
        let mut exact =
            facts.choices.iter().filter(|choice| choice.rule() == UnionRule::ExactlyOne).peekable();
        let Some(first) = exact.peek().copied().cloned() else { return UnionRule::AtLeastOne };
        if exact.count() == facts.choices.len() && told.is_none_or(|told| told.alone) {
            return UnionRule::ExactlyOne;
        }
        if told.is_none() {
            let message = "several choices hold at once, and not all of them are `oneOf`";
            self.say(Diagnostic::new(
                Code::AmbiguousUnion,
                message,
                first.site.key("oneOf"),
                "read as `anyOf`",
            ));
        }
        UnionRule::AtLeastOne
    }

    fn variant(
        &mut self,
        facts: &Facts<'a>,
        members: &[Cursor<'a>],
        label: &Label,
        place: &Place,
    ) -> Variant {
        let place = place_of(place, label);
        let last = &members[members.len() - 1];
        let is_whole = matches!(members, [member] if self.adds_nothing(facts, member));
        let mut schema = if is_whole {
            self.schema(last, &place)
        } else {
            let merged = self.beside(facts, members);
            let target = self.follow(last);
            self.merged_facts(merged, &target, &place)
        };
        schema.nullable = false;
        if let (Shape::Named(id), None) = (&schema.shape, last.reference())
            && self.origin(*id) == &last.pointer
        {
            // Its position says nothing.
            self.type_mut(*id).name.wire.clone_from(&label.word);
        }
        // What is merged under a name of its own has the texts of the last member.
        let mut texts = Docs::default();
        if is_whole || !matches!(schema.shape, Shape::Named(_)) {
            if !self.is_named_at(&schema, last) {
                texts = docs(last, "title");
            }
            self.leftovers(last, &schema, &["title", "description", "externalDocs"]);
        }
        let xml = match members {
            [member] => self.xml(member),
            _ => None,
        };
        Variant {
            name: Name::unallocated(label.word.clone(), last.pointer.clone()),
            key: label.key.clone(),
            docs: texts,
            schema,
            xml,
            values: Vec::new(),
            tagged: false,
        }
    }

    /// Whether a member asks for all that stands beside its choice anyway.
    fn adds_nothing(&mut self, facts: &Facts<'a>, member: &Cursor<'a>) -> bool {
        if !facts.groups.is_empty() {
            return false;
        }
        let of_member = self.flatten(member);
        facts.leaves.iter().all(|leaf| {
            of_member.leaves.iter().any(|other| other.pointer == leaf.pointer)
                || leaf.members().all(|(key, value)| match key {
                    "oneOf" | "anyOf" | "allOf" | "discriminator" => true,
                    "type" if of_member.has("type") => of_member.values("type").any(|ty| ty == value.value),
                    "type" => value.value == "object" && of_member.any_of(OBJECT),
                    "properties" => value.members().all(|(name, property)| {
                        let own: Vec<_> =
                            of_member.all("properties").iter().filter_map(|all| all.get(name)).collect();
                        own.iter().any(|own| self.derives(own, &property))
                    }),
                    "required" => value.value.as_array().into_iter().flatten().all(|name| {
                        let mut lists = of_member.values("required").filter_map(Value::as_array);
                        lists.any(|list| list.contains(name))
                    }),
                    // The union holds its values against them itself.
                    key => is_annotation(key) || RULES.contains(&key),
                })
        })
    }

    /// What each variant is called after: what it refers to, its title, a value that only it takes, or
    /// its type.
    fn labels(&mut self, combinations: &[Members<'a>]) -> Vec<Label> {
        let mut labels: Vec<Label> = Vec::new();
        for members in combinations {
            let parts: Vec<Label> = members.iter().map(|member| self.label(member, combinations)).collect();
            let join = |part: fn(&Label) -> &str, separator: &str| {
                parts.iter().map(part).collect::<Vec<_>>().join(separator)
            };
            let word = join(|label| &label.word, " ");
            let key = join(|label| &label.key, "&");
            let same =
                labels.iter().filter(|other| other.key == key || other.key.starts_with(&format!("{key}#")));
            let key = match same.count() {
                0 => key,
                count => format!("{key}#{}", count + 1),
            };
            labels.push(Label { key, word });
        }
        labels
    }

    fn label(&mut self, member: &Cursor<'a>, combinations: &[Members<'a>]) -> Label {
        let same = |word: &str| Label { key: word.to_owned(), word: word.to_owned() };
        if let Some(target) = self.alias_of(member) {
            return same(&target.pointer.last().unwrap_or_default());
        }
        let title = member.text("title").trim();
        if !title.is_empty() {
            return same(title);
        }
        let facts = self.flatten(member);
        let lists: Vec<_> = facts.all("enum").iter().filter_map(|list| list.value.as_array()).collect();
        if let [[only]] = lists.iter().map(|list| list.as_slice()).collect::<Vec<_>>().as_slice() {
            return same(&super::enumeration::wire(only));
        }
        let mut names = facts.all("properties").into_iter().flat_map(|all| all.members().collect::<Vec<_>>());
        let constant = names.find_map(|(name, property)| constant(name, &property));
        if let Some(value) = constant {
            return same(&value);
        }
        match facts.values("type").find_map(Value::as_str) {
            Some("array") => same(&self.list_word(&facts)),
            Some("string") if !member.text("format").is_empty() => same(member.text("format")),
            Some("object") | None if facts.any_of(OBJECT) => self.object_label(&facts, combinations),
            Some(ty) => same(ty),
            None => same("any"),
        }
    }

    fn list_word(&mut self, facts: &Facts<'a>) -> String {
        let items = facts.all("items");
        let Some(items) = items.first() else { return "array".to_owned() };
        let word = match self.alias_of(items) {
            Some(target) => target.pointer.last().unwrap_or_default(),
            None => items.text("type").to_owned(),
        };
        format!("{word} array").trim().to_owned()
    }

    /// Objects without a name are called after a property that only they have.
    fn object_label(&mut self, facts: &Facts<'a>, combinations: &[Members<'a>]) -> Label {
        let required = list_of(facts, "required");
        let properties = names_of(facts);
        let asked = if required.is_empty() { &properties } else { &required };
        let key = if asked.is_empty() { "object".to_owned() } else { format!("{{{}}}", asked.join(",")) };
        let mut others = Vec::new();
        for member in combinations.iter().flatten() {
            let other = self.flatten(member);
            if other.origin != facts.origin {
                others.push((list_of(&other, "required"), names_of(&other)));
            }
        }
        let is_ours = |name: &&&'a str| others.iter().all(|(_, names)| !names.contains(name));
        let is_asked = |name: &&&'a str| others.iter().all(|(names, _)| !names.contains(name));
        let own = required.iter().find(is_ours).or_else(|| required.iter().find(is_asked));
        let own = own.or_else(|| properties.iter().find(is_ours));
        let alone = others.iter().all(|(required, properties)| required.is_empty() && properties.is_empty());
        let word = own.filter(|_| !alone).copied().unwrap_or("object");
        Label { key, word: word.to_owned() }
    }
}

/// The place of a variant's own type.
pub(super) fn place_of(place: &Place, label: &Label) -> Place {
    let ladder = vec![vec![Rung::Of(place.key.clone()), Rung::Words(label.word.clone())]];
    Place::inline(format!("{}/variants/{}", place.key, escape(&label.key)), ladder)
}

/// The only value of a property, if there is one; of a number, with the property's name.
fn constant(name: &str, property: &Cursor<'_>) -> Option<String> {
    match property.value.get("enum")?.as_array()?.as_slice() {
        [Value::String(only)] if !only.is_empty() => Some(only.clone()),
        [only @ Value::Number(_)] => Some(format!("{name} {only}")),
        _ => None,
    }
}

fn list_of<'a>(facts: &Facts<'a>, key: &str) -> Vec<&'a str> {
    facts.values(key).filter_map(Value::as_array).flatten().filter_map(Value::as_str).collect()
}

fn names_of<'a>(facts: &Facts<'a>) -> Vec<&'a str> {
    facts.values("properties").filter_map(Value::as_object).flatten().map(|(name, _)| name.as_str()).collect()
}

/// A schema that is another name for a type.
pub(super) fn named(id: specwright_ir::TypeId, origin: &Pointer) -> Schema {
    Schema::new(Shape::Named(id), origin.clone())
}
