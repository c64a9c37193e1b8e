//! How a wire name is written: what tells apart two siblings of the same words.

/// The way a wire name writes its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Casing {
    /// `saasToken`
    Camel,
    /// `SaasToken`
    Pascal,
    /// `saas_token`
    Snake,
    /// `SAAS_TOKEN`
    Shouty,
    /// `saas-token`
    Kebab,
    /// `Saas-Token`
    Train,
    /// `token`
    Lower,
    /// `TOKEN`
    Upper,
    /// `Token`
    Capital,
    /// Anything else.
    Mixed,
}

impl Casing {
    /// The word that names it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Camel => "camel",
            Self::Pascal => "pascal",
            Self::Snake => "snake",
            Self::Shouty => "shouty",
            Self::Kebab => "kebab",
            Self::Train => "train",
            Self::Lower => "lower",
            Self::Upper => "upper",
            Self::Capital => "capital",
            Self::Mixed => "mixed",
        }
    }
}

/// How a wire name is written.
pub fn casing(wire: &str) -> Casing {
    let upper = wire.chars().any(char::is_uppercase);
    let lower = wire.chars().any(char::is_lowercase);
    let first_upper = wire.chars().next().is_some_and(char::is_uppercase);
    let inner_upper = wire.chars().skip(1).any(char::is_uppercase);
    let separators: Vec<char> = wire.chars().filter(|letter| !letter.is_alphanumeric()).collect();
    match separators.first() {
        None => match (upper, lower) {
            (false, _) => Casing::Lower,
            (true, false) => Casing::Upper,
            (true, true) if first_upper && inner_upper => Casing::Pascal,
            (true, true) if first_upper => Casing::Capital,
            (true, true) => Casing::Camel,
        },
        Some(&separator) if separators.iter().any(|other| *other != separator) => Casing::Mixed,
        Some('_') if !upper => Casing::Snake,
        Some('_') if !lower => Casing::Shouty,
        Some('-') if !upper => Casing::Kebab,
        Some('-') if first_upper => Casing::Train,
        Some(_) => Casing::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::casing;

    #[test]
    fn casings_are_told_apart() {
        for (wire, word) in [
            ("saasToken", "camel"),
            ("SaasToken", "pascal"),
            ("saas_token", "snake"),
            ("SAAS_TOKEN", "shouty"),
            ("saas-token", "kebab"),
            ("Saas-Token", "train"),
            ("token", "lower"),
            ("TOKEN", "upper"),
            ("Token", "capital"),
            ("saas.token_x", "mixed"),
        ] {
            assert_eq!(casing(wire).as_str(), word, "{wire:?}");
        }
    }
}
