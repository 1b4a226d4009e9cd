-- What is in the log stays as it is, whoever asks: owners and superusers, too.

CREATE FUNCTION log.refuse_change() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
    RAISE EXCEPTION 'The log is append-only: % on %.% is refused',
        TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER append_only
BEFORE UPDATE OR DELETE OR TRUNCATE ON log.events_tt_main
FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();

CREATE TRIGGER append_only
BEFORE UPDATE OR DELETE OR TRUNCATE ON log.events_tt_tag
FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();

-- Always: session_replication_role = replica turns ordinary triggers off.
ALTER TABLE log.events_tt_main ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE log.events_tt_tag ENABLE ALWAYS TRIGGER append_only;
