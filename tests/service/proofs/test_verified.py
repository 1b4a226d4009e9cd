"""What no leaf covers is looked at, too: whatever a superuser does there is found, and named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from domain.people.identifiers.hashes import IdentifierHasher
from projections.proofs.note import Checkpoint, signed
from service.database.log_store.recorder import LogRecorder
from service.database.secrets import secrets
from service.proofs.keys import log_keys
from service.proofs.signed import signed_now
from service.proofs.verified import verified_database
from service.settings import Settings
from tests.projections.conftest import Ticking
from tests.projections.rebuilt import projector
from tests.projections.story import Story

EVENTS, TAGS = "log.events_tt_main", "log.events_tt_tag"
ANN, BO, ZOE, ERASED = 1, 2, 3, 4
"""Positions: of three people's creations, and of the last one's erasure."""

STRAY = (
    f"ALTER TABLE {EVENTS} DROP CONSTRAINT events_tt_main_position;"
    f"ALTER TABLE {TAGS} DROP CONSTRAINT events_tt_tag_position;"
    f"INSERT INTO {EVENTS} SELECT %s, type, data, tags FROM {EVENTS} WHERE id = 1;"
    f"INSERT INTO {TAGS} SELECT tag, %s FROM {TAGS} WHERE main_id = 1"
)
CHANGED = """
    CREATE OR REPLACE FUNCTION log.refuse_change() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RETURN NULL; END $$
"""
FUNNEL = f"""
    CREATE FUNCTION log.swallow() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RETURN NULL; END $$;
    CREATE TRIGGER funnel BEFORE INSERT ON {EVENTS}
    FOR EACH ROW EXECUTE FUNCTION log.swallow()
"""
MINE = "(SELECT id FROM vault.person_keys ORDER BY id LIMIT 1)"
OTHERS = "(SELECT key FROM vault.person_keys ORDER BY id DESC LIMIT 1)"
TAMPERING = {
    "an event at -1": (STRAY % (-1, -1), "position -1: there is an event before the first"),
    "an event at 0": (STRAY % (0, 0), "position 0: there is an event before the first"),
    "a tag twice": (
        f"INSERT INTO {TAGS} SELECT tag, main_id FROM {TAGS} WHERE main_id = 1 AND tag LIKE 'c%'",
        "position 1: the table of tags has 'command:",
    ),
    "a trigger off": (
        f"ALTER TABLE {EVENTS} DISABLE TRIGGER append_only",
        "a trigger does not always run (tgenabled is D)",
    ),
    "a trigger that replicas pass by": (
        "ALTER TABLE access.entries ENABLE TRIGGER kept_for_a_month",
        "a trigger does not always run (tgenabled is O)",
    ),
    "a trigger gone": (
        f"DROP TRIGGER append_only ON {TAGS}",
        "a trigger is missing, or was changed: CREATE TRIGGER append_only",
    ),
    "a trigger of tiles gone": (
        "DROP TRIGGER only_filled ON proofs.tiles",
        "a trigger is missing, or was changed: CREATE TRIGGER only_filled",
    ),
    "a trigger more": (FUNNEL, "there is a trigger that is none of ours: CREATE TRIGGER funnel"),
    "a trigger that does nothing": (CHANGED, "the function log.refuse_change was changed"),
    "a constraint gone": (
        f"ALTER TABLE {EVENTS} ALTER data DROP NOT NULL",
        "log.events_tt_main has lost the constraint NOT NULL data",
    ),
    "a root": (
        "UPDATE proofs.checkpoints SET root = sha256('') WHERE size = 2",
        "the checkpoint of 2 events that the database keeps is not what was signed",
    ),
    "a checkpoint's position": (
        "UPDATE proofs.checkpoints SET position = 3 WHERE size = 2",
        "the checkpoint of 2 events that the database keeps is not what was signed (position 2)",
    ),
    "a note": (
        "UPDATE proofs.checkpoints SET note = replace(note, E'\\n2\\n', E'\\n3\\n') WHERE size = 2",
        "the checkpoint of 2 events that the database keeps is no checkpoint: the signature",
    ),
    "a key gone": (
        f"DELETE FROM vault.person_keys WHERE id = {MINE}",
        "position 1: somebody's key is gone, and no event says that they were erased: user_",
    ),
    "a key for another": (
        f"UPDATE vault.person_keys SET key = {OTHERS} WHERE id = {MINE}",
        "position 1: somebody's key does not open what was sealed for them: user_",
    ),
    "a key that is none": (
        f"UPDATE vault.person_keys SET key = '' WHERE id = {MINE}",
        "position 1: somebody's key does not open what was sealed for them: user_",
    ),
    "the key of hashes": (
        "UPDATE vault.secrets SET secret = sha256('') WHERE name = 'tag-hash'",
        "position 1: the vault's key of hashes is not the one that somebody was recorded with",
    ),
}


class Site:
    """A log of three people, one of them erased, signed twice."""

    def __init__(self, url: str, data_dir: Path, story: Story) -> None:
        self.url = url
        self.settings = Settings(database_url=url, data_dir=data_dir)
        story.hashes = IdentifierHasher(secrets(url).tag_hash)
        self.people = [story.user("Ann", "Ångström"), story.user("Bo", "Berg")]
        signed_now(self.settings, url)
        self.people.append(story.user("Zoë", "Zander"))
        story.erase(self.people[-1])
        signed_now(self.settings, url)

    def fold(self) -> None:
        """As far as the log goes."""
        with projector(self.url) as live:
            live.catch_up()

    def tamper(self, statement: str) -> None:
        """As a superuser."""
        with psycopg.connect(self.url) as owner:
            owner.execute(statement.encode())

    def findings(self) -> list[str]:
        """What does not hold."""
        return [f.message for f in verified_database(self.settings, self.url, [], []).findings]


@pytest.fixture
def site(database_url: str, recorder: LogRecorder, tmp_path: Path) -> Iterator[Site]:
    """Nothing has been folded yet."""
    with psycopg.connect(database_url, autocommit=True) as owner:
        yield Site(database_url, tmp_path, Story(owner, recorder, Ticking()))


def test_an_honest_database_holds(site: Site) -> None:
    """Before the erasure is folded, when the key is there still, and after it."""
    assert site.findings() == []
    site.fold()
    assert site.findings() == []


@pytest.mark.parametrize(("statement", "named"), TAMPERING.values(), ids=TAMPERING)
def test_each_is_named(site: Site, statement: str, named: str) -> None:
    """With its position where it has one, and before what else comes of it."""
    site.fold()
    site.tamper(statement)
    assert [finding[: len(named)] for finding in site.findings()][:1] == [named]


def test_a_key_that_came_back_is_named(site: Site) -> None:
    """Out of a backup of the vault, say: once the erasure was folded, there must be none."""
    site.fold()
    uuid = site.people[-1].partition("_")[2]
    site.tamper(f"INSERT INTO vault.person_keys VALUES ('{uuid}', sha256(''))")
    told = "somebody was erased, and their key is there still"
    assert site.findings() == [f"position {ERASED}: {told}: {site.people[-1]}"]


def test_a_checkpoint_that_was_never_published_is_named(site: Site) -> None:
    """Signed with the stolen key: what is left of the file shows that it is not in it. What is
    older than all that is left of the file, nobody can tell.
    """
    note = signed(Checkpoint(site.settings.log_origin, 3, bytes(32), 3), log_keys(site.settings))
    with psycopg.connect(site.url) as owner:
        owner.execute(
            "INSERT INTO proofs.checkpoints (size, position, root, note) VALUES (3, 3, %s, %s)",
            [bytes(32), note],
        )
    named = "the checkpoint of 3 events that the database keeps is not among those"
    assert [finding[: len(named)] for finding in site.findings()] == [named]
    file = site.settings.data_dir / "checkpoints" / "log.checkpoints"
    whole = file.read_text()
    file.write_text(whole[whole.index("\n\n", whole.index("\u2014")) + 2 :])
    assert site.findings() == []


@pytest.mark.parametrize("position", [0, -1])
def test_no_row_is_put_before_the_first(database_url: str, position: int) -> None:
    """By nobody, into neither table; at 1 it is."""
    into = f"INSERT INTO {EVENTS} VALUES (%s, 't', '', '{{}}')".encode()
    tags = f"INSERT INTO {TAGS} VALUES ('t', %s)".encode()
    with psycopg.connect(database_url, autocommit=True) as owner:
        for statement in (into, tags):
            with pytest.raises(psycopg.errors.CheckViolation):
                owner.execute(statement, [position])
            owner.execute(statement, [1])
        with pytest.raises(psycopg.errors.NotNullViolation):
            owner.execute(f"INSERT INTO {EVENTS} VALUES (2, 't', NULL, '{{}}')".encode())
