//! What the program is built from: licences that let everybody use it, the two public registries as the only sources,
//! and one version of what must not be there twice.
//!
//! Advisories are not checked here: their database is no package of a registry, and the tests must run without any
//! other network. `cargo audit` and `npm audit` do that where it can be reached.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use spdx::{Expression, ParseMode};

/// Licences without a condition on our own code. MPL-2.0 and the like ask something only of changes to themselves.
const ALLOWED: [&str; 14] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];
/// What must be there once: two of them would not understand each other's types, or double what the program carries.
const ONCE: [&str; 14] = [
    "axum",
    "bevy_ecs",
    "bytes",
    "chrono",
    "http",
    "hyper",
    "rusqlite",
    "rustls",
    "serde",
    "sqlx",
    "tokio",
    "tokio-tungstenite",
    "tracing",
    "tungstenite",
];
/// The only source of crates.
const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Whether one may use something under this licence.
fn allowed(licence: &str) -> bool {
    // Older crates write `MIT/Apache-2.0`.
    let expression = Expression::parse_mode(licence, ParseMode::LAX);
    let fits = |name: &str| ALLOWED.contains(&name);
    expression.is_ok_and(|expression| {
        expression.evaluate(|requirement| requirement.license.id().is_some_and(|id| fits(id.name)))
    })
}

#[test]
fn crates_come_from_crates_io_under_free_licences() {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let ours: BTreeSet<&str> = list(&metadata["workspace_members"]).filter_map(Value::as_str).collect();
    let (mut faults, mut seen) = (Vec::new(), 0);
    for package in list(&metadata["packages"]) {
        let text = |key: &str| package[key].as_str().unwrap_or_default();
        let name = format!("{} {}", text("name"), text("version"));
        seen += 1;
        if !ours.contains(text("id")) && text("source") != CRATES_IO {
            faults.push(format!("{name} comes from {:?}", text("source")));
        }
        if !allowed(text("license")) {
            faults.push(format!("{name} is under {:?}", text("license")));
        }
    }
    for once in ONCE {
        let versions: Vec<&str> = list(&metadata["packages"])
            .filter(|package| package["name"] == once)
            .filter_map(|package| package["version"].as_str())
            .collect();
        if versions.len() > 1 {
            faults.push(format!("{once} is there more than once: {versions:?}"));
        }
    }
    assert!(seen > 100, "cargo told everything");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn packages_of_the_page_come_from_the_registry_under_free_licences() {
    for folder in ["client-web", "tests/browser"] {
        let lock = std::fs::read_to_string(root().join(folder).join("package-lock.json")).expect("a lock file");
        let lock: Value = serde_json::from_str(&lock).expect("JSON");
        let packages = lock["packages"].as_object().expect("packages");
        assert!(packages.len() > 1, "{folder}");
        for (path, package) in packages.iter().filter(|(path, _)| !path.is_empty()) {
            let licence = package["license"].as_str().unwrap_or_default();
            assert!(allowed(licence), "{folder}: {path} is under {licence:?}");
            // No address: then npm asks the registry that this machine is set up for, and the hash says what it must be.
            assert!(package.get("resolved").is_none(), "{folder}: {path} names an address");
            assert!(package.get("link").is_none(), "{folder}: {path} is no package");
            let hash = package["integrity"].as_str().unwrap_or_default();
            assert!(hash.starts_with("sha512-"), "{folder}: {path} has no hash");
        }
    }
}

#[test]
fn licences_are_read_as_they_are_meant() {
    for good in ["MIT", "MIT/Apache-2.0", "GPL-3.0-only OR MIT", "(Apache-2.0 OR MIT) AND Unicode-3.0"] {
        assert!(allowed(good), "{good}");
    }
    for bad in ["", "GPL-3.0-only", "MIT AND AGPL-3.0-only", "Proprietary", "BUSL-1.1", "SSPL-1.0"] {
        assert!(!allowed(bad), "{bad}");
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}
