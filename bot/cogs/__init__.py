"""Features, each told once for every platform."""
