"""Plans: what is kept of a long file, and what it comes to."""

from __future__ import annotations

import pytest

from domain.uploads import upload_command
from domain.uploads.options import BadRows
from domain.uploads.plan import MAX_ERRORS, MAX_PREVIEW_ROWS, UploadCounts
from tests.domain.given import Given
from tests.domain.memberships.events import joined
from tests.domain.people.events import ANN, BO, added
from tests.domain.segments.events import A, created
from tests.domain.uploads.commands import UPDATE, dry_run, members, put_in, segments, users


@pytest.mark.parametrize("rows", [MAX_ERRORS, MAX_ERRORS + 1])
def test_all_rejected_rows_are_counted_and_the_first_errors_told(given: Given, rows: int) -> None:
    """Each row has its reason, whether it is told or not."""
    command = dry_run(given(), segments("name,code\n" + ",x\n" * rows))
    assert command.counts() == UploadCounts(rows_read=rows, rows_rejected=rows)
    assert len(command.plan.errors) == MAX_ERRORS
    assert [*command.plan.rejected] == [*range(2, rows + 2)]


@pytest.mark.parametrize("rows", [MAX_PREVIEW_ROWS, MAX_PREVIEW_ROWS + 1])
def test_the_first_rows_are_shown(given: Given, rows: int) -> None:
    """As they were understood; all of them are planned."""
    command = dry_run(given(), segments("name\n" + "Sales\n" * rows))
    assert [row["row"] for row in command.plan.preview] == [*range(2, MAX_PREVIEW_ROWS + 2)]
    assert command.counts().created == rows


@pytest.mark.parametrize(
    ("bad_rows", "recorded"),
    [(BadRows.REJECT_FILE, 0), (BadRows.SKIP_ROWS, 1)],
    ids=["nothing is recorded", "the others are recorded"],
)
def test_what_is_not_recorded_is_not_counted_as_created(
    given: Given, bad_rows: BadRows, recorded: int
) -> None:
    """Nor as updated, nor as a new site admin; rows that are so already are counted anyway."""
    text = (
        "username,email,firstname,lastname,roles\n"
        "ann,,,,\n"
        "bo,,Beau,,\n"
        "dan,dan@example.test,Dan,Smith,site-admin\n"
        "eve,,,,\n"
    )
    command = users(text, existing=UPDATE, bad_rows=bad_rows)
    counts = dry_run(given(added(ANN), added(BO)), command).counts()
    assert counts.rows_accepted == 3
    assert counts == UploadCounts(
        rows_read=4,
        rows_rejected=1,
        created=recorded,
        updated=recorded,
        unchanged=1,
        new_site_admins=recorded,
    )


def test_the_site_is_asked_for_some_rows_at_a_time(
    given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stood in earlier ones is known: nobody joins twice."""
    monkeypatch.setattr(upload_command, "BATCH_SIZE", 2)
    text = "segment,username\n" + "sales,ann\nsales,bo\n" * 2 + "sales,ann\n"
    story = given(created(A, code="sales"), added(ANN), added(BO), joined(A, BO))
    command = members(text)
    story.when(command).then(put_in(A, row2=ANN))
    assert command.counts() == UploadCounts(rows_read=5, created=1, unchanged=1)
