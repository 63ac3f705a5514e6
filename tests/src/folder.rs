//! Looks for bytes in a folder: what must not be kept must be in none of its files.

use std::fs;
use std::path::Path;

/// The files of a folder in which these bytes are.
///
/// # Panics
/// The folder is not there.
pub fn found(folder: &Path, bytes: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        // A log of the store may go away meanwhile.
        let content = fs::read(&path).unwrap_or_default();
        if content.windows(bytes.len()).any(|window| window == bytes) {
            names.push(path.display().to_string());
        }
    }
    names
}
