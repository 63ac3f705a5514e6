//! The page, as built by `client-web` and embedded into the program; compressed beside each file at build time.

use axum::extract::Request;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

/// `client-web/dist`. In a debug build it is read from disk at each request.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../client-web/dist"]
#[allow_missing = true]
struct Page;

/// Shown when the program was built without the page.
const NOT_BUILT: &str = "The page is not built into this program. Build it first, then the server:\n\n    \
    npm --prefix client-web ci && npm --prefix client-web run build && cargo build -p ibasho-server\n\n\
    or simply: make run\n";

/// Whether the page is there.
pub fn is_built() -> bool {
    Page::get("index.html").is_some()
}

/// Serves a file of the page; `/` is its entrance, `/staff` the page of the staff.
pub async fn serve(request: Request) -> Response {
    let path = match request.uri().path().trim_start_matches('/') {
        "" => "index.html",
        "staff" => "staff.html",
        path => path,
    };
    if Page::get(path).is_none() {
        let missing = if is_built() {
            (StatusCode::NOT_FOUND, "not found\n")
        } else {
            (StatusCode::SERVICE_UNAVAILABLE, NOT_BUILT)
        };
        return missing.into_response();
    }
    file(path, request.headers()).unwrap_or_else(|| StatusCode::NOT_FOUND.into_response())
}

fn file(path: &str, asked: &HeaderMap) -> Option<Response> {
    let accepted = asked.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let accepts = |name: &str| accepted.split(',').any(|part| part.trim().split(';').next() == Some(name));
    let packed = [("br", "br"), ("gz", "gzip")].into_iter().find_map(|(extension, name)| {
        accepts(name).then(|| Page::get(&format!("{path}.{extension}"))).flatten().map(|file| (file, Some(name)))
    });
    let (file, encoding) = packed.or_else(|| Page::get(path).map(|file| (file, None)))?;
    let mut headers = HeaderMap::new();
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    headers.insert(CONTENT_TYPE, HeaderValue::from_str(kind.as_ref()).ok()?);
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(name) = encoding {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    // Files with a hash in their name never change; the entrance is asked for again each time.
    let hashed = path.starts_with("assets/");
    let cache = if hashed { "public, max-age=31536000, immutable" } else { "no-cache" };
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    let tag = file.metadata.sha256_hash()[..12].iter().fold(String::new(), |tag, byte| format!("{tag}{byte:02x}"));
    let tag = HeaderValue::from_str(&format!("\"{tag}\"")).ok()?;
    let known = asked.get(IF_NONE_MATCH) == Some(&tag);
    headers.insert(ETAG, tag);
    if known {
        return Some((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    Some((headers, file.data.into_owned()).into_response())
}
