"""An image, unpacked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple


class Image(NamedTuple):
    """The folder of its files, and its configuration as Docker has it."""

    files: Path
    configuration: Mapping[str, Any]

    @property
    def environment(self) -> dict[str, str]:
        """The variables that it sets."""
        return dict(one.split("=", 1) for one in self.configuration["Env"])

    @property
    def user(self) -> tuple[str, str]:
        """The numbers of USER and its group."""
        uid, gid = self.configuration["User"].split(":")
        return uid, gid

    @property
    def volume(self) -> str:
        """The one path that is declared as a volume."""
        (path,) = self.configuration["Volumes"]
        return str(path)

    @property
    def health_check(self) -> list[str]:
        """The words of HEALTHCHECK, which is in exec form."""
        test: list[str] = self.configuration["Healthcheck"]["Test"]
        assert test[0] == "CMD", test
        return test[1:]

    def command(self, words: list[str] | None) -> list[str]:
        """What is run: the entry point with these words, or with those of CMD."""
        entry_point: list[str] = self.configuration["Entrypoint"]
        default: list[str] = self.configuration["Cmd"]
        return entry_point + (words or default)
