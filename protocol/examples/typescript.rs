//! Writes the TypeScript types to the file named by the only argument.

fn main() -> std::io::Result<()> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "client-web/src/protocol/types.ts".into());
    std::fs::write(path, ibasho_protocol::typescript::render())
}
