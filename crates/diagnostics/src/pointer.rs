//! JSON pointers (RFC 6901).

use std::fmt;

use serde::{Serialize, Serializer};

/// A JSON pointer: the address of a value in a document.
///
/// It is shown as a URI fragment, `#/paths/~1pets`, without percent-encoding.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

impl Pointer {
    /// The whole document.
    pub const fn root() -> Self {
        Self(String::new())
    }

    /// Reads a pointer, with or without the leading `#`. `None` if it is neither empty nor begins with
    /// a slash.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('#').unwrap_or(text);
        (text.is_empty() || text.starts_with('/')).then(|| Self(text.to_owned()))
    }

    /// The pointer to a member or item of this value.
    #[must_use]
    pub fn child(&self, token: impl AsRef<str>) -> Self {
        let token = token.as_ref();
        let mut text = String::with_capacity(self.0.len() + token.len() + 1);
        text.push_str(&self.0);
        text.push('/');
        for character in token.chars() {
            match character {
                '~' => text.push_str("~0"),
                '/' => text.push_str("~1"),
                other => text.push(other),
            }
        }
        Self(text)
    }

    /// The pointer to an item of this list.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    /// The pointer to what holds this value; `None` for the root.
    pub fn parent(&self) -> Option<Self> {
        self.0.rfind('/').map(|slash| Self(self.0[..slash].to_owned()))
    }

    /// The last token, unescaped; `None` for the root.
    pub fn last(&self) -> Option<String> {
        self.0.rfind('/').map(|slash| unescape(&self.0[slash + 1..]))
    }

    /// The tokens, unescaped.
    pub fn tokens(&self) -> impl Iterator<Item = String> + '_ {
        self.0.split('/').skip(1).map(unescape)
    }

    /// Whether this pointer is `other` or lies inside of it.
    pub fn is_within(&self, other: &Self) -> bool {
        self.0.strip_prefix(&other.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// This pointer, which lies within `from`, as it reads once `from` stands at `to`.
    #[must_use]
    pub fn moved(&self, from: &Self, to: &Self) -> Self {
        let rest = self.0.strip_prefix(&from.0).unwrap_or_default();
        Self(format!("{}{rest}", to.0))
    }

    /// The pointer as RFC 6901 writes it, without the `#`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

impl fmt::Display for Pointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "#{}", self.0)
    }
}

impl Serialize for Pointer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Pointer;

    #[test]
    fn tokens_are_escaped_and_read_back() {
        let pointer = Pointer::root().child("paths").child("/pets/{id}~x").index(0);
        assert_eq!(pointer.to_string(), "#/paths/~1pets~1{id}~0x/0");
        assert_eq!(pointer.tokens().collect::<Vec<_>>(), ["paths", "/pets/{id}~x", "0"]);
        assert_eq!(Pointer::parse("#/paths/~1pets~1{id}~0x/0"), Some(pointer));
    }

    #[test]
    fn within_is_by_whole_tokens() {
        let pets = Pointer::root().child("pets");
        assert!(pets.child("a").is_within(&pets));
        assert!(!Pointer::root().child("petshop").is_within(&pets));
    }
}
