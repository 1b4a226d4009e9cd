"""What a connection may hold and for how long, before anybody knows who is at its other end."""
