"""A feature, as the composition root wires it: what it answers, and what wakes it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Protocol, TypeAlias, runtime_checkable

from whenever import Instant

from bot.domain.commands import Asked, Command
from bot.domain.outgoing import Due
from bot.domain.saying import Say
from bot.domain.suggesting import Suggestion

Answer: TypeAlias = Callable[[Asked], Awaitable[Say]]
# Is given what is asked so far and the words typed in one option; gives the likeliest first and keeps nothing. May
# refuse, and then there is nothing to suggest.
Suggest: TypeAlias = Callable[[Asked, str], Awaitable[Sequence[Suggestion]]]
Step: TypeAlias = Callable[[Due, Instant], Awaitable[None]]
# A step with something long in the middle. It opens transactions of its own, and strikes its moment in the last of
# them; until then the moment stays, further ahead, so that a kill lets it be begun anew.
Labour: TypeAlias = Callable[[Due, Instant], Awaitable[None]]


class Feature(Protocol):
    """One folder of `bot/cogs/`, told once for every platform."""

    @property
    def answers(self) -> Mapping[Command, Answer]:
        """The commands it declares and the method that answers each."""

    @property
    def steps(self) -> Mapping[str, Step]:
        """The kinds of due moment it marks in the diary and the method that each wakes, in a transaction."""


@runtime_checkable
class LabouringFeature(Protocol):
    """A feature that has something to do that takes long, and must hold up nothing else meanwhile."""

    @property
    def labours(self) -> Mapping[str, Labour]:
        """The kinds of due moment for it and the method that each wakes, in no transaction."""


@runtime_checkable
class SuggestingFeature(Protocol):
    """A feature that suggests what options of its commands could be, from what it keeps."""

    @property
    def suggestions(self) -> Mapping[tuple[str, str], Suggest]:
        """For each of its options that is looked up, by the names of command and option, the method that suggests."""
