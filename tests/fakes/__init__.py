"""Ports that live in memory."""
