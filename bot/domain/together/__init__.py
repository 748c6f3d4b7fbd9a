"""Sitting together as a group: open hours."""
