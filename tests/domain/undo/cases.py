"""One event of every kind, recorded by a command: what was before, and what undoes it."""

from __future__ import annotations

from dataclasses import dataclass

from domain.kernel.event import Event
from domain.kernel.principal import Role
from tests.domain.memberships.events import joined, left
from tests.domain.people.events import (
    ANN,
    BO,
    added,
    altered,
    assigned,
    back,
    erased,
    person,
    removed,
)
from tests.domain.segments.events import A, archived, created, deleted, edited, reinstated, restored

ANNA = person("anna", email="anna@example.test", code="a-1")
"""What Ann is after an edit of nearly everything."""
CHANGES = {"name": ("Sales", "Shops"), "code": ("s", None), "visible": (True, False)}


@dataclass(frozen=True, slots=True)
class Case:
    """Events before the command, the command's own, and those of the undo: none of what cannot be
    undone.
    """

    before: tuple[Event, ...]
    done: Event
    opposite: tuple[Event, ...]


def _back(**changes: tuple[object, object]) -> dict[str, tuple[object, object]]:
    return {field: (after, before) for field, (before, after) in changes.items()}


CASES = [
    Case((), created(A), (deleted(A, 2),)),
    Case((created(A, code="s"),), edited(A, 2, **CHANGES), (edited(A, 3, **_back(**CHANGES)),)),
    Case((created(A),), archived(A, 2), (restored(A, 3),)),
    Case((created(A), archived(A, 2)), restored(A, 3), (archived(A, 4),)),
    Case(
        (created(A, code="s"), added(ANN), added(BO), joined(A, BO, ANN)),
        deleted(A, 2, code="s"),
        (reinstated(A, 3, code="s"), joined(A, ANN, BO)),
    ),
    Case((created(A), deleted(A, 2)), reinstated(A, 3), (deleted(A, 4),)),
    Case((), added(ANN), (removed(ANN, 2, person("ann")),)),
    Case(
        (added(ANN),),
        altered(
            ANN, 2, person("ann"), username="anna", email=ANNA.email, first_name="Anna", code="a-1"
        ),
        (
            altered(
                ANN, 3, ANNA, username="ann", email="ann@example.test", first_name="Ann", code=None
            ),
        ),
    ),
    Case(
        (added(ANN, roles=[Role.LEARNER]),),
        assigned(ANN, 2, [Role.LEARNER], [Role.AUDITOR]),
        (assigned(ANN, 3, [Role.AUDITOR], [Role.LEARNER]),),
    ),
    Case((added(ANN),), erased(ANN, 2, person("ann")), ()),
    Case((added(ANN),), removed(ANN, 2, person("ann")), (back(ANN, 3, person("ann")),)),
    Case(
        (added(ANN), removed(ANN, 2, person("ann"))),
        back(ANN, 3, person("ann")),
        (removed(ANN, 4, person("ann")),),
    ),
    Case((created(A), added(ANN)), joined(A, ANN), (left(A, ANN),)),
    Case((created(A), added(ANN), joined(A, ANN)), left(A, ANN), (joined(A, ANN),)),
]
