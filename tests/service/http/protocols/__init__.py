"""Bounds on what peers may send."""
