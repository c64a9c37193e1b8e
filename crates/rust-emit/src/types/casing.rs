//! serde's `rename_all`: which rule saves the most attributes.

/// One of serde's rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// No rule: the Rust name is the wire name.
    None,
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    Screaming,
    Kebab,
    ScreamingKebab,
}

impl Rule {
    const ALL: [Self; 9] = [
        Self::None,
        Self::Camel,
        Self::Snake,
        Self::Pascal,
        Self::Kebab,
        Self::Screaming,
        Self::ScreamingKebab,
        Self::Lower,
        Self::Upper,
    ];

    /// The rule's name in the attribute; none for no rule.
    pub fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::None => return None,
            Self::Lower => "lowercase",
            Self::Upper => "UPPERCASE",
            Self::Pascal => "PascalCase",
            Self::Camel => "camelCase",
            Self::Snake => "snake_case",
            Self::Screaming => "SCREAMING_SNAKE_CASE",
            Self::Kebab => "kebab-case",
            Self::ScreamingKebab => "SCREAMING-KEBAB-CASE",
        })
    }

    /// What serde makes of a field's name, given without `r#`.
    pub fn field(self, name: &str) -> String {
        match self {
            Self::None | Self::Lower | Self::Snake => name.to_owned(),
            Self::Upper | Self::Screaming => name.to_ascii_uppercase(),
            Self::Pascal => pascal(name),
            Self::Camel => uncapitalised(&pascal(name)),
            Self::Kebab => name.replace('_', "-"),
            Self::ScreamingKebab => name.to_ascii_uppercase().replace('_', "-"),
        }
    }

    /// What serde makes of a variant's name.
    pub fn variant(self, name: &str) -> String {
        match self {
            Self::None | Self::Pascal => name.to_owned(),
            Self::Lower => name.to_ascii_lowercase(),
            Self::Upper => name.to_ascii_uppercase(),
            Self::Camel => uncapitalised(name),
            Self::Snake => snake(name),
            Self::Screaming => snake(name).to_ascii_uppercase(),
            Self::Kebab => snake(name).replace('_', "-"),
            Self::ScreamingKebab => snake(name).to_ascii_uppercase().replace('_', "-"),
        }
    }

    /// The rule with which the fewest of these pairs of Rust name and wire name need a rename of their
    /// own; the rule itself counts as one.
    pub fn best<'a>(
        apply: fn(Self, &str) -> String,
        names: &(impl Iterator<Item = (&'a str, &'a str)> + Clone),
    ) -> Self {
        let cost = |rule: Self| {
            let renames = names.clone().filter(|(rust, wire)| apply(rule, rust) != *wire).count();
            renames + usize::from(rule != Self::None)
        };
        Self::ALL.into_iter().min_by_key(|rule| cost(*rule)).unwrap_or(Self::None)
    }
}

fn pascal(field: &str) -> String {
    let mut out = String::new();
    let mut capitalise = true;
    for c in field.chars() {
        if c == '_' {
            capitalise = true;
        } else if capitalise {
            out.push(c.to_ascii_uppercase());
            capitalise = false;
        } else {
            out.push(c);
        }
    }
    out
}

/// serde lowers the first byte; where that is no ASCII it is left to a rename.
fn uncapitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| format!("{}{}", first.to_ascii_lowercase(), chars.as_str()))
}

fn snake(variant: &str) -> String {
    let mut out = String::new();
    for (index, c) in variant.char_indices() {
        if index > 0 && c.is_uppercase() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::Rule;

    #[test]
    fn the_rule_that_saves_the_most_is_chosen() {
        let best = |names: &[(&'static str, &'static str)]| Rule::best(Rule::field, &names.iter().copied());
        assert_eq!(
            best(&[("first_name", "firstName"), ("zip_code", "zipCode"), ("b2b", "b2b")]),
            Rule::Camel
        );
        assert_eq!(best(&[("first_name", "firstName"), ("id", "id")]), Rule::None);
        assert_eq!(best(&[("first_name", "first_name"), ("zip_code", "zipCode")]), Rule::None);
        let best = |names: &[(&'static str, &'static str)]| Rule::best(Rule::variant, &names.iter().copied());
        assert_eq!(best(&[("AscendingOrder", "ASCENDING_ORDER"), ("Any", "ANY")]), Rule::Screaming);
        assert_eq!(best(&[("Open", "open"), ("Closed", "closed")]), Rule::Camel);
    }
}
