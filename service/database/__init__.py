"""PostgreSQL: the embedded server or a given one, its schema, and the ways to it."""
