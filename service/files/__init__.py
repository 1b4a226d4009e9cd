"""Files that the service writes."""
