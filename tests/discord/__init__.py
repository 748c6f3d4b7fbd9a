"""Discord's API on loopback, checked against Discord's own description of it."""
