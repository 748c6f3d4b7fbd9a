"""What somebody wants of a sit: choices out of a few, so that they can be kept while it lasts, and nothing typed."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from whenever import TimeDelta

# Who asks, and so many more at most: beyond it there is sitting together as a group.
MOST_SITTERS = 3


class Wanted(StrEnum):
    """What kind of company. Sitting quietly together is as much as talking."""

    QUIET = "quiet"
    TALK = "talk"
    VOICE = "voice"
    BESIDE = "side by side"
    REFLECT = "reflect"
    EITHER = "either"


class Tick(StrEnum):
    """What is off the table, and what is welcome."""

    NO_ADVICE = "no advice"
    NO_QUESTIONS = "no questions"
    NO_FIXING = "no fixing"
    NO_DETAILS = "no details"
    SILENCE = "silence"
    TEARS = "tears"
    HUMOUR = "humour"
    SWEARING = "swearing"


OFF_THE_TABLE = frozenset({Tick.NO_ADVICE, Tick.NO_QUESTIONS, Tick.NO_FIXING, Tick.NO_DETAILS})


class Where(StrEnum):
    """Where they meet: in a private room that the bot opens, or in each other's direct messages."""

    ROOM = "room"
    DIRECT = "direct"


class Room(StrEnum):
    """What becomes of the room at the end: it is taken away, or left to those who are in it."""

    GOES = "goes"
    STAYS = "stays"


class Circle(StrEnum):
    """Who hears of an ask: people it names, those on a shift, those who are open to it, or the whole room."""

    NAMED = "named"
    SHIFT = "shift"
    OPEN = "open"
    ROOM = "everyone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is agreed on, and stands in the card. `sitters` is how many may come at most, besides whoever asks."""

    wanted: Wanted = Wanted.EITHER
    length: TimeDelta
    ticks: frozenset[Tick] = frozenset()
    sitters: int = 1
    where: Where = Where.ROOM
    room: Room = Room.GOES

    def changed(self, wanted: Wanted | None, length: TimeDelta | None, ticks: frozenset[Tick] | None) -> Self:
        """Return them with what is not None changed. Who comes and where is settled by then."""
        return replace(
            self,
            wanted=self.wanted if wanted is None else wanted,
            length=self.length if length is None else length,
            ticks=self.ticks if ticks is None else ticks,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """Who hears of it, in which order, and how fast it widens: a circle each `every`, as long as nobody offered.

    `heard` are the circles it was put to, `ahead` those to come.
    """

    ahead: tuple[Circle, ...]
    every: TimeDelta
    heard: tuple[Circle, ...] = ()

    @property
    def next(self) -> Circle | None:
        """The circle to come, if there is one."""
        return self.ahead[0] if self.ahead else None

    @property
    def wider(self) -> Circle | None:
        """The circle that it could be put to beyond all that was said: the next one of all there are."""
        said = {*self.heard, *self.ahead, Circle.NAMED}
        return next((circle for circle in Circle if circle not in said), None)

    def widened(self) -> Self:
        """Return it once the next circle, or the one beyond them all, has heard; the same where there is none."""
        if self.ahead:
            return replace(self, heard=(*self.heard, self.ahead[0]), ahead=self.ahead[1:])
        return self if self.wider is None else replace(self, heard=(*self.heard, self.wider))
