"""Who may do what, cell by cell, as docs/reference/http.md has it."""

from __future__ import annotations

import pytest

from domain.kernel.permission import Permission
from domain.kernel.principal import SYSTEM, Principal, Role
from domain.kernel.rejections import CommandRejected, RejectionCode
from domain.policy import POLICY, may, require
from tests.domain.principals import ADMIN, ANONYMOUS, AUDITOR, LEARNER, TRAINER, person

COLUMNS = (ADMIN, TRAINER, AUDITOR, LEARNER, ANONYMOUS)

TABLE = """
                    admin  trainer  auditor  learner  anonymous
SEE_ALL_SEGMENTS    yes    yes      yes      no       no
SEE_OWN_SEGMENTS    yes    yes      yes      yes      no
SEE_THE_PAST        yes    yes      yes      no       no
CHANGE_SEGMENTS     yes    yes      no       no       no
DELETE_SEGMENTS     yes    no       no       no       no
SEE_THE_LOG         yes    no       yes      no       no
SEE_ALL_USERS       yes    yes      yes      no       no
SEE_ONESELF         yes    yes      yes      yes      no
CHANGE_MEMBERS      yes    yes      no       no       no
UNDO_OWN            yes    yes      no       no       no
UNDO_ANY            yes    no       no       no       no
CHANGE_USERS        yes    no       no       no       no
SEE_LOG_STATUS      yes    yes      yes      yes      no
"""

HEAD, *ROWS = (line.split() for line in TABLE.strip().splitlines())

CELLS = [
    pytest.param(Permission[row[0]], who, answer == "yes", id=f"{row[0]}-{who.id}")
    for row in ROWS
    for who, answer in zip(COLUMNS, row[1:], strict=True)
]


@pytest.mark.parametrize(("permission", "who", "granted"), CELLS)
def test_each_cell_of_the_table(permission: Permission, who: Principal, granted: bool) -> None:
    """What is granted passes; what is not is FORBIDDEN, in a sentence that names it."""
    assert may(who, permission) is granted
    if granted:
        require(who, permission)
    else:
        with pytest.raises(CommandRejected, match=permission.value) as refused:
            require(who, permission)
        assert [r.code for r in refused.value.rejections] == [RejectionCode.FORBIDDEN]


def test_the_table_is_complete() -> None:
    """A new permission or role is a new row or column here, written down by somebody."""
    assert [who.id for who in COLUMNS] == HEAD
    assert [row[0] for row in ROWS] == [permission.name for permission in Permission]
    assert set(POLICY) == set(Permission)
    assert frozenset[Role]().union(*(who.roles for who in COLUMNS)) == frozenset(Role)


def test_roles_add_up() -> None:
    """Who has two roles may do what either may."""
    both = person("both", Role.LEARNER, Role.AUDITOR)
    assert may(both, Permission.SEE_THE_PAST)
    assert not may(both, Permission.CHANGE_SEGMENTS)


def test_the_system_itself_may_do_everything() -> None:
    """It acts by its own rules, and says so as actor."""
    assert all(may(SYSTEM, permission) for permission in Permission)
