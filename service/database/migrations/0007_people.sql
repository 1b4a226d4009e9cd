-- People: a key each, for what is sealed in the log about them. Destroying it forgets them, so that
-- dead rows are not left lying about: a minute after an erasure autovacuum has them overwritten.

CREATE TABLE vault.person_keys (
    id uuid PRIMARY KEY,
    key bytea NOT NULL
) WITH (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);

GRANT SELECT, INSERT, DELETE ON vault.person_keys TO segments_service;

-- Keyed hashes of what a token called an actor: by them the name goes when the person is erased.
ALTER TABLE identity.actors ADD COLUMN identifiers text[] NOT NULL DEFAULT '{}';
GRANT DELETE ON identity.actors TO segments_service;
