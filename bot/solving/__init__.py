"""Suggestions by HiGHS, in a process of its own. Nothing else in the house knows that there is a solver."""
