//! The page and the rooms are embedded: the program is built anew when they change, also when a file is added.

fn main() {
    println!("cargo:rerun-if-changed=../client-web/dist");
    println!("cargo:rerun-if-changed=rooms");
    println!("cargo:rerun-if-changed=migrations");
}
