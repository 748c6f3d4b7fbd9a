"""What a group sets for company: the first step before somebody offers it, and its own words on emergencies."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

from bot.cogs.group import telling
from bot.domain.commands import Asked, Command, Option
from bot.domain.firststep import FirstStep
from bot.domain.group import GroupWays
from bot.domain.reading import OrNone, Step, Text
from bot.domain.saying import Line, Say, line
from bot.ports.feature import Answer
from bot.ports.groups import GroupShelf

# Two or three sentences: it stands in the middle of what is read before an ask is sent.
LONGEST_STANCE = 200

# People type "group first step 14 days", and choose the same on Discord, where a command has two words at most.
FIRST = Command(name="group first", options=(Option(name="step", kind=Step(), required=True),))
STANCE = Command(
    name="group stance",
    options=(
        Option(name="words", kind=OrNone(kind=Text(longest=LONGEST_STANCE), greedy=True), required=True, kept=True),
    ),
)

# Keeps what is otherwise than before, and tells the group's rooms.
Changed: TypeAlias = Callable[[Asked, GroupWays, GroupWays, Line], Awaitable[Say]]


class Company:
    """Sets both, as all ways of a group are set."""

    def __init__(self, *, shelf: GroupShelf, changed: Changed) -> None:
        self._shelf = shelf
        self._changed = changed

    @property
    def answers(self) -> Mapping[Command, Answer]:
        """The two commands."""
        return {FIRST: self.first, STANCE: self.stance}

    async def first(self, asked: Asked) -> Say:
        """Set what is asked of somebody before they may offer company."""
        step = asked.need("step", FirstStep)
        own = await self._shelf.own(asked.group)
        return await self._changed(asked, own, replace(own, first_step=step), telling.first_step_news(step))

    async def stance(self, asked: Asked) -> Say:
        """Set what the group itself says of emergencies."""
        words = next((words for words in asked.need("words", tuple) if isinstance(words, str)), None)
        own = await self._shelf.own(asked.group)
        news = line("stance-now-usual") if words is None else line("stance-now-own", words=words)
        return await self._changed(asked, own, replace(own, stance=words), news)
