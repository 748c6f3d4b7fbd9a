"""Alongside: rotas, company and signposts for peer-support groups."""
