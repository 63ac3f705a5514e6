//! Why the office refused, as everybody is told.

use ibasho_moderation::desk::DeskRefusal;
use ibasho_protocol::refusal::{Refusal, RefusalCode};

use crate::desk::{OfficeError, refusal_code};
use crate::http::answer::Refused;

impl From<OfficeError> for Refused {
    fn from(error: OfficeError) -> Self {
        let OfficeError::Refused(refusal) = error else {
            tracing::error!(%error, "the office did not do it");
            return RefusalCode::Busy.into();
        };
        // More than a room tells: a console shows who was quicker, and loads what has changed.
        let code = match refusal {
            DeskRefusal::AlreadyHandled { .. } => RefusalCode::AlreadyHandled,
            DeskRefusal::Stale { .. } => RefusalCode::Stale,
            DeskRefusal::Involved => RefusalCode::AboutYou,
            DeskRefusal::NeverAnOffence => RefusalCode::NeverAnOffence,
            DeskRefusal::Harsher => RefusalCode::Harsher,
            DeskRefusal::OtherKind => RefusalCode::ValueOutOfRange,
            DeskRefusal::Over => RefusalCode::Over,
            other => refusal_code(other),
        };
        let (by, version) = match refusal {
            DeskRefusal::AlreadyHandled { by } => (by, None),
            DeskRefusal::Stale { version } => (None, Some(version.into())),
            _ => (None, None),
        };
        Self(Refusal { by, version, ..Refusal::new(code) })
    }
}
