"""How typed words become values: one small kind each, all of them `commands.Kind`."""

from bot.domain.reading.places import Place, Zone
from bot.domain.reading.plain import OneOf, Text, Whole
from bot.domain.reading.times import Day, Leads, Length, Moment

__all__ = ["Day", "Leads", "Length", "Moment", "OneOf", "Place", "Text", "Whole", "Zone"]
