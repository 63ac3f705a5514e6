//! The TypeScript types in `client-web` are those of this crate.

#[test]
fn the_types_of_the_page_are_fresh() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../client-web/src/protocol/types.ts");
    let written = std::fs::read_to_string(path).expect("the page's types exist");
    assert!(written == ibasho_protocol::typescript::render(), "stale types: run `make types`");
}
