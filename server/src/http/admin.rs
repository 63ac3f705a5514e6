//! For the operator's tools, on a listener of its own.

use std::sync::Arc;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;

use crate::Surroundings;

/// `/metrics` in the Prometheus text format, and the two health checks.
pub fn routes(around: &Arc<Surroundings>) -> Router {
    let metrics = around.metrics.clone();
    let render = move || {
        let text = metrics.render();
        async move { ([(CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text) }
    };
    Router::new().route("/metrics", get(render)).route("/healthz", get(|| async { "ok\n" }))
}
