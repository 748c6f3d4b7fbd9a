"""The switchboard, as a world sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.commands import Asking, Command, Picking, TakingBack, Typed
from bot.domain.ids import GroupId, PersonId
from bot.domain.saying import Say
from bot.domain.suggesting import Suggestion


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What to say, and the group it is about."""

    say: Say
    group: GroupId


class Hearing(Protocol):
    """Takes what people ask and gives what to answer, for that person's eyes alone."""

    def commands(self, world: str) -> tuple[Command, ...]:
        """Return every command that there is in the world of that name, so that it can render them natively."""

    def needs_no_group(self, text: str, world: str) -> bool:
        """Return whether a typed line asks what is about the person alone, and needs no group."""

    def wants_file(self, person: PersonId, group: GroupId) -> bool:
        """Return whether somebody was asked for a file, in a matter of that group."""

    async def hear(self, typed: Typed) -> Say | None:
        """Answer a typed line; None when the answer comes through `Chat.tell`, or none is due."""

    async def ask(self, asking: Asking) -> Say | None:
        """Answer a command whose options came apart: a form, a button; None as above."""


class Suggesting(Protocol):
    """Says what an option could be while it is typed."""

    async def suggest(self, asking: Asking, option: str, text: str) -> Sequence[Suggestion]:
        """Return what `text` in that option may come to be, likeliest first; nothing where that cannot be told.

        `asking` is what is typed so far in the others. Nothing is kept, counted or answered by it.
        """


class Reacting(Protocol):
    """Takes reactions to what the bot said in private."""

    async def picked(self, picking: Picking) -> Reply | None:
        """Answer a reaction as if its choice had been typed; None as above, and when it means nothing."""

    async def taken_back(self, taking_back: TakingBack) -> Reply | None:
        """Take back what a reaction answered, or say why that cannot be; None as above."""


class Recalling(Protocol):
    """Remembers what each person was given to choose from."""

    def told(self, person: PersonId, group: GroupId, message: Say, native: str | None) -> None:
        """Remember what a person was just shown; `native` is the platform's own id of it, or None."""

    async def group_of(self, person: PersonId, text: str) -> GroupId | None:
        """Return the group that a line typed in private is about, when it answers a list or a question; else None."""

    async def write(self) -> None:
        """Write down what was told since the last time, in the open transaction: lists outlive the process then."""


class Answering(Hearing, Suggesting, Reacting, Recalling, Protocol):
    """All of it."""
