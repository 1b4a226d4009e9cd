-- The Merkle tree over the log, and what was signed of it. It does not belong to the read model: what
-- was published must go on being provable, whatever is built anew.

CREATE SCHEMA proofs;

CREATE TABLE proofs.tiles (
    height smallint NOT NULL,
    index bigint NOT NULL,
    hashes bytea NOT NULL,                    -- up to 256 of 32 bytes; projections/proofs/tile.py
    first_position bigint,                    -- of the lowest ones: where their leaves are in the log
    positions bytea,                          -- the same for each leaf, 8 bytes, high byte first
    PRIMARY KEY (height, index)
);
CREATE UNIQUE INDEX tiles_by_first_position ON proofs.tiles (first_position) WHERE height = 0;

CREATE TABLE proofs.progress (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    size bigint NOT NULL,                     -- leaves
    position bigint NOT NULL                  -- of the last one; 0 for none
);
INSERT INTO proofs.progress (size, position) VALUES (0, 0);

CREATE TABLE proofs.checkpoints (
    size bigint PRIMARY KEY,
    position bigint NOT NULL,
    root bytea NOT NULL,
    note text NOT NULL,
    signed_at timestamptz NOT NULL DEFAULT now()
);

GRANT USAGE ON SCHEMA proofs TO segments_service;
GRANT SELECT, INSERT, UPDATE ON proofs.tiles TO segments_service;
GRANT SELECT, UPDATE ON proofs.progress TO segments_service;
GRANT SELECT, INSERT ON proofs.checkpoints TO segments_service;
