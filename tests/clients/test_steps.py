"""What adopters do with a client and its cache works, headless, against a real service.

Each example lists three segments, "… A", "… B" and "… C", in pages of two, and goes on with the
first of them.
"""

from __future__ import annotations

import pytest

from tests.clients.examples import Steps


def test_nothing_is_warned_of(steps: Steps) -> None:
    """By the client or its cache."""
    assert steps.warnings == []


def test_a_list_grows_by_pages(steps: Steps) -> None:
    """The second page stands behind the first, in one list."""
    first = [name[-1] for name in steps["list"]["first"]]
    everything = [name[-1] for name in steps["list"]["all"]]
    assert (first, everything) == (["A", "B"], ["A", "B", "C"])


def test_an_object_is_asked_again_by_node(steps: Steps) -> None:
    """And is shown anew in the list that has it."""
    assert steps["refetch"]["before"].endswith(" A")
    assert steps["refetch"]["after"].endswith(" A refetched")


def test_the_past_overwrites_nothing(steps: Steps) -> None:
    """The segment as of its creation has an id of its own; the list shows the present one."""
    step = steps["asOf"]
    assert step["past"]["id"] == f"{step['id']}@{step['past']['asOf']}"
    assert step["past"]["name"].endswith(" A")
    assert step["current"] == {"id": step["id"], "asOf": None, "name": step["now"]}
    assert step["now"].endswith(" A refetched")


def test_the_past_is_asked_again_by_node(steps: Steps) -> None:
    """By its own id it is the same."""
    assert steps["asOf"]["again"] == steps["asOf"]["past"]


@pytest.mark.parametrize("steps", ["relay"], indirect=True)
def test_a_roster_of_the_past_grows_by_pages_of_the_past(steps: Steps) -> None:
    """A page is asked for by the segment's id as of then: of three members one is there now."""
    assert (steps["roster"]["past"], steps["roster"]["now"]) == (3, 1)


def test_two_moments_stand_side_by_side(steps: Steps) -> None:
    """Each with its own values, as the changes have them, and the list as it was."""
    step = steps["compare"]
    assert step["before"].endswith(" A")
    assert step["after"].endswith(" A compared")
    assert step["changes"] == [{"field": "name", "before": step["before"], "after": step["after"]}]
    assert step["now"].endswith(" A refetched")


@pytest.mark.parametrize("steps", ["relay", "apollo", "urql"], indirect=True)
def test_a_cache_shows_a_rename_before_the_answer(steps: Steps) -> None:
    """The list has the new name while the command is on its way; the answer then refuses it."""
    assert steps["conflict"]["optimistic"].endswith(" A mine")


def test_a_conflict_is_settled_from_what_it_brings(steps: Steps) -> None:
    """What others made of the segment is shown, and is what the next rename is based on."""
    step = steps["conflict"]
    assert step["code"] == "VERSION_CONFLICT"
    assert step["current"].endswith(" A by others")
    assert step["settled"].endswith(" A settled")
    assert step["errors"] == []


def test_a_subscription_goes_on_where_it_ended(steps: Steps) -> None:
    """What happened meanwhile is told, once, and is shown in the list."""
    step = steps["resumed"]
    assert step["seen"] == step["position"]
    assert step["resumed"] == step["missed"]
    assert step["now"].endswith(" A while away")


def test_a_file_is_uploaded(steps: Steps) -> None:
    """By the client's own way to send files."""
    assert (steps["upload"]["created"], steps["upload"]["errors"]) == (1, [])


def test_a_forbidden_field_leaves_the_rest_of_the_answer(steps: Steps) -> None:
    """A training manager sees the list beside the log, which they may not read."""
    assert steps["forbidden"]["totalCount"] == 4
    assert steps["forbidden"]["events"] is None
