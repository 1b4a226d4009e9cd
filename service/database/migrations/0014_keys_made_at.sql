-- When a key was made, so that those of people who never were (their command was refused, or lost a
-- race) are found and removed. Of keys that are there already it is not known: an hour from now they
-- are looked at. (ADR 36)

ALTER TABLE vault.person_keys ADD COLUMN made_at timestamptz NOT NULL DEFAULT pg_catalog.now();
