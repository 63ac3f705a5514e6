-- A dead letter for a webhook that is not configured any more. Dated far from now: nothing is over.
INSERT INTO outbox (number, id, kind, subject, sequence, data, made, spread) VALUES
    (1, 'msg_01', 'report.filed', 'report:r1', 1, '{"id":"report:r1","room":"house"}', 32503680000000, 1);
INSERT INTO outbox_subjects (subject, last, used) VALUES ('report:r1', 1, 32503680000000);
INSERT INTO deliveries (webhook, number, subject, tries, due, dead, trouble) VALUES
    ('ward', 1, 'report:r1', 10, 1763700000000, 1, 'broken');
INSERT INTO webhook_states (webhook, disabled, paused, failures, told, trouble) VALUES
    ('ward', 0, 0, 10, 1763700000000, 'broken');
