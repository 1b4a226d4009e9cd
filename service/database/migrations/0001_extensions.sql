-- Search inside words (pg_trgm), in a schema that the read model's search_path names. The extension
-- may be there already, in a schema of an administrator's choice.

CREATE SCHEMA IF NOT EXISTS extensions;

CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA extensions;

DO $$
DECLARE
    elsewhere text;
BEGIN
    FOR elsewhere IN
        SELECT extname
        FROM pg_catalog.pg_extension
        WHERE extname = 'pg_trgm'
        AND extnamespace <> 'extensions'::pg_catalog.regnamespace
    LOOP
        EXECUTE pg_catalog.format('ALTER EXTENSION %I SET SCHEMA extensions', elsewhere);
    END LOOP;
END
$$;

GRANT USAGE ON SCHEMA extensions TO segments_service;

-- Until PostgreSQL 15 everybody could create things in "public"; upgraded databases still allow it.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
