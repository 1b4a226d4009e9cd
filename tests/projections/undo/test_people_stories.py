"""An undo about people who have been through a lot reads no more events than it tells: counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from domain.kernel.commands.command import Command
from domain.kernel.ids import UserId, new_user_id
from domain.kernel.principal import Role
from domain.memberships.erase_user import EraseUser
from domain.people.assign_roles import AssignRoles
from domain.people.create_user import CreateUser, NewUser
from domain.people.event_factories import user_created
from domain.people.identifiers.lookup import UserKey
from domain.people.person import Person, content_of
from domain.people.tags import username_tag
from domain.people.update_user import UpdateUser, UserChanges
from domain.people.user_command import UserRef
from domain.people.values import Username, UserStatus
from domain.undo.plan import MAX_CONFLICTS
from domain.undo.reasons import DID_NOT_FIT
from projections.engine.projector import Projector
from tests.domain.given import HISTORY
from tests.projections.conftest import START
from tests.projections.undo.later_commands import (
    ADMIN,
    Tell,
    called_ann,
    moved,
    promoted,
    renamed,
    turned,
)
from tests.projections.undo.site import ANN, BO, FEW, HASHES, MANY, Site

CY, DI = new_user_id(START), new_user_id(START)
CALLED_ANN = Person(username="ann", email="c@x.de", first_name="", last_name="", code=None)


def _user(user: str) -> UserRef:
    return UserRef(UserKey.ID, user)


def _edit(site: Site, **fields: Any) -> Command:
    return UpdateUser(_user(ANN), UserChanges.of(fields), HASHES, site.vault)


def _assign(_: Site, *roles: Role) -> Command:
    return AssignRoles(_user(ANN), roles)


def _named_ann(site: Site, user: UserId) -> Command:
    draft = NewUser.of("ann", f"{user}@x.de", "Ann", "Jones", None, ())
    return CreateUser(user, draft, HASHES, site.vault)


def _cy(site: Site) -> Command:
    draft = NewUser.of("cy", "cy@example.org", "cy", "Smith", None, ())
    return CreateUser(CY, draft, HASHES, site.vault)


@dataclass(frozen=True)
class Case:
    """What is done, and what others do then; nothing of that is in the way, unless it is told."""

    build: Callable[[Site], Command]
    tells: Sequence[Tell]
    count: int = MANY
    in_the_way: Sequence[str] = field(default=())


SUSPENSION = {"status": UserStatus.SUSPENDED}
LAST = "The site needs one active site admin."
TAKEN = "It took the username that they had: it is another's."
CASES = {
    "roles of somebody edited since": Case(
        lambda site: _assign(site, Role.LEARNER), [renamed(ANN), turned(ANN)]
    ),
    "a field of somebody else edited since": Case(
        lambda site: _edit(site, first_name="Anna"), [renamed(ANN), turned(ANN), promoted(ANN)]
    ),
    "a suspension of somebody edited since": Case(
        lambda site: _edit(site, **SUSPENSION), [renamed(ANN), promoted(ANN)]
    ),
    "roles while another comes and goes as a site admin": Case(
        lambda site: _assign(site, Role.LEARNER), [promoted(BO)]
    ),
    "the role of the last site admin": Case(
        lambda site: _assign(site, *ADMIN), [promoted(BO)], in_the_way=[LAST]
    ),
    "the role of a site admin beside another": Case(
        lambda site: _assign(site, *ADMIN), [promoted(BO)], MANY + 1
    ),
    "a creation of somebody while others do much": Case(_cy, [renamed(ANN), moved(BO)]),
    "a username that came and went": Case(
        lambda site: _edit(site, username="anna"), [called_ann(BO)]
    ),
    "a username that is another's in the end": Case(
        lambda site: _edit(site, username="anna"), [called_ann(BO)], MANY + 1, [TAKEN]
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_an_undo_reads_a_few_events(site: Site, site_projector: Projector, case: Case) -> None:
    """However many came since of the same person, the same name, and of site admins."""
    command = site.do(case.build(site))
    for tell in case.tells:
        site.tell(case.count, tell)
    site_projector.catch_up()
    plan = site.preview(command)
    assert [conflict.reason for conflict in plan.conflicts] == list(case.in_the_way)
    assert plan.undone == (0 if case.in_the_way else 1)
    assert 0 < site.mapper.read < FEW


def test_who_was_removed_comes_back_whatever_others_were_called(
    site: Site, site_projector: Projector
) -> None:
    """It is asked who is called so now."""
    command = site.do(_cy(site))
    site_projector.catch_up()
    removal = site.do(site.undo(command))
    site.tell(MANY, called_ann(BO), username_tag(HASHES.username(Username("cy"))))
    site_projector.catch_up()
    site.mapper.read = 0
    plan = site.preview(removal)
    assert (plan.undone, plan.conflicts) == (1, [])
    assert 0 < site.mapper.read < FEW


def test_who_took_a_name_is_told_not_who_had_it_in_between(
    site: Site, site_projector: Projector
) -> None:
    """An erasure names what somebody had, though another has it by then."""
    command = site.do(_edit(site, username="anna"))
    between = site.do(_named_ann(site, CY))
    site_projector.catch_up()
    site.do(site.undo(between))
    taking = site.do(_named_ann(site, DI))
    site_projector.catch_up()
    site.do(EraseUser(_user(CY)))
    site_projector.catch_up()
    plan = site.preview(command)
    told = [(conflict.recorded.position, conflict.reason) for conflict in plan.conflicts]
    assert told == [(site.position_of(taking), TAKEN)]


def test_an_erasure_in_the_way_is_found_at_once(site: Site, site_projector: Projector) -> None:
    """It is one event, the last."""
    command = site.do(_edit(site, first_name="Anna"))
    site.tell(MANY, renamed(ANN))
    site_projector.catch_up()
    site.do(EraseUser(_user(ANN)))
    site_projector.catch_up()
    plan = site.preview(command)
    assert [conflict.recorded.event.TOPIC for conflict in plan.conflicts] == ["user.erased"]
    assert 0 < site.mapper.read < FEW


def test_who_never_came_is_told_of(site: Site, site_projector: Projector) -> None:
    """The name that they were to have was another's, so that the read model knows nobody."""
    created = user_created(CY, HASHES.of(CALLED_ANN), (), _sealed(site))
    site.tell(1, lambda _: created)
    site_projector.catch_up()
    plan = site.preview(HISTORY.command_id)
    assert [conflict.reason for conflict in plan.conflicts] == [DID_NOT_FIT]
    assert plan.undone == 0


def _sealed(site: Site) -> str:
    return site.vault.encrypt_new({CY: content_of(CALLED_ANN)})[CY]


@pytest.mark.parametrize("later", [MAX_CONFLICTS - 1, MAX_CONFLICTS, MAX_CONFLICTS + 1, MANY])
@pytest.mark.parametrize("tell", [renamed(CY), moved(CY)], ids=["edits", "memberships"])
def test_the_first_thousand_after_a_creation_are_read_and_told(
    site: Site, site_projector: Projector, tell: Tell, later: int
) -> None:
    """In the order of the log."""
    command = site.do(_cy(site))
    site.tell(later, tell)
    site_projector.catch_up()
    plan = site.preview(command)
    positions = [conflict.recorded.position for conflict in plan.conflicts]
    first = positions[0]
    assert positions == [*range(first, first + min(later, MAX_CONFLICTS))]
    assert (first, plan.undone) == (site.position_of(command) + 1, 0)
    assert site.mapper.read < MAX_CONFLICTS + FEW
