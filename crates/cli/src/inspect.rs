//! `specwright inspect`

use anyhow::Context as _;
use serde_json::json;
use specwright_codegen::config::Api;
use specwright_codegen::diagnostics::Diagnostics;
use specwright_codegen::generate::Output;
use specwright_codegen::inspect::{Coverage, names};
use specwright_codegen::present;
use specwright_codegen::run::{Job, read_config};

use crate::args::{Inspect, MessageFormat};
use crate::{USAGE, generate, tell, write};

/// Reads a document and shows what it holds.
pub(crate) fn run(args: &Inspect) -> anyhow::Result<u8> {
    let mut api = Api { spec: args.spec.clone(), overlays: args.overlays.clone(), ..Api::default() };
    if let (Some(path), Some(name)) = (&args.config, &args.name) {
        let mut sink = Diagnostics::new();
        let Some((config, _)) = read_config(path, &mut sink) else {
            tell(&sink.render(true));
            return Ok(1);
        };
        let Some(found) = generate::find(&config, name) else { return Ok(USAGE) };
        api = Api {
            copies: found.copies.clone(),
            names: found.names.clone(),
            types: found.types.clone(),
            allow: found.allow.clone(),
            ..api
        };
    }
    let allowed = api.allow.len();
    let Output { ir, diagnostics, .. } = Job { api, ..Job::default() }.inspect();
    let refused = u8::from(ir.is_none());
    if args.message_format == MessageFormat::Human {
        tell(&diagnostics.render(true));
    }
    let coverage = Coverage::of(ir.as_ref(), &diagnostics, allowed);
    match (args.message_format, &ir) {
        (MessageFormat::Json, _) => {
            let found = present::diagnostics(&diagnostics);
            let all = json!({ "diagnostics": found, "coverage": coverage });
            write(&format!("{all:#}\n"))?;
        }
        (MessageFormat::Human, _) if args.coverage => write(&coverage.to_text())?,
        (MessageFormat::Human, Some(ir)) if args.ir => {
            let text = serde_json::to_string_pretty(ir).context("the contract has no JSON form")?;
            write(&format!("{text}\n"))?;
        }
        (MessageFormat::Human, Some(ir)) => write(&names(ir))?,
        (MessageFormat::Human, None) => {}
    }
    Ok(refused)
}
