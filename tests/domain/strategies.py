"""Any event of any class, from the types of its fields: new slices are covered at once."""

from __future__ import annotations

from enum import Enum
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from domain.catalogue import CATALOGUE
from domain.kernel.envelope import Envelope
from domain.kernel.event import Event

S = TypeVar("S", bound=msgspec.Struct)

MAX_EXACT = 2**53 - 1
"""The largest whole number that every reader of JSON reads exactly."""

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
"""Anything that is text: control characters and all planes, but no half of a surrogate pair."""

usernames = st.text(
    st.one_of(st.sampled_from("-_.@+"), st.characters(categories=["L", "Nd"])),
    min_size=1,
    max_size=30,
)
"""What may be typed as a username: of letters of every script, in any case."""

_labels = st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=15)
addresses = st.builds("{}@{}.{}".format, _labels, _labels, _labels)
"""What may be typed as an e-mail address."""

_LEAVES: dict[Any, SearchStrategy[Any]] = {
    str: texts,
    int: st.integers(min_value=0, max_value=MAX_EXACT),
    bool: st.booleans(),
    NoneType: st.none(),
}


def structs(struct: type[S]) -> SearchStrategy[S]:
    """Any instance of a msgspec class."""
    return st.builds(struct, **_fields(struct, {}))


def events() -> SearchStrategy[Event]:
    """Any event of the catalogue."""
    return st.one_of([structs(event) for event in CATALOGUE.by_topic.values()])


def envelopes() -> SearchStrategy[Envelope]:
    """Any envelope of today's schema version."""
    return structs(Envelope).map(lambda e: msgspec.structs.replace(e, schema_version=1))


def _fields(struct: Any, arguments: dict[Any, Any]) -> dict[str, SearchStrategy[Any]]:
    hints = get_type_hints(struct)
    return {name: _values(hints[name], arguments) for name in struct.__struct_fields__}


def _values(wanted: Any, arguments: dict[Any, Any]) -> SearchStrategy[Any]:
    wanted = arguments.get(wanted, wanted)
    origin = get_origin(wanted)
    if wanted in _LEAVES:
        return _LEAVES[wanted]
    if origin in (Union, UnionType):
        return st.one_of([_values(choice, arguments) for choice in get_args(wanted)])
    if origin is tuple:
        return st.lists(_values(get_args(wanted)[0], arguments), max_size=4).map(tuple)
    if origin is not None:
        arguments = dict(zip(origin.__parameters__, get_args(wanted), strict=True))
        return st.builds(origin, **_fields(origin, arguments))
    if issubclass(wanted, Enum):
        return st.sampled_from(wanted)
    return structs(wanted)
