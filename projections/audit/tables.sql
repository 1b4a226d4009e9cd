-- One narrow row an event: whose story it belongs to, and when the log had got that far.
CREATE TABLE recorded_events (
    position bigint PRIMARY KEY,
    ordinal bigint NOT NULL,                  -- 1, 2, 3 …: positions have gaps
    high_water timestamptz NOT NULL,          -- greatest recordedAt up to here: never steps back
    type integer NOT NULL,
    actor integer NOT NULL,
    segment integer                           -- number of the segment whose history shows it
);

-- What stands in facts over and over has a small number in here, as segments and people have.
CREATE TABLE recorded_types (number integer PRIMARY KEY, topic text NOT NULL UNIQUE);
CREATE TABLE recorded_actors (number integer PRIMARY KEY, id text NOT NULL UNIQUE);

-- How much was recorded on each day (UTC) on which anything was.
CREATE TABLE active_days (
    day date PRIMARY KEY,
    commands integer NOT NULL,
    events integer NOT NULL,
    last_command text NOT NULL                -- of the day's last event: more of it may come
);
