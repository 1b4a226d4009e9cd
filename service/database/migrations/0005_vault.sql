-- Keys of hashes whose results are in the log: kept apart from it, made once, never changed.
-- request-hash: of a command's content, for COMMAND_REUSED; tag-hash: of personal values in tags.

CREATE SCHEMA vault;

CREATE TABLE vault.secrets (
    name text PRIMARY KEY,
    secret bytea NOT NULL
);

-- Without pgcrypto random bytes come as UUIDs, 122 of 128 bits; three make more than 256.
INSERT INTO vault.secrets (name, secret)
SELECT name, pg_catalog.sha256(
    pg_catalog.uuid_send(pg_catalog.gen_random_uuid())
    || pg_catalog.uuid_send(pg_catalog.gen_random_uuid())
    || pg_catalog.uuid_send(pg_catalog.gen_random_uuid())
)
FROM (VALUES ('request-hash'), ('tag-hash')) AS needed (name);

GRANT USAGE ON SCHEMA vault TO segments_service;
GRANT SELECT ON vault.secrets TO segments_service;
