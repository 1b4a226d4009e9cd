-- What a row of the log must be, which the library leaves open: the tables have neither a least
-- position nor must an event have data. Nothing of ours writes such rows, reads begin behind 0, and
-- what is without data cannot be read at all.
--
-- New rows are held to it from now on, whatever is there already. If all that is there holds to it,
-- too, the constraints say so; if not, `segments verify --database` names the positions.

ALTER TABLE log.events_tt_main
    ADD CONSTRAINT events_tt_main_position CHECK (id > 0) NOT VALID,
    ADD CONSTRAINT events_tt_main_has_data NOT NULL data NOT VALID;
ALTER TABLE log.events_tt_tag
    ADD CONSTRAINT events_tt_tag_position CHECK (main_id > 0) NOT VALID,
    ADD CONSTRAINT events_tt_tag_has_tag NOT NULL tag NOT VALID,
    ADD CONSTRAINT events_tt_tag_has_event NOT NULL main_id NOT VALID;

DO $$
DECLARE
    new record;
BEGIN
    FOR new IN
        SELECT conrelid::pg_catalog.regclass AS of, conname
        FROM pg_catalog.pg_constraint
        WHERE connamespace = 'log'::pg_catalog.regnamespace AND NOT convalidated
    LOOP
        BEGIN
            EXECUTE pg_catalog.format('ALTER TABLE %s VALIDATE CONSTRAINT %I', new.of, new.conname);
        EXCEPTION WHEN check_violation OR not_null_violation THEN
            RAISE WARNING 'the log has rows that are none: run segments verify --database';
        END;
    END LOOP;
END
$$;
