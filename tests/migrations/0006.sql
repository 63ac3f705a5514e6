-- The beginning of a record, by a key that is not here now; what it is about; sealed evidence under a hold; a decision in force.
-- Dated far from now: nothing is over.
INSERT INTO audit_entries (seq, entry, hash) VALUES
    (1, '{"action":"audit.key","actor":"server","at":1763700000000,"commitments":[],"seq":1,"target":"8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c"}', X'0101010101010101010101010101010101010101010101010101010101010101');
INSERT INTO audit_heads (seq, hash, at, key, signature) VALUES
    (1, X'0101010101010101010101010101010101010101010101010101010101010101', 1763700000000, X'8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c', X'02');
INSERT INTO audit_personal (commitment, kind, person, salt, value, keep_until) VALUES
    (X'03', 'nickname', 4711, X'04', 'なぎ', 32503680000000);
INSERT INTO evidence (id, case_id, sealed, keep_until, hold) VALUES
    (9, 17, X'05', 32503680000000, NULL),
    (10, 18, X'05', 1763700000000, 'police');
INSERT INTO evidence_keys (evidence, key) VALUES
    (9, X'0606060606060606060606060606060606060606060606060606060606060606');
INSERT INTO evidence_people (evidence, person) VALUES (9, 4711);
INSERT INTO moderation_records (kind, id, body, keep_until, version) VALUES
    ('sanction', 17, '{"id":17,"version":1,"target":{"subject":{"person":4711,"device":null,"member":null},"role":"participant"},"kind":"mute_text","scope":{"room":"house"},"reason":"insult","note":"ひとこと","by":1,"approved_by":null,"at":1763700000000,"until":32503680000000,"case":null,"ended":null,"appeal":null}', NULL, 3);
