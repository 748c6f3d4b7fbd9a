"""The parts of the Matrix world that need no server."""
