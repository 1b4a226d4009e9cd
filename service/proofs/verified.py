"""Verifies the database against all that is known of it: the log, its guards, and the keys of
people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import psycopg
from psycopg import Connection

from domain.people.identifiers.hashes import IdentifierHasher
from projections.proofs.export import LogExport
from projections.proofs.note import Verifier
from projections.proofs.tags import differing_tags, events_before_the_first
from service.database.secrets import secrets
from service.proofs.checkpoints import published_for
from service.proofs.guards import fallen_guards
from service.proofs.people import PeopleAndKeys
from service.proofs.published import whole_notes
from service.proofs.signed import connection_for, signed_now
from service.proofs.stored_checkpoints import differing_checkpoints
from service.settings import Settings
from verifier.verify import Finding, Report, notes_in, verify


def verified_database(
    settings: Settings, url: str, notes: Sequence[str], vkeys: Sequence[str]
) -> Report:
    """Compares the rows of the log with the stored tree, and with the checkpoints that were
    published and those `notes` that were kept elsewhere; then checks what no leaf covers.
    docs/explanation/proofs.md lists that, and what is not checked.
    """
    signed, refused = signed_now(settings, url)
    published = published_for(settings).text()
    hashes = IdentifierHasher(secrets(url).tag_hash)
    with psycopg.connect(connection_for(url)) as connection:
        known = [*notes, *notes_in(published)]
        report = verify(LogExport(connection, signed).lines(), known, vkeys)
        kept = set(whole_notes(published)[0])
        report.findings += _beside(connection, hashes, kept, list(vkeys) or list(signed.vkeys))
    if refused and not report.findings:
        report.findings.append(Finding(refused))
    return report


def _beside(
    connection: Connection[Any], hashes: IdentifierHasher, published: set[str], vkeys: Sequence[str]
) -> Iterator[Finding]:
    """Yields the errors of what no leaf covers."""
    for at, told in (
        *events_before_the_first(connection),
        *differing_tags(connection),
    ):
        yield Finding(f"position {at}: {told}", at)
    verifiers = [Verifier.from_vkey(vkey) for vkey in vkeys]
    for told in (
        *fallen_guards(connection),
        *differing_checkpoints(connection, published, verifiers),
    ):
        yield Finding(told)
    connection.commit()
    for at, told in PeopleAndKeys(connection, hashes).findings():
        yield Finding(f"position {at}: {told}", at)
