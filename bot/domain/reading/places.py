"""Time zones, and the places of the person's own group; nobody can name another group's."""

from dataclasses import dataclass

from whenever import Instant, TimeZoneNotFoundError

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

    def read(self, text: str, reading: Reading) -> str:
        """Return the name as the zone database writes it."""
        words = plain(text)
        name = _SPOKEN.get(words.casefold()) or "/".join(
            "_".join(part.capitalize() for part in piece.replace(" ", "_").split("_")) for piece in words.split("/")
        )
        for candidate in (name, f"Europe/{name}"):
            if known(candidate, reading.now):
                return candidate
        raise Refused("zone-unclear")


def known(zone: str, now: Instant) -> bool:
    """Whether the zone database has `zone`; names without an area, such as EST, do not keep clock changes."""
    if "/" not in zone and zone != "UTC":
        return False
    try:
        now.to_tz(zone)
    except (TimeZoneNotFoundError, ValueError):
        return False
    return True


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
