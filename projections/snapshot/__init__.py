"""Snapshots of the read model at one position, for commands (domain/snapshot.py)."""
