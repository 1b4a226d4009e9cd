"""Rows put straight into the log, with gaps as lost races leave them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg

from projections.proofs.leaf import leaf_bytes, leaf_hash

TILES = "SELECT height, index, hashes, first_position, positions FROM proofs.tiles ORDER BY 1, 2"


@dataclass(frozen=True)
class Logged:
    """The log of one database, for its superuser."""

    database_url: str

    def add(self, *positions: int) -> None:
        """Events at those positions."""
        rows = [(n, f"t.{n % 3}", f'{{"n":{n}}}'.encode(), [f"a:{n}", "b"]) for n in positions]
        with psycopg.connect(self.database_url) as connection:
            connection.cursor().executemany(
                "INSERT INTO log.events_tt_main (id, type, data, tags) VALUES (%s, %s, %s, %s)",
                rows,
            )

    def forget_the_tree(self) -> None:
        """As if nobody had ever followed."""
        with psycopg.connect(self.database_url) as connection:
            connection.execute("TRUNCATE proofs.tiles")
            connection.execute("UPDATE proofs.progress SET size = 0, position = 0")

    def leaves(self) -> list[bytes]:
        """The leaves' hashes, of the rows as they are now."""
        rows = self.rows("SELECT id, type, data, tags FROM log.events_tt_main ORDER BY id")
        return [leaf_hash(leaf_bytes(*row)) for row in rows]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.database_url) as connection:
            return connection.execute(query.encode()).fetchall()
