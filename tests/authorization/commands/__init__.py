"""The rows of commands: one file a slice."""

from tests.authorization.commands import members, people, segments, undo, uploads
from tests.authorization.rows import named

ROWS = named(row for part in (segments, members, people, uploads, undo) for row in part.ROWS)
