-- How far the read model has followed the log. One row.
CREATE TABLE progress (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    version integer NOT NULL,                 -- of the projection's code that builds it
    position bigint NOT NULL DEFAULT 0,       -- every event up to here is folded in
    high_water timestamptz NOT NULL DEFAULT '-infinity',  -- greatest recordedAt up to here
    indexed boolean NOT NULL DEFAULT false    -- secondary indexes are built once caught up
);

-- Events that could not be applied as they are: of one about a roster what could be was.
CREATE TABLE unfit_events (
    position bigint PRIMARY KEY,
    why text NOT NULL
);
