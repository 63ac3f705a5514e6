-- Who is in a room, so that people come back to their places after a restart of the server.
-- A row is gone when the person leaves; nothing here outlives the stay. No words are kept.
CREATE TABLE seats (
    person   INTEGER PRIMARY KEY,
    room     TEXT    NOT NULL,
    -- SHA-256 of the resume token, and of the one before it until its owner has confirmed the new one.
    token    BLOB    NOT NULL,
    previous BLOB,
    nick     TEXT    NOT NULL,
    figure   INTEGER NOT NULL,
    colour   INTEGER NOT NULL,
    way      TEXT    NOT NULL,
    wish     TEXT,
    -- Where they are or walk to, in tenths of a cell, and the seat they have.
    x        INTEGER NOT NULL,
    y        INTEGER NOT NULL,
    seat     INTEGER,
    -- The highest nonce that was answered.
    nonce    INTEGER NOT NULL
) STRICT;

CREATE INDEX seats_by_room ON seats (room);
