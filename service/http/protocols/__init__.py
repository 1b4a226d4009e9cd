"""Bounds on the memory and the time of a connection, before its client is known."""
