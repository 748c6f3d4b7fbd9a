"""Time zones, and the places of the person's own group; nobody can name another group's."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from whenever import available_timezones

from bot.domain.commands import Reading
from bot.domain.ids import PlaceId
from bot.domain.reading.plain import plain
from bot.domain.saying import Refused

_SPOKEN = {
    "uk": "Europe/London",
    "london": "Europe/London",
    "england": "Europe/London",
    "scotland": "Europe/London",
    "wales": "Europe/London",
    "northern ireland": "Europe/London",
    "ireland": "Europe/Dublin",
    "utc": "UTC",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A time zone by its IANA name, its city, or a nation of these islands. Value: the IANA name, `str`."""

    zoned: bool = False
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, _reading: Reading) -> str:
        """Return the name as the zone database writes it."""
        words = plain(text).casefold()
        if words in _SPOKEN:
            return _SPOKEN[words]
        name = words.replace(" ", "_")
        for candidate in (name, f"europe/{name}"):
            if candidate in _by_folded_name():
                return _by_folded_name()[candidate]
        raise Refused("zone-unclear")


def known(zone: str) -> bool:
    """Whether the zone database has `zone`, written just so, and it is one that keeps clock changes."""
    return zone in _by_folded_name().values()


@cache
def _by_folded_name() -> Mapping[str, str]:
    """Return every zone by its name without capitals.

    Names without an area, such as EST, do not keep clock changes; "posix/" and "right/" are other copies of the rest.
    """
    names = (name for name in available_timezones() if "/" in name and not name.startswith(("posix/", "right/")))
    return {name.casefold(): name for name in (*names, "UTC")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place of this group, by the name people there use for it. Value: `PlaceId`."""

    zoned: bool = False
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, reading: Reading) -> PlaceId:
        """Return the place. Refuses whatever is not a place of the reader's own group."""
        place = reading.places.get(plain(text).casefold().removeprefix("#"))
        if place is None:
            raise Refused("place-unclear", places=tuple(reading.places))
        return place
