"""The rows of commands: one file a slice."""

from tests.authorization.commands import members, people, segment_sets, segments, undo, uploads
from tests.authorization.rows import named

PARTS = (segments, segment_sets, members, people, uploads, undo)
ROWS = named(row for part in PARTS for row in part.ROWS)
