-- A facilitator with everything an account can have, an open invitation, a login. Dated far from now: nothing is over.
INSERT INTO staff (id, name, skeleton, role, rooms, passphrase, totp, totp_step, made, seen) VALUES
    ('a1', 'みどり', 'みどり', 'facilitator', '["house"]', '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', X'0102030405060708090a0b0c0d0e0f1011121314', 7, 1763700000000, 1763700000000),
    ('a2', 'ぬし', 'ぬし', 'owner', '[]', NULL, NULL, 0, 1763700000000, NULL);
INSERT INTO staff_passkeys (credential, account, passkey, made) VALUES (X'c0ffee', 'a1', '{}', 1763700000000);
INSERT INTO staff_identities (issuer, subject, account, mapped) VALUES ('https://ward.example', 'x-1', 'a1', 1);
INSERT INTO staff_invitations (id, token, role, rooms, until, host) VALUES
    ('i1', X'd1d2', 'peer_staff', '[]', 32503680000000, 'a2');
INSERT INTO staff_logins (id, token, account, way, since, used) VALUES
    ('l1', X'e1e2', 'a1', 'passphrase', 32503680000000, 32503680000000);
INSERT INTO staff_revocations (number, account, login, role, rooms, made) VALUES
    (1, 'a1', 'l0', NULL, '[]', 32503680000000);
