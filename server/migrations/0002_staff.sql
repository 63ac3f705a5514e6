-- Staff: who they are, how they sign in, and which logins are alive. Tokens are kept as SHA-256 only (they have 256
-- random bits, so there is nothing to guess); passphrases as argon2id.
CREATE TABLE staff (
    id         TEXT PRIMARY KEY,
    name       TEXT    NOT NULL,
    -- What names that look alike have in common: one of a kind.
    skeleton   TEXT    NOT NULL UNIQUE,
    role       TEXT    NOT NULL,
    -- Only these rooms (a JSON list); empty for all.
    rooms      TEXT    NOT NULL,
    -- argon2id in the PHC format.
    passphrase TEXT,
    -- The shared secret of an authenticator app. It must be known to compute codes, so it cannot be hashed.
    totp       BLOB,
    -- The time step of the last code that was used: no code counts twice.
    totp_step  INTEGER NOT NULL,
    made       INTEGER NOT NULL,
    -- The day of the last sign-in.
    seen       INTEGER
) STRICT;

CREATE TABLE staff_passkeys (
    credential BLOB PRIMARY KEY,
    account    TEXT    NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    -- The public key and its counter, as JSON.
    passkey    TEXT    NOT NULL,
    made       INTEGER NOT NULL
) STRICT;

CREATE INDEX staff_passkeys_by_account ON staff_passkeys (account);

-- A person at the municipality's sign-in, by issuer and subject.
CREATE TABLE staff_identities (
    issuer  TEXT    NOT NULL,
    subject TEXT    NOT NULL,
    account TEXT    NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    -- 1: the role follows what the sign-in says; 0: it came by invitation.
    mapped  INTEGER NOT NULL,
    PRIMARY KEY (issuer, subject)
) STRICT;

CREATE INDEX staff_identities_by_account ON staff_identities (account);

-- Open invitations. A row is gone when it is accepted, taken back or over.
CREATE TABLE staff_invitations (
    id    TEXT PRIMARY KEY,
    token BLOB    NOT NULL UNIQUE,
    role  TEXT    NOT NULL,
    rooms TEXT    NOT NULL,
    until INTEGER NOT NULL,
    -- Who invites; absent: the command line.
    host  TEXT REFERENCES staff (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE staff_logins (
    id      TEXT PRIMARY KEY,
    token   BLOB    NOT NULL UNIQUE,
    account TEXT    NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    way     TEXT    NOT NULL,
    since   INTEGER NOT NULL,
    used    INTEGER NOT NULL
) STRICT;

CREATE INDEX staff_logins_by_account ON staff_logins (account);

-- What rooms must be told: somebody lost a login, an account or a role. Written together with the change itself, by
-- the server or by the command line beside it; the server passes it on at once, and again after a restart.
CREATE TABLE staff_revocations (
    number  INTEGER PRIMARY KEY,
    account TEXT    NOT NULL,
    -- Absent: every login of the account.
    login   TEXT,
    -- What they are from now on; absent: nothing.
    role    TEXT,
    rooms   TEXT    NOT NULL,
    made    INTEGER NOT NULL
) STRICT;
