"""Tests of the local room, over real HTTP."""
