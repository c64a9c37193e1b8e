//! Styles: which values each can write, and how what none can write is written.

use specwright_diagnostics::{Code, Diagnostic};
use specwright_ir::{Field, Schema, Shape, StringFormat, Style, TypeId, TypeKind};

use super::Cursor;
use super::context::Lowering;

/// How many types deep a value is looked into.
const MAX_DEPTH: usize = 8;

/// What a style has to write.
#[derive(Clone, Copy, PartialEq, Eq)]
enum WireKind {
    Primitive,
    Any,
    /// A list of primitives.
    List,
    /// An object of primitives.
    Object,
    /// One or the other.
    Mixed,
    /// A list that holds lists or objects.
    NestedList,
    /// An object that holds lists or objects.
    NestedObject,
}

impl WireKind {
    const fn describe(self) -> &'static str {
        match self {
            Self::Primitive => "the value is a primitive",
            Self::Any => "the value may be anything",
            Self::List => "the value is a list",
            Self::Object => "the value is an object",
            Self::Mixed => "the value is of one shape or another",
            Self::NestedList => "the value is a list that holds lists or objects",
            Self::NestedObject => "the value is an object that holds lists or objects",
        }
    }

    const fn is_flat(self) -> bool {
        matches!(self, Self::Primitive | Self::Any)
    }

    const fn is_nested(self) -> bool {
        matches!(self, Self::NestedList | Self::NestedObject)
    }
}

/// How a value is written: a style, and whether its parts are written each on its own.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Writing {
    pub(super) style: Style,
    pub(super) explode: bool,
}

impl Lowering<'_, '_> {
    /// The style that a value is written in: the one asked for, where the specification's table has it
    /// for such a value, else what is most common on the wire.
    pub(super) fn settle_style(
        &mut self,
        cursor: &Cursor<'_>,
        name: &str,
        asked: Writing,
        schema: &Schema,
    ) -> Writing {
        let kind = self.wire_kind(schema, 0);
        let Some((settled, how)) = settled(asked, kind) else { return asked };
        let at = if cursor.has("style") { cursor.key("style") } else { cursor.place() };
        let message = format!("OpenAPI does not say how `{name}` is written");
        self.say(
            Diagnostic::new(Code::UndefinedStyle, message, at, kind.describe())
                .with_note(how)
                .with_help("give it `content` with a media type, or a shape that the table of styles has"),
        );
        settled
    }

    fn wire_kind(&self, schema: &Schema, depth: usize) -> WireKind {
        match &schema.shape {
            Shape::Any => WireKind::Any,
            // One text inside of the list that it is an item of.
            Shape::Array(array) if array.delimiter.is_some() => self.wire_kind(&array.items, depth + 1),
            Shape::Array(array) if self.wire_kind(&array.items, depth + 1).is_flat() => WireKind::List,
            Shape::Tuple(items) if items.iter().all(|item| self.wire_kind(item, depth + 1).is_flat()) => {
                WireKind::List
            }
            Shape::Array(_) | Shape::Tuple(_) => WireKind::NestedList,
            Shape::Map(map) if self.wire_kind(&map.values, depth + 1).is_flat() => WireKind::Object,
            Shape::Named(id) if depth < MAX_DEPTH => self.named_wire_kind(*id, depth),
            Shape::Map(_) | Shape::Named(_) => WireKind::NestedObject,
            _ => WireKind::Primitive,
        }
    }

    fn named_wire_kind(&self, id: TypeId, depth: usize) -> WireKind {
        match &self.type_of(id).kind {
            TypeKind::Enum(_) => WireKind::Primitive,
            TypeKind::Alias(alias) => self.wire_kind(&alias.schema, depth + 1),
            TypeKind::Union(union) => {
                let kinds = union.variants.iter().map(|variant| self.wire_kind(&variant.schema, depth + 1));
                let kinds: Vec<_> = kinds.collect();
                let nested = kinds.iter().find(|kind| kind.is_nested());
                match (nested, kinds.iter().all(|kind| kind.is_flat())) {
                    (Some(nested), _) => *nested,
                    (None, true) => WireKind::Primitive,
                    (None, false) => WireKind::Mixed,
                }
            }
            TypeKind::Struct(object) => {
                let flat = |field: &Field| self.wire_kind(&field.schema, depth + 1).is_flat();
                if object.fields.iter().all(flat) { WireKind::Object } else { WireKind::NestedObject }
            }
        }
    }

    /// Whether the empty text is one of its values, as far as its type tells.
    pub(super) fn has_empty_text(&self, schema: &Schema, depth: usize) -> bool {
        match &schema.shape {
            Shape::String(text) => matches!(text.format, StringFormat::Plain | StringFormat::Password),
            Shape::Any => true,
            Shape::Named(id) if depth < MAX_DEPTH => match &self.type_of(*id).kind {
                TypeKind::Alias(alias) => self.has_empty_text(&alias.schema, depth + 1),
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether its values are lists.
    pub(super) fn is_list(&self, schema: &Schema) -> bool {
        matches!(self.wire_kind(schema, 0), WireKind::List | WireKind::NestedList)
    }
}

/// How to write what the table has nothing for, and the same in words; `None` where it has.
fn settled(asked: Writing, kind: WireKind) -> Option<(Writing, &'static str)> {
    use WireKind::{Any, List, Mixed, NestedList, NestedObject, Object, Primitive};
    let Writing { style, explode } = asked;
    let form = Writing { style: Style::Form, explode: true };
    let json = Writing { style: Style::Json, explode: false };
    Some(match (style, kind) {
        (Style::Json, _)
        | (_, Any)
        | (
            Style::Simple | Style::Label | Style::Matrix | Style::Form | Style::Cookie,
            Primitive | List | Object,
        )
        | (Style::DeepObject, Object) => return None,
        (Style::SpaceDelimited | Style::PipeDelimited | Style::TabDelimited, List | Object) if !explode => {
            return None;
        }
        (Style::DeepObject, List | NestedList | NestedObject) => {
            (asked, "written with further brackets: `a[b][c]=`, `a[]=` for items, `a[0][b]=` for objects")
        }
        (_, Mixed) => (asked, "written as its value is; read as the first of its schemas that the text fits"),
        (Style::Form, NestedObject) if explode => {
            (asked, "a member that is a list is written once an item, one that is an object as JSON")
        }
        (Style::Form | Style::SpaceDelimited | Style::PipeDelimited | Style::TabDelimited, NestedList)
            if explode =>
        {
            (asked, "each item is written as JSON")
        }
        (_, NestedList | NestedObject) => (json, "written as JSON"),
        (_, Primitive) => (form, "written in the style `form`"),
        (_, List | Object) => (form, "written in the style `form`, exploded"),
    })
}

/// What stands between the items of a list in a `collectionFormat` of 2.0.
pub(super) fn delimiter(format: &str) -> Option<char> {
    match format {
        "csv" => Some(','),
        "ssv" => Some(' '),
        "tsv" => Some('\t'),
        "pipes" => Some('|'),
        _ => None,
    }
}
