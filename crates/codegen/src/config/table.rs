//! Reading tables of TOML with their positions, all problems in one run.

use std::collections::BTreeMap;
use std::ops::Range;

use specwright_diagnostics::{Diagnostic, Diagnostics, LineColumn, Place};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem;

/// A value and where it stands.
pub(super) type At<T> = (T, Place);

/// Where problems are put, and how spans become places.
pub(super) struct Reader<'a> {
    pub file: &'a str,
    pub text: &'a str,
    pub sink: &'a mut Diagnostics,
}

impl Reader<'_> {
    pub fn place(&self, span: &Range<usize>) -> Place {
        let LineColumn { line, column } = LineColumn::of(self.text, span.start);
        let spanned = self.text.get(span.clone()).unwrap_or_default();
        let length = spanned.lines().next().map_or(1, |line| line.chars().count()).max(1);
        Place::Position { file: self.file.to_owned(), line, column, length }
    }

    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.sink.push(diagnostic);
    }

    fn wrong_type(&mut self, key: &str, expected: &str, value: &Spanned<DeValue<'_>>) {
        let place = self.place(&value.span());
        self.push(problem::wrong_type(place, key, expected, kind(value.get_ref())));
    }
}

/// A table whose keys are taken one by one; what is left is unknown.
pub(super) struct Table<'t, 'i> {
    /// How messages call it.
    what: &'static str,
    place: Place,
    members: BTreeMap<&'t str, (Range<usize>, &'t Spanned<DeValue<'i>>)>,
    known: Vec<&'static str>,
}

impl<'t, 'i> Table<'t, 'i> {
    pub fn new(what: &'static str, place: Place, table: &'t DeTable<'i>) -> Self {
        let members =
            table.iter().map(|(key, value)| (key.get_ref().as_ref(), (key.span(), value))).collect();
        Self { what, place, members, known: Vec::new() }
    }

    fn take(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'i>>> {
        self.known.push(key);
        self.members.remove(key).map(|(_, value)| value)
    }

    pub fn string(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Option<At<String>> {
        let value = self.take(key)?;
        string(reader, key, value)
    }

    pub fn required(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Option<At<String>> {
        if !self.members.contains_key(key) {
            self.known.push(key);
            reader.push(problem::missing(self.place.clone(), key, self.what));
            return None;
        }
        let (value, place) = self.string(reader, key)?;
        if value.trim().is_empty() {
            reader.push(problem::illegal(
                place,
                format!("`{key}` is empty"),
                "write its value between the quotes",
            ));
            return None;
        }
        Some((value, place))
    }

    pub fn flag(&mut self, reader: &mut Reader<'_>, key: &'static str, absent: bool) -> bool {
        let Some(value) = self.take(key) else { return absent };
        if let DeValue::Boolean(flag) = value.get_ref() {
            return *flag;
        }
        reader.wrong_type(key, "`true` or `false`", value);
        absent
    }

    /// Where a switch is on.
    pub fn placed_flag(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Option<Place> {
        let value = self.members.get(key).map(|(_, value)| reader.place(&value.span()));
        if self.flag(reader, key, false) { value } else { None }
    }

    pub fn strings(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Vec<At<String>> {
        let items = self.items(reader, key, "a list of strings");
        items.iter().filter_map(|item| string(reader, key, item)).collect()
    }

    /// A table of strings.
    pub fn pairs(&mut self, reader: &mut Reader<'_>, key: &'static str) -> BTreeMap<String, String> {
        let Some(value) = self.take(key) else { return BTreeMap::new() };
        let DeValue::Table(table) = value.get_ref() else {
            reader.wrong_type(key, "a table", value);
            return BTreeMap::new();
        };
        let pair = |(name, value): (&Spanned<_>, _)| {
            let name: &str = AsRef::<str>::as_ref(name.get_ref() as &std::borrow::Cow<'_, str>);
            Some((name.to_owned(), string(reader, name, value)?.0))
        };
        table.iter().filter_map(pair).collect()
    }

    /// A table of versions, or of what else cargo takes for a dependency, on one line.
    pub fn dependencies(&mut self, reader: &mut Reader<'_>, key: &'static str) -> BTreeMap<String, String> {
        let Some(value) = self.take(key) else { return BTreeMap::new() };
        let DeValue::Table(table) = value.get_ref() else {
            reader.wrong_type(key, "a table", value);
            return BTreeMap::new();
        };
        let mut sources = BTreeMap::new();
        for (name, value) in table {
            let source = reader.text.get(value.span()).unwrap_or_default();
            if source.starts_with(['"', '\'', '{']) && !source.contains('\n') {
                sources.insert(name.get_ref().to_string(), source.to_owned());
            } else {
                reader.wrong_type(name.get_ref(), "a version or a table on one line", value);
            }
        }
        sources
    }

    pub fn table(&mut self, reader: &mut Reader<'_>, key: &'static str, what: &'static str) -> Option<Self> {
        let value = self.take(key)?;
        nested(reader, key, what, value)
    }

    pub fn tables(&mut self, reader: &mut Reader<'_>, key: &'static str, what: &'static str) -> Vec<Self> {
        let items = self.items(reader, key, "a list of tables");
        items.iter().filter_map(|item| nested(reader, key, what, item)).collect()
    }

    fn items(
        &mut self,
        reader: &mut Reader<'_>,
        key: &'static str,
        expected: &str,
    ) -> &'t [Spanned<DeValue<'i>>] {
        let Some(value) = self.take(key) else { return &[] };
        if let DeValue::Array(items) = value.get_ref() {
            return items;
        }
        reader.wrong_type(key, expected, value);
        &[]
    }

    pub fn place(&self) -> Place {
        self.place.clone()
    }

    /// Reports the keys that nobody asked for.
    pub fn finish(self, reader: &mut Reader<'_>) {
        for (key, (span, _)) in &self.members {
            let place = reader.place(span);
            reader.push(problem::unknown_key(place, key, self.what, &self.known));
        }
    }
}

fn nested<'t, 'i>(
    reader: &mut Reader<'_>,
    key: &str,
    what: &'static str,
    value: &'t Spanned<DeValue<'i>>,
) -> Option<Table<'t, 'i>> {
    if let DeValue::Table(table) = value.get_ref() {
        return Some(Table::new(what, reader.place(&value.span()), table));
    }
    reader.wrong_type(key, "a table", value);
    None
}

fn string(reader: &mut Reader<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> Option<At<String>> {
    if let DeValue::String(text) = value.get_ref() {
        return Some((text.clone().into_owned(), reader.place(&value.span())));
    }
    reader.wrong_type(key, "a string", value);
    None
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a float",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
