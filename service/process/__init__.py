"""The processes that serve: stopping one, and supervising several."""
