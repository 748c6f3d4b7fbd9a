"""Tests of what people tell about themselves."""
