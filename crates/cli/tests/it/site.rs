//! A folder to run the command in.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

pub(crate) const SHOP: &str = include_str!("../../../codegen/tests/it/cases/shop.yaml");

pub(crate) const CONFIG: &str = "\
[[api]]
name = \"shop\"
spec = \"shop.yaml\"
out = \"generated/shop\"
runtime = { path = \"runtime\" }
";

/// A folder with a contract and a configuration.
pub(crate) struct Site {
    root: TempDir,
}

/// How a run ended.
pub(crate) struct Ended {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Site {
    pub fn new() -> Self {
        let site = Self { root: TempDir::new().unwrap() };
        site.write("shop.yaml", SHOP);
        site.write("specwright.toml", CONFIG);
        site
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub fn run(&self, arguments: &[&str]) -> Ended {
        self.run_with(arguments, &[])
    }

    /// Runs with these variables in its environment.
    pub fn run_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Ended {
        let mut command = Command::new(env!("CARGO_BIN_EXE_specwright"));
        command.args(arguments).envs(variables.iter().copied()).current_dir(self.root.path());
        let output = command.output().unwrap();
        Ended {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs and expects an exit code.
    pub fn expect(&self, code: i32, arguments: &[&str]) -> Ended {
        let ended = self.run(arguments);
        assert_eq!(ended.code, code, "{arguments:?}\n{}\n{}", ended.stdout, ended.stderr);
        ended
    }
}
