-- Kept for a time: dated so that nothing is over its time when the tests run, and far from now on purpose.
INSERT INTO members (id, phrase, seen, known, first_in) VALUES
    (815, X'a0a1a2a3a4a5a6a7a8a9aaabacadaeafa0a1a2a3a4a5a6a7a8a9aaabacadaeaf', '2999-01', 1, NULL),
    (816, X'b0a1a2a3a4a5a6a7a8a9aaabacadaeafa0a1a2a3a4a5a6a7a8a9aaabacadaeaf', '2999-01', 0, NULL);
INSERT INTO secrets (name, bytes) VALUES
    ('return phrases', X'00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff');
INSERT INTO box_notes (id, room, day, text) VALUES (99, 'house', '2999-01-01', 'いすが かたいです');
INSERT INTO counts (session, room, day, name, came, watched, reacted, wrote, first, again, minutes) VALUES
    ('s-1', 'house', '2999-01-01', '午後の会', 12, 3, 4, 5, 6, 6, 800);
