"""Loaders: many single look-ups of one operation become one query each."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import cached_property
from uuid import UUID

from strawberry.dataloader import DataLoader

from domain.log import RecordedEvent
from domain.people.vault import Vault
from graph.support.site import Reads
from projections.actors.reads import ActorView
from projections.commands.views import CommandView
from projections.people.views import ERASED, UserView
from projections.segments.views import SegmentView

SegmentAt = tuple[UUID, int | None]
"""A segment's UUID, and the position as of which it is loaded (None: now)."""


class Loaders:
    """The loaders of one operation, each made when it is first used: most operations need none, and
    what is never made is no garbage.
    """

    def __init__(self, reads: Reads, vault: Vault) -> None:
        self._reads = reads
        self._vault = vault

    @cached_property
    def actor(self) -> DataLoader[str, ActorView]:
        """Actors by their ids."""
        return DataLoader(load_fn=self._load_actors)

    @cached_property
    def segment(self) -> DataLoader[SegmentAt, SegmentView | None]:
        """Segments as they are or were."""
        return DataLoader(load_fn=self._load_segments)

    @cached_property
    def user(self) -> DataLoader[UUID, UserView | None]:
        """People of the directory."""
        return DataLoader(load_fn=self._load_users)

    @cached_property
    def name(self) -> DataLoader[str, str]:
        """Display names of users by their ids."""
        return DataLoader(load_fn=self._load_names)

    @cached_property
    def opened(self) -> DataLoader[tuple[str, str], bytes | None]:
        """Sealed content decrypted; None once its key is destroyed."""
        return DataLoader(load_fn=self._load_opened)

    @cached_property
    def leaf(self) -> DataLoader[int, bytes]:
        """The bytes of an event in the log's tree, by its position."""
        return DataLoader(load_fn=self._load_leaves)

    @cached_property
    def event(self) -> DataLoader[int, RecordedEvent | None]:
        """Events by their positions."""
        return DataLoader(load_fn=self._load_events)

    @cached_property
    def command(self) -> DataLoader[str, CommandView | None]:
        """Commands by their own ids."""
        return DataLoader(load_fn=self._load_commands)

    @cached_property
    def command_of_event(self) -> DataLoader[int, CommandView | None]:
        """Commands by the position of any of their events."""
        return DataLoader(load_fn=self._load_commands_of_events)

    async def _load_actors(self, ids: list[str]) -> Sequence[ActorView]:
        found = await self._reads.actors.by_id(set(ids))
        return [found[actor] for actor in ids]

    async def _load_segments(self, keys: list[SegmentAt]) -> Sequence[SegmentView | None]:
        found: dict[SegmentAt, SegmentView] = {}
        for as_of in {key[1] for key in keys}:
            uuids = [uuid for uuid, position in keys if position == as_of]
            views = await self._reads.segments.by_uuid(uuids, as_of)
            found |= {(uuid, as_of): view for uuid, view in views.items()}
        return [found.get(key) for key in keys]

    async def _load_names(self, ids: list[str]) -> Sequence[str]:
        found = await self._reads.users.names(set(ids))
        return [found.get(user, ERASED) for user in ids]

    async def _load_opened(self, ciphertexts: list[tuple[str, str]]) -> Sequence[bytes | None]:
        return await asyncio.to_thread(self._vault.decrypt, ciphertexts)

    async def _load_users(self, uuids: list[UUID]) -> Sequence[UserView | None]:
        found = await self._reads.users.by_uuid(set(uuids))
        return [found.get(uuid) for uuid in uuids]

    async def _load_leaves(self, positions: list[int]) -> Sequence[bytes]:
        found = await self._reads.proofs.leaf_bytes(set(positions))
        return [found[position] for position in positions]

    async def _load_events(self, positions: list[int]) -> Sequence[RecordedEvent | None]:
        found = await self._reads.audit.by_position(positions)
        return [found.get(position) for position in positions]

    async def _load_commands(self, ids: list[str]) -> Sequence[CommandView | None]:
        found = await self._reads.commands.by_id(set(ids))
        return [found.get(command) for command in ids]

    async def _load_commands_of_events(self, positions: list[int]) -> Sequence[CommandView | None]:
        found = await self._reads.commands.of_events(set(positions))
        return [found.get(position) for position in positions]
