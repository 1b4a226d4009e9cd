"""Sign-in on the console's page: the methods, and their endpoints."""
