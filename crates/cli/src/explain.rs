//! `specwright explain`

use specwright_codegen::diagnostics::Code;

use crate::args::Explain;
use crate::{USAGE, tell, write};

/// Prints the page of a code.
pub(crate) fn run(args: &Explain) -> anyhow::Result<u8> {
    let Some(code) = Code::parse(args.code.trim()) else {
        tell(&format!(
            "error: there is no code `{}`; a code looks like `SW0104`\n",
            args.code.escape_debug()
        ));
        return Ok(USAGE);
    };
    write(code.explanation())?;
    Ok(0)
}
