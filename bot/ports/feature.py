"""A feature, as the composition root wires it: what it answers, and what wakes it."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol, TypeAlias

from whenever import Instant

from bot.domain.commands import Asked, Command
from bot.domain.outgoing import Due
from bot.domain.saying import Say

Answer: TypeAlias = Callable[[Asked], Awaitable[Say]]
Step: TypeAlias = Callable[[Due, Instant], Awaitable[None]]


class Feature(Protocol):
    """One folder of `bot/cogs/`, told once for every platform."""

    @property
    def answers(self) -> Mapping[Command, Answer]:
        """The commands it declares and the method that answers each."""

    @property
    def steps(self) -> Mapping[str, Step]:
        """The kinds of due moment it marks in the diary and the method that each wakes, in a transaction."""
