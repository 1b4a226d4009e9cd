"""How PostgreSQL goes about what a read asks."""

from __future__ import annotations

import psycopg

from projections.sql.database import Database, Rows, Values
from service.database.connections import service_conninfo


class Noting(Database):
    """Asks, and notes what it asked."""

    def __init__(self, database: Database) -> None:
        super().__init__(database._pool)
        self.asked: list[tuple[str, Values]] = []

    async def fetch(self, query: str, values: Values, prepare: bool | None = None) -> Rows:
        """Notes the query with its values."""
        self.asked.append((query, values))
        return await super().fetch(query, values, prepare)

    def plans(self, url: str, *how: str) -> list[str]:
        """Of each query that was asked, in order; told how to explain them."""
        explain = f"EXPLAIN ({', '.join(how)})" if how else "EXPLAIN"
        with psycopg.connect(service_conninfo(url, "read_model,extensions")) as connection:
            return [
                "\n".join(
                    line
                    for (line,) in connection.execute(f"{explain} {query}".encode(), values)
                    if "InitPlan" not in line
                )
                for query, values in self.asked
            ]
