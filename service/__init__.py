"""The composition root: settings, wiring, web application, command line, sign-in, database."""
