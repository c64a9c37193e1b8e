//! Server Objects.

use specwright_diagnostics::{Code, Diagnostic};
use specwright_ir::{Server, ServerVariable};

use super::Cursor;
use super::context::Lowering;

impl<'a> Lowering<'a, '_> {
    /// The servers of the root, a path item or an operation.
    pub(super) fn servers(&mut self, holder: &Cursor<'a>) -> Vec<Server> {
        holder.items_of("servers").iter().map(|server| self.server(server)).collect()
    }

    fn server(&mut self, server: &Cursor<'a>) -> Server {
        let url = server.text("url").to_owned();
        let variables: Vec<ServerVariable> = server
            .members_of("variables")
            .iter()
            .map(|(name, variable)| server_variable(name, variable))
            .collect();
        for name in placeholders(&url) {
            if !variables.iter().any(|variable| variable.name == name) {
                self.say(
                    Diagnostic::new(
                        Code::UndeclaredVariable,
                        format!("the server's URL has `{{{name}}}`, which `variables` does not declare"),
                        server.get("url").unwrap_or_else(|| server.clone()).place(),
                        "stays as it is written",
                    )
                    .with_help(format!("declare `{name}` under `variables`, with its default")),
                );
            }
        }
        Server { url, description: server.text("description").trim().to_owned(), variables }
    }
}

fn server_variable(name: &str, variable: &Cursor<'_>) -> ServerVariable {
    let default = variable.text("default").to_owned();
    let values: Vec<String> = variable.texts_of("enum").into_iter().map(str::to_owned).collect();
    let description = variable.text("description").trim().to_owned();
    ServerVariable { name: name.to_owned(), default, values, description }
}

fn placeholders(url: &str) -> impl Iterator<Item = &str> {
    url.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}
