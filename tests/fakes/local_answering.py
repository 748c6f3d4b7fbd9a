"""An answering that keeps what it was asked and gives back what it was told to give."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from whenever import Instant, TimeDelta

from bot.domain.commands import Asking, Command, Option, Picking, TakingBack, Typed
from bot.domain.reading import OneOf, Text
from bot.domain.saying import Say
from bot.domain.suggesting import Suggestion
from bot.ports.answering import Reply
from tests.fakes.recalling import FakeRecalling

SIT = Command(
    name="sit",
    options=(Option(name="wanted", kind=OneOf(choices=("quiet", "talk")), required=True),),
)
FIND = Command(name="find", options=(Option(name="need", kind=Text(longest=200), required=True),))
CAN = Command(name="sit can", options=(Option(name="ask", kind=Text()),), listed=False)


@dataclass(kw_only=True)
class FakeAnswering(FakeRecalling):
    """Implements `ports.answering.Answering`. `answer` None says that nothing is due at once."""

    known: tuple[Command, ...] = (SIT, FIND, CAN)
    answer: Say | None = None
    heard: list[Typed] = field(default_factory=list)
    asked: list[Asking] = field(default_factory=list)

    def commands(self, _world: str) -> tuple[Command, ...]:
        return self.known

    def needs_no_group(self, _text: str, _world: str) -> bool:
        return False

    async def hear(self, typed: Typed) -> Say | None:
        self.heard.append(typed)
        return self.answer

    async def ask(self, asking: Asking) -> Say | None:
        self.asked.append(asking)
        return self.answer

    async def suggest(self, asking: Asking, option: str, text: str) -> Sequence[Suggestion]:
        raise NotImplementedError

    async def picked(self, picking: Picking) -> Reply | None:
        raise NotImplementedError

    async def taken_back(self, taking_back: TakingBack) -> Reply | None:
        raise NotImplementedError


@dataclass(kw_only=True)
class FakeMovableClock:
    """Stands still until it is moved."""

    at: Instant

    def now(self) -> Instant:
        return self.at

    def move(self, by: TimeDelta) -> None:
        self.at += by
