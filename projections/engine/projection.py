"""The definition of a read model: handed to the engine, which knows no slice of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import Cursor

from domain.log import RecordedEvent
from projections.engine.fold import Fold

MakeFolds = Callable[[], Sequence[Fold]]
Fit = Callable[[Cursor[Any], RecordedEvent], RecordedEvent]


@dataclass(frozen=True, slots=True)
class Projection:
    """`sql_packages` are those whose `tables.sql`, `indexes.sql` and `caught_up.sql` make its
    schema, in this order. `folds` makes fresh folds for one batch, likewise; `bare_folds` those for
    an event that changes nothing but that it was recorded. `fit` leaves of an event that cannot be
    applied what can.
    """

    version: int
    sql_packages: Sequence[str]
    folds: MakeFolds
    bare_folds: MakeFolds
    fit: Fit
