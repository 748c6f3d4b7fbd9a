"""Suggestions by HiGHS."""
