"""An answering that echoes what it hears, and remembers it."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.domain.commands import Asking, Command, Picking, TakingBack, Typed
from bot.domain.saying import Say, say
from bot.domain.suggesting import Suggestion
from bot.ports.answering import Reply
from tests.fakes.recalling import FakeRecalling


def echo(typed: Typed) -> Say:
    """Say it back; the sentence is in the test's own catalogue."""
    return say("test-echo", text=typed.text)


@dataclass(kw_only=True)
class EchoAnswering(FakeRecalling):
    """Implements `ports.answering.Answering`. Nothing is answered before `until`, when that is given."""

    known: tuple[Command, ...] = ()
    answer: Callable[[Typed], Say | None] = echo
    heard: list[Typed] = field(default_factory=list)
    reactions: list[Picking | TakingBack] = field(default_factory=list)
    until: asyncio.Event | None = None

    def commands(self, _world: str) -> tuple[Command, ...]:
        return self.known

    def needs_no_group(self, text: str, _world: str) -> bool:
        return any(command.anywhere and text.startswith(command.name) for command in self.known)

    async def hear(self, typed: Typed) -> Say | None:
        self.heard.append(typed)
        if self.until is not None:
            await self.until.wait()
        return self.answer(typed)

    async def ask(self, asking: Asking) -> Say | None:
        raise NotImplementedError

    async def suggest(self, asking: Asking, option: str, text: str) -> Sequence[Suggestion]:
        raise NotImplementedError

    async def picked(self, picking: Picking) -> Reply | None:
        self.reactions.append(picking)
        return None

    async def taken_back(self, taking_back: TakingBack) -> Reply | None:
        self.reactions.append(taking_back)
        return None
