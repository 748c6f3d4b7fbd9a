"""Tests of an ask's rules."""
