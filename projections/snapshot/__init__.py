"""What commands ask of the read model, at one position (domain/snapshot.py)."""
