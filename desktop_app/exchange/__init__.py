"""File formats in and out: bytes to model objects and back. Refuses to know a database, a screen or another room."""
