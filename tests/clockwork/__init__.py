"""Tests of the alarm, the works and the pump."""
