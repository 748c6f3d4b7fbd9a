"""The switchboard, as a world sees it."""

from typing import Protocol

from bot.domain.commands import Asking, Command, Typed
from bot.domain.ids import GroupId, PersonId
from bot.domain.saying import Say


class Answering(Protocol):
    """Takes what people ask and gives what to answer, for that person's eyes alone."""

    @property
    def commands(self) -> tuple[Command, ...]:
        """Every command there is, so that a world can render them natively."""

    async def hear(self, typed: Typed) -> Say | None:
        """Answer a typed line; None when the answer comes through `Chat.tell`, or none is due."""

    async def ask(self, asking: Asking) -> Say | None:
        """Answer a command whose options came apart: a form, a button; None as above."""

    def told(self, person: PersonId, group: GroupId, message: Say) -> None:
        """Remember what a person was given to choose from, so that the number they type is an answer."""
