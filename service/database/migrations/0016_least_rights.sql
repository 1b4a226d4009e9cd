-- What the service's role could still do to what is kept beside the log, and to positions: for each
-- there is a function now that does what is needed and no more, or the right to some columns alone.
--
-- A function with its owner's rights looks into pg_temp last: it is searched first where it is not
-- named, and whoever may make temporary things could put a type of theirs in the place of one meant.

ALTER FUNCTION vault.destroy_keys(uuid[]) SET search_path = pg_catalog, pg_temp;


-- Positions are the database's own, and so is when a key was made and a checkpoint signed.

REVOKE INSERT ON log.events_tt_main, vault.person_keys, proofs.checkpoints FROM segments_service;
GRANT INSERT (type, data, tags) ON log.events_tt_main TO segments_service;
GRANT INSERT (id, key) ON vault.person_keys TO segments_service;
GRANT INSERT (size, position, root, note) ON proofs.checkpoints TO segments_service;


-- An actor is named one at a time, now; nobody of the directory is, whose names are there until they
-- are erased, nor the system. Names go because the log says that somebody who was called so was erased.

REVOKE INSERT, UPDATE, DELETE ON identity.actors FROM segments_service;

CREATE FUNCTION identity.name_actor(actor text, sort text, name text, hashes text[]) RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF actor = 'system' OR actor LIKE 'user\_%' THEN
        RAISE EXCEPTION 'Neither the system nor people of the directory are named here'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO identity.actors (id, kind, display_name, identifiers)
    VALUES (actor, sort, name, hashes)
    ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, display_name = excluded.display_name,
        identifiers = excluded.identifiers, seen_at = now();
END
$$;

CREATE FUNCTION identity.forget_actors(people uuid[]) RETURNS bigint
LANGUAGE sql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    WITH gone AS (
        DELETE FROM identity.actors WHERE identifiers && ARRAY(
            SELECT split_part(held.tag, ':', 2)
            FROM unnest(people) AS id
            JOIN log.events_tt_tag t ON t.tag = 'user:user_' || replace(id::text, '-', '')
            JOIN log.events_tt_main m ON m.id = t.main_id AND m.type = 'user.erased'
            CROSS JOIN unnest(m.tags) AS held (tag)
            WHERE split_part(held.tag, ':', 1) IN ('username', 'email', 'usercode')
        )
        RETURNING id
    )
    SELECT count(*) FROM gone
$$;

REVOKE ALL ON FUNCTION
    identity.name_actor(text, text, text, text[]), identity.forget_actors(uuid[])
FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    identity.name_actor(text, text, text, text[]), identity.forget_actors(uuid[])
TO segments_service;


-- An entry of the access log is of when it was written, by the database's clock, and goes after as
-- many days as whoever migrates has said.

REVOKE INSERT (at) ON access.entries FROM segments_service;
ALTER TABLE access.entries ALTER COLUMN at SET DEFAULT pg_catalog.clock_timestamp();

-- They are shown in the order in which they were written: a clock may be put back.
DROP INDEX access.entries_by_actor, access.entries_by_operation, access.entries_by_outcome;
CREATE INDEX entries_by_actor ON access.entries (actor, id);
CREATE INDEX entries_by_operation ON access.entries (operation, id);
CREATE INDEX entries_by_outcome ON access.entries (outcome, id);

CREATE TABLE access.retention (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    days integer NOT NULL CHECK (days >= 30)
);
INSERT INTO access.retention (days) VALUES (365);
GRANT SELECT ON access.retention TO segments_service;

DROP FUNCTION access.purge(integer, integer);

CREATE FUNCTION access.purge(most integer) RETURNS bigint
LANGUAGE sql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    WITH gone AS (
        DELETE FROM access.entries WHERE id IN (
            SELECT id FROM access.entries
            WHERE at < now() - make_interval(days => (SELECT days FROM access.retention))
            ORDER BY at, id LIMIT most
        )
        RETURNING id
    )
    SELECT count(*) FROM gone
$$;

REVOKE ALL ON FUNCTION access.purge(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.purge(integer) TO segments_service;


-- Tiles of the tree fill up: what is in one stays as it is, whoever asks.

REVOKE UPDATE ON proofs.tiles FROM segments_service;
GRANT UPDATE (hashes, positions) ON proofs.tiles TO segments_service;

CREATE FUNCTION proofs.refuse_change() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
    RAISE EXCEPTION 'Tiles fill up and are otherwise as they were: % on %.% is refused',
        TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER only_filled
BEFORE UPDATE ON proofs.tiles
FOR EACH ROW WHEN (
    OLD.height IS DISTINCT FROM NEW.height
    OR OLD.index IS DISTINCT FROM NEW.index
    OR OLD.first_position IS DISTINCT FROM NEW.first_position
    OR OLD.hashes IS DISTINCT FROM substr(NEW.hashes, 1, octet_length(OLD.hashes))
    OR OLD.positions IS DISTINCT FROM substr(NEW.positions, 1, octet_length(OLD.positions))
)
EXECUTE FUNCTION proofs.refuse_change();

ALTER TABLE proofs.tiles ENABLE ALWAYS TRIGGER only_filled;
