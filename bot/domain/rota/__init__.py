"""Rotas: wall-clock rules, who said yes to which shift, and what falls due. A shift is (rota, local date)."""
