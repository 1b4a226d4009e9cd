-- A key is destroyed because the log says that its person was erased, or says nothing of them at all:
-- the service may have that done, and no other key removed. Nor does it choose the numbers of entries
-- of the access log.

REVOKE DELETE ON vault.person_keys FROM segments_service;

CREATE FUNCTION vault.destroy_keys(people uuid[]) RETURNS bigint
LANGUAGE sql
SECURITY DEFINER
SET search_path = pg_catalog
AS $$
    WITH named AS (
        SELECT id, 'user:user_' || replace(id::text, '-', '') AS tag FROM unnest(people) AS id
    ),
    gone AS (
        DELETE FROM vault.person_keys WHERE id IN (
            SELECT named.id FROM named
            WHERE NOT EXISTS (SELECT FROM log.events_tt_tag t WHERE t.tag = named.tag)
            OR EXISTS (
                SELECT FROM log.events_tt_tag t
                JOIN log.events_tt_main m ON m.id = t.main_id
                WHERE t.tag = named.tag AND m.type = 'user.erased'
            )
        )
        RETURNING id
    )
    SELECT count(*) FROM gone
$$;

REVOKE ALL ON FUNCTION vault.destroy_keys(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vault.destroy_keys(uuid[]) TO segments_service;

REVOKE INSERT ON access.entries FROM segments_service;
GRANT INSERT (at, actor, roles, operation, about, outcome, channel, request_id)
    ON access.entries TO segments_service;
