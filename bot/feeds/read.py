"""Events of calendar files and names of time zones, read by the icalendar library, as plain values."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.domain.reading.places import known
from bot.domain.rota.importing import Said

if TYPE_CHECKING:
    from icalendar import Component

_ALSO = {"gmt": "UTC", "utc": "UTC", "z": "UTC", "etc/utc": "UTC", "etc/gmt": "UTC", "gb": "Europe/London"}
# IANA's names have two parts, or three in a few countries; some programs write their own before them.
_PARTS = (3, 2)


class ReadCalendars:
    """Implements `bot.domain.rota.importing.ReadsCalendars`."""

    def event(self, lines: Sequence[str]) -> Mapping[str, Sequence[Said]]:
        """Return what an event says, by the property's name. Raises `ValueError` for what is not written so."""
        from icalendar import Component, Event  # noqa: PLC0415  Half a second, for whoever brings a calendar.

        event: Component = Event.from_ical("\r\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT", "")))
        if event.errors or not isinstance(event, Event):
            raise ValueError(event.name)
        return {name.upper(): [*_said(event, name)] for name in event}

    def zone(self, name: str) -> str | None:
        """Return the IANA name of a zone, by that, with more before it, or as Windows calls it; None for others."""
        from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # noqa: PLC0415  As above.

        said = name.strip().strip('"').strip()
        if said.casefold() in _ALSO:
            return _ALSO[said.casefold()]
        parts = said.split("/")
        candidates = (said, WINDOWS_TO_OLSON.get(said, ""), *("/".join(parts[-length:]) for length in _PARTS))
        return next((zone for zone in candidates if known(zone)), None)


def _said(event: "Component", name: str) -> Iterator[Said]:
    """Give each value of a property, which may stand there several times, with several values."""
    found = event[name]
    for value in found if isinstance(found, list) else [found]:
        for each in value.dts if hasattr(value, "dts") else [value]:
            yield _value(each)


def _value(value: Any) -> Said:  # noqa: ANN401  The library's own.
    what = getattr(value, "dt", None)
    if isinstance(what, datetime):
        named = value.params.get("TZID")
        zone = None if named is None and what.tzinfo is None else str(named or "UTC")
        return Said(what=what.replace(tzinfo=None), zone=zone)
    if isinstance(what, date | timedelta):
        return Said(what=what)
    return Said(what=value.to_ical().decode() if hasattr(value, "to_ical") else "")
