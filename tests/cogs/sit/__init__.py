"""Tests of the sit as people meet it."""
