"""The version of the site's read model, and what it stands for."""

from __future__ import annotations

VERSION = 8
"""Kept with the read model: one of another version is built anew from the log."""

FINGERPRINT = "7249d787d8f87699"
"""Of the tables and folds at this version (tests/projections/test_version.py): a change of either
raises VERSION, and a test says so.
"""
