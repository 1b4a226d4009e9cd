"""PostgreSQL: the embedded server or a given one, its schema, and the connections to it."""
