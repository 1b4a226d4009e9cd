CREATE INDEX recorded_events_by_high_water ON recorded_events (high_water, position);
CREATE INDEX recorded_events_by_segment ON recorded_events (segment, position)
    WHERE segment IS NOT NULL;
CREATE INDEX recorded_events_by_type ON recorded_events (type, position);
CREATE INDEX recorded_events_by_actor ON recorded_events (actor, type, position);
