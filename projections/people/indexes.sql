-- With the number, so that who is wanted by number is found without looking at whole rows.
CREATE INDEX users_by_name ON users (name_key, id) INCLUDE (number);
CREATE INDEX users_suspended_by_name ON users (name_key, id) WHERE status = 'suspended';
CREATE INDEX users_by_role ON users USING gin (roles) WITH (fastupdate = off);
CREATE UNIQUE INDEX users_by_username ON users (username) WHERE status IN ('active', 'suspended');
CREATE UNIQUE INDEX users_by_email_key ON users (email_key) WHERE status IN ('active', 'suspended');
CREATE UNIQUE INDEX users_by_code_key ON users (code_key)
    WHERE code_key IS NOT NULL AND status IN ('active', 'suspended');
CREATE INDEX users_by_username_hash ON users (username_hash);
CREATE INDEX users_by_email_hash ON users (email_hash);
CREATE INDEX users_by_code_hash ON users (code_hash) WHERE code_hash IS NOT NULL;
-- As that of segments: sorted in when the projector has caught up (caught_up.sql).
CREATE INDEX users_by_search ON users USING gin (search gin_trgm_ops)
    WITH (fastupdate = on, gin_pending_list_limit = 65536);  -- kB
