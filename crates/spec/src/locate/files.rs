//! The files that a document was made of, and which of them each place is in.

use std::ops::Range;
use std::sync::OnceLock;

use specwright_diagnostics::{Code, Diagnostic, LineColumn, Part, Place, Pointer, Sources, Spot, Texts};

use super::{Duplicate, Index};
use crate::load::Source;
use crate::overlay::{Origin, Provenance};

/// One text and, once asked for, where everything in it is.
#[derive(Debug)]
struct File {
    source: Source,
    index: OnceLock<Index>,
}

impl File {
    fn new(source: Source) -> Self {
        Self { source, index: OnceLock::new() }
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(&self.source.text, self.source.notation()))
    }

    fn span(&self, pointer: &Pointer, part: Part) -> Option<Range<usize>> {
        self.index().span(&self.source.text, pointer, part)
    }
}

/// The document's own file first, then its overlays, then what it refers to.
#[derive(Debug)]
pub(crate) struct Files {
    all: Vec<File>,
    /// How many of them are the document's own and overlays.
    amending: usize,
    provenance: Provenance,
    /// Positions without pointers.
    texts: Texts,
}

impl Files {
    pub fn new(sources: Vec<Source>) -> Self {
        let mut texts = Texts::default();
        for source in &sources {
            texts.insert(&source.name, &source.text);
        }
        let all: Vec<File> = sources.into_iter().map(File::new).collect();
        Self { amending: all.len(), all, provenance: Provenance::default(), texts }
    }

    /// Adds a file that the document refers to.
    pub fn add(&mut self, source: Source) -> usize {
        self.texts.insert(&source.name, &source.text);
        self.all.push(File::new(source));
        self.all.len() - 1
    }

    /// The overlays, by what they are known as here.
    pub fn overlays(&self) -> Range<usize> {
        1..self.amending
    }

    /// The same files, once it is known what came from where.
    pub fn with_provenance(self, provenance: Provenance) -> Self {
        Self { provenance, ..self }
    }

    pub fn source(&self, index: usize) -> Option<&Source> {
        self.all.get(index).map(|file| &file.source)
    }

    /// A value as one file has it, before anything is amended.
    pub fn place(&self, index: usize, pointer: &Pointer) -> Place {
        let file = self.source(index).map(|source| source.name.clone()).unwrap_or_default();
        Place::InFile { file, pointer: pointer.clone(), part: Part::Value }
    }

    /// Keys that stand twice in one mapping of one of the files.
    pub fn duplicate_keys(&self, index: usize) -> Vec<Diagnostic> {
        let Some(file) = self.all.get(index) else { return Vec::new() };
        let duplicates = &file.index().duplicates;
        duplicates.iter().map(|duplicate| duplicate_key(&file.source, duplicate)).collect()
    }

    fn spot_of(&self, origin: &Origin, part: Part) -> Spot {
        match self.all.get(origin.file) {
            Some(file) => Spot { file: file.source.name.clone(), span: file.span(&origin.pointer, part) },
            None => Spot { file: String::new(), span: None },
        }
    }
}

impl Sources for Files {
    fn spot(&self, place: &Place) -> Spot {
        match place {
            Place::Document { pointer, part } => self.spot_of(&self.provenance.of(pointer), *part),
            Place::InFile { file: name, pointer, part } => {
                let file = self.all.iter().find(|file| file.source.name == *name);
                Spot { file: name.clone(), span: file.and_then(|file| file.span(pointer, *part)) }
            }
            Place::Position { .. } | Place::File { .. } => self.texts.spot(place),
        }
    }

    fn merged_into(&self, place: &Place) -> Option<Spot> {
        let Place::Document { pointer, .. } = place else { return None };
        if !self.overlays().contains(&self.provenance.of(pointer).file) {
            return None;
        }
        let origin = self.provenance.merged_into(pointer)?;
        Some(self.spot_of(&origin, Part::Key))
    }

    fn text(&self, file: &str) -> Option<&str> {
        self.all.iter().find(|known| known.source.name == file).map(|file| file.source.text.as_str())
    }
}

fn duplicate_key(source: &Source, duplicate: &Duplicate) -> Diagnostic {
    let key = duplicate.pointer.last().unwrap_or_default();
    let place = |span: &Range<usize>| {
        let LineColumn { line, column } = LineColumn::of(&source.text, span.start);
        let length = source.text.get(span.clone()).map_or(1, |text| text.chars().count());
        Place::Position { file: source.name.clone(), line, column, length }
    };
    let message = format!("the key `{key}` stands twice in one mapping");
    Diagnostic::new(Code::DuplicateKey, message, place(&duplicate.second), "again here")
        .with_secondary(place(&duplicate.first), "first here")
}
