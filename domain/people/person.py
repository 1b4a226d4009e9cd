"""The data sealed inside the events about a person, and the change of it."""

from __future__ import annotations

from typing import Any

import msgspec

from domain.kernel.change import Change


class Person(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A user's personal data, as typed; `username` is case-folded."""

    username: str
    email: str
    first_name: str
    last_name: str
    code: str | None

    @property
    def display_name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"


class PersonEdit(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """The personal fields that an edit changed, each with its value before and after."""

    username: Change[str] | None = None
    email: Change[str] | None = None
    first_name: Change[str] | None = None
    last_name: Change[str] | None = None
    code: Change[str | None] | None = None


FIELDS = Person.__struct_fields__
"""The names of the personal fields."""

_encoder = msgspec.json.Encoder(order="sorted")
_person = msgspec.json.Decoder(Person)
_edit = msgspec.json.Decoder(PersonEdit)


def content_of(sealed: Person | PersonEdit) -> bytes:
    """Returns the data to be sealed, as canonical JSON."""
    return _encoder.encode(sealed)


def person_in(content: bytes) -> Person:
    """Returns the person behind the opened content of a `user.created`."""
    return _person.decode(content)


def edit_in(content: bytes) -> PersonEdit:
    """Returns the change behind the opened content of a `user.edited`."""
    return _edit.decode(content)


def changed(before: Person, wanted: dict[str, Any]) -> PersonEdit:
    """Returns the difference when the given fields of `before` become as wanted."""
    changes = {
        name: Change(before=getattr(before, name), after=apply_edit)
        for name, apply_edit in wanted.items()
        if getattr(before, name) != apply_edit
    }
    return PersonEdit(**changes)


def fields_of(edit: PersonEdit) -> tuple[str, ...]:
    """Returns the names of the fields that an edit changes, sorted."""
    return tuple(sorted(name for name in FIELDS if getattr(edit, name) is not None))


def apply_edit(person: Person, edit: PersonEdit) -> Person:
    """Returns the person once the edit is made."""
    afters = {name: getattr(edit, name).after for name in fields_of(edit)}
    return msgspec.structs.replace(person, **afters)
