-- Segments have small numbers in here; their public ids stay at the edge (ADR 11).
CREATE TABLE segment_numbers (
    number integer PRIMARY KEY,
    id uuid NOT NULL UNIQUE                   -- deleted ones, too
);

-- The list of now: one row a segment that is on the site, in the state that began at from_position.
CREATE TABLE segments (
    number integer PRIMARY KEY,
    from_position bigint NOT NULL,
    id uuid NOT NULL UNIQUE,
    name text NOT NULL,
    name_key bytea NOT NULL,                  -- projections/text/sort_key.py
    code text,
    code_key text,                            -- domain.kernel.values.code_key
    code_sort bytea NOT NULL,                 -- its sort key; segments without a code come last
    description text NOT NULL,
    visible boolean NOT NULL,
    status text NOT NULL,
    source text NOT NULL,
    version integer NOT NULL,
    created_at timestamptz NOT NULL,
    created_by text NOT NULL,
    updated_at timestamptz NOT NULL,
    updated_by text NOT NULL,
    search text NOT NULL                      -- projections/text/search_key.py
);

-- Every state that has ended; it held from from_position up to, not including, to_position.
CREATE TABLE past_segment_states (
    LIKE segments,
    to_position bigint NOT NULL,
    PRIMARY KEY (number, from_position)
);

-- Every state of every segment: as of position P it is the one with from <= P < to.
CREATE VIEW segment_states AS
    SELECT *, 9223372036854775807 AS to_position FROM segments
    UNION ALL
    SELECT * FROM past_segment_states;
