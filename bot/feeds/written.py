"""Calendar files, as RFC 5545 and RFC 7986 have them, written by the icalendar library.

DTSTAMP is the moment of writing. Nothing is kept of when a shift changed, so there is no SEQUENCE to count: of two
files that name the same event, the later one is right (RFC 5546, 2.1.5).
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from whenever import Instant

from bot.domain.rota.calendar import Event
from bot.domain.rota.exporting import MADE_BY, PEOPLE, Series, series_of
from bot.domain.rota.recurrence import Dates, Rule
from bot.domain.rota.rota import Rota, Shift
from bot.domain.saying import Line, line
from bot.ports.calendar import Own
from bot.ports.words import LocaleOf, Words

if TYPE_CHECKING:
    from icalendar import Calendar, Component, vRecur

# How often a calendar is asked to look again: RFC 7986, 5.7.
LOOK_AGAIN = timedelta(hours=1)
# How far ahead the rules of a zone are told; nobody knows what they will be in the end.
_YEARS_OF_OWN, _YEARS_OF_LINES = 3, 20
_A_DAY = timedelta(days=1)


class Written:
    """Writes the files with the words of one catalogue."""

    def __init__(self, words: Words, locale_of: LocaleOf) -> None:
        self._words = words
        self._locale_of = locale_of

    async def own(self, own: Own) -> bytes:
        """Return a person's own shifts: when, and a title that says no more than that they are on."""
        locale = await self._locale_of(own.group)
        title = self._text(line("calendar-on-shift"), locale)
        calendar = _calendar(self._text(line("calendar-name"), locale))
        calendar.add("refresh-interval", LOOK_AGAIN, {"VALUE": "DURATION"})
        # The same for calendars that are older than RFC 7986.
        calendar.add("x-published-ttl", _duration(LOOK_AGAIN))
        for event in own.events:
            calendar.add_component(_own_event(event, title, ZoneInfo(own.zone), own.made))
        year = own.made.to_stdlib().year
        return _finished(calendar, year - 1, year + _YEARS_OF_OWN)

    def _text(self, said: Line, locale: str) -> str:
        return "".join(self._words.spans(said, locale))


def lines(rotas: Sequence[Rota], made: Instant) -> bytes:
    """Return the lines of rotas, each an event that comes round on its rota's wall, with nobody in it."""
    calendar = _calendar(None)
    for rota in rotas:
        for series in series_of(rota, made):
            for event in _of_series(rota, series, made):
                event.add(PEOPLE, f"{series.first.pattern.fewest}-{series.first.pattern.most}")
                calendar.add_component(event)
    year = made.to_stdlib().year
    starts = [pattern.starts.year for rota in rotas for pattern in rota.patterns]
    return _finished(calendar, min((year, *starts)) - 1, year + _YEARS_OF_LINES)


def _calendar(name: str | None) -> "Calendar":
    from icalendar import Calendar  # noqa: PLC0415  Half a second, for whoever asks for a calendar.

    calendar = Calendar()
    calendar.add("prodid", MADE_BY)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if name is not None:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
    return calendar


def _finished(calendar: "Calendar", first: int, last: int) -> bytes:
    """Return it with the rules of its zones for these years."""
    calendar.add_missing_timezones(first_date=date(first, 1, 1), last_date=date(last, 1, 1))
    return bytes(calendar.to_ical())


def _duration(length: timedelta) -> str:
    return f"PT{round(length / timedelta(hours=1))}H"


def _own_event(event: Event, title: str, zone: ZoneInfo, made: Instant) -> "Component":
    return _event(event.uid, title, *_in_zone(event.starts, event.ends, zone), made)


def _in_zone(starts: Instant, ends: Instant, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return both in the zone, or in UTC: a time that happens twice means the first there (RFC 5545, 3.3.5)."""
    here = (starts.to_stdlib().astimezone(zone), ends.to_stdlib().astimezone(zone))
    return (starts.to_stdlib(), ends.to_stdlib()) if any(each.fold for each in here) else here


def _event(uid: str, title: str, starts: datetime, ends: datetime, made: Instant) -> "Component":
    from icalendar import Event as Component  # noqa: PLC0415  As above.

    event = Component()
    event.add("uid", uid)
    event.add("dtstamp", made.round("second", mode="floor").to_stdlib())
    event.add("dtstart", starts)
    event.add("dtend", ends)
    event.add("summary", title)
    # Whoever looks at a calendar that is shared sees that the time is taken, if they see anything.
    event.add("class", "PRIVATE")
    return event


def _of_series(rota: Rota, series: Series, made: Instant) -> "Sequence[Component]":
    zone = ZoneInfo(rota.zone)
    if series.recurrence is None:
        return [_real(series.uid, rota, series.first, made)]
    event = _event(series.uid, rota.name, *_wall(series.first, zone), made)
    if isinstance(series.recurrence, Dates):
        # The first among them: some programs take the dates for all there are.
        for shift in (series.first, *series.more):
            event.add("rdate", _wall(shift, zone)[0])
    else:
        event.add("rrule", _rule(series.recurrence, series.last))
    for shift in series.closed:
        event.add("exdate", _wall(shift, zone)[0])
    return [event, *(_different(series.uid, rota, shift, made) for shift in series.different)]


def _different(uid: str, rota: Rota, shift: Shift, made: Instant) -> "Component":
    """Return the one event of a series that is longer or shorter than the others, for the clocks change in it."""
    event = _real(uid, rota, shift, made)
    event.add("recurrence-id", _wall(shift, ZoneInfo(rota.zone))[0])
    return event


def _rule(rule: Rule, last: Shift | None) -> "vRecur":
    """Return the rule; its end is a moment in UTC, as that of a series in a zone has to be (RFC 5545, 3.3.10)."""
    from icalendar import vRecur  # noqa: PLC0415  As above.

    written = vRecur(vRecur.from_ical(str(rule)))
    if last is not None:
        written["UNTIL"] = last.begins.to_stdlib()
    return written


def _real(uid: str, rota: Rota, shift: Shift, made: Instant) -> "Component":
    """Return the one event of a shift when it really is."""
    return _event(uid, rota.name, *_in_zone(shift.begins, shift.ends, ZoneInfo(rota.zone)), made)


def _wall(shift: Shift, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return when the line has it begin and end on the wall, whether or not the clocks show that time on the day."""
    starts = datetime.combine(shift.date.to_stdlib(), shift.pattern.time.to_stdlib(), zone)
    ends_on = shift.date.to_stdlib() + (_A_DAY if shift.pattern.overnight else timedelta())
    return starts, datetime.combine(ends_on, shift.pattern.ends.to_stdlib(), zone)
