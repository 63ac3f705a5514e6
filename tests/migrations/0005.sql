-- What people are and what ties them came to the seats that were there. The session of a room that is not here now.
UPDATE seats SET role = 'participant', ties = NULL WHERE person = 4712;
INSERT INTO gatherings (room, state) VALUES ('attic', '{}');
