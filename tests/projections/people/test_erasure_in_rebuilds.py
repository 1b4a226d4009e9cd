"""Who is erased is forgotten in the read models beside the one that is read, too."""

from __future__ import annotations

import psycopg
import pytest

from projections.engine.names import NEXT, PREVIOUS
from projections.engine.projector import Projector
from projections.rebuild.switch import CannotSwitch, switch, switch_back
from tests.projections.people.test_erasure import holding
from tests.projections.rebuilt import differences, rebuild, rebuild_context
from tests.projections.story import Story


def names(url: str, schema: str) -> list[str]:
    """Of those in one read model."""
    with psycopg.connect(url) as owner:
        query = f"SELECT first_name FROM {schema}.users ORDER BY number"
        return [row[0] for row in owner.execute(query.encode())]


def test_in_the_one_that_was_read_before(
    database_url: str, story: Story, site_projector: Projector
) -> None:
    """One can switch back to it all the same: it is what it would be had it been read."""
    user = story.user("Zoë", "Ångström", code="STAFF-77")
    story.user("Bo", "Berg")
    site_projector.catch_up()
    rebuild(database_url)
    with rebuild_context(database_url) as there:
        switch(there)
        story.edit(user, last_name="Öberg")
        story.erase(user)
        site_projector.catch_up()
        assert names(database_url, PREVIOUS) == ["", "Bo"]
        secrets = ("Zoë", "Ångström", "Öberg", "STAFF-77", story.people[user].username)
        assert [secret for secret in secrets if holding(database_url, secret)] == []
        switch_back(there)
    rebuild(database_url)
    assert differences(database_url) == []


def test_in_the_one_that_waits_to_be_switched_to(
    database_url: str, story: Story, site_projector: Projector
) -> None:
    """However long it does."""
    user = story.user("Zoë", "Ångström")
    site_projector.catch_up()
    rebuild(database_url)
    story.erase(user)
    site_projector.catch_up()
    assert names(database_url, NEXT) == [""]
    assert differences(database_url) == []


def test_another_releases_is_spoilt(
    database_url: str, story: Story, site_projector: Projector
) -> None:
    """What is personal may be anywhere in it: nobody is left in it, and nobody goes back to it."""
    user = story.user("Zoë", "Ångström")
    story.user("Bo", "Berg")
    site_projector.catch_up()
    rebuild(database_url)
    with rebuild_context(database_url) as there:
        switch(there)
        there.owner.execute("UPDATE read_model_previous.progress SET version = version - 1")
        story.erase(user)
        site_projector.catch_up()
        assert names(database_url, PREVIOUS) == []
        with pytest.raises(CannotSwitch, match="version 0"):
            switch_back(there)


def test_not_in_the_one_that_is_read_by_the_one_that_is_built(
    database_url: str, story: Story, site_projector: Projector
) -> None:
    """The one that is read forgets with its own fold of the event."""
    user = story.user("Zoë", "Ångström")
    story.erase(user)
    site_projector.catch_up()
    with psycopg.connect(database_url) as owner:
        owner.execute("UPDATE read_model.users SET first_name = 'somebody'")
    rebuild(database_url)
    assert names(database_url, "read_model") == ["somebody"]
