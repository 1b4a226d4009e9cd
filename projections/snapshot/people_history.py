"""Later events about people, from the read model and the log's index of tags."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from domain.kernel.envelope import command_tag
from domain.kernel.ids import USER, uuid_in
from domain.log import RecordedEvent
from domain.people.identifiers.lookup import UserKey
from domain.people.identifiers.ownership import tag_of
from domain.people.state import User
from domain.people.tags import user_tag
from domain.undo.people_history import ChangeQuery
from domain.undo.plan import MAX_CONFLICTS
from projections.people.row import HASH_COLUMNS, USER_COLUMNS, user_of
from projections.snapshot.base import ON_THE_SITE, TAGGED, SqlSnapshot

_PEOPLE = f"SELECT replace(id::text, '-', ''), {USER_COLUMNS} FROM users WHERE id = ANY(%s::uuid[])"
_OTHERS = f"{TAGGED.format(tag='%(command)s')} IS NULL"
_RANKED = f"""
    SELECT place, position FROM (
        SELECT place, position, row_number() OVER (PARTITION BY place ORDER BY position) AS nth,
            dense_rank() OVER (ORDER BY position) AS rank
        FROM ({{found}}) AS found
    ) AS ranked
    WHERE nth = 1 OR rank <= {MAX_CONFLICTS} ORDER BY position
"""
_CHANGES = f"""
    SELECT place, position
    FROM unnest(%(ids)s::uuid[], %(fields)s::text[], %(afters)s::bigint[])
        WITH ORDINALITY AS asked (id, field, after, place)
    JOIN users AS u ON u.id = asked.id
    CROSS JOIN LATERAL (
        SELECT position FROM user_changes AS c
        WHERE c.number = u.number AND c.field = asked.field AND position > asked.after AND {_OTHERS}
        ORDER BY position LIMIT {MAX_CONFLICTS}
    ) AS later
"""
_ANY_CHANGES = f"""
    SELECT place, position
    FROM unnest(%(tags)s::text[], %(afters)s::bigint[])
        WITH ORDINALITY AS asked (tag, after, place)
    CROSS JOIN LATERAL (
        SELECT position FROM log.events_tt_tag AS told (tag, position)
        WHERE told.tag = asked.tag AND position > asked.after AND position <= %(position)s
            AND {_OTHERS}
        ORDER BY position LIMIT {MAX_CONFLICTS}
    ) AS later
"""
_MEMBERSHIP_CHANGES = f"""
    SELECT place, position
    FROM unnest(%(ids)s::uuid[]) WITH ORDINALITY AS asked (id, place)
    JOIN users AS u ON u.id = asked.id
    CROSS JOIN LATERAL (
        SELECT DISTINCT position FROM memberships AS m,
            LATERAL (VALUES (m.from_position), (m.to_position)) AS turn (position)
        WHERE m.member = u.number AND position > %(after)s AND position <= %(position)s
            AND {_OTHERS}
        ORDER BY position LIMIT {MAX_CONFLICTS}
    ) AS later
"""
_CLAIMS = f"""
    SELECT u.{{column}}, taken.position FROM users AS u
    CROSS JOIN LATERAL (
        SELECT position FROM log.events_tt_tag AS told (tag, position)
        WHERE told.tag = %(prefix)s || u.{{column}} AND position <= %(position)s
            AND {TAGGED.format(tag="%(own)s || replace(u.id::text, '-', '')")}
        ORDER BY position DESC LIMIT 1
    ) AS taken
    WHERE u.{{column}} = ANY(%(hashes)s) AND {ON_THE_SITE}
"""


class SqlPeopleHistory(SqlSnapshot):
    """See domain.undo.people_history.PeopleHistory."""

    def current_users(self, user_ids: Collection[str]) -> Mapping[str, User]:
        """See PeopleHistory."""
        rows = self._rows(_PEOPLE, [[uuid_in(user, USER) for user in user_ids]])
        people = (user_of(f"{USER}_{digits}", columns) for digits, *columns in rows)
        return {user.id: user for user in people}

    def user_changes(
        self, asked: Collection[ChangeQuery], but: str
    ) -> Mapping[ChangeQuery, Sequence[int]]:
        """See PeopleHistory."""
        of_fields = [query for query in asked if query.field is not None]
        of_all = [query for query in asked if query.field is None]
        given = {
            "ids": [uuid_in(user, USER) for user, _, _ in of_fields],
            "fields": [field for _, field, _ in of_fields],
            "afters": [after for _, _, after in of_fields],
        }
        changes = self._ranked(_CHANGES, of_fields, but, **given)
        tags, afters = [user_tag(q.user_id) for q in of_all], [q.after for q in of_all]
        return {**changes, **self._ranked(_ANY_CHANGES, of_all, but, tags=tags, afters=afters)}

    def membership_changes(
        self, user_ids: Collection[str], after: int, but: str = ""
    ) -> Mapping[str, Sequence[int]]:
        """See PeopleHistory."""
        users = list(user_ids)
        uuids = [uuid_in(user, USER) for user in users]
        return self._ranked(_MEMBERSHIP_CHANGES, users, but, ids=uuids, after=after)

    def identifier_claims(
        self, by: UserKey, hashes: Collection[str]
    ) -> Mapping[str, RecordedEvent]:
        """See PeopleHistory."""
        given = {
            "hashes": list(hashes),
            "prefix": tag_of(by, ""),
            "own": user_tag(f"{USER}_"),
            "position": self.position,
        }
        rows = self._rows(_CLAIMS.format(column=HASH_COLUMNS[by]), given)
        events = {
            recorded.position: recorded
            for recorded in self.events_at({position for _, position in rows})
        }
        return {hashed: events[position] for hashed, position in rows}

    def _ranked(
        self, found: str, asked: Sequence[Any], but: str, **given: Any
    ) -> Mapping[Any, Sequence[int]]:
        if not asked:
            return {}
        given |= {"position": self.position, "command": command_tag(but)}
        positions: defaultdict[Any, list[int]] = defaultdict(list)
        for place, position in self._rows(_RANKED.format(found=found), given):
            positions[asked[place - 1]].append(int(position))
        return positions
