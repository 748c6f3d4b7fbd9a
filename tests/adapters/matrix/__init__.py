"""The Matrix world, as far as it can be seen without a server."""
