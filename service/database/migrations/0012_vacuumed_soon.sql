-- What is deleted because it names people is not left lying about as dead rows (as in 0007): a minute
-- later autovacuum has them overwritten. Of kept files the TOAST table is meant most of all, which
-- takes over its table's settings.

ALTER TABLE uploads.rejected_rows
    SET (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);
ALTER TABLE identity.actors
    SET (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);
