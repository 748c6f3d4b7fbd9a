"""Tests of the local room in a real browser."""
