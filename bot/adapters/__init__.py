"""Worlds: each translates between one platform and the core, and stops there."""
