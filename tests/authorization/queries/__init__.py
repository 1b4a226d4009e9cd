"""The rows of queries: one file a slice."""

from tests.authorization.queries import (
    access,
    actors,
    audit,
    commands,
    nodes,
    people,
    proofs,
    rosters,
    segments,
)
from tests.authorization.rows import named

ROWS = named(
    row
    for part in (actors, segments, people, rosters, nodes, audit, commands, access, proofs)
    for row in part.ROWS
)
