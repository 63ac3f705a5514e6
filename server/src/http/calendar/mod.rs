//! The calendar over HTTP: what everybody may see, booking, and what staff plan.

mod bookings;
mod embed;
mod feed;
mod sessions;
mod staff;

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Surroundings;

/// What everybody may see, on any page.
pub fn shared() -> OpenApiRouter<Arc<Surroundings>> {
    OpenApiRouter::new()
        .routes(routes!(sessions::list))
        .routes(routes!(sessions::one))
        .routes(routes!(feed::feed))
        .routes(routes!(embed::embed))
}

/// What people do.
pub fn bookings() -> OpenApiRouter<Arc<Surroundings>> {
    OpenApiRouter::new()
        .routes(routes!(bookings::book))
        .routes(routes!(bookings::show))
        .routes(routes!(bookings::cancel))
        .routes(routes!(bookings::suggest))
}

pub use staff::routes as staff;
