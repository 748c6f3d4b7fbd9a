"""Two programs that read calendars, neither of which wrote them, and none of whose code is the other's."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import TypeAlias

import recurring_ical_events
import vobject
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar
from whenever import Instant

_LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
# When each time to be there begins and ends, in order, from the beginning of a calendar up to a moment.
Times = list[tuple[Instant, Instant]]


def by_ical(text: str, until: Instant) -> Times:
    """Read it as Home Assistant does."""
    calendar = IcsCalendarStream.calendar_from_ics(text)
    events = takewhile(lambda event: _moment(event.dtstart) < until, calendar.timeline_tz(UTC))
    return [(_moment(event.dtstart), _moment(event.dtend)) for event in events]


def by_vobject(text: str, until: Instant) -> Times:
    """Read it as some CalDAV servers do; it makes nothing come round on the wall, so that is left to the others."""
    calendar = vobject.readOne(text)
    events = [(_moment(event.dtstart.value), _moment(event.dtend.value)) for event in calendar.vevent_list]
    return sorted(times for times in events if times[0] < until)


def by_recurring(text: str, until: Instant) -> Times:
    """Let what comes round be worked out by a program that reads rules, and not files, by itself."""
    found = recurring_ical_events.of(Calendar.from_ical(text)).between(_LONG_AGO, until.to_stdlib())
    times = [(_moment(event["DTSTART"].dt), _moment(event["DTEND"].dt)) for event in found]
    return sorted(each for each in times if each[0] < until)


Parser: TypeAlias = Callable[[str, Instant], Times]
PARSERS: Mapping[str, Parser] = {"ical": by_ical, "vobject": by_vobject}
EXPANDERS: Mapping[str, Parser] = {"ical": by_ical, "recurring": by_recurring}


def _moment(value: object) -> Instant:
    assert isinstance(value, datetime)
    assert value.tzinfo is not None
    # On to the millisecond and no further, as all times here are.
    return Instant.from_timestamp(round((value - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(seconds=1)))
