//! `expand`: what a profile shows beyond the usual.

use crate::domain::customer::Mixins;

/// What `expand` asks for, names with commas between them. Names that mean nothing are ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Expand<'a>(Vec<&'a str>);

impl<'a> Expand<'a> {
    pub(super) fn parse(text: &'a str) -> Self {
        Self(text.split(',').map(str::trim).collect())
    }

    /// Whether all addresses are shown.
    pub(super) fn addresses(&self) -> bool {
        self.0.contains(&"addresses")
    }

    /// Whether the default address is shown on its own.
    pub(super) fn default_address(&self) -> bool {
        self.addresses() || self.0.contains(&"defaultAddress")
    }

    /// The mixins that are shown.
    pub(super) fn select(&self, mut mixins: Mixins) -> Mixins {
        mixins.retain(|name, _| {
            let mut asked = self.0.iter().filter_map(|item| item.strip_prefix("mixin:"));
            asked.any(|asked| asked == "*" || asked == name)
        });
        mixins
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Expand;
    use crate::domain::customer::Mixins;

    #[test]
    fn what_is_asked_for_is_shown() {
        let all = || Mixins::from(["a", "b", "*c"].map(|name| (name.to_owned(), json!({ "x": 1 }))));
        for (text, addresses, default_address, mixins) in [
            ("", false, false, ""),
            ("addresses", true, true, ""),
            ("defaultAddress", false, true, ""),
            ("accounts,,x, ,mixin,mixin:,mixin:A", false, false, ""),
            ("addresses, mixin:*", true, true, "*c a b"),
            ("mixin:b,mixin:x, mixin:a", false, false, "a b"),
            ("Addresses,mixin:*c", false, false, "*c"),
        ] {
            let expand = Expand::parse(text);
            let names: Vec<String> = expand.select(all()).into_keys().collect();
            assert_eq!(
                (expand.addresses(), expand.default_address()),
                (addresses, default_address),
                "{text}"
            );
            assert_eq!(names.join(" "), mixins, "{text}");
        }
    }
}
