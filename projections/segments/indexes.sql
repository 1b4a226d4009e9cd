-- One index an order of the list; each ends in the id, which makes the order total. By the number of
-- members it is ordered by an index of `rosters`.
CREATE INDEX segments_by_name ON segments (name_key, id);
CREATE INDEX segments_by_code ON segments (code_sort, id);
CREATE INDEX segments_by_created_at ON segments (created_at, id);
CREATE INDEX segments_by_updated_at ON segments (updated_at, id);
CREATE UNIQUE INDEX segments_by_code_key ON segments (code_key) WHERE code_key IS NOT NULL;
-- Sorting a text in takes ten times as long as putting it on the list of those to be sorted in; the
-- projector has that done when it has caught up (caught_up.sql), not while somebody waits for it.
CREATE INDEX segments_by_search ON segments USING gin (search gin_trgm_ops)
    WITH (fastupdate = on, gin_pending_list_limit = 65536);  -- kB

CREATE INDEX past_segment_states_by_id ON past_segment_states (id, from_position);
CREATE INDEX past_segment_states_by_name ON past_segment_states (name_key, id);
-- Of a moment: what had begun by then, and what ended after it; the less of both is gathered.
CREATE INDEX segments_by_start ON segments (from_position) INCLUDE (status);
CREATE INDEX past_segment_states_by_end ON past_segment_states (to_position)
    INCLUDE (from_position, status);
CREATE INDEX past_segment_states_by_start ON past_segment_states (from_position)
    INCLUDE (to_position, status);
CREATE INDEX past_segment_states_by_code_key ON past_segment_states (code_key)
    WHERE code_key IS NOT NULL;
