-- One narrow row an event: whose story it belongs to, and when the log had got that far.
CREATE TABLE recorded_events (
    position bigint PRIMARY KEY,
    high_water timestamptz NOT NULL,          -- greatest recordedAt up to here: never steps back
    segment integer                           -- number of the segment whose history shows it
);
