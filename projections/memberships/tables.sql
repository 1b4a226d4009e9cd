-- Memberships that nothing has ended but, perhaps, the deletion of their segment: numbers of segments
-- and users, and the fact that put them there.
CREATE TABLE open_memberships (
    segment integer NOT NULL,
    member integer NOT NULL,
    from_position bigint NOT NULL,
    PRIMARY KEY (segment, member, from_position)
);

-- Each deletion of a segment: it ends all its memberships that began before, however many they are,
-- without a touch.
CREATE TABLE roster_ends (
    segment integer NOT NULL,
    to_position bigint NOT NULL,
    PRIMARY KEY (segment, to_position)
);

-- Who is in which segment now. Of a large roster rather open_memberships are asked, with the one end
-- that matters (projections/sql/roster_conditions.py): here it is looked up for each row.
CREATE VIEW members AS
    SELECT segment, member, from_position FROM open_memberships
    WHERE from_position > coalesce((SELECT max(to_position) FROM roster_ends
        WHERE roster_ends.segment = open_memberships.segment), 0);

-- Every membership that a fact about its member ended; it held from from_position up to, not
-- including, to_position.
CREATE TABLE past_memberships (
    segment integer NOT NULL,
    member integer NOT NULL,
    from_position bigint NOT NULL,
    to_position bigint NOT NULL,
    PRIMARY KEY (segment, member, from_position)
);

-- Every membership, as if no segment had ever been deleted.
CREATE VIEW stored_memberships AS
    SELECT segment, member, from_position, 9223372036854775807 AS to_position FROM open_memberships
    UNION ALL
    SELECT segment, member, from_position, to_position FROM past_memberships;

-- Every membership: as of position P those with from <= P < to. For questions about few rows, too.
CREATE VIEW memberships AS
    SELECT segment, member, from_position, coalesce((SELECT min(to_position) FROM roster_ends
        WHERE roster_ends.segment = open_memberships.segment
        AND roster_ends.to_position > open_memberships.from_position),
        9223372036854775807) AS to_position FROM open_memberships
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
