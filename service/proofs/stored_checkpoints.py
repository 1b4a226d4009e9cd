"""Checks that the checkpoints in the database are those that were published outside of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from psycopg import Connection

from projections.proofs.note import BadNote, Verifier, opened

_KEPT = "SELECT size, position, root, note FROM proofs.checkpoints ORDER BY size"


def differing_checkpoints(
    connection: Connection[Any], published: AbstractSet[str], verifiers: Sequence[Verifier]
) -> Iterator[str]:
    """Yields their errors, in words: each must equal its note, which one of the keys has signed,
    and which was published, unless it is older than all that is left of the file.
    """
    sizes = []
    for note in published:
        try:
            sizes.append(opened(note, verifiers).size)
        except BadNote:  # reported where notes are compared with the log
            continue
    oldest = min(sizes, default=None)
    for size, position, root, note in connection.execute(_KEPT, binary=True):
        named = f"the checkpoint of {size} events that the database keeps"
        try:
            found = opened(note, verifiers)
        except BadNote as bad:
            yield f"{named} is no checkpoint: {bad}"
            continue
        if (found.size, found.position, found.root) != (size, position, root):
            yield f"{named} is not what was signed (position {found.position})"
        elif oldest is not None and size >= oldest and note not in published:
            yield f"{named} is not among those that were published"
