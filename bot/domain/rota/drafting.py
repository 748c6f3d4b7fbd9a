"""A rota from a file that waits for the word of whoever brought it in, and was shown it."""

from dataclasses import dataclass

from whenever import Instant, TimeDelta

from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.rota.closing import Closure
from bot.domain.rota.pattern import Pattern
from bot.domain.rota.rota import Rota

WAITS = TimeDelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a rota would be once `person` agrees, up to `until`. Of the file it came from, nothing else is kept.

    `code` tells it from others; the rest is as in `Rota`.
    """

    code: str
    person: PersonId
    name: str
    patterns: tuple[Pattern, ...]
    zone: str
    closed: tuple[Closure, ...]
    place: PlaceId
    until: Instant

    def rota(self, group: GroupId, id_: str, number: int, now: Instant) -> Rota:
        """Return the rota that it would be, begun now."""
        return Rota(
            id=id_,
            group=group,
            number=number,
            name=self.name,
            patterns=self.patterns,
            lines=len(self.patterns),
            zone=self.zone,
            closed=self.closed,
            place=self.place,
            words=None,
            watermark=now,
        )
