CREATE INDEX open_memberships_by_member ON open_memberships (member, segment);
CREATE INDEX past_memberships_by_member ON past_memberships (member, segment, from_position);
CREATE INDEX rosters_by_member_count ON rosters (member_count, number);
