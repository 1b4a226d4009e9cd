"""A log that was signed now and then, somebody who can do anything to its database, and auditors
who keep what was published elsewhere.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg
from typer.testing import CliRunner

from domain.kernel.commands.command import Command
from projections.proofs.follower import TreeFollower
from service.cli import app
from service.proofs.signed import connection_for, signed_now
from service.settings import Settings
from tests.projections.commands import creation
from verifier import verify

SIGNED = (20, 40, 60)
"""After how many events."""

GAP = 31
"""A position that no event has."""


@dataclass(frozen=True)
class Audited:
    """One log; `outside` is the auditors' own folder."""

    database_url: str
    data_dir: Path
    outside: Path

    def fill(self, do: Callable[[Command], object]) -> None:
        """Sixty segments, signed three times; what was published is then copied outside."""
        settings = Settings(database_url=self.database_url, data_dir=self.data_dir)
        for number in range(1, SIGNED[-1] + 1):
            if number == GAP:
                self.tamper("SELECT nextval('log.events_tt_main_id_seq')")
            do(creation(f"Segment {number}", f"s-{number}"))
            if number in SIGNED:
                signed_now(settings, self.database_url)
        self.keep_what_is_published()

    def keep_what_is_published(self) -> None:
        """Copies it outside."""
        for file in (self.data_dir / "checkpoints").iterdir():
            shutil.copy(file, self.outside)

    def tamper(self, *statements: str) -> None:
        """As a superuser, whom no trigger stops, and who leaves none disabled."""
        with psycopg.connect(self.database_url) as connection:
            for table in ("log.events_tt_main", "log.events_tt_tag", "access.entries"):
                connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL".encode())
            for statement in statements:
                connection.execute(statement.encode())
            for table in ("log.events_tt_main", "log.events_tt_tag"):
                connection.execute(
                    f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER append_only".encode()
                )
            connection.execute("ALTER TABLE access.entries ENABLE ALWAYS TRIGGER append_only")
            connection.execute("ALTER TABLE access.entries ENABLE ALWAYS TRIGGER kept_for_a_month")

    def rewrite_the_tree(self) -> None:
        """So that it agrees with the log again; and what was kept of the old one is gone."""
        self.tamper(
            "TRUNCATE proofs.tiles, proofs.checkpoints",
            "UPDATE proofs.progress SET size = 0, position = 0",
        )
        conninfo = connection_for(self.database_url)
        TreeFollower(lambda: psycopg.connect(conninfo)).catch_up()

    def export(self, name: str = "log.jsonl.gz", *words: str) -> Path:
        """What the service's own people hand out; they cannot but take what the database says."""
        file = self.outside / name
        told = self._segments("export", "--out", str(file), *words)
        assert told[0] == 0, told
        return file

    def verified(self, export: Path, *, believing: bool = True) -> list[tuple[int, str]]:
        """Exit code and words: of `segments verify`, and of the script that auditors run."""
        given = [("--vkey", str(self.outside / "log.vkeys"))] if believing else []
        kept = str(self.outside / "log.checkpoints") if believing else None
        ours = [word for pair in given for word in pair]
        theirs = list(ours)
        if kept:
            ours += ["--checkpoint", kept]
            theirs += ["--checkpoints", kept]
        script = [sys.executable, verify.__file__ or "", str(export), *theirs]
        done = subprocess.run(script, capture_output=True, text=True, check=False)
        return [
            self._segments("verify", str(export), *ours),
            (done.returncode, done.stdout + done.stderr),
        ]

    def database_verified(self) -> tuple[int, str]:
        """Exit code and words of `segments verify --database`."""
        kept = str(self.outside / "log.checkpoints")
        return self._segments("verify", "--database", "--checkpoint", kept)

    def _segments(self, *words: str) -> tuple[int, str]:
        needs_it = words[0] == "export" or "--database" in words
        data = ["--data", str(self.data_dir)] if needs_it else []
        environment = {"SEGMENTS_DATABASE_URL": self.database_url}
        done = CliRunner().invoke(app, [*words, *data], env=environment)
        return done.exit_code, done.output
