"""The parts of the Discord world that need no server."""
