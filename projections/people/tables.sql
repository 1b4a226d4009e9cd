-- The directory, as it is now. Of who was erased the row stays, with nothing in it but their hashes:
-- past rosters name it, and sign-in refuses whom it names.
CREATE TABLE users (
    number integer PRIMARY KEY,
    id uuid NOT NULL,
    username text NOT NULL,
    email text NOT NULL,
    email_key text NOT NULL,                  -- domain.people.values.email_key
    first_name text NOT NULL,
    last_name text NOT NULL,
    code text,
    code_key text,                            -- domain.kernel.values.code_key
    name_key bytea NOT NULL,                  -- of last and first name; empty for who is off the lists
    status text NOT NULL,
    roles text[] NOT NULL,
    version integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    search text NOT NULL,                     -- projections/text/search_key.py
    username_hash text NOT NULL,              -- domain/people/identifiers/hashes.py
    email_hash text NOT NULL,
    code_hash text,
    UNIQUE (id) INCLUDE (number)
)
-- What an erased row held lies about until the table is vacuumed: a minute later, so.
WITH (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);

-- Which facts changed a field of somebody, their status or their roles after they came: an undo asks
-- for those since, however many concern other fields.
CREATE TABLE user_changes (
    number integer NOT NULL,                  -- the user's
    field text NOT NULL,                      -- domain/people/changed_fields.py
    position bigint NOT NULL,
    PRIMARY KEY (number, field, position)
);
