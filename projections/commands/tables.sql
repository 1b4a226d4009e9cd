-- One narrow row a command that recorded something. Its events are neighbours in the log, so that
-- they are told by the first and the last.
CREATE TABLE commands (
    position bigint PRIMARY KEY,              -- of its first event
    last_position bigint NOT NULL,            -- of its last event
    ordinal bigint NOT NULL,                  -- 1, 2, 3 …
    actor integer NOT NULL,                   -- recorded_actors.number
    channel smallint NOT NULL,                -- projections/commands/channels.py
    memberships integer NOT NULL              -- that its events began and ended
);

-- What a command of several events did: one row a type of event. One of a single event has none.
CREATE TABLE command_counts (
    command bigint NOT NULL,                  -- commands.position
    type integer NOT NULL,                    -- recorded_types.number
    events integer NOT NULL,
    memberships integer NOT NULL,
    segments integer NOT NULL,                -- different ones
    PRIMARY KEY (command, type)
);

-- Undos, by the id of the command that each of them undid.
CREATE TABLE undos (
    position bigint PRIMARY KEY,              -- commands.position of the undo
    undone text NOT NULL
);

-- Search keys of what people called a command: its reason and the name of its file, where there are
-- any (projections/text/search_key.py).
CREATE TABLE command_texts (
    position bigint PRIMARY KEY,              -- commands.position
    text text NOT NULL
);

-- Search keys of the name and the code that a segment had when it was deleted; what a segment that
-- is on the site is called, the table segments has.
CREATE TABLE deleted_segment_texts (
    position bigint PRIMARY KEY,              -- of the deletion
    segment integer NOT NULL,
    text text NOT NULL
);

-- The command of the last event: more of it may come. One row, or none.
CREATE TABLE last_command (
    position bigint PRIMARY KEY,
    command_id text NOT NULL
);
