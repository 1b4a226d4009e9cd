CREATE INDEX commands_by_channel ON commands (channel, position);
CREATE INDEX commands_by_actor ON commands (actor, channel, position);
CREATE INDEX command_counts_by_type ON command_counts (type, command);
CREATE INDEX undos_by_undone ON undos (undone, position);
CREATE INDEX deleted_segment_texts_by_segment ON deleted_segment_texts (segment);
-- As the index segments_by_search.
CREATE INDEX command_texts_by_text ON command_texts USING gin (text gin_trgm_ops)
    WITH (fastupdate = on, gin_pending_list_limit = 65536);  -- kB
CREATE INDEX deleted_segment_texts_by_text ON deleted_segment_texts USING gin (text gin_trgm_ops)
    WITH (fastupdate = on, gin_pending_list_limit = 65536);  -- kB
