-- What other systems are told. A row is written in the same transaction as what it tells of, and is gone when everybody
-- has been told. Ids and codes only: nothing that people wrote, no nickname, no address.
-- AUTOINCREMENT: a number is never used again, since the order of what happened is the order of the numbers.
CREATE TABLE outbox (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    -- The `webhook-id`.
    id       TEXT    NOT NULL UNIQUE,
    kind     TEXT    NOT NULL,
    -- What it happened to: about one subject, everything is told in order.
    subject  TEXT    NOT NULL,
    -- How many things were told about the subject, this one included.
    sequence INTEGER NOT NULL,
    -- The data as JSON.
    data     TEXT    NOT NULL,
    made     INTEGER NOT NULL,
    -- 1: there is a delivery for each webhook that wants it.
    spread   INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX outbox_to_spread ON outbox (number) WHERE spread = 0;
CREATE INDEX outbox_by_made ON outbox (made);

-- How many things were told about a subject.
CREATE TABLE outbox_subjects (
    subject TEXT PRIMARY KEY,
    last    INTEGER NOT NULL,
    used    INTEGER NOT NULL
) STRICT;

-- An event on its way to one webhook.
CREATE TABLE deliveries (
    webhook TEXT    NOT NULL,
    number  INTEGER NOT NULL REFERENCES outbox (number) ON DELETE CASCADE,
    subject TEXT    NOT NULL,
    tries   INTEGER NOT NULL DEFAULT 0,
    due     INTEGER NOT NULL,
    -- 1: a dead letter. It is told again when somebody asks for it.
    dead    INTEGER NOT NULL DEFAULT 0,
    -- Why the last attempt failed.
    trouble TEXT,
    PRIMARY KEY (webhook, number)
) STRICT;

CREATE INDEX deliveries_by_due ON deliveries (webhook, dead, due);
CREATE INDEX deliveries_by_subject ON deliveries (webhook, subject, dead, number);
CREATE INDEX deliveries_by_number ON deliveries (number);

-- How a webhook is doing.
CREATE TABLE webhook_states (
    webhook  TEXT PRIMARY KEY,
    -- 1: it said that it is gone for good.
    disabled INTEGER NOT NULL,
    -- It asked to be left alone until then.
    paused   INTEGER NOT NULL,
    -- Failures in a row.
    failures INTEGER NOT NULL,
    -- When it last took something.
    told     INTEGER,
    -- Why the last attempt failed, if it did.
    trouble  TEXT
) STRICT;
