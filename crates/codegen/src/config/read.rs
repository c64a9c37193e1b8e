//! `specwright.toml` as text to [`Config`].

use specwright_diagnostics::{Code, Diagnostics, Place, Pointer};
use specwright_spec::Allowance;
use toml::de::DeTable;

use super::table::{At, Reader, Table};
use super::{Api, Config, Runtime, Sides, is_crate_name, problem};
use crate::manifest::is_inside;
use crate::problem::{service_without_server, tests_of_one_side};
use crate::scaffold::DEPENDENCIES;
use crate::shells::crate_name;

/// Reads a configuration. Problems are in the sink; what could be read comes back all the same.
pub fn parse(file: &str, text: &str, sink: &mut Diagnostics) -> Config {
    sink.keep_text(file, text);
    let mut reader = Reader { file, text, sink };
    let (root, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        for error in errors {
            let place = reader.place(&error.span().unwrap_or_default());
            reader.push(problem::syntax(place, error.message()));
        }
        return Config::default();
    }
    let mut root = Table::new("the configuration", Place::file(file), root.get_ref());
    let mut seen = Seen::default();
    let command = root.string(&mut reader, "command").map(|(command, _)| command);
    let command = command.unwrap_or_else(|| Config::default().command);
    let tables = root.tables(&mut reader, "api", "`[[api]]`");
    if tables.is_empty() && !reader.sink.has_errors() {
        reader.push(problem::missing(root.place(), "[[api]]", "the configuration"));
    }
    let apis = tables.into_iter().filter_map(|table| api(&mut reader, table, &mut seen)).collect();
    root.finish(&mut reader);
    Config { command, apis }
}

/// Names and folders that are taken.
#[derive(Default)]
struct Seen {
    names: Vec<At<String>>,
    folders: Vec<At<String>>,
}

fn api(reader: &mut Reader<'_>, mut table: Table<'_, '_>, seen: &mut Seen) -> Option<Api> {
    let name = table.required(reader, "name").filter(|name| check_name(reader, name, seen));
    let spec = table.required(reader, "spec");
    let overlays = table.strings(reader, "overlays").into_iter().map(|(overlay, _)| overlay).collect();
    let out = table.required(reader, "out").and_then(|out| check_folder(reader, "out", out, seen));
    let service = table.string(reader, "service");
    let service = service.and_then(|service| {
        let place = service.1.clone();
        let folder = check_folder(reader, "service", service, seen)?;
        check_service(reader, (&folder, &place), name.as_ref().map(|(name, _)| name), seen)
            .then_some((folder, place))
    });
    let runtime = table.table(reader, "runtime", "`runtime`");
    let runtime = runtime.map_or_else(Runtime::default, |table| runtime_of(reader, table));
    let sides = Sides::of(table.flag(reader, "server", true), table.flag(reader, "client", true));
    if let Some((_, place)) = service.as_ref().filter(|_| !sides.has_server()) {
        reader.push(service_without_server(place.clone()));
    }
    let tests = table.placed_flag(reader, "tests");
    if let Some(place) = tests.as_ref().filter(|_| sides != Sides::Both) {
        reader.push(tests_of_one_side(place.clone()));
    }
    let copies = table.pairs(reader, "copies");
    let names = table.pairs(reader, "names");
    let types = table.pairs(reader, "types");
    let dependencies = table.dependencies(reader, "dependencies");
    let allow = table.tables(reader, "allow", "`[[api.allow]]`");
    let allow = allow.into_iter().filter_map(|table| allowance(reader, table)).collect();
    table.finish(reader);
    Some(Api {
        name: name?.0,
        spec: spec?.0,
        overlays,
        out: out?,
        service: service.map(|(folder, _)| folder),
        runtime,
        sides,
        tests: tests.is_some(),
        copies,
        names,
        types,
        dependencies,
        allow,
    })
}

fn check_name(reader: &mut Reader<'_>, (name, place): &At<String>, seen: &mut Seen) -> bool {
    if !is_crate_name(name) {
        let help = "use letters, digits, `-` and `_`, a letter first, and no keyword of Rust";
        reader.push(problem::illegal(place.clone(), format!("`{name}` cannot be a crate's name"), help));
        return false;
    }
    if let Some((_, first)) = seen.names.iter().find(|(other, _)| other == name) {
        reader.push(problem::twice(place.clone(), first.clone(), "name", name));
        return false;
    }
    seen.names.push((name.clone(), place.clone()));
    true
}

/// A folder that is written: inside of the configuration's, and not inside of another one that is.
fn check_folder(
    reader: &mut Reader<'_>,
    key: &str,
    (folder, place): At<String>,
    seen: &mut Seen,
) -> Option<String> {
    let plain = folder.trim_start_matches("./").trim_end_matches('/').to_owned();
    if !is_inside(&plain) {
        reader.push(problem::outside(place, key, &folder));
        return None;
    }
    let nested = |one: &str, other: &str| one == other || one.starts_with(&format!("{other}/"));
    let taken = seen.folders.iter().find(|(other, _)| nested(&plain, other) || nested(other, &plain));
    if let Some((_, first)) = taken {
        let first = first.clone();
        reader.push(problem::twice(place, first, "folder", &plain));
        return None;
    }
    seen.folders.push((plain.clone(), place));
    Some(plain)
}

/// A service's folder names its crate, which stands beside others.
fn check_service(
    reader: &mut Reader<'_>,
    (folder, place): (&str, &Place),
    api: Option<&String>,
    seen: &mut Seen,
) -> bool {
    let name = folder.rsplit('/').next().unwrap_or(folder);
    let is_same = |other: &str| crate_name(other) == crate_name(name);
    if !is_crate_name(name) {
        let help = "name a folder of letters, digits, `-` and `_`, a letter first, and no keyword of Rust";
        let message = format!("`{name}`, the last part of `service`, cannot be a crate's name");
        reader.push(problem::illegal(place.clone(), message, help));
        return false;
    }
    if api.is_some_and(|api| is_same(api)) || DEPENDENCIES.iter().any(|dependency| is_same(dependency)) {
        let help = "name the service's folder otherwise: the crate has its name";
        let message = format!("the service crate `{name}` has the name of a crate that it depends on");
        reader.push(problem::illegal(place.clone(), message, help));
        return false;
    }
    if let Some((_, first)) = seen.names.iter().find(|(other, _)| is_same(other)) {
        reader.push(problem::twice(place.clone(), first.clone(), "name", name));
        return false;
    }
    seen.names.push((name.to_owned(), place.clone()));
    true
}

fn runtime_of(reader: &mut Reader<'_>, mut table: Table<'_, '_>) -> Runtime {
    let place = table.place();
    let path = table.string(reader, "path");
    let git = table.string(reader, "git");
    let version = table.string(reader, "version");
    let pins = ["rev", "tag", "branch"].map(|key| table.string(reader, key).map(|(value, _)| (key, value)));
    table.finish(reader);
    let mut pins = pins.into_iter().flatten();
    let at = pins.next();
    let contradictory = pins.next().is_some() || (at.is_some() && git.is_none());
    match (path, git, version) {
        (Some((path, _)), None, None) if !contradictory => Runtime::Path(path),
        (None, Some((url, _)), None) if !contradictory => Runtime::Git { url, at },
        (None, None, Some((version, _))) if !contradictory => Runtime::Version(version),
        _ => {
            let help = "write one of `{ path = \"..\" }`, `{ version = \"..\" }`, \
                        `{ git = \"..\" }`, the last with at most one of `rev`, `tag` and `branch`";
            reader.push(problem::illegal(place, "`runtime` names no place or more than one", help));
            Runtime::default()
        }
    }
}

fn allowance(reader: &mut Reader<'_>, mut table: Table<'_, '_>) -> Option<Allowance> {
    let code = table.required(reader, "code");
    let pointer = table.required(reader, "pointer");
    let reason = table.required(reader, "reason");
    table.finish(reader);
    let code = code.and_then(|(text, place)| {
        let code = Code::parse(&text);
        if code.is_none() {
            let help = "a code looks like `SW0205` and stands in brackets in each message";
            reader.push(problem::illegal(place, format!("there is no code `{text}`"), help));
        }
        code
    });
    let pointer = pointer.and_then(|(text, place)| {
        let pointer = Pointer::parse(&text);
        if pointer.is_none() {
            let help = "a pointer looks like `#/components/schemas/Pet`";
            reader.push(problem::illegal(place, format!("`{text}` is not a pointer"), help));
        }
        pointer
    });
    Some(Allowance { code: code?, pointer: pointer?, reason: reason?.0 })
}
