-- Two people with a seat, as the first version kept them. Their tokens are SHA-256 of `nagi` and `haru`.
INSERT INTO seats (person, room, token, previous, nick, figure, colour, way, wish, x, y, seat, nonce) VALUES
    (4711, 'house', X'7037c5865b4629a983e7a3bb2fec71ac1bf504d99702fc433fe801b1a909d2b7', NULL, 'なぎ', 3, 5, 'write', 'quiet', 55, 55, NULL, 12),
    (4712, 'house', X'b9f633dc43572056c554fd73e0906140b698fab76315cdc90e5319255f0008b1', NULL, 'はる', 1, 2, 'react', NULL, 65, 55, NULL, 3);
