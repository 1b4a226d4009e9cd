"""Walking through a list page by page."""

from __future__ import annotations

from typing import Any, Protocol, TypeVar

from projections.sql.paging import CursorKey, Page, PageRequest

Asked_contra = TypeVar("Asked_contra", contravariant=True)


class Reads(Protocol[Asked_contra]):
    """Answers questions in pages."""

    async def page(
        self, query: Asked_contra, page_request: PageRequest, /
    ) -> Page[tuple[Any, CursorKey]]: ...


async def walked_through(
    reads: Reads[Asked_contra], query: Asked_contra, size: int, *, backward: bool = False
) -> list[Any]:
    """Everything on the pages of that size, in the list's order, from the front or the back."""
    found: list[Any] = []
    page_request = PageRequest(size, backward=backward)
    while True:
        page = await reads.page(query, page_request)
        found = [*page.rows, *found] if backward else [*found, *page.rows]
        if not (page.has_previous if backward else page.has_next):
            return [view for view, _ in found]
        edge = page.rows[0 if backward else -1][1]
        page_request = (
            PageRequest(size, before=edge, backward=True)
            if backward
            else PageRequest(size, after=edge)
        )
