"""A directory and rosters written straight into the read model: what a large site would have."""

from __future__ import annotations

import psycopg

FILL_USERS = """
    INSERT INTO read_model.users (
        number, id, username, email, email_key, first_name, last_name, code, code_key, name_key,
        status, roles, version, created_at, updated_at, search, username_hash, email_hash, code_hash
    )
    SELECT n, gen_random_uuid(), 'user-' || n, 'user-' || n || '@example.org',
        'user-' || n || '@example.org', 'Given', 'Number ' || n, NULL, NULL,
        convert_to('number ' || lpad(n::text, 9, '0'), 'UTF8'), 'active', '{}', 1, now(), now(),
        'given number ' || n, 'u' || n, 'e' || n, NULL
    FROM generate_series(1, %s) AS n
"""


def fill_directory(url: str, users: int) -> None:
    """user-1, user-2 … in an empty directory, as its superuser."""
    with psycopg.connect(url) as connection:
        connection.execute(FILL_USERS, [users])
    _analyse(url)


def fill_roster(url: str, code: str, members: int) -> None:
    """Puts the first users into the segment with that code."""
    with psycopg.connect(url) as connection:
        (number,) = connection.execute(
            "SELECT number FROM read_model.segments WHERE code = %s", [code]
        ).fetchone() or (0,)
        connection.execute(
            "INSERT INTO read_model.open_memberships (segment, member, from_position)"
            " SELECT %s, n, 1 FROM generate_series(1, %s) AS n",
            [number, members],
        )
        connection.execute(
            "UPDATE read_model.rosters SET member_count = %s WHERE number = %s", [members, number]
        )
    _analyse(url)


def _analyse(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE read_model.users, read_model.open_memberships")
