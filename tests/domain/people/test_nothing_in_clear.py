"""Of a person's data nothing stands in the log but what is sealed: looked for byte by byte."""

from __future__ import annotations

from base64 import b64decode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import astuple
from typing import Any

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.kernel.commands.command import Command
from domain.kernel.principal import Role
from domain.memberships.erase_user import EraseUser
from domain.people.assign_roles import AssignRoles
from domain.people.create_user import CreateUser, NewUser
from domain.people.events import UserCreated, UserEdited
from domain.people.identifiers.hashes import IdentifierHasher
from domain.people.identifiers.lookup import UserKey
from domain.people.person import Person, changed, content_of
from domain.people.update_user import UpdateUser, UserChanges
from domain.people.user_command import UserRef
from domain.people.values import UserStatus
from domain.people.vault import Vault
from tests.domain.given import Story
from tests.domain.memory_recorder import MemoryRecorder
from tests.domain.people.events import ANN, BO, HASHES, added, person
from tests.domain.people.vault import SealingVault

# Long enough to stand nowhere by chance, and with letters that no hexadecimal digit is.
_words = st.text("ghjkqvwxyzäß", min_size=10, max_size=20)
_people = st.builds(
    Person,
    username=_words.map(lambda word: f"u-{word}".casefold()),
    email=_words.map("{}@nowhere.test".format),
    first_name=_words.map(str.title),
    last_name=_words.map(str.title),
    code=_words.map("C {}".format),
)


def _everything(before: Person, now: Person, vault: Vault) -> Iterator[Command]:
    """All that can be done with a person, each way to name them included."""
    draft = NewUser.of(**msgspec.structs.asdict(before), roles=[Role.AUDITOR])
    yield CreateUser(ANN, draft, HASHES, vault)
    by_name = UserRef.of(UserKey.USERNAME, before.username, HASHES)
    yield AssignRoles(by_name, [Role.LEARNER])
    edit = UserChanges.of({**msgspec.structs.asdict(now), "status": UserStatus.SUSPENDED})
    yield UpdateUser(by_name, edit, HASHES, vault)
    by_code = UserRef.of(UserKey.CODE, now.code or "", HASHES)
    yield UpdateUser(by_code, UserChanges.of({"code": None}), HASHES, vault)
    by_email = UserRef.of(UserKey.EMAIL, now.email, HASHES)
    yield EraseUser(by_email)


def _log_of(before: Person, now: Person, vault: Vault) -> MemoryRecorder:
    store = MemoryRecorder()
    story = Story(store)
    for command in _everything(before, now, vault):
        assert story.when(command).outcome is not None
    return store


def _readable(store: MemoryRecorder) -> str:
    """All that is stored, and all that it says once its parts are decoded; in small letters."""
    pieces: list[bytes] = []
    for stored in store.events:
        event = stored.event
        texts = [event.type, *event.tags, *_texts(msgspec.json.decode(event.data))]
        pieces += [event.data, *(text.encode() for text in texts)]
        pieces += [decoded for text in texts for decoded in _decoded(text)]
    return b"\n".join(pieces).decode(errors="replace").casefold()


def _texts(value: Any) -> Iterator[str]:
    """Every text in a JSON value, the names of fields as well."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        yield from (text for part in value.values() for text in _texts(part))
    elif isinstance(value, list):
        yield from (text for part in value for text in _texts(part))


def _decoded(text: str) -> Iterator[bytes]:
    padded = text + "=" * (-len(text) % 4)
    ways: list[Callable[[], bytes]] = [
        lambda: urlsafe_b64decode(padded),
        lambda: b64decode(padded),
        lambda: bytes.fromhex(text),
    ]
    for decoded in ways:
        with suppress(ValueError):
            yield decoded()


def _found(store: MemoryRecorder, *people: Person) -> set[str]:
    """The fields of these people that can be read in the log."""
    readable = _readable(store)
    return {
        name
        for somebody in people
        for name, value in msgspec.structs.asdict(somebody).items()
        if value.casefold() in readable
    }


@given(_people, _people)
def test_nothing_personal_can_be_read_in_the_log(before: Person, now: Person) -> None:
    """Whatever is done with somebody: not in events, tags, envelopes, nor encoded within them."""
    assert _found(_log_of(before, now, SealingVault()), before, now) == set()


@pytest.mark.parametrize("how", ["plain", "hexadecimal", "base64"])
def test_it_would_be_found(how: str) -> None:
    """By the same search, were it there: plain, or encoded so that it looks like nothing."""
    ann, store = person("annabella", code="Pers 4711"), MemoryRecorder()
    content = content_of(ann)
    in_the_open = {
        "plain": content.decode(),
        "hexadecimal": content.hex(),
        "base64": urlsafe_b64encode(content).decode().rstrip("="),
    }
    event = msgspec.structs.asdict(added(ANN, ann))
    Story(store).and_then(UserCreated(**{**event, "sealed": in_the_open[how]}))
    assert _found(store, ann) == set(Person.__struct_fields__)


@given(_people, _people)
def test_with_the_key_all_of_it_can_be_read(before: Person, now: Person) -> None:
    """The person, then every edit of them: before and after."""
    assume(not {*msgspec.structs.astuple(before)} & {*msgspec.structs.astuple(now)})
    vault = SealingVault()
    log = Story(_log_of(before, now, vault))
    events = [record.event for record in log.recorded()]
    ciphertexts = [f.sealed for f in events if isinstance(f, UserCreated | UserEdited) and f.sealed]
    created, edited, cleared = vault.decrypt([(ANN, ciphertext) for ciphertext in ciphertexts])
    assert created == content_of(before)
    assert edited == content_of(changed(before, msgspec.structs.asdict(now)))
    assert cleared == content_of(changed(now, {"code": None}))


def test_what_is_sealed_twice_looks_different_each_time() -> None:
    """Nobody can tell from two ciphertexts that the same stands in them."""
    vault = SealingVault()
    content: dict[str, bytes] = {ANN: b"the same", BO: b"the same"}
    ciphertexts = [*vault.encrypt_new(content).values(), *vault.encrypt(content).values()]
    assert len(set(ciphertexts)) == 4


def test_hashes_tell_nothing_without_their_key() -> None:
    """Under another key the same person's are others: nobody can try names against them."""
    ann = person("ann", code="Pers 7")
    mine, others = HASHES.of(ann), IdentifierHasher(b"another key").of(ann)
    assert not {*astuple(mine)} & {*astuple(others)}


def test_a_user_has_one_key_from_the_beginning() -> None:
    """Made with their creation, however often that is tried; edits and roles make none."""
    vault = SealingVault()
    commands = _everything(person("ann", code="7"), person("bo", code="8"), vault)
    story = Story(MemoryRecorder())
    story.when(next(commands))
    first = dict(vault.keys)
    assert set(first) == {ANN}
    for command in commands:
        assert story.when(command).outcome is not None
    assert vault.keys == first
