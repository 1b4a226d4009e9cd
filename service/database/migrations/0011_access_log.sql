-- Who read the log, and who was refused. Nothing personal: ids, positions and times alone. (ADR 25)

CREATE SCHEMA access;

CREATE TABLE access.entries (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    roles text[] NOT NULL,                    -- those that the actor had then
    operation text NOT NULL,                  -- the schema's field
    about jsonb NOT NULL,                     -- of its arguments the ids, numbers and times
    outcome text NOT NULL,                    -- ALLOWED, or the code of the refusal
    channel text NOT NULL,
    request_id text NOT NULL
);

CREATE INDEX entries_by_time ON access.entries (at, id);
CREATE INDEX entries_by_actor ON access.entries (actor, at, id);
CREATE INDEX entries_by_operation ON access.entries (operation, at, id);
CREATE INDEX entries_by_outcome ON access.entries (outcome, at, id);

CREATE FUNCTION access.refuse_change() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
    RAISE EXCEPTION 'The access log is append-only: % on %.% is refused',
        TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER append_only
BEFORE UPDATE OR TRUNCATE ON access.entries
FOR EACH STATEMENT EXECUTE FUNCTION access.refuse_change();

-- Whoever asks: what is younger than a month stays.
CREATE TRIGGER kept_for_a_month
BEFORE DELETE ON access.entries
FOR EACH ROW WHEN (OLD.at > pg_catalog.now() - interval '30 days')
EXECUTE FUNCTION access.refuse_change();

ALTER TABLE access.entries ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE access.entries ENABLE ALWAYS TRIGGER kept_for_a_month;

-- The service may not delete, but have the oldest entries taken away: at most so many at a time.
CREATE FUNCTION access.purge(days integer, most integer) RETURNS bigint
LANGUAGE sql
SECURITY DEFINER
SET search_path = pg_catalog
AS $$
    WITH gone AS (
        DELETE FROM access.entries WHERE id IN (
            SELECT id FROM access.entries
            WHERE at < now() - make_interval(days => greatest(days, 30))
            ORDER BY at, id LIMIT most
        )
        RETURNING id
    )
    SELECT count(*) FROM gone
$$;

REVOKE ALL ON FUNCTION access.purge(integer, integer) FROM PUBLIC;
GRANT USAGE ON SCHEMA access TO segments_service;
GRANT SELECT, INSERT ON access.entries TO segments_service;
GRANT EXECUTE ON FUNCTION access.purge(integer, integer) TO segments_service;
