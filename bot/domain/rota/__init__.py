"""Rota arithmetic: which shifts there are, who is on them, and what falls due."""
