-- Who is in which segment now: numbers of segments and users, and the fact that put them there.
CREATE TABLE members (
    segment integer NOT NULL,
    member integer NOT NULL,
    from_position bigint NOT NULL,
    PRIMARY KEY (segment, member)
);

-- Every membership that has ended; it held from from_position up to, not including, to_position.
CREATE TABLE past_memberships (
    segment integer NOT NULL,
    member integer NOT NULL,
    from_position bigint NOT NULL,
    to_position bigint NOT NULL,
    PRIMARY KEY (segment, member, from_position)
);

-- Every membership: as of position P those with from <= P < to.
CREATE VIEW memberships AS
    SELECT segment, member, from_position, 9223372036854775807 AS to_position FROM members
    UNION ALL
    SELECT segment, member, from_position, to_position FROM past_memberships;

-- How many are in each segment that is on the site, and since when it is that many.
CREATE TABLE rosters (
    number integer PRIMARY KEY,               -- the segment's
    member_count integer NOT NULL,
    from_position bigint NOT NULL
);

CREATE TABLE past_roster_counts (
    number integer NOT NULL,
    member_count integer NOT NULL,
    from_position bigint NOT NULL,
    to_position bigint NOT NULL,
    PRIMARY KEY (number, from_position)
);

-- The count at every position at which the segment was on the site.
CREATE VIEW roster_counts AS
    SELECT number, member_count, from_position, 9223372036854775807 AS to_position FROM rosters
    UNION ALL
    SELECT number, member_count, from_position, to_position FROM past_roster_counts;

-- One row a fact about a roster: what a membership's from_position means to people.
CREATE TABLE roster_changes (
    position bigint PRIMARY KEY,
    segment integer NOT NULL,
    recorded_at timestamptz NOT NULL,
    actor text NOT NULL,
    source text                               -- of those who were added
);
