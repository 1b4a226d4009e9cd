"""Giving and taking roles."""

from __future__ import annotations

import pytest

from domain.kernel.principal import Principal, Role
from domain.kernel.rejections import RejectionCode
from tests.domain.given import Given
from tests.domain.people.commands import assign, ref
from tests.domain.people.events import ANN, BO, added, assigned
from tests.domain.principals import ANONYMOUS, AUDITOR, LEARNER, TRAINER

A_SITE_ADMIN = [Role.SITE_ADMIN]


@pytest.mark.parametrize("who", [ANONYMOUS, LEARNER, AUDITOR, TRAINER], ids=lambda who: who.id)
def test_only_site_admins_may(given: Given, who: Principal) -> None:
    """FORBIDDEN for the others."""
    given(added()).when(assign(Role.AUDITOR), by=who).then_refused(RejectionCode.FORBIDDEN)


def test_the_roles_are_exactly_these(given: Given) -> None:
    """What they had goes; each counts once."""
    story = given(added(ANN, roles=[Role.LEARNER]))
    story.when(assign(Role.TRAINING_MANAGER, Role.AUDITOR, Role.AUDITOR)).then(
        assigned(ANN, 2, [Role.LEARNER], [Role.AUDITOR, Role.TRAINING_MANAGER])
    )


def test_the_same_roles_change_nothing(given: Given) -> None:
    """In any order."""
    roles = [Role.AUDITOR, Role.LEARNER]
    given(added(ANN, roles=roles)).when(assign(*reversed(roles))).then_nothing()


def test_who_is_not_there_is_not_found(given: Given) -> None:
    """Told by the field that named them."""
    given().when(assign(Role.AUDITOR)).then_refused(RejectionCode.NOT_FOUND, path=("user", "id"))


def test_another_version_than_expected(given: Given) -> None:
    """Somebody was faster."""
    given(added()).when(assign(version=7)).then_refused(
        RejectionCode.VERSION_CONFLICT, path=("expectedVersion",), current=1
    )


def test_the_last_active_site_admin_keeps_the_role(given: Given) -> None:
    """Once there is another, the role can go; then that one is the last."""
    story = given(added(ANN, roles=A_SITE_ADMIN), added(BO))
    story.when(assign()).then_refused(RejectionCode.INVALID, path=("roles",))
    story.when(assign(Role.SITE_ADMIN, who=ref(BO))).then(assigned(BO, 2, [], A_SITE_ADMIN))
    story.when(assign()).then(assigned(ANN, 2, A_SITE_ADMIN, []))
    story.when(assign(who=ref(BO))).then_refused(RejectionCode.INVALID, path=("roles",))


def test_more_roles_for_the_last_site_admin(given: Given) -> None:
    """As long as that one stays."""
    story = given(added(ANN, roles=A_SITE_ADMIN))
    story.when(assign(Role.SITE_ADMIN, Role.AUDITOR)).then(
        assigned(ANN, 2, A_SITE_ADMIN, [Role.AUDITOR, Role.SITE_ADMIN])
    )
