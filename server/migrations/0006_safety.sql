-- What staff did. Only appended to: each entry is bound to the one before by its hash, and the end is signed
-- (`moderation::audit`). The triggers keep us from mistakes; whoever takes them away is found by the hashes.
CREATE TABLE audit_entries (
    seq   INTEGER PRIMARY KEY,
    -- The entry in its canonical form: codes and pseudonyms, nothing that people wrote.
    entry TEXT NOT NULL,
    -- SHA-256 of the hash before and the entry.
    hash  BLOB NOT NULL
) STRICT;

CREATE TABLE audit_heads (
    -- The last entry that is covered.
    seq       INTEGER PRIMARY KEY,
    hash      BLOB    NOT NULL,
    at        INTEGER NOT NULL,
    -- Ed25519: who signed, and the signature.
    key       BLOB    NOT NULL,
    signature BLOB    NOT NULL
) STRICT;

CREATE TRIGGER audit_entries_stay BEFORE DELETE ON audit_entries
    BEGIN SELECT RAISE(ABORT, 'the audit is only appended to'); END;
CREATE TRIGGER audit_entries_are_final BEFORE UPDATE ON audit_entries
    BEGIN SELECT RAISE(ABORT, 'the audit is only appended to'); END;
-- Also against INSERT OR REPLACE, which asks no trigger before it deletes.
CREATE TRIGGER audit_entries_follow BEFORE INSERT ON audit_entries
    WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM audit_entries)
    BEGIN SELECT RAISE(ABORT, 'the audit is only appended to'); END;
CREATE TRIGGER audit_heads_stay BEFORE DELETE ON audit_heads
    BEGIN SELECT RAISE(ABORT, 'the audit is only appended to'); END;
CREATE TRIGGER audit_heads_are_final BEFORE UPDATE ON audit_heads
    BEGIN SELECT RAISE(ABORT, 'the audit is only appended to'); END;
CREATE TRIGGER audit_heads_follow BEFORE INSERT ON audit_heads
    WHEN NEW.seq <= (SELECT COALESCE(MAX(seq), 0) FROM audit_heads)
    BEGIN SELECT RAISE(ABORT, 'the audit is only appended to'); END;

-- Personal data that entries commit to (SHA-256 of salt and value). Erased when its time is over or a person asks; the
-- entries stay as they are.
CREATE TABLE audit_personal (
    commitment BLOB PRIMARY KEY,
    -- What it is, as a code.
    kind       TEXT    NOT NULL,
    -- Whose it is.
    person     INTEGER,
    salt       BLOB    NOT NULL,
    value      TEXT    NOT NULL,
    keep_until INTEGER NOT NULL
) STRICT;

CREATE INDEX audit_personal_by_person ON audit_personal (person);
CREATE INDEX audit_personal_by_end ON audit_personal (keep_until);

-- What was said around a message that somebody reported, sealed (AES-256-GCM), each piece under a key of its own.
CREATE TABLE evidence (
    -- Random.
    id         INTEGER PRIMARY KEY,
    case_id    INTEGER NOT NULL,
    -- Nonce, what was sealed, tag.
    sealed     BLOB    NOT NULL,
    keep_until INTEGER NOT NULL,
    -- Why it is kept for longer, as a code; NULL: it is not.
    hold       TEXT
) STRICT;

CREATE INDEX evidence_by_case ON evidence (case_id);
CREATE INDEX evidence_by_end ON evidence (keep_until);

-- The keys. With its key a piece is gone, wherever a copy of it may be.
CREATE TABLE evidence_keys (
    evidence INTEGER PRIMARY KEY REFERENCES evidence (id) ON DELETE CASCADE,
    key      BLOB NOT NULL
) STRICT;

-- About whom a piece is: whoever asks to be forgotten is forgotten here too.
CREATE TABLE evidence_people (
    evidence INTEGER NOT NULL REFERENCES evidence (id) ON DELETE CASCADE,
    person   INTEGER NOT NULL,
    PRIMARY KEY (evidence, person)
) STRICT;

CREATE INDEX evidence_people_by_person ON evidence_people (person);

-- The state of moderation: cases, sanctions and the like, as JSON.
CREATE TABLE moderation_records (
    kind       TEXT    NOT NULL,
    id         INTEGER NOT NULL,
    body       TEXT    NOT NULL,
    -- NULL: while it is needed.
    keep_until INTEGER,
    -- Grows with each change.
    version    INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT;

CREATE INDEX moderation_records_by_end ON moderation_records (keep_until) WHERE keep_until IS NOT NULL;
