"""Rotas, told once for every world: start one, see it, join, leave, be pinged, open the check-in."""

from bot.cogs.rota.calendar import Calendars, Feeding
from bot.cogs.rota.feature import Rotas

__all__ = ["Calendars", "Feeding", "Rotas"]
