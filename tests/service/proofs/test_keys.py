"""The keys that sign the log: made once, or given."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from service.proofs.keys import NotAKey, log_keys
from service.settings import Settings


def test_the_data_directory_s_key_is_made_once(tmp_path: Path) -> None:
    """For its owner's eyes only."""
    settings = Settings(data_dir=tmp_path)
    first, again = ([k.private_bytes_raw() for k in log_keys(settings)] for _ in range(2))
    assert first == again
    assert (tmp_path / "keys" / "log-signing.pem").stat().st_mode & 0o777 == 0o600


def test_keys_can_be_given(tmp_path: Path) -> None:
    """The present one first; the data directory then has none of its own."""
    files = []
    for name in ("a", "b"):
        log_keys(Settings(data_dir=tmp_path / name))
        files.append(tmp_path / name / "keys" / "log-signing.pem")
    given = Settings(data_dir=tmp_path / "c", log_key_files=":".join(map(str, files)))
    assert len({key.private_bytes_raw() for key in log_keys(given)}) == 2
    assert not (tmp_path / "c").exists()


def test_what_is_no_key_of_ours_is_told(tmp_path: Path) -> None:
    """By the name of its file."""
    other = ec.generate_private_key(ec.SECP256R1())
    pem = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for content, told in ((b"nonsense", "can be read"), (pem, "not of Ed25519")):
        file = tmp_path / "key.pem"
        file.write_bytes(content)
        with pytest.raises(NotAKey, match=told):
            log_keys(Settings(data_dir=tmp_path, log_key_files=str(file)))
