"""The version of the site's read model, and the hash of the code that it stands for."""

from __future__ import annotations

VERSION = 9
"""Stored with the read model: one of another version is built anew from the log."""

FINGERPRINT = "2498dc8d3f51f23e"
"""Hash of the tables and folds at this version (tests/projections/test_version.py): a change of
either raises VERSION, and a test says so.
"""
