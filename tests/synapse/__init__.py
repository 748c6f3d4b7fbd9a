"""A real homeserver on this machine, and people on it."""
