"""Encrypts personal data with its person's own key: the log holds names and addresses only so.

AES-256-GCM with a fresh nonce each time, which is safe for far more events than a person ever has.
The person's id is bound in, so a ciphertext of one cannot be passed off as another's.
"""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_SIZE = 32
"""Bytes of a person's key."""

_NONCE_SIZE = 12


def new_key() -> bytes:
    """Returns a new key for one person."""
    return secrets.token_bytes(KEY_SIZE)


def encrypt(key: bytes, user_id: str, content: bytes) -> str:
    """Encrypts content: nonce and ciphertext in base64url, unpadded."""
    nonce = secrets.token_bytes(_NONCE_SIZE)
    ciphertext = nonce + AESGCM(key).encrypt(nonce, content, user_id.encode())
    return urlsafe_b64encode(ciphertext).rstrip(b"=").decode()


def decrypt(key: bytes, user_id: str, sealed: str) -> bytes:
    """Decrypts content. cryptography's InvalidTag for another key or person, or a changed
    ciphertext.
    """
    ciphertext = urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
    return AESGCM(key).decrypt(ciphertext[:_NONCE_SIZE], ciphertext[_NONCE_SIZE:], user_id.encode())
