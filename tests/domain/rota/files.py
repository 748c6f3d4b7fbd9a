"""Files as other programs write them, and what becomes of them."""

from dataclasses import replace
from typing import Any

from whenever import Date, Instant, TimeDelta

from bot.domain.rota.bringing import bring
from bot.domain.rota.importing import Brought, Wanted
from bot.domain.rota.rota import Rota
from bot.feeds import ReadCalendars
from tests.domain.rota.examples import NOW, rota

GOOGLE = """\
BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:PUBLISH
X-WR-CALNAME:jo.smith@example.org
X-WR-TIMEZONE:Europe/London
BEGIN:VEVENT
DTSTART;TZID=Europe/London:20240102T190000
DTEND;TZID=Europe/London:20240102T210000
RRULE:FREQ=WEEKLY;WKST=SU;BYDAY=TU
EXDATE;TZID=Europe/London:20261229T190000
DTSTAMP:20261120T101010Z
UID:0a1b2c@google.com
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=Jo Smit
 h;X-NUM-GUESTS=0:mailto:jo.smith@example.org
DESCRIPTION:Jo\\, Sam and\\nMo
SUMMARY:Jo and Sam
END:VEVENT
BEGIN:VEVENT
DTSTART:20261205T100000Z
DTEND:20261205T120000Z
DTSTAMP:20261120T101010Z
UID:3d4e5f@google.com
SUMMARY:Open morning
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20261225
DTEND;VALUE=DATE:20261226
UID:6a7b8c@google.com
SUMMARY:Christmas
END:VEVENT
END:VCALENDAR
"""
OUTLOOK = """\
BEGIN:VCALENDAR
PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN
VERSION:2.0
METHOD:PUBLISH
BEGIN:VTIMEZONE
TZID:GMT Standard Time
BEGIN:STANDARD
DTSTART:16011028T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0100
TZOFFSETTO:-0000
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010325T010000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:-0000
TZOFFSETTO:+0100
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
CLASS:PUBLIC
DTSTART;TZID="GMT Standard Time":20261203T193000
DTEND;TZID="GMT Standard Time":20261203T210000
RRULE:FREQ=MONTHLY;COUNT=6;BYDAY=TH;BYSETPOS=1
SUMMARY;LANGUAGE=en-gb:Evening
UID:040000008200E00074C5B7101A82E008
BEGIN:VALARM
TRIGGER:-PT15M
ACTION:DISPLAY
DURATION:PT5M
END:VALARM
END:VEVENT
END:VCALENDAR
"""
APPLE = """\
BEGIN:VCALENDAR
CALSCALE:GREGORIAN
PRODID:-//Apple Inc.//macOS 14.5//EN
VERSION:2.0
X-APPLE-CALENDAR-COLOR:#1BADF8
X-WR-CALNAME:Rota
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
DTSTART;TZID=Europe/London:20261127T220000
DURATION:PT9H
RRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20270315T235959Z
EXDATE;TZID=Europe/London:20261211T220000,20261225T220000
SUMMARY:Night
UID:E7F1
SEQUENCE:1
END:VEVENT
END:VCALENDAR
"""
LIBREOFFICE = """\
Tea rota;;;;
Date;Start time;End time;Who is on;People needed
01/12/2026;19:00;21:00;Jo Smith;2
08.12.26;7pm;9 pm;"Sam;
Mo";2
15-Dec-2026;19:00:00;21:00:00;;two
Saturday 19 December;10:00;12:00;;
the 22nd, perhaps;19:00;21:00;;2
"""


def brought(text: str, now: Instant = NOW, **more: Any) -> Brought:  # noqa: ANN401  Any field of what is wanted.
    """Return what becomes of a file, brought in by somebody in London under the name "Tea", but for what is given."""
    return bring(text, Wanted(**{"name": "Tea", "own": "Europe/London", "now": now, **more}), ReadCalendars())


def as_rota(made: Brought) -> Rota:
    """Return the rota that it makes."""
    return replace(rota(zone=made.zone, closed=made.closed), patterns=made.patterns)


def said(made: Brought) -> list[str]:
    """Return its lines in few letters."""
    return [
        f"{each.recurrence} {each.starts}-{each.last or ''} {each.time:HH:mm}-{each.ends:HH:mm} "
        f"{each.fewest}-{each.most}"
        for each in made.patterns
    ]


def unread(made: Brought) -> list[tuple[int, str]]:
    """Return which lines of the file are not in it, and why."""
    return [(each.number, each.why.id) for each in made.unread]


def shifts(of: Rota, now: Instant, days: int) -> list[tuple[Instant, Instant]]:
    """Return when the shifts of so many days are."""
    return [(each.begins, each.ends) for each in of.coming(now, now + TimeDelta(hours=24 * days))]


def event(*lines: str, before: str = "") -> str:
    """Return a calendar with an event of these lines."""
    return "\n".join(
        ["BEGIN:VCALENDAR", *([before] if before else []), "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"]
    )


THE_3RD = Date(2026, 12, 3)
