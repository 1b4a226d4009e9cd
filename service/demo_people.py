"""The people of the demo content, and who of them is in which segment."""

from __future__ import annotations

from typing import NamedTuple

from domain.kernel.principal import Role


class SamplePerson(NamedTuple):
    """Somebody made up; the address is of a domain that is reserved for examples."""

    first_name: str
    last_name: str
    segments: tuple[str, ...]
    roles: tuple[Role, ...] = (Role.LEARNER,)

    @property
    def username(self) -> str:
        """Their first name, in plain letters."""
        return _PLAIN.get(self.first_name, self.first_name).lower()

    @property
    def email(self) -> str:
        """Made of the username."""
        return f"{self.username}@example.org"


_PLAIN = {"Zoë": "Zoe", "Łukasz": "Lukasz", "José": "Jose", "Ümit": "Umit"}

PEOPLE = (
    SamplePerson("Amina", "Haddad", ("sales", "sales-managers", "leaders"), (Role.SITE_ADMIN,)),
    SamplePerson("Bruno", "Costa", ("sales", "first-aid"), (Role.TRAINING_MANAGER,)),
    SamplePerson("Carla", "Meier", ("sales", "geneve"), (Role.AUDITOR,)),
    SamplePerson("Daniel", "Okafor", ("sales", "new")),
    SamplePerson("Elif", "Kaya", ("sales", "sales-managers")),
    SamplePerson("Farid", "Benali", ("cs", "geneve")),
    SamplePerson("Grace", "Lindqvist", ("cs", "first-aid")),
    SamplePerson("Hiro", "Tanaka", ("eng",)),
    SamplePerson("Ines", "Duarte", ("eng", "first-aid")),
    SamplePerson("José", "Álvarez", ("eng", "council")),
    SamplePerson("Kaja", "Nowak", ("eng", "lodz")),
    SamplePerson("Łukasz", "Zając", ("lodz", "first-aid")),
    SamplePerson("Maya", "Shah", ("eng-interns-2026", "new")),
    SamplePerson("Noah", "O'Brien", ("eng-interns-2026", "new")),
    SamplePerson("Olga", "Petrova", ("leaders", "council")),
    SamplePerson("Ümit", "Özdemir", ("lodz",)),
    SamplePerson("Wanda", "van den Berg", ("cs", "new")),
    SamplePerson("Zoë", "Dubois", ("geneve", "leaders")),
)


def members_of(code: str) -> list[str]:
    """Returns the usernames of those who are in the segment with that code."""
    return [person.username for person in PEOPLE if code in person.segments]
