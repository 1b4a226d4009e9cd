-- Who acted: names for the opaque ids in the log, which itself never holds a name.

CREATE SCHEMA identity;

CREATE TABLE identity.actors (
    id text PRIMARY KEY,
    kind text NOT NULL,
    display_name text NOT NULL,
    seen_at timestamptz NOT NULL DEFAULT pg_catalog.now()
);

GRANT USAGE ON SCHEMA identity TO segments_service;
GRANT SELECT, INSERT, UPDATE ON identity.actors TO segments_service;
