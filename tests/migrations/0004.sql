-- A plan as JSON, and what hangs on it. Dated far from now: nothing is over.
INSERT INTO plans (id, version, room, plan, changed, hidden) VALUES
    ('p1', 3, 'house', '{"room": "house", "name": {"ja": "午後の会", "easy": "午後の会", "en": "午後の会"}, "about": {"ja": "お茶をのみます", "easy": "お茶をのみます", "en": "お茶をのみます"}, "takes_themes": true, "date": "2099-12-26", "time": "14:00", "except": [], "access": "open", "observers": false, "capacity": 8, "staff_needed": 1, "staff_or_shut": false, "alone": "watch", "phases": [{"kind": "doors", "name": {"ja": "開場", "easy": "開場", "en": "開場"}, "about": {"ja": "すきなように", "easy": "すきなように", "en": "すきなように"}, "minutes": 30, "can": ["react", "write"]}, {"kind": "closed", "name": {"ja": "おわり", "easy": "おわり", "en": "おわり"}, "about": {"ja": "またね", "easy": "またね", "en": "またね"}, "minutes": 0, "can": []}]}', 1763700000000, 0);
INSERT INTO bookings (session, plan, nick, code, declared, known, referral, forget) VALUES
    ('p1-20991231', 'p1', 'ゆず', X'a1a2', 1, 0, NULL, 32503680000000),
    ('p1-20991231', 'p1', 'もも', X'b1b2', 0, 1, X'c1c2', 32503680000000);
INSERT INTO plan_codes (code, plan, kind, until, session) VALUES
    (X'c1c2', 'p1', 'referral', 32503680000000, 'p1-20991231');
INSERT INTO plan_themes (session, text, forget) VALUES ('p1-20991231', 'すきな おやつ', 32503680000000);
