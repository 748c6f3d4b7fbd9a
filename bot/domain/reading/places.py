"""Time zones, and the places of the person's own group; nobody can name another group's."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from whenever import available_timezones

from bot.domain.commands import Reading
from bot.domain.ids import PlaceId
from bot.domain.reading.plain import plain
from bot.domain.saying import Refused, line
from bot.domain.suggesting import MOST, Suggestion

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

    def suggest(self, text: str, reading: Reading) -> Sequence[Suggestion]:
        """Return the zones whose name or place holds what was typed, with the time there now."""
        found = islice(dict.fromkeys(_zones_near(plain(text).casefold())), MOST)
        return [
            Suggestion(value=zone, label=line("suggest-zone", zone=zone, now=reading.now.to_tz(zone).time()))
            for zone in found
        ]


def known(zone: str) -> bool:
    """Whether the zone database has `zone`, written just so, and it is one that keeps clock changes."""
    return zone in _by_folded_name().values()


def _zones_near(words: str) -> Iterator[str]:
    """Give the zones of places that begin so, then of cities that do, then all that hold it; Europe's go first."""
    yield from (zone for spoken, zone in _SPOKEN.items() if spoken.startswith(words))
    letters = words.replace(" ", "_")
    names = sorted(_by_folded_name(), key=lambda name: (not name.startswith("europe/"), name))
    yield from (_by_folded_name()[name] for name in names if name.rpartition("/")[2].startswith(letters))
    yield from (_by_folded_name()[name] for name in names if letters in name)


@cache
def _by_folded_name() -> Mapping[str, str]:
    """Return every zone by its name without capitals.

    Names without an area, such as EST, do not keep clock changes; "posix/" and "right/" are other copies of the rest.
    """
    names = (name for name in available_timezones() if "/" in name and not name.startswith(("posix/", "right/")))
    return {name.casefold(): name for name in (*names, "UTC")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place of this group, by the name people there use for it, or by its id as a choice has it. Value: `PlaceId`."""

    zoned: bool = False
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, reading: Reading) -> PlaceId:
        """Return the place. Refuses whatever is not a place of the reader's own group."""
        words = plain(text)
        named = reading.places.get(words.casefold().removeprefix("#"))
        place = named or next((each for each in reading.places.values() if str(each) == words), None)
        if place is None:
            raise Refused("place-unclear", places=tuple(reading.places))
        return place
