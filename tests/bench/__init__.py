"""Benches: each prints a ratio against a bare library in the same run, never a bare figure. Machines are shared."""
