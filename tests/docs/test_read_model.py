"""What is said of the read model is what is there."""

from __future__ import annotations

import re

import psycopg

from projections.engine.schema import READ_MODEL
from tests.docs.pages import text_of


def test_every_table_of_the_read_model_is_told(database_url: str) -> None:
    """Tables and views, and no other."""
    section = text_of("docs/explanation/log-and-read-model.md").split("## What is in it")[1]
    told = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
    query = "SELECT table_name FROM information_schema.tables WHERE table_schema = %s"
    with psycopg.connect(database_url) as connection:
        found = {name for (name,) in connection.execute(query, [READ_MODEL])}
    assert set(told) == found
