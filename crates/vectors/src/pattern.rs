//! Texts that match a pattern.

use regex_syntax::hir::{Class, Hir, HirKind};
use specwright_pattern::Pattern;

/// So many ways through a pattern's alternatives are tried.
const WAYS: usize = 8;

/// A longer text is worth no test.
pub(crate) const LONGEST: usize = 4096;

/// A text of so many characters that matches, where one is found in a few attempts.
pub(crate) fn of_length(pattern: &Pattern, length: usize) -> Option<String> {
    if length > LONGEST {
        return None;
    }
    let fits = |text: &String| text.chars().count() == length && pattern.matches(text);
    let found = tree(pattern).and_then(|tree| {
        (0..WAYS).find_map(|way| {
            let text = grown(&tree, way, length)?;
            if fits(&text) {
                return Some(text);
            }
            // A pattern that has no ends takes anything beside what it asks for.
            let missing = length.checked_sub(text.chars().count())?;
            let padding = || PADDING.iter().map(|character| character.to_string().repeat(missing));
            let behind = padding().map(|padding| format!("{text}{padding}"));
            let before = padding().map(|padding| format!("{padding}{text}"));
            behind.chain(before).find(fits)
        })
    });
    found.or_else(|| {
        WORDS.iter().flat_map(|word| [stretched(word, length), repeated(word, length)]).find(fits)
    })
}

const PADDING: [char; 4] = ['a', '0', ' ', 'A'];

/// For patterns that cannot be taken apart.
const WORDS: [&str; 10] =
    ["a", "A", "0", "a1", "A1", "Aa1!", "Aa1-", "a-b", "a@b.example", "https://a.example/"];

fn stretched(word: &str, length: usize) -> String {
    let last = word.chars().next_back().unwrap_or('a');
    word.chars().chain(std::iter::repeat(last)).take(length).collect()
}

fn repeated(word: &str, length: usize) -> String {
    word.chars().cycle().take(length).collect()
}

/// The least number of characters of a matching text.
pub(crate) fn shortest(pattern: &Pattern) -> usize {
    tree(pattern).map_or(0, |tree| {
        (0..WAYS).filter_map(|way| Some(grown(&tree, way, 0)?.chars().count())).min().unwrap_or(0)
    })
}

/// A text of one of these lengths that does not match.
pub(crate) fn unlike(pattern: &Pattern, lengths: std::ops::RangeInclusive<usize>) -> Option<String> {
    let length = (*lengths.start()).max(1).min(*lengths.end());
    let alphabet = ["~", "a", "0", "-", "A", "é", " ", "!", "a~", "~a"];
    let words = alphabet.iter().map(|word| repeated(word, length));
    let words = words.chain(lengths.contains(&0).then(String::new));
    let longer =
        alphabet.iter().filter(|_| lengths.contains(&(length + 1))).map(|word| repeated(word, length + 1));
    words.chain(longer).find(|text| !pattern.matches(text))
}

fn tree(pattern: &Pattern) -> Option<Hir> {
    regex_syntax::Parser::new().parse(pattern.linear()?).ok()
}

/// A text that matches, of about so many characters. `way` chooses among alternatives.
fn grown(tree: &Hir, way: usize, length: usize) -> Option<String> {
    let mut least = String::new();
    write(tree, way, &mut 0, &mut least)?;
    let mut text = String::new();
    let mut room = length.saturating_sub(least.chars().count());
    write(tree, way, &mut room, &mut text)?;
    Some(text)
}

fn write(tree: &Hir, way: usize, room: &mut usize, text: &mut String) -> Option<()> {
    match tree.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => text.push(one_of(class)?),
        HirKind::Capture(capture) => write(&capture.sub, way, room, text)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| write(part, way, room, text))?,
        HirKind::Alternation(parts) => write(&parts[way % parts.len()], way / parts.len(), room, text)?,
        HirKind::Repetition(repetition) => {
            let mut times = repetition.min;
            let mut once = String::new();
            write(&repetition.sub, way, &mut 0, &mut once)?;
            let each = once.chars().count();
            while times < repetition.max.unwrap_or(u32::MAX) && each > 0 && *room >= each {
                times += 1;
                *room -= each;
            }
            for _ in 0..times {
                write(&repetition.sub, way, &mut 0, text)?;
                if text.len() > 4 * LONGEST {
                    return None;
                }
            }
        }
    }
    Some(())
}

/// A character of a class, the plainest there is.
fn one_of(class: &Class) -> Option<char> {
    const PLAIN: &str = "a1bA0-_.x /";
    let Class::Unicode(class) = class else { return None };
    let holds = |wanted: char| class.iter().any(|range| (range.start()..=range.end()).contains(&wanted));
    let plain = PLAIN.chars().chain('!'..='~').find(|character| holds(*character));
    plain.or_else(|| {
        class.iter().map(regex_syntax::hir::ClassUnicodeRange::start).find(|first| !first.is_control())
    })
}
