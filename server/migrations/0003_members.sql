-- Who comes back as the same person, the suggestion box, and what is counted of a session.

-- A person with a return phrase. Nothing tells when they came, where, or how often.
CREATE TABLE members (
    -- Random.
    id       INTEGER PRIMARY KEY,
    -- Argon2id of the phrase, salted with the secret of this installation; without salts of their own, so that a
    -- phrase alone finds its owner.
    phrase   BLOB    NOT NULL UNIQUE,
    -- The month in which they were last seen, YYYY-MM: enough to forget them after two years.
    seen     TEXT    NOT NULL,
    -- They came to a session at least once.
    known    INTEGER NOT NULL DEFAULT 0 CHECK (known IN (0, 1)),
    -- While the first session they came to goes on: its id, so that whoever leaves and returns in it is still counted
    -- as here for the first time. NULL when it is over.
    first_in TEXT
) STRICT;

CREATE INDEX members_first_in ON members (first_in) WHERE first_in IS NOT NULL;

-- Secrets of this installation. In here and not in a file of their own, so that one file is a whole backup.
CREATE TABLE secrets (
    name  TEXT PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;

-- The suggestion box. The day and not the hour, and nobody's name. Numbers are random: their order would tell which of
-- two notes of one day came first.
CREATE TABLE box_notes (
    id   INTEGER PRIMARY KEY,
    room TEXT    NOT NULL,
    day  TEXT    NOT NULL,
    text TEXT    NOT NULL
) STRICT;

CREATE INDEX box_notes_by_room ON box_notes (room, day);

-- What is counted of a session that is over. Whoever shows it hides small groups.
CREATE TABLE counts (
    session TEXT    PRIMARY KEY,
    room    TEXT    NOT NULL,
    day     TEXT    NOT NULL,
    name    TEXT    NOT NULL,
    came    INTEGER NOT NULL,
    watched INTEGER NOT NULL,
    reacted INTEGER NOT NULL,
    wrote   INTEGER NOT NULL,
    first   INTEGER NOT NULL,
    again   INTEGER NOT NULL,
    minutes INTEGER NOT NULL
) STRICT;

CREATE INDEX counts_by_day ON counts (day, room);
