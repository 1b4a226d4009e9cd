"""The processes that serve: how one stops, and who looks after several."""
