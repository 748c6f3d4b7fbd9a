"""How people say which part of a shift they mean: "from 20:00", "until 20:00", "20:00 to 21:00", "first half"."""

import re
from dataclasses import dataclass

from whenever import Instant, Time, TimeDelta

from bot.domain.commands import Reading
from bot.domain.reading.clock import DASHES
from bot.domain.reading.plain import plain
from bot.domain.rota.parts import WHOLE, Part
from bot.domain.rota.reading import CLOCK, time_of
from bot.domain.rota.rota import Shift
from bot.domain.saying import Refused

_HALVES = {"first half": 0, "second half": 1}
_WHOLE = frozenset({"all", "all of it", "whole", "the whole shift"})
_UNTIL = re.compile(r"(?:until|till|to|before) (?P<ends>.+)")
_FROM = re.compile(r"(?:from|after|since) (?P<starts>.+)")
_BETWEEN = re.compile(r"(?:from )?(?P<starts>[^-]+?) ?(?:-|to|until|till) ?(?P<ends>[^-]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidPart:
    """Times on the wall where the person is, either of them None for the shift's own; or a half of it, 0 or 1."""

    starts: Time | None = None
    ends: Time | None = None
    half: int | None = None

    def __str__(self) -> str:
        """Return words that mean the same."""
        if self.half is not None:
            return next(words for words, half in _HALVES.items() if half == self.half)
        starts, ends = (
            None if time is None else f"{time.hour:02}:{time.minute:02}" for time in (self.starts, self.ends)
        )
        if starts and ends:
            return f"{starts} to {ends}"
        if starts:
            return f"from {starts}"
        return f"until {ends}" if ends else "all of it"

    def of(self, shift: Shift, zone: str) -> Part:
        """Return that part of a shift, with the person's own `zone`. Refuses times that are not in it."""
        if self.half is not None:
            middle = round(shift.length.total("minutes")) // 2
            return Part(starts=middle) if self.half else Part(ends=middle)
        starts = 0 if self.starts is None else self._minute(shift, self.starts, zone)
        ends = None if self.ends is None else self._minute(shift, self.ends, zone)
        part = Part(starts=starts, ends=ends).within(shift.length)
        if part is None or (ends is not None and ends <= starts):
            raise _outside(shift, zone)
        return part

    def _minute(self, shift: Shift, time: Time, zone: str) -> int:
        """Return how many minutes after its beginning a shift comes to that time. Refuses one it does not come to."""
        here = shift.starts.to_tz(zone)
        for date in (here.date(), here.date().add(days=1)):
            at = date.at(time).assume_tz(zone, disambiguation="compatible").to_instant()
            if shift.begins <= at <= shift.ends:
                return _minutes(at, shift.begins)
        raise _outside(shift, zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOf:
    """A part of a shift. Value: `SaidPart`."""

    zoned: bool = False
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, _reading: Reading) -> SaidPart:
        """Return the part. Refuses what is not sure."""
        words = plain(text).casefold().translate(DASHES).removeprefix("the ")
        if words in _WHOLE:
            return SaidPart()
        if words in _HALVES:
            return SaidPart(half=_HALVES[words])
        for kind in (_UNTIL, _FROM, _BETWEEN):
            if found := kind.fullmatch(words):
                said = {name: _clock(each) for name, each in found.groupdict().items()}
                return SaidPart(starts=said.get("starts"), ends=said.get("ends"))
        raise Refused("rota-part-unclear")


def part_of(said: SaidPart | None, shift: Shift, zone: str) -> Part:
    """Return the part of a shift that was said, all of it when none was."""
    return WHOLE if said is None else said.of(shift, zone)


def _outside(shift: Shift, zone: str) -> Refused:
    starts, ends = shift.starts.to_tz(zone).time(), shift.ends.to_tz(zone).time()
    return Refused("rota-part-outside", starts=starts, ends=ends)


def _clock(words: str) -> Time:
    found = CLOCK.fullmatch(words.strip())
    if found is None:
        raise Refused("rota-part-unclear")
    return time_of(found)


def _minutes(at: Instant, since: Instant) -> int:
    length: TimeDelta = at - since
    return int(length.total("minutes"))
