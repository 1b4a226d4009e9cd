"""The console's files: pages, and the files that they load."""
