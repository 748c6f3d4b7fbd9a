"""A random life from a seed: whatever can be typed is typed with a marker in it, in an order that is dealt.

Commands and their options are those that are declared, and the rest is what the stage says people can do there.
"""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import TypeAlias

from bot.domain.commands import Command, Option
from bot.operator.canaries.markers import Registry, Sort
from bot.operator.canaries.stage import Lost, Stage, Way
from bot.operator.canaries.values import valid

Deed: TypeAlias = Callable[[], Awaitable[None]]
# So often a bot may be found away in one life.
_MOST_LOST = 100
# How much happens between two looks at whether the bot answers.
_STRETCH = 100
# So much of what is asked must be answered, in each stretch. The rest dies with a bot that is killed, or is asked where
# a group wants it unheard. And something is asked at least as often as once in so many deeds.
_ANSWERED_OF_ASKED = 0.5
_DEEDS_FOR_ONE_ASKED = 4
_FEWEST = 20


class Silent(Exception):  # noqa: N818  It is about the life, and no fault that is raised in the bot.
    """The bot hardly answered in a stretch of a life: that nothing was found there says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a life goes: at least `steps` things happen. `thorough` gives each option of a command a life of its own."""

    seed: int
    steps: int
    thorough: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """How far a life was when it was looked at."""

    done: int
    asked: int
    answered: int


class Life:
    """One life on one stage. `marked` are the commands and options that were used with a marker, as often as not."""

    def __init__(self, stage: Stage, commands: Sequence[Command], registry: Registry, plan: Plan) -> None:
        self._stage = stage
        self._commands = commands
        self._registry = registry
        self._plan = plan
        # Dice, and no secret: the same seed lives the same life.
        self._random = Random(plan.seed)  # noqa: S311  As above.
        self._names: list[str] = []
        self.marked: set[tuple[str, str]] = set()
        self.done = self.lost = 0
        self._looked_at = _Look(done=0, asked=0, answered=0)

    @property
    def missed(self) -> Sequence[str]:
        """Each command and option that was never used with a marker."""
        declared = {(command.name, option.name) for command in self._commands for option in command.options}
        return sorted(f"{command}: {option}" for command, option in declared - self.marked)

    async def live(self) -> None:
        """Live it. What finds no bot, as it was killed, is done again later. Raises `Silent`."""
        deck = self._dealt()
        while deck:
            deed = deck.pop()
            try:
                await deed()
            except Lost:
                self._lose()
                await self._stage.see_to()
                deck.insert(0, deed)
            self.done += 1
            if self.done - self._looked_at.done >= _STRETCH:
                await self.look()
            if not deck and self.done < self._plan.steps:
                deck = self._dealt()[: self._plan.steps - self.done]

    async def look(self, *, fewest: int = _FEWEST) -> None:
        """Look whether the bot answered since the last time, if it was asked so often. Raises `Silent`."""
        try:
            await self._stage.listen()
        except Lost:
            await self._stage.see_to()
        before, now = self._looked_at, _Look(done=self.done, asked=self._stage.asked, answered=self._stage.answered)
        asked = max(now.asked - before.asked, (now.done - before.done) // _DEEDS_FOR_ONE_ASKED)
        if asked < fewest:
            return
        self._looked_at, answered = now, now.answered - before.answered
        if answered < asked * _ANSWERED_OF_ASKED:
            raise Silent(f"{self._stage.kind}: up to deed {now.done}, the bot answered {answered} of {asked} times")

    def _lose(self) -> None:
        self.lost += 1
        if self.lost > _MOST_LOST:
            raise RuntimeError("the bot is never there")

    def _dealt(self) -> list[Deed]:
        """Return everything that must happen, shuffled, but for the acts: they come in between."""
        typed: list[Deed] = [
            *self._commanded(),
            *(partial(self._say, name, way) for name, way in self._stage.ways.items()),
        ]
        acts: list[Deed] = list(self._stage.acts.values())
        self._random.shuffle(typed)
        self._random.shuffle(acts)
        every = len(typed) // max(1, len(acts))
        for number, act in enumerate(acts):
            typed.insert(number * (every + 1), act)
        return typed

    def _commanded(self) -> Iterator[Deed]:
        for command in self._commands:
            if any(option.kept for option in command.options):
                yield partial(self._keep, command)
            yield partial(self._use, command, frozenset())
            yield partial(self._use, command, frozenset(command.options))
            for option in command.options if self._plan.thorough else ():
                yield partial(self._use, command, frozenset({option}))

    async def _use(self, command: Command, wrong: frozenset[Option]) -> None:
        """Use a command, a marker in those options that are to be `wrong`, and in all that take any text."""
        options = {option.name: self._value(command, option, is_wrong=option in wrong) for option in command.options}
        given = {name: value for name, value in options.items() if value is not None}
        if self._stage.types_lines and self._random.random() < 1 / 2:
            await self._stage.type(", ".join((command.name, *(f"{name}: {value}" for name, value in given.items()))))
        else:
            await self._stage.use(command, given)

    async def _keep(self, command: Command) -> None:
        """Let something be kept for the group: nothing but what is needed, and what it asks to be kept."""
        wanted = (option for option in command.options if option.required or option.kept)
        given = {option.name: self._value(command, option, is_wrong=False) for option in wanted}
        await self._stage.use(command, {name: value for name, value in given.items() if value is not None})

    def _value(self, command: Command, option: Option, *, is_wrong: bool) -> str | None:
        if not (is_wrong or option.kind.greedy):
            left_out = not option.required and self._random.random() < 1 / 2
            return None if left_out else valid(option, self._random) or self._name()
        where = f"{self._stage.kind}: {command.name}, {option.name}"
        marker = self._registry.new(where, sort=Sort.KEPT if option.kept else Sort.SAID)
        self.marked.add((command.name, option.name))
        if option.kept:
            self._names.append(marker.text)
        before = valid(option, self._random) if self._random.random() < 1 / 3 else None
        return f"{before} {marker.text}" if before and not option.kind.greedy else marker.text

    def _name(self) -> str | None:
        """Return the name of something kept, for what is looked up by it."""
        return self._random.choice(self._names) if self._names else None

    async def _say(self, name: str, way: Way) -> None:
        await way(self._registry.new(f"{self._stage.kind}: {name}").text)
