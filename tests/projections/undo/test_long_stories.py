"""An undo on what has been through a lot reads no more events than it tells: counted, not timed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from domain.kernel.change import Change
from domain.kernel.commands.command import Command
from domain.log import RecordedEvent
from domain.memberships.add_users_to_segment import AddUsersToSegment
from domain.memberships.events import MembersAdded, MembersRemoved
from domain.memberships.user_refs import UserRefs
from domain.people.identifiers.lookup import UserKey
from domain.segments.archive_segment import ArchiveSegment
from domain.segments.events import SegmentEdited
from domain.segments.update_segment import SegmentChanges, UpdateSegment
from domain.segments.values import SegmentSource
from domain.undo.plan import MAX_CONFLICTS, UndoPlan
from projections.engine.projector import Projector
from tests.projections.undo.site import ANN, BO, FEW, HASHES, MANY, REF, SEGMENT, Site


def _renamed(number: int) -> SegmentEdited:
    name = Change(before=f"{number}", after=f"{number + 1}")
    return SegmentEdited(segment_id=SEGMENT, version=number + 3, name=name)


def _bo_turned(number: int) -> MembersAdded | MembersRemoved:
    if number % 2:
        return MembersRemoved(segment_id=SEGMENT, user_ids=(BO,))
    return MembersAdded(segment_id=SEGMENT, user_ids=(BO,), source=SegmentSource.MANUAL)


def _edit(**fields: Any) -> Command:
    return UpdateSegment(REF, SegmentChanges.of(fields))


def _added(site: Site) -> Command:
    return AddUsersToSegment(REF, UserRefs.of(UserKey.ID, [ANN]), HASHES)


COMMANDS: dict[str, Callable[[Site], Command]] = {
    "an edit of what nobody edited since": lambda _: _edit(visible=False),
    "an addition of somebody who stayed": _added,
}


@pytest.mark.parametrize("build", COMMANDS.values(), ids=COMMANDS)
def test_an_undo_reads_a_few_events(
    site: Site, site_projector: Projector, build: Callable[[Site], Command]
) -> None:
    """However many came since of the same segment and roster that are not in its way."""
    site_projector.catch_up()
    command = site.do(build(site))
    site.tell(MANY, _renamed)
    site.tell(MANY, _bo_turned)
    site_projector.catch_up()
    plan = site.preview(command)
    assert (plan.undone, plan.conflicts) == (1, [])
    assert 0 < site.mapper.read < FEW


def test_what_closed_a_segment_is_found_at_once(site: Site, site_projector: Projector) -> None:
    """It is one event, the last."""
    command = site.do(_edit(visible=False))
    site.tell(MANY, _renamed)
    site.do(ArchiveSegment(REF))
    site_projector.catch_up()
    plan = site.preview(command)
    assert [conflict.recorded.event.TOPIC for conflict in plan.conflicts] == ["segment.archived"]
    assert 0 < site.mapper.read < FEW


@pytest.mark.parametrize("later", [MAX_CONFLICTS - 1, MAX_CONFLICTS, MAX_CONFLICTS + 1])
def test_the_first_thousand_conflicts_are_read_and_told(
    site: Site, site_projector: Projector, later: int
) -> None:
    """In the order of the log."""
    command = site.do(_edit(name="Shops"))
    site.tell(later, _renamed)
    site_projector.catch_up()
    plan = site.preview(command)
    told = _names(conflict.recorded for conflict in plan.conflicts)
    assert told == [f"{n + 1}" for n in range(min(later, MAX_CONFLICTS))]
    assert {conflict.reason for conflict in plan.conflicts} == {"It changed the name again."}
    assert plan.undone == 0
    assert site.mapper.read < MAX_CONFLICTS + FEW


def test_no_more_conflicts_are_kept_than_told(site: Site, site_projector: Projector) -> None:
    """Whatever part of a command they stand in the way of: the first of all, each once."""
    command = site.do(_edit(name="Shops"))
    site.tell(MAX_CONFLICTS, _renamed)
    site_projector.catch_up()
    events = [conflict.recorded for conflict in site.preview(command).conflicts]
    plan = UndoPlan()
    for reason in ("Third.", "First.", "Second."):
        assert plan.add_conflict(events, reason)
    told = [(conflict.recorded, conflict.reason) for conflict in plan.conflicts]
    each = [(event, reason) for event in events for reason in ("First.", "Second.", "Third.")]
    assert told == each[:MAX_CONFLICTS]


def _names(recorded_events: Iterator[RecordedEvent]) -> Sequence[str]:
    events = [recorded.event for recorded in recorded_events]
    return [e.name.after for e in events if isinstance(e, SegmentEdited) and e.name]
