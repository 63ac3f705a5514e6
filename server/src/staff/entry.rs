//! Logins: how they begin, how long they last, and how they end.

use ibasho_protocol::api::staff::{LoginWay, Me, SignIn, SignInWays};
use ibasho_protocol::ids::Millis;
use ibasho_protocol::refusal::RefusalCode;
use sqlx::SqliteConnection;

use super::{fresh_id, people};
use crate::Surroundings;
use crate::dice::Dice;
use crate::http::answer::Refused;
use crate::secret::Token;
use crate::store::StoreError;
use crate::store::staff::accounts::{self, Account};
use crate::store::staff::logins::{self, Login};
use crate::store::staff::revocations::{self, Revocation};
use crate::store::staff::{begin, passkeys};

/// A login that is not used for so long ends, in milliseconds: longer than a working day, shorter than a night and a
/// morning, so that a forgotten device in an office is closed the next day.
pub(crate) const IDLE_MS: Millis = 12 * 60 * 60_000;
/// A login ends after so long in any case, in milliseconds: who comes every day signs in twice a month.
pub(crate) const ABSOLUTE_MS: Millis = 14 * 24 * 60 * 60_000;
/// How often it is written down that a login is used, in milliseconds: each request would be a write.
const TOUCH_MS: Millis = 10 * 60_000;
/// Most logins of one account: several devices, and some forgotten. The oldest ends.
const LOGINS_EACH: usize = 20;
/// When somebody last signed in is kept to the day: nobody's hours are watched.
const DAY_MS: Millis = 24 * 60 * 60_000;

/// Begins a login for an account.
pub(crate) async fn begin_login(
    db: &mut SqliteConnection,
    account: &Account,
    way: LoginWay,
    dice: &Dice,
    now: Millis,
) -> Result<(Login, Token), StoreError> {
    for oldest in logins::of(db, &account.id).await?.iter().skip(LOGINS_EACH - 1) {
        end(db, oldest, now).await?;
    }
    let token = Token::draw(dice);
    let login = Login { id: fresh_id(dice), account: account.id.clone(), way, since: now, used: now };
    logins::add(db, &login, token.hash()).await?;
    accounts::set_seen(db, &account.id, now / DAY_MS * DAY_MS).await?;
    Ok((login, token))
}

/// Ends a login. Rooms are told once the transaction is through.
pub(crate) async fn end(db: &mut SqliteConnection, login: &Login, now: Millis) -> Result<(), StoreError> {
    logins::remove(db, &login.id).await?;
    let revocation =
        Revocation { account: login.account.clone(), login: Some(login.id.clone()), role: None, rooms: Vec::new() };
    revocations::add(db, &revocation, now).await
}

/// Whose login this token is, if it is alive.
pub(crate) async fn recognise(around: &Surroundings, token: Token) -> Result<Option<(Account, Login)>, StoreError> {
    let now = around.clock.now();
    let mut db = around.store.pool().acquire().await?;
    let login = logins::by_token(&mut db, token.hash()).await?.filter(|login| is_alive(login, now));
    let Some(login) = login else { return Ok(None) };
    if now >= login.used + TOUCH_MS {
        logins::touch(&mut db, &login.id, now).await?;
    }
    Ok(accounts::by_id(&mut db, &login.account).await?.map(|account| (account, login)))
}

/// Whose login this is, if it is alive. That somebody listens is no use of it.
pub(crate) async fn holder(around: &Surroundings, login: &str) -> Result<Option<Account>, StoreError> {
    let now = around.clock.now();
    let mut db = around.store.pool().acquire().await?;
    let login = logins::by_id(&mut db, login).await?.filter(|login| is_alive(login, now));
    let Some(login) = login else { return Ok(None) };
    accounts::by_id(&mut db, &login.account).await
}

fn is_alive(login: &Login, now: Millis) -> bool {
    now < login.since + ABSOLUTE_MS && now < login.used + IDLE_MS
}

/// Ends what has lasted long enough.
pub(crate) async fn sweep(db: &mut SqliteConnection, now: Millis) -> Result<(), StoreError> {
    for login in logins::over(db, now.saturating_sub(ABSOLUTE_MS), now.saturating_sub(IDLE_MS)).await? {
        end(db, &login, now).await?;
    }
    Ok(())
}

/// Who one is.
pub(crate) async fn me(db: &mut SqliteConnection, account: &Account, login: &Login) -> Result<Me, StoreError> {
    let passkeys = passkeys::of(db, &account.id).await?.len();
    Ok(Me {
        id: account.id.clone(),
        name: account.name.clone(),
        role: account.role,
        rooms: account.rooms.clone(),
        ways: SignInWays {
            passkeys: u8::try_from(passkeys).unwrap_or(u8::MAX),
            passphrase: account.passphrase.is_some(),
            totp: account.totp.is_some(),
            oidc: passkeys::is_linked(db, &account.id).await?,
        },
        login: login.id.clone(),
    })
}

/// Signs in with a passphrase.
pub(crate) async fn with_passphrase(around: &Surroundings, said: SignIn) -> Result<(Me, Token), Refused> {
    let (staff, now) = (&around.staff, around.clock.now());
    // A name that nobody can have is tried like any other: it must not answer sooner.
    let skeleton = people::skeleton(&said.name).unwrap_or_default();
    staff.slow.attempt(&skeleton, now)?;
    let found = accounts::by_skeleton(&mut *around.store.pool().acquire().await?, &skeleton).await?;
    let kept = found.as_ref().and_then(|account| account.passphrase.as_deref());
    let right = staff.passphrases.is_right(kept, &said.passphrase).await.inspect_err(|_| staff.slow.undo(&skeleton))?;
    let account = found.filter(|_| right).ok_or(RefusalCode::SigninFailed)?;
    let mut db = begin(around.store.pool()).await?;
    // While the passphrase was stretched, the account may have changed.
    let account = accounts::by_id(&mut db, &account.id)
        .await?
        .filter(|again| again.passphrase == account.passphrase)
        .ok_or(RefusalCode::SigninFailed)?;
    if let Some(secret) = &account.totp {
        let code = said.code.ok_or(RefusalCode::SigninCode).inspect_err(|_| staff.slow.undo(&skeleton))?;
        let step = super::totp::step(secret, &code, now).ok_or(RefusalCode::SigninFailed)?;
        if !accounts::use_step(&mut db, &account.id, step).await? {
            return Err(RefusalCode::SigninFailed.into());
        }
    }
    let (login, token) = begin_login(&mut db, &account, LoginWay::Passphrase, &around.dice, now).await?;
    let me = me(&mut db, &account, &login).await?;
    db.commit().await?;
    staff.slow.right(&skeleton);
    around.staff.bell.notify_one();
    Ok((me, token))
}
