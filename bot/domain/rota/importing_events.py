"""What an event of a calendar says of when it is: its beginning and end on a wall, and how it comes round."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeAlias

from whenever import Date, Instant, PlainDateTime, ZonedDateTime

from bot.domain.rota.exporting import PEOPLE
from bot.domain.rota.importing import Said, Unreadable
from bot.domain.rota.importing_rules import FIRST_YEAR, LAST_YEAR, Read, read
from bot.domain.rota.said import MOST_PEOPLE
from bot.domain.saying import line

Event: TypeAlias = Mapping[str, Sequence[Said]]
# Returns the IANA name of a zone that a file names, or None.
ZoneOf: TypeAlias = Callable[[str], str | None]

_AN_HOUR, _A_DAY = timedelta(hours=1), timedelta(hours=24)
_PEOPLE = re.compile("([0-9]{1,2})-([0-9]{1,2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A time on the wall of that IANA zone; None is a wall without one, which is that of the rota (RFC 5545, 3.3.5)."""

    wall: PlainDateTime
    zone: str | None

    def there(self, zone: str) -> ZonedDateTime:
        """Return the moment; of one without a zone, on that wall."""
        return self.wall.assume_tz(self.zone or zone, disambiguation="compatible")

    def date(self, zone: str) -> Date:
        """Return its date on the wall of that zone."""
        return self.wall.date() if self.zone in {None, zone} else self.there(zone).to_tz(zone).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """When an event is. `uid` tells those that are of one series, `number` is its line in the file.

    It goes from `starts` to `ends`, a day later at most. `more` are further beginnings, and `without` what is left out.
    `instead_of` names the one of a series that it stands for; then `cancelled` may say that it is not.
    """

    number: int
    uid: str
    starts: Stamp
    ends: Stamp
    rule: Read | None = None
    more: tuple[Stamp, ...] = ()
    without: tuple[Stamp | Date, ...] = ()
    people: tuple[int, int] | None = None
    instead_of: Stamp | None = None
    cancelled: bool = False

    @property
    def zone(self) -> str | None:
        """On whose wall it is, as in `Stamp`."""
        return self.starts.zone

    def beginning(self, starts: Stamp) -> tuple[Stamp, Stamp]:
        """Return when one that begins then begins and ends."""
        length = self.ends.wall.to_stdlib() - self.starts.wall.to_stdlib()
        return starts, Stamp(wall=PlainDateTime(starts.wall.to_stdlib() + length), zone=starts.zone)


def moments_of(number: int, uid: str, event: Event, zone_of: ZoneOf) -> Moments:
    """Return what an event says. Raises `Unreadable`."""
    return _Reading(event=event, zone_of=zone_of).moments(number, uid)


def has_gone(event: Event, today: Date) -> bool:
    """Return whether an event that cannot be read is over, so that nobody needs to hear of it: of single ones only."""
    starts = event.get("DTSTART", ())
    when = starts[0].what if len(starts) == 1 else None
    if not isinstance(when, date) or event.keys() & {"RRULE", "RDATE", "EXRULE"}:
        return False
    return Date(when.year, when.month, when.day) < today.subtract(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """Reads one event."""

    event: Event
    zone_of: ZoneOf

    def moments(self, number: int, uid: str) -> Moments:
        cancelled = self._text("STATUS").upper() == "CANCELLED"
        instead_of = self._stamp_of("RECURRENCE-ID")
        if cancelled and instead_of is None:
            raise Unreadable(line("rota-file-cancelled"))
        if "EXRULE" in self.event:
            raise Unreadable(line("rota-file-rule"))
        starts = self._stamp_of("DTSTART")
        if starts is None:
            raise Unreadable(line("rota-file-no-start"))
        return Moments(
            number=number,
            uid=uid,
            starts=starts,
            ends=self._ends(starts),
            rule=read(self._text("RRULE"), starts.wall.date()) if "RRULE" in self.event else None,
            more=tuple(self._stamp(each) for each in self.event.get("RDATE", ())),
            without=tuple(self._left_out(each) for each in self.event.get("EXDATE", ())),
            people=_people(self._text(PEOPLE.upper())),
            instead_of=instead_of,
            cancelled=cancelled,
        )

    def _one(self, name: str) -> Said | None:
        """Return what the property says, or None where it is not there."""
        found = self.event.get(name, ())
        if len(found) > 1:
            raise Unreadable(line("rota-file-broken"))
        return found[0] if found else None

    def _text(self, name: str) -> str:
        said = self._one(name)
        return said.what if said is not None and isinstance(said.what, str) else ""

    def _stamp_of(self, name: str) -> Stamp | None:
        said = self._one(name)
        return None if said is None else self._stamp(said)

    def _stamp(self, said: Said) -> Stamp:
        when = said.what
        if not isinstance(when, datetime):
            raise Unreadable(line("rota-file-all-day" if isinstance(when, date) else "rota-file-broken"))
        if when.second or when.microsecond:
            raise Unreadable(line("rota-file-seconds"))
        if not FIRST_YEAR <= when.year <= LAST_YEAR:
            raise Unreadable(line("rota-file-far"))
        zone = None if said.zone is None else self.zone_of(said.zone)
        if zone is None and said.zone is not None:
            raise Unreadable(line("rota-file-zone"))
        return Stamp(wall=PlainDateTime(when), zone=zone)

    def _ends(self, starts: Stamp) -> Stamp:
        """Return when it ends on the wall where it begins; after an hour where that is not said, as with a new rota."""
        end, length = self._stamp_of("DTEND"), self._one("DURATION")
        if end is not None and starts.zone is not None and end.zone not in {None, starts.zone}:
            end = Stamp(wall=end.there(starts.zone).to_tz(starts.zone).to_plain(), zone=starts.zone)
        if end is None:
            lasts = _within_a_day(_AN_HOUR if length is None else length.what)
            return Stamp(wall=PlainDateTime(starts.wall.to_stdlib() + lasts), zone=starts.zone)
        _within_a_day(end.wall.to_stdlib() - starts.wall.to_stdlib())
        return Stamp(wall=end.wall, zone=starts.zone)

    def _left_out(self, said: Said) -> Stamp | Date:
        when = said.what
        if isinstance(when, date) and not isinstance(when, datetime):
            return Date(when.year, when.month, when.day)
        return self._stamp(said)


def _within_a_day(length: object) -> timedelta:
    if not isinstance(length, timedelta) or not timedelta() < length <= _A_DAY:
        raise Unreadable(line("rota-file-long"))
    if length.seconds % 60 or length.microseconds:
        raise Unreadable(line("rota-file-seconds"))
    return length


def _people(text: str) -> tuple[int, int] | None:
    found = _PEOPLE.fullmatch(text)
    if found is None:
        return None
    fewest, most = int(found[1]), int(found[2])
    return (fewest, most) if 1 <= fewest <= most <= MOST_PEOPLE else None


def moments(pair: tuple[Stamp, Stamp], zone: str) -> tuple[Instant, Instant]:
    """Return both as moments; of walls without a zone, on that one."""
    starts, ends = (each.there(zone).to_instant() for each in pair)
    return starts, ends
