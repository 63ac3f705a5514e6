//! Queries of the calendar: plans, bookings, codes, themes suggested beforehand.

use std::collections::HashMap;

use ibasho_protocol::api::calendar::{CodeKind, SessionPlan};
use ibasho_protocol::ids::Millis;
use ibasho_protocol::refusal::RefusalCode;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::{Sqlite, StoreError};
use crate::calendar::{CodeHash, Failed};

/// A transaction that reads before it writes: nobody else writes in between.
const IMMEDIATE: &str = "BEGIN IMMEDIATE";

/// A plan as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlanRow {
    pub id: String,
    pub version: u32,
    pub plan: SessionPlan,
    /// When it was last changed.
    pub changed: Millis,
    /// It is over for everybody but those who booked.
    pub hidden: bool,
}

/// A booking to be made.
pub(crate) struct NewBooking {
    pub session: String,
    pub plan: String,
    pub nick: String,
    pub code: CodeHash,
    pub declared: bool,
    pub known: bool,
    /// The referral code that is used up for it.
    pub referral: Option<CodeHash>,
    pub forget: Millis,
}

/// A booking as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BookingRow {
    pub id: i64,
    pub session: String,
    pub nick: String,
    pub known: bool,
    /// Its place, from 1: the first so many have a seat.
    pub place: u32,
}

/// A code that is good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GoodCode {
    pub kind: CodeKind,
    /// A referral that was used: for which session.
    pub session: Option<String>,
}

impl Sqlite {
    /// Every plan.
    pub(crate) async fn plans(&self) -> Result<Vec<PlanRow>, StoreError> {
        let rows = sqlx::query("SELECT * FROM plans ORDER BY id").fetch_all(self.pool()).await?;
        rows.iter().map(plan_row).collect()
    }

    /// Keeps a new plan.
    pub(crate) async fn add_plan(&self, row: &PlanRow) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO plans (id, version, room, plan, changed) VALUES ($1, $2, $3, $4, $5)")
            .bind(&row.id)
            .bind(row.version)
            .bind(&row.plan.room)
            .bind(json(&row.plan)?)
            .bind(row.changed.cast_signed())
            .execute(self.pool())
            .await?;
        Ok(())
    }

    /// Keeps a changed plan, if it is still at the version that was changed.
    pub(crate) async fn change_plan(&self, row: &PlanRow, from: u32) -> Result<bool, StoreError> {
        let query = "UPDATE plans SET version = $1, room = $2, plan = $3, changed = $4 \
             WHERE id = $5 AND version = $6 AND hidden = 0";
        let done = sqlx::query(query)
            .bind(row.version)
            .bind(&row.plan.room)
            .bind(json(&row.plan)?)
            .bind(row.changed.cast_signed())
            .bind(&row.id)
            .bind(from)
            .execute(self.pool())
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Hides a plan that was given up, with its codes.
    pub(crate) async fn hide_plan(&self, id: &str) -> Result<(), StoreError> {
        let mut transaction = self.pool().begin_with(IMMEDIATE).await?;
        sqlx::query("DELETE FROM plan_codes WHERE plan = $1").bind(id).execute(&mut *transaction).await?;
        sqlx::query("UPDATE plans SET hidden = 1 WHERE id = $1").bind(id).execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// How many bookings each session has, waiting list included.
    pub(crate) async fn booked(&self) -> Result<HashMap<String, u32>, StoreError> {
        let rows = sqlx::query("SELECT session, COUNT(*) AS number FROM bookings GROUP BY session")
            .fetch_all(self.pool())
            .await?;
        rows.iter().map(|row| Ok((row.try_get("session")?, row.try_get("number")?))).collect()
    }

    /// Makes a booking. Its place is decided in one transaction, so that no seat is ever given twice.
    pub(crate) async fn book(&self, new: &NewBooking, most: u32, now: Millis) -> Result<BookingRow, Failed> {
        let mut transaction = self.pool().begin_with(IMMEDIATE).await?;
        let there: u32 = sqlx::query_scalar("SELECT COUNT(*) FROM bookings WHERE session = $1")
            .bind(&new.session)
            .fetch_one(&mut *transaction)
            .await?;
        if there >= most {
            return Err(RefusalCode::ListFull.into());
        }
        if let Some(referral) = &new.referral {
            let query = "UPDATE plan_codes SET session = $1 \
                 WHERE code = $2 AND plan = $3 AND until > $4 AND session IS NULL";
            let used = sqlx::query(query)
                .bind(&new.session)
                .bind(referral.as_slice())
                .bind(&new.plan)
                .bind(now.cast_signed())
                .execute(&mut *transaction)
                .await?;
            if used.rows_affected() == 0 {
                return Err(RefusalCode::CodeUnknown.into());
            }
        }
        let query = "INSERT INTO bookings (session, plan, nick, code, declared, known, referral, forget) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id";
        let id = sqlx::query_scalar(query)
            .bind(&new.session)
            .bind(&new.plan)
            .bind(&new.nick)
            .bind(new.code.as_slice())
            .bind(new.declared)
            .bind(new.known)
            .bind(new.referral.as_ref().map(<[u8; 32]>::as_slice))
            .bind(new.forget.cast_signed())
            .fetch_one(&mut *transaction)
            .await?;
        transaction.commit().await?;
        let NewBooking { session, nick, known, .. } = new;
        Ok(BookingRow { id, session: session.clone(), nick: nick.clone(), known: *known, place: there + 1 })
    }

    /// The booking with this code, or made with this referral code.
    pub(crate) async fn booking(&self, code: &CodeHash, now: Millis) -> Result<Option<BookingRow>, StoreError> {
        let query = "SELECT *, (SELECT COUNT(*) FROM bookings AS other \
             WHERE other.session = mine.session AND other.id <= mine.id) AS place \
             FROM bookings AS mine WHERE (code = $1 OR referral = $1) AND forget > $2";
        let row = sqlx::query(query).bind(code.as_slice()).bind(now.cast_signed()).fetch_optional(self.pool()).await?;
        row.as_ref().map(booking_row).transpose()
    }

    /// Cancels a booking: whoever is first on the waiting list has its seat from then on.
    pub(crate) async fn cancel(&self, id: i64) -> Result<bool, StoreError> {
        let mut transaction = self.pool().begin_with(IMMEDIATE).await?;
        let gone = sqlx::query("DELETE FROM bookings WHERE id = $1 RETURNING referral")
            .bind(id)
            .fetch_optional(&mut *transaction)
            .await?;
        let Some(gone) = gone else { return Ok(false) };
        sqlx::query("UPDATE plan_codes SET session = NULL WHERE code = $1")
            .bind(gone.try_get::<Option<Vec<u8>>, _>("referral")?)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Keeps codes, unless the plan would have more than `most` that are good.
    pub(crate) async fn add_codes(
        &self,
        plan: &str,
        kind: CodeKind,
        codes: &[CodeHash],
        until: Millis,
        (now, most): (Millis, usize),
    ) -> Result<(), Failed> {
        let mut transaction = self.pool().begin_with(IMMEDIATE).await?;
        let there: u32 = sqlx::query_scalar("SELECT COUNT(*) FROM plan_codes WHERE plan = $1 AND until > $2")
            .bind(plan)
            .bind(now.cast_signed())
            .fetch_one(&mut *transaction)
            .await?;
        if there as usize + codes.len() > most {
            return Err(RefusalCode::ListFull.into());
        }
        for code in codes {
            sqlx::query("INSERT INTO plan_codes (code, plan, kind, until) VALUES ($1, $2, $3, $4)")
                .bind(code.as_slice())
                .bind(plan)
                .bind(kind_name(kind))
                .bind(until.cast_signed())
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// The code, if it is good for this plan at this time.
    pub(crate) async fn good_code(
        &self,
        code: &CodeHash,
        plan: &str,
        now: Millis,
    ) -> Result<Option<GoodCode>, StoreError> {
        let row = sqlx::query("SELECT kind, session FROM plan_codes WHERE code = $1 AND plan = $2 AND until > $3")
            .bind(code.as_slice())
            .bind(plan)
            .bind(now.cast_signed())
            .fetch_optional(self.pool())
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(GoodCode { kind: kind_named(row.try_get("kind")?)?, session: row.try_get("session")? }))
    }

    /// Uses a referral at the door of a session. False if it was used for another one.
    pub(crate) async fn use_referral(&self, code: &CodeHash, session: &str) -> Result<bool, StoreError> {
        let query = "UPDATE plan_codes SET session = $1 WHERE code = $2 AND (session IS NULL OR session = $1)";
        let done = sqlx::query(query).bind(session).bind(code.as_slice()).execute(self.pool()).await?;
        Ok(done.rows_affected() == 1)
    }

    /// Keeps a suggested theme. The same words twice are one suggestion.
    pub(crate) async fn add_theme(&self, session: &str, text: &str, forget: Millis, most: usize) -> Result<(), Failed> {
        let mut transaction = self.pool().begin_with(IMMEDIATE).await?;
        let there: u32 = sqlx::query_scalar("SELECT COUNT(*) FROM plan_themes WHERE session = $1")
            .bind(session)
            .fetch_one(&mut *transaction)
            .await?;
        if there as usize >= most {
            return Err(RefusalCode::ListFull.into());
        }
        let query = "INSERT INTO plan_themes (session, text, forget) VALUES ($1, $2, $3) \
             ON CONFLICT (session, text) DO NOTHING";
        sqlx::query(query).bind(session).bind(text).bind(forget.cast_signed()).execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The themes suggested for a session, the oldest first.
    pub(crate) async fn themes(&self, session: &str) -> Result<Vec<String>, StoreError> {
        let query = "SELECT text FROM plan_themes WHERE session = $1 ORDER BY id";
        Ok(sqlx::query_scalar(query).bind(session).fetch_all(self.pool()).await?)
    }

    /// Deletes what has had its time: bookings, themes, codes, and hidden plans that nobody booked. How many rows.
    pub(crate) async fn calendar_over(&self, now: Millis) -> Result<u64, StoreError> {
        let mut gone = 0;
        let mut transaction = self.pool().begin_with(IMMEDIATE).await?;
        for query in [
            "DELETE FROM bookings WHERE forget <= $1",
            "DELETE FROM plan_themes WHERE forget <= $1",
            "DELETE FROM plan_codes WHERE until <= $1",
        ] {
            gone += sqlx::query(query).bind(now.cast_signed()).execute(&mut *transaction).await?.rows_affected();
        }
        sqlx::query("DELETE FROM plans WHERE hidden = 1 AND id NOT IN (SELECT plan FROM bookings)")
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(gone)
    }
}

fn plan_row(row: &SqliteRow) -> Result<PlanRow, StoreError> {
    let plan = serde_json::from_str(row.try_get("plan")?).map_err(|error| StoreError(format!("a plan: {error}")))?;
    Ok(PlanRow {
        id: row.try_get("id")?,
        version: row.try_get("version")?,
        plan,
        changed: row.try_get::<i64, _>("changed")?.cast_unsigned(),
        hidden: row.try_get("hidden")?,
    })
}

fn booking_row(row: &SqliteRow) -> Result<BookingRow, StoreError> {
    Ok(BookingRow {
        id: row.try_get("id")?,
        session: row.try_get("session")?,
        nick: row.try_get("nick")?,
        known: row.try_get("known")?,
        place: row.try_get("place")?,
    })
}

fn json(plan: &SessionPlan) -> Result<String, StoreError> {
    serde_json::to_string(plan).map_err(|error| StoreError(error.to_string()))
}

fn kind_name(kind: CodeKind) -> &'static str {
    match kind {
        CodeKind::Invitation => "invitation",
        CodeKind::Referral => "referral",
    }
}

fn kind_named(name: &str) -> Result<CodeKind, StoreError> {
    [CodeKind::Invitation, CodeKind::Referral]
        .into_iter()
        .find(|&kind| kind_name(kind) == name)
        .ok_or_else(|| StoreError("a kind of code is unknown".into()))
}
