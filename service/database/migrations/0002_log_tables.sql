-- The log: the eventsourcing library's DCB store (eventsourcing.dcb.postgres_tt, 9.5.6).
--
-- These are the library's own statements for the schema "log", the table name "events" and a lock
-- timeout of 10 s, word for word, but for the schema of the table that the tags refer to. A test
-- compares them: when a release of the library makes its tables otherwise, a new step is needed.

CREATE SCHEMA log;

CREATE TYPE "log"."dcb_event_tt" AS (
    type text,
    data bytea,
    tags text[]
);

CREATE TYPE "log"."dcb_query_item_tt" AS (
    types text[],
    tags text[]
);

CREATE TABLE IF NOT EXISTS "log"."events_tt_main" (
    id bigserial,
    type text NOT NULL ,
    data bytea,
    tags text[] NOT NULL
) WITH (
  autovacuum_enabled = true,
  autovacuum_vacuum_threshold = 100000000,  -- Effectively disables VACUUM
  autovacuum_vacuum_scale_factor = 0.5,     -- Same here, high scale factor
  autovacuum_analyze_threshold = 1000,      -- Triggers ANALYZE more often
  autovacuum_analyze_scale_factor = 0.01    -- Triggers after 1% new rows
);

CREATE UNIQUE INDEX IF NOT EXISTS "events_tt_main_idx_id_type" ON
"log"."events_tt_main" (id) INCLUDE (type);

CREATE TABLE IF NOT EXISTS "log"."events_tt_tag" (
    tag text,
    main_id bigint REFERENCES "log"."events_tt_main" (id)
) WITH (
    autovacuum_enabled = true,
    autovacuum_vacuum_threshold = 100000000,  -- Effectively disables VACUUM
    autovacuum_vacuum_scale_factor = 0.5,     -- Same here, high scale factor
    autovacuum_analyze_threshold = 1000,      -- Triggers ANALYZE more often
    autovacuum_analyze_scale_factor = 0.01    -- Triggers after 1% new rows
);

CREATE INDEX IF NOT EXISTS "events_tt_tag_idx_tag_main_id" ON
"log"."events_tt_tag" (tag, main_id);

CREATE OR REPLACE FUNCTION "log"."dcb_unconditional_append_tt"(
    new_events "log"."dcb_event_tt"[]
) RETURNS SETOF bigint
LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY
    WITH new_data AS (
        SELECT * FROM unnest(new_events)
    ),
    inserted AS (
        INSERT INTO "log"."events_tt_main" (type, data, tags)
        SELECT type, data, tags
        FROM new_data
        RETURNING id, tags
    ),
    expanded_tags AS (
        SELECT ins.id AS main_id, tag
        FROM inserted ins,
             unnest(ins.tags) AS tag
    ),
    tag_insert AS (
        INSERT INTO "log"."events_tt_tag" (tag, main_id)
        SELECT tag, main_id
        FROM expanded_tags
    )
    SELECT MAX(id) FROM inserted;
    NOTIFY "events_tt_main";

END
$$;

CREATE OR REPLACE FUNCTION "log"."dcb_conditional_append_tt"(
    query_items "log"."dcb_query_item_tt"[],
    after_id bigint,
    new_events "log"."dcb_event_tt"[]
) RETURNS SETOF bigint
LANGUAGE plpgsql AS $$
DECLARE
    conflict_exists boolean;
BEGIN
    -- Step 0: Lock table in exclusive mode (reads can still read)
    SET LOCAL lock_timeout = '10s';
    LOCK TABLE "log"."events_tt_main" IN EXCLUSIVE MODE;

    -- Step 1: Check for conflicts
    WITH query_items_cte AS (
        SELECT * FROM unnest(query_items) WITH ORDINALITY
    ),
    initial_matches AS (
        SELECT
            t.main_id,
            qi.ordinality,
            t.tag,
            qi.tags AS required_tags,
            qi.types AS allowed_types
        FROM query_items_cte qi
        JOIN "log"."events_tt_tag" t
          ON t.tag = ANY(qi.tags)
        WHERE t.main_id > COALESCE(after_id, 0)
    ),
    matched_groups AS (
        SELECT
            main_id,
            ordinality,
            COUNT(DISTINCT tag) AS matched_tag_count,
            array_length(required_tags, 1) AS required_tag_count,
            allowed_types
        FROM initial_matches
        GROUP BY main_id, ordinality, required_tag_count, allowed_types
    ),
    qualified_ids AS (
        SELECT main_id, allowed_types
        FROM matched_groups
        WHERE matched_tag_count = required_tag_count
    ),
    filtered_ids AS (
        SELECT m.id
        FROM "log"."events_tt_main" m
        JOIN qualified_ids q ON q.main_id = m.id
        WHERE
            m.id > COALESCE(after_id, 0)
            AND (
                array_length(q.allowed_types, 1) IS NULL
                OR array_length(q.allowed_types, 1) = 0
                OR m.type = ANY(q.allowed_types)
            )
        LIMIT 1
    )
    SELECT EXISTS (SELECT 1 FROM filtered_ids)
    INTO conflict_exists;

    -- Step 2: Insert if no conflicts
    IF NOT conflict_exists THEN
        RETURN QUERY
        WITH new_data AS (
            SELECT * FROM unnest(new_events)
        ),
        inserted AS (
            INSERT INTO "log"."events_tt_main" (type, data, tags)
            SELECT type, data, tags
            FROM new_data
            RETURNING id, tags
        ),
        expanded_tags AS (
            SELECT ins.id AS main_id, tag
            FROM inserted ins,
                 unnest(ins.tags) AS tag
        ),
        tag_insert AS (
            INSERT INTO "log"."events_tt_tag" (tag, main_id)
            SELECT tag, main_id
            FROM expanded_tags
        )
        SELECT MAX(id) FROM inserted;
        NOTIFY "events_tt_main";

    END IF;

    -- If conflict exists, return empty result
    RETURN;
END
$$;
