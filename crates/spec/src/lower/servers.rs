//! Server Objects.

use specwright_diagnostics::{Code, Diagnostic};
use specwright_ir::{Server, ServerVariable};

use super::Cursor;
use super::context::Lowering;
use super::typed::text;

impl<'a> Lowering<'a, '_> {
    /// The servers of the root, a path item or an operation.
    pub(super) fn servers(&mut self, holder: &Cursor<'a>) -> Vec<Server> {
        holder.items_of("servers").iter().filter_map(|server| self.server(server)).collect()
    }

    fn server(&mut self, cursor: &Cursor<'a>) -> Option<Server> {
        let server: openapiv3::Server = self.typed(cursor)?;
        let description = text(server.description.as_ref()).to_owned();
        let url = server.url;
        let variables: Vec<ServerVariable> =
            server.variables.into_iter().flatten().map(server_variable).collect();
        for name in placeholders(&url) {
            if !variables.iter().any(|variable| variable.name == name) {
                self.say(
                    Diagnostic::new(
                        Code::UndeclaredVariable,
                        format!("the server's URL has `{{{name}}}`, which `variables` does not declare"),
                        cursor.get("url").unwrap_or_else(|| cursor.clone()).place(),
                        "stays as it is written",
                    )
                    .with_help(format!("declare `{name}` under `variables`, with its default")),
                );
            }
        }
        Some(Server { url, description, variables })
    }
}

fn server_variable((name, variable): (String, openapiv3::ServerVariable)) -> ServerVariable {
    let description = text(variable.description.as_ref()).to_owned();
    ServerVariable { name, default: variable.default, values: variable.enumeration, description }
}

fn placeholders(url: &str) -> impl Iterator<Item = &str> {
    url.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}
