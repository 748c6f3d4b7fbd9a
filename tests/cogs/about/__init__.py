"""Tests of help and about."""
