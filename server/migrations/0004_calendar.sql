-- What staff plan. A plan with bookings is not deleted but hidden, until the last of them is forgotten.
CREATE TABLE plans (
    id      TEXT PRIMARY KEY,
    -- Grows with each change: who changes an older one is told so.
    version INTEGER NOT NULL,
    room    TEXT    NOT NULL,
    -- The plan as JSON.
    plan    TEXT    NOT NULL,
    -- When it was last changed.
    changed INTEGER NOT NULL,
    hidden  INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Seats booked for a session, and the waiting list behind them: the first so many (by number) have a seat, whoever
-- comes after waits. When somebody cancels, the next has moved up at that very moment, without a change of any row.
-- AUTOINCREMENT: a number is never used again, since rooms remember who has come.
CREATE TABLE bookings (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    session TEXT    NOT NULL,
    plan    TEXT    NOT NULL,
    nick    TEXT    NOT NULL,
    -- argon2id of the code, salted with a secret of this installation.
    code    BLOB    NOT NULL UNIQUE,
    -- They said that what the session asks for is true.
    declared INTEGER NOT NULL,
    -- They were met before or referred.
    known   INTEGER NOT NULL,
    -- The referral code that was used up for it; it is good again when the booking is cancelled.
    referral BLOB,
    -- When it is forgotten.
    forget  INTEGER NOT NULL
) STRICT;

CREATE INDEX bookings_by_session ON bookings (session, id);
CREATE INDEX bookings_by_plan ON bookings (plan);
CREATE INDEX bookings_by_forget ON bookings (forget);

-- Codes that staff give out.
CREATE TABLE plan_codes (
    code    BLOB PRIMARY KEY,
    plan    TEXT    NOT NULL,
    kind    TEXT    NOT NULL,
    until   INTEGER NOT NULL,
    -- A referral is for one person: the session it was used for.
    session TEXT
) STRICT;

CREATE INDEX plan_codes_by_plan ON plan_codes (plan);

-- Themes suggested beforehand. Nobody is told whose they are, and nothing here could tell.
CREATE TABLE plan_themes (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    session TEXT    NOT NULL,
    text    TEXT    NOT NULL,
    forget  INTEGER NOT NULL,
    UNIQUE (session, text)
) STRICT;
