"""Tests of the calendar files and of the server of feeds."""
