"""The console's files: pages, and what they load."""
