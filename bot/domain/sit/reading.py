"""What is wanted of a sit, as people type it: ticks, and who is to hear of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.commands import Reading
from bot.domain.ids import PersonId
from bot.domain.reading import Length, OneOf, Whole
from bot.domain.reading.plain import plain
from bot.domain.reading.times import stretch
from bot.domain.saying import Refused
from bot.domain.sit.wishes import Circle, Room, Tick, Wanted, Where

NO_TICKS = "none"
MOST_NAMED = 10
_BETWEEN_TICKS = re.compile(r"\s*(?:,|;|\+|&|\band\b)\s*|\s+(?=no\s)")
_LIKE_A_TICK = re.compile(r"no\s+[^\s]+")
_SO_MANY = re.compile(r"[0-9]{1,9}\s+(?:people|persons?)")
_BETWEEN_CIRCLES = re.compile(r"\s*(?:,\s*)?\bthen\b\s*|\s*>\s*")
_BETWEEN_NAMES = re.compile(r"\s*(?:,|;|&|\band\b|\bor\b)\s*")
_SAYS_LITTLE = re.compile(r"\s+(?:is|are)\s+(?:fine|ok|okay|good|welcome|alright)$|\s+welcome$")

WANTED = OneOf(
    choices=tuple(Wanted),
    also=(
        ("silent", Wanted.QUIET),
        ("quietly", Wanted.QUIET),
        ("talking", Wanted.TALK),
        ("chat", Wanted.TALK),
        ("call", Wanted.VOICE),
        ("by voice", Wanted.VOICE),
        ("phone", Wanted.VOICE),
        ("beside", Wanted.BESIDE),
        ("side-by-side", Wanted.BESIDE),
        ("doing something", Wanted.BESIDE),
        ("reflecting", Wanted.REFLECT),
        ("to reflect", Wanted.REFLECT),
        ("any", Wanted.EITHER),
        ("both", Wanted.EITHER),
        ("company", Wanted.EITHER),
    ),
)
# "pm" is not among them: it is a time of day.
WHERE = OneOf(
    choices=tuple(Where),
    also=(
        *((f"{before}{room}", "room") for before in ("", "a ", "in a ") for room in ("private room", "room")),
        *(
            (f"{before}{direct}", "direct")
            for before in ("", "in ", "by ")
            for direct in ("dm", "dms", "message", "messages", "direct message", "direct messages")
        ),
    ),
)
AFTER = OneOf(
    choices=tuple(Room),
    also=(("removed", Room.GOES), ("gone", Room.GOES), ("left to us", Room.STAYS), ("kept", Room.STAYS)),
)

_TICKS: Mapping[str, Tick] = {
    **{tick.value: tick for tick in Tick},
    "crying": Tick.TEARS,
    "being silent": Tick.SILENCE,
    "jokes": Tick.HUMOUR,
    "humor": Tick.HUMOUR,
    "swear words": Tick.SWEARING,
    "no advising": Tick.NO_ADVICE,
    "no details please": Tick.NO_DETAILS,
}
_CIRCLES: Mapping[str, Circle] = {
    **{f"{before}{word}": Circle.SHIFT for before in ("", "those ", "people ") for word in ("on shift", "on a shift")},
    **{f"{before}open": Circle.OPEN for before in ("", "those ", "people ", "who is ", "those who are ")},
    **dict.fromkeys(("everyone", "everybody", "the whole room", "whole room", "all"), Circle.ROOM),
    "shift": Circle.SHIFT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticks:
    """A few ticks: "no advice, humour is fine"; "none" for none. Value: `frozenset[Tick]`."""

    zoned: bool = False
    choices: tuple[str, ...] = (*Tick, NO_TICKS)
    greedy: bool = False

    def read(self, text: str, _reading: Reading) -> frozenset[Tick]:
        """Return the ticks. Refuses whatever is none of them, naming them all."""
        words = plain(text).casefold()
        if words == NO_TICKS:
            return frozenset()
        return frozenset(_tick(piece) for piece in _pieces(_BETWEEN_TICKS, words))

    def means(self, text: str) -> bool:
        """Return whether all of it is "no" and a word, or a tick."""
        pieces = _pieces(_BETWEEN_TICKS, plain(text).casefold())
        return all(_LIKE_A_TICK.fullmatch(piece) or _SAYS_LITTLE.sub("", piece) in _TICKS for piece in pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class HowLong(Length):
    """How long it is to be. A length that it may not be is no other length that can be said. Value: `TimeDelta`."""

    def means(self, text: str) -> bool:
        """Return whether it is a length."""
        return stretch(text) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class HowMany(Whole):
    """How many people. Value: `int`."""

    def means(self, text: str) -> bool:
        """Return whether it is a number of people."""
        return _SO_MANY.fullmatch(plain(text).casefold()) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Who is to hear of it, in order; `named` are the people of the circle `NAMED`."""

    circles: tuple[Circle, ...]
    named: frozenset[PersonId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearers:
    """Who hears of it, in order: "shift then open then everyone", "Bea and Cai then open". Value: `Heard`."""

    zoned: bool = False
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, reading: Reading) -> Heard:
        """Return the circles. Refuses what is none and nobody's name, and a circle said twice."""
        circles: list[Circle] = []
        named: frozenset[PersonId] = frozenset()
        for piece in _pieces(_BETWEEN_CIRCLES, plain(text)):
            circle = _CIRCLES.get(piece.casefold(), Circle.NAMED)
            if circle in circles:
                raise Refused("sit-who-unclear")
            circles.append(circle)
            if circle is Circle.NAMED:
                named = _people(piece, reading)
        return Heard(circles=tuple(circles), named=named)


def typed_circles(circles: Sequence[Circle]) -> str:
    """Return circles as they can be typed; named people are not among them."""
    words = {Circle.SHIFT: "shift", Circle.OPEN: "open", Circle.ROOM: "everyone"}
    return " then ".join(words[circle] for circle in circles)


def typed_ticks(ticks: frozenset[Tick]) -> str:
    """Return ticks as they can be typed."""
    return " and ".join(sorted(ticks)) or NO_TICKS


def _pieces(between: re.Pattern[str], text: str) -> Sequence[str]:
    return [piece for piece in between.split(text) if piece] or [""]


def _tick(piece: str) -> Tick:
    words = _SAYS_LITTLE.sub("", piece)
    if words not in _TICKS:
        raise Refused("sit-ticks-unclear", ticks=tuple(Tick))
    return _TICKS[words]


def _people(piece: str, reading: Reading) -> frozenset[PersonId]:
    found = [reading.meant(name) for name in _pieces(_BETWEEN_NAMES, piece)]
    people = frozenset(person for person in found if person is not None)
    if len(people) < len(found) or len(people) > MOST_NAMED:
        raise Refused("sit-who-unclear")
    return people
