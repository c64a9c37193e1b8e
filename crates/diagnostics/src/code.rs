//! Every kind of diagnostic: stable text, severity, title, and a page of explanation.

use std::fmt;

use serde::{Serialize, Serializer};

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The document is wrong; nothing is generated.
    Error,
    /// The document may be right, but this is not carried yet; nothing is generated.
    Unsupported,
    /// Repaired, or not carried; the run goes on.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// Whether a diagnostic of this severity stops the run.
    pub const fn is_error(self) -> bool {
        matches!(self, Self::Error | Self::Unsupported)
    }
}

macro_rules! codes {
    ($($variant:ident $text:literal $severity:ident $title:literal;)*) => {
        /// What a diagnostic is about. Closed: a code is never reused for something else.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = concat!("`", $text, "`: ", $title)] $variant,)*
        }

        impl Code {
            /// Every code, in the order of their texts.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The stable text, such as `SW0104`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// What a diagnostic of this code does to the run.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }

            /// What is the matter, in a few words.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            /// The page that `specwright explain` shows, in Markdown.
            pub const fn explanation(self) -> &'static str {
                match self { $(Self::$variant => include_str!(concat!("codes/", $text, ".md")),)* }
            }
        }
    };
}

// One line a code, one page a code in `codes/`. 01 loading and structure, 02 references, 03 lowering,
// 04 names and their lock, 05 overlays (01 to 19) and configuration (from 20), 06 folders.
codes! {
    FileUnreadable "SW0101" Error "a file cannot be read";
    NotUtf8 "SW0102" Error "a file is not UTF-8";
    Syntax "SW0103" Error "broken YAML or JSON";
    DuplicateKey "SW0104" Error "a key stands twice in one mapping";
    TooDeep "SW0105" Error "nesting is too deep";
    NotJson "SW0106" Error "YAML that has no counterpart in JSON";
    NotOpenApi "SW0107" Error "not an OpenAPI document";
    UnsupportedVersion "SW0108" Unsupported "a version of OpenAPI that is not supported";
    UnknownKey "SW0110" Warning "a key that OpenAPI does not know";
    MisspeltKey "SW0111" Error "a misspelt key";
    LaterKeyword "SW0112" Unsupported "a keyword of a later version of OpenAPI";
    WrongType "SW0113" Error "a value of the wrong type";
    MissingField "SW0114" Error "a required field is missing";
    IllegalValue "SW0115" Error "a value that is not one of the legal ones";
    UnknownType "SW0116" Error "an unknown schema type";
    InvalidPattern "SW0117" Error "a pattern that is not a regular expression";
    LegacyPattern "SW0118" Warning "a pattern that is legal only without Unicode mode";
    InvalidStatus "SW0119" Error "a response key that is not a status";
    DuplicateOperationId "SW0120" Error "two operations with one operationId";
    InvalidPath "SW0121" Error "a path that is not a template";
    DuplicateParameter "SW0122" Error "a parameter declared twice";
    UnfitValue "SW0123" Warning "a value that does not fit its own schema";
    Conflict "SW0124" Error "two fields that exclude each other";
    ComponentKey "SW0125" Warning "a component name with illegal characters";
    Unreadable "SW0126" Error "a value that cannot be represented";
    EarlierKeyword "SW0127" Warning "a keyword of an earlier version of OpenAPI";
    VendorKeyword "SW0128" Warning "an extension that is taken for what it commonly means";
    UnsupportedField "SW0129" Unsupported "a field of a newer OpenAPI that is not supported yet";
    MissingMediaType "SW0130" Warning "a body without a media type";
    MissingItems "SW0131" Warning "an array that does not say what it holds";
    RepeatedPathParameter "SW0132" Warning "a path parameter that stands twice in a path";
    DanglingReference "SW0201" Error "a reference to what is not there";
    CircularReference "SW0202" Error "a reference that leads back to itself";
    WrongKind "SW0203" Error "a reference to something of another kind";
    MalformedReference "SW0204" Error "a reference that is not a JSON pointer";
    RemoteReference "SW0205" Unsupported "a reference over the network";
    IgnoredSibling "SW0206" Warning "a key beside a reference, where it means nothing";
    MissingFile "SW0207" Error "a reference to a file that cannot be read";
    OutsideFolder "SW0208" Error "a reference out of the document's folder";
    NotCarried "SW0301" Warning "something of the document that is not carried over";
    UnsupportedKeyword "SW0302" Unsupported "a schema keyword that is not supported yet";
    SchemaConflict "SW0304" Warning "schemas that exclude each other";
    CircularAllOf "SW0305" Error "an allOf that contains itself";
    ClosedMember "SW0306" Warning "a closed schema inside of an allOf";
    MissingType "SW0307" Warning "a schema without a type";
    IntegralNumber "SW0308" Note "a number with an integer's format";
    UnknownFormat "SW0309" Warning "a format of a number that is not known";
    IrrelevantKeyword "SW0310" Warning "a keyword that means nothing here";
    UndeclaredProperty "SW0312" Warning "a required property that is not declared";
    RepeatedEnumValue "SW0313" Warning "a value that stands twice in an enum";
    UnfitDefault "SW0314" Warning "a default that does not fit its schema";
    UnfitExample "SW0315" Warning "an example that does not fit its schema";
    ExampleMap "SW0316" Warning "an example that holds named examples";
    UndeclaredPathParameter "SW0320" Warning "a path parameter that is not declared";
    NotInTemplate "SW0321" Error "a path parameter that the path does not have";
    IgnoredHeader "SW0323" Warning "a header that is not a parameter";
    RequiredDeprecated "SW0325" Note "a parameter that is required and deprecated";
    UndefinedStyle "SW0326" Warning "a parameter whose text OpenAPI does not define";
    TextOfMediaType "SW0327" Warning "a parameter of a media type that is taken as text";
    OptionalPathParameter "SW0328" Warning "a path parameter that is not required";
    QueryInPath "SW0329" Warning "a path with a query or a fragment";
    AdjacentParameters "SW0330" Warning "path parameters with nothing between them";
    OpaqueBody "SW0331" Warning "a body that is carried as text or octets";
    BodilessStatus "SW0332" Warning "a body where HTTP has none";
    EquivalentMediaType "SW0333" Warning "a media type that is written twice";
    GuessedMediaType "SW0334" Warning "a media type that does not say how values are written";
    MissingOperationId "SW0340" Note "an operation without an operationId";
    SameRoute "SW0341" Warning "two paths that are one route";
    CallbackUrl "SW0344" Warning "a callback whose URL cannot be made of the request";
    DanglingLink "SW0345" Warning "a link that leads to no operation";
    ScopesOnPlainScheme "SW0350" Warning "scopes of a scheme that has none";
    UnmeetableSecurity "SW0351" Warning "credentials that no request can have";
    UndeclaredVariable "SW0352" Warning "a server variable that is not declared";
    AmbiguousUnion "SW0360" Warning "members of a oneOf that nothing tells apart";
    UnmatchedMapping "SW0361" Warning "a discriminator that maps to no member";
    UnnamedRoot "SW0362" Warning "a root element without a name";
    UnboundPrefix "SW0363" Warning "a prefix that stands for no namespace";
    XmlName "SW0364" Warning "a name that XML cannot hold";
    MisplacedXml "SW0365" Warning "an XML Object that does not fit its schema";
    SameElement "SW0366" Warning "two properties that are the same in XML";
    ImpossibleVariant "SW0370" Warning "a member of a union that no value fits";
    WideInteger "SW0371" Warning "an integer of more than 64 bits";
    UnusedDiscriminator "SW0372" Warning "a discriminator that tells nothing apart";
    UnnamedVariant "SW0373" Warning "a member of a union that its discriminator cannot name";
    MisplacedAccess "SW0374" Warning "readOnly or writeOnly of what is no property";
    ImpossibleView "SW0375" Warning "a rule that no value of one direction keeps";
    ManyCombinations "SW0376" Warning "choices that combine in too many ways";
    NumberedName "SW0401" Warning "a name that only a number tells apart";
    PinCollision "SW0402" Error "a pinned name that is taken";
    PinIdentifier "SW0403" Error "a pinned name that is not an identifier";
    LockSyntax "SW0404" Error "a lock that cannot be read";
    LockCollision "SW0405" Error "a name of the lock that is taken";
    UnusedAllowance "SW0406" Error "an allowance that is not needed";
    UnmatchedSetting "SW0407" Error "a setting that matches nothing";
    NotOverlay "SW0501" Error "not an Overlay 1.0 document";
    OverlayKey "SW0502" Error "a key that Overlay does not know";
    OverlayField "SW0503" Error "a field of an overlay that is missing or of the wrong type";
    OverlayTarget "SW0504" Error "a target that is not a JSONPath";
    OverlayUnmatched "SW0505" Error "a target that matches nothing";
    OverlayIdle "SW0506" Error "an action that neither updates nor removes";
    OverlayMismatch "SW0507" Error "an update that cannot be merged into its target";
    ConfigSyntax "SW0520" Error "broken TOML";
    ConfigKey "SW0521" Error "a key that the configuration does not know";
    ConfigType "SW0522" Error "a value of the configuration of the wrong type";
    ConfigMissing "SW0523" Error "a key that the configuration lacks";
    ConfigValue "SW0524" Error "an illegal value in the configuration";
    ConfigDuplicate "SW0525" Error "two contracts with one name or folder";
    ConfigOutside "SW0526" Error "a folder outside of the configuration's";
    ConfigService "SW0527" Error "a service without a server";
    ConfigTests "SW0528" Error "tests of one side alone";
    FolderForeign "SW0601" Error "a folder that was not generated";
    FolderEdited "SW0602" Error "generated files that were edited by hand";
    FolderInTheWay "SW0603" Error "a file stands where a generated one belongs";
    FolderManifest "SW0604" Error "a manifest of files that cannot be read";
    FolderLeftover "SW0605" Error "leftovers of a run that did not end";
    FolderSystem "SW0606" Error "the system refuses to read or write";
    FolderOutside "SW0607" Error "a file that would land outside of its folder";
    Template "SW0608" Error "a file shell that cannot be rendered";
    ServiceInTheWay "SW0609" Error "files stand where a service crate belongs";
    DriftMissing "SW0610" Error "generated files are missing";
    DriftStale "SW0611" Error "generated files are out of date";
    DriftEdited "SW0612" Error "generated files differ from what was generated";
    DriftExtra "SW0613" Error "generated files that the contract no longer asks for";
    DriftStranger "SW0614" Error "files in a generated folder that were not generated";
    ServiceMissing "SW0615" Error "a service crate is missing";
    StrangerKept "SW0620" Note "a file that was not generated is kept";
}

impl Code {
    /// The code with this text, in any case.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str().eq_ignore_ascii_case(text))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn codes_ascend_and_are_read_back() {
        assert!(Code::ALL.is_sorted_by(|left, right| left.as_str() < right.as_str()));
        for code in Code::ALL {
            assert_eq!(Code::parse(&code.as_str().to_lowercase()), Some(*code));
        }
        assert_eq!(Code::parse("SW9999"), None);
    }

    #[test]
    fn each_page_opens_with_code_and_title() {
        for code in Code::ALL {
            let heading = format!("# {code}: {}\n", code.title());
            assert!(code.explanation().starts_with(&heading), "codes/{code}.md begins with {heading:?}");
            assert!(code.explanation().len() > heading.len() + 80, "codes/{code}.md explains");
        }
    }
}
