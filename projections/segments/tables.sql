-- Segments have small numbers in here; their public ids stay at the edge (DESIGN.md, decision 6).
CREATE TABLE segment_numbers (
    number integer PRIMARY KEY,
    id uuid NOT NULL UNIQUE                   -- deleted ones, too
);

-- The list of now: one row a segment that is on the site.
CREATE TABLE segments (
    number integer PRIMARY KEY,
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
    member_count integer NOT NULL,
    created_at timestamptz NOT NULL,
    created_by text NOT NULL,
    updated_at timestamptz NOT NULL,
    updated_by text NOT NULL,
    search text NOT NULL                      -- projections/text/search_key.py
);

-- Every state that a segment was in, with the positions between which it held: [from, to).
CREATE TABLE segment_states (
    from_position bigint NOT NULL,
    to_position bigint NOT NULL,
    LIKE segments,
    PRIMARY KEY (number, from_position)
);
