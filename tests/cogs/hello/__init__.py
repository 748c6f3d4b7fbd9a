"""Rotas."""
