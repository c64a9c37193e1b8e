//! A document's texts, as documentation.

use insta::assert_snapshot;
use specwright_rust_emit::{attributes, code, doc_lines, one_line};

use crate::fixture::*;

fn lines(text: &str) -> String {
    doc_lines(text).join("\n")
}

#[test]
fn blocks_are_brought_to_one_form() {
    assert_snapshot!(lines(
        "# Title\r\nText<br/>more text.\n***\n* one\n  two\nlazy\n    * inner\n\n  after\n1) first\n2) second\n\n\n\
         not\tlisted\n\n| a | b |\n|---|---|\n| [c] | `d` |\n    indented"
    ));
}

#[test]
fn code_blocks_are_closed_and_never_run() {
    assert_snapshot!(lines(
        "```rust\nfn main() {}\n```\n- item\n  ```json\n  {\"a\": \"```\"}\n  ```\n\n~~~\nopen ``` end"
    ));
}

#[test]
fn long_lines_are_folded() {
    let text = "word ".repeat(18) + "- minus 1. one # hash > more `code span` " + &"word ".repeat(20);
    assert_snapshot!(lines(&format!("{text}\n- {text}")));
}

#[test]
fn hostile_texts_are_inert() {
    let text =
        "*/ \"\"\" {} #![allow(x)]\n/// x\n#![deny(y)]\n> quote\n</div><script>\u{0}\u{202e}\r[`Vec`] ` $ \\";
    assert_snapshot!(lines(text));
    assert_eq!(one_line(text), "*/ \"\"\" {} #!\\[allow(x)\\]");
    assert_eq!(code("a ``b`\n c"), "``` a ``b` c ```");
    assert_eq!(attributes(&doc_lines("")).to_string(), "");
}

#[test]
fn hostile_names_are_literals() {
    let hostile = "a\"; }\n#![evil] */ {} \\ \u{0} \u{202e} é";
    let mut field = optional(name(hostile, "", "field"), schema(pattern(hostile)));
    field.docs = describe(hostile);
    field.default = Some(hostile.into());
    let mut ir = pet(vec![field]);
    ir.types[0].docs = describe(hostile);
    assert_snapshot!(file(&ir, "src/types/pet.rs"));
}
