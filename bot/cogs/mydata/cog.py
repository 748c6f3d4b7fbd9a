"""`mydata`: a person sees all that is kept of them, takes it along, lets it go. It works in no group as well."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from bot.cogs.mydata import export, telling
from bot.cogs.mydata.page import page
from bot.cogs.mydata.telling import InGroup
from bot.domain.commands import Asked, Command, Option, TraitsOf
from bot.domain.ids import GroupId, PersonId
from bot.domain.reading import OneOf
from bot.domain.saying import Line, Say, choice, say
from bot.ports.feature import Answer, Step
from bot.ports.groups import Parting
from bot.ports.keeping import People
from bot.ports.mydata import Talk, Traces
from bot.ports.words import Printed

# Returns what a group is called, or None.
GroupCalled: TypeAlias = Callable[[GroupId], str | None]

ALL = "all"
_ALL = OneOf(choices=(ALL,), also=(("it all", ALL), ("all of it", ALL), ("everything", ALL)))

MYDATA = Command(name="mydata", anywhere=True)
SHOW = Command(name="mydata show", anywhere=True, listed=False)
EXPORT = Command(name="mydata export", anywhere=True)
FORGET = Command(name="mydata forget", options=(Option(name="what", kind=_ALL),), anywhere=True)


class MyData:
    """Shows and lets go. `partings` are the features that end what hangs on a person, so that others are told."""

    def __init__(  # noqa: PLR0913  The composition root hands in everything by name.
        self,
        *,
        traces: Traces,
        partings: Sequence[Parting],
        talk: Talk,
        people: People,
        group_called: GroupCalled,
        traits: TraitsOf,
        printed: Printed,
    ) -> None:
        self._traces = traces
        self._partings = partings
        self._talk = talk
        self._people = people
        self._group_called = group_called
        self._traits = traits
        self._printed = printed

    @property
    def answers(self) -> Mapping[Command, Answer]:
        """The commands."""
        return {MYDATA: self.show, SHOW: self.show, EXPORT: self.export, FORGET: self.forget}

    @property
    def steps(self) -> Mapping[str, Step]:
        """Nothing wakes it."""
        return {}

    async def show(self, asked: Asked) -> Say:
        """Show all that is kept, by group, with times as the person has them there, and what is out of reach."""
        lines: list[Line] = []
        for told in await self._told(asked):
            lines += telling.of_group(told.heading, told.kept, told.zone)
        if not lines:
            return say("mydata-nothing").then(*self._unreached(asked))
        return say("mydata-intro").then(*lines, *self._unreached(asked), telling.HOW)

    async def export(self, asked: Asked) -> Say:
        """Hand over all that is kept, as files: a page to read, and JSON."""
        groups, unreached = await self._told(asked), self._unreached(asked)
        made = asked.at.to_tz(await self._zone(asked.group, asked.person))
        printed = await self._printed(page(made, asked.person, groups, unreached), asked.group)
        kept = {told.group: told.kept for told in groups}
        document = export.document(asked, kept, telling.beyond(self._traits(asked.person.world)))
        return export.TOLD.then(*unreached).handing(export.handed(document, printed, unreached))

    async def forget(self, asked: Asked) -> Say:
        """Let go of all of it, once it is said which: what others wait for is ended first, as if by the person."""
        groups = await self._traces.groups(asked.person)
        if groups and asked.get("what", str) != ALL:
            offer = choice("mydata-let-go", FORGET.name, what=ALL)
            return say("mydata-forget-all").then(*telling.GOES, *self._unreached(asked)).offering(offer)
        for group in groups:
            for parting in self._partings:
                await parting.without(group, asked.person, asked.at)
        self._talk.let_go(asked.person)
        # Also where no row is left: the files may still hold what was in one.
        await self._traces.erase(asked.person, asked.at)
        return say("mydata-gone" if groups else "mydata-nothing").then(*self._unreached(asked))

    async def _told(self, asked: Asked) -> Sequence[InGroup]:
        return [
            InGroup(
                group=group,
                heading=self._name(group, asked),
                kept=await self._traces.kept(group, asked.person),
                zone=await self._zone(group, asked.person),
            )
            for group in await self._traces.groups(asked.person)
        ]

    def _name(self, group: GroupId, asked: Asked) -> Line:
        return telling.group(self._group_called(group), here=group == asked.group)

    def _unreached(self, asked: Asked) -> Sequence[Line]:
        return telling.unreached(self._traits(asked.person.world))

    async def _zone(self, group: GroupId, person: PersonId) -> str:
        return (await self._people.ways(group, person)).zone
