-- What people are in a room, and what ties them to something outside of it (a staff login, a return phrase, a booking).
ALTER TABLE seats ADD COLUMN role TEXT NOT NULL DEFAULT 'participant';
ALTER TABLE seats ADD COLUMN ties TEXT;

-- The session that is on in a room, as JSON: phase, clock, themes, votes, round, hands, groups. Gone when it is over.
CREATE TABLE gatherings (
    room  TEXT PRIMARY KEY,
    state TEXT NOT NULL
) STRICT;
