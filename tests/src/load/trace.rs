//! What a server sent, as far as the floor has to send the same: when, to whom, how many bytes.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;

/// One frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    /// Milliseconds since the beginning.
    pub at: u32,
    /// The connection.
    pub conn: u32,
    /// Bytes on the wire, header included.
    pub size: u32,
}

/// Writes a trace, in order of time.
pub fn write(path: &Path, trace: &mut [Sent]) -> io::Result<()> {
    trace.sort_by_key(|sent| (sent.at, sent.conn));
    let mut out = BufWriter::new(File::create(path)?);
    for sent in trace {
        for number in [sent.at, sent.conn, sent.size] {
            out.write_all(&number.to_le_bytes())?;
        }
    }
    out.flush()
}

/// Reads a trace.
pub fn read(path: &Path) -> io::Result<Vec<Sent>> {
    let mut bytes = Vec::new();
    BufReader::new(File::open(path)?).read_to_end(&mut bytes)?;
    let number = |bytes: &[u8]| bytes.try_into().map(u32::from_le_bytes).unwrap_or_default();
    Ok(bytes
        .chunks_exact(12)
        .map(|row| Sent { at: number(&row[..4]), conn: number(&row[4..8]), size: number(&row[8..]) })
        .collect())
}
