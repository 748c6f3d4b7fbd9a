"""Two groups in one house, on one world, and everything that people of it do or are given to choose from."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import Select, Table, select
from sqlalchemy.dialects import sqlite
from whenever import Instant, TimeDelta

from bot.clockwork.housekeeping import AFTER_START
from bot.domain.commands import Asking, Command, Picking, TakingBack, Trait, Typed
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.pace import Paces
from bot.domain.people import Ways
from bot.domain.saying import Say
from bot.domain.suggesting import Suggestion
from bot.house import House
from bot.plan import Plan
from bot.store.belongings import within
from bot.store.tables import metadata
from bot.store.tables.lists import lists
from tests import shipped
from tests.fakes.journal import FakeJournal
from tests.fakes.timing import FakeClock
from tests.fakes.world import FakeWorld, read

NORTH, SOUTH = GroupId.of("fake", "northside"), GroupId.of("fake", "southside")
PLACES: Mapping[GroupId, Mapping[str, PlaceId]] = {
    NORTH: {
        "parlour": PlaceId.of("fake", "north-parlour"),
        "kitchen": PlaceId.of("fake", "north-kitchen"),
    },
    SOUTH: {"lounge": PlaceId.of("fake", "south-lounge")},
}
# Of the north, Gus was never given anything to choose from; Hal and Ivy are of the south alone.
OF_THE_NORTH = ("Ashgrove", "Beamish", "Caivano", "Dovedale", "Elstree", "Finchley", "Gus", "Kitson")
OF_THE_SOUTH = ("Hal", "Ivy")
IDS = {name: PersonId.of("fake", name.casefold()) for name in (*OF_THE_NORTH, *OF_THE_SOUTH)}
NAMES = {id_: name for name, id_ in IDS.items()}
EVERYTHING = frozenset(Trait) - {Trait.UNSEEN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A command with its options, and who did it or was given it; `here` is where it was given."""

    who: str
    command: str
    options: Mapping[str, str]
    here: PlaceId | None = None

    @property
    def typed(self) -> str:
        return " ".join((self.command, *(f"{name}={words}" for name, words in self.options.items())))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What is kept: of the north, and of all others."""

    north: frozenset[str]
    others: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All that came of a deed, as it reads: to whoever did it, and to whom or where else anything was said."""

    answer: str
    others: Mapping[str, str]


@dataclass(kw_only=True)
class Town:
    """One house. `done` is what was done in it, in order."""

    house: House
    clock: FakeClock
    world: FakeWorld
    keys: str = "event"
    done: list[Deed] = field(default_factory=list)
    _count: int = 0

    @classmethod
    async def on(cls, database: str, now: Instant, keys: str = "event") -> "Town":
        """Open it; what it hears is called by names of these `keys`, which it has not heard before."""
        clock = FakeClock(time=now)
        plan = Plan(
            database=database,
            words=shipped.words(),
            pack=shipped.pack(),
            ways={"fake": Ways()},
            readers={},
            traits={"fake": EVERYTHING},
            clock=clock,
            journal=FakeJournal(),
            feeds_at="https://rota.example.org",
        )
        outside = {(IDS[name], SOUTH) for name in OF_THE_NORTH} | {(IDS[name], NORTH) for name in OF_THE_SOUTH}
        world = FakeWorld(names=dict(NAMES), outside=outside)
        town = cls(house=await House.ready(plan), clock=clock, world=world, keys=keys)
        town.house.worlds["fake"] = town.world
        # What a house does once when it starts, and soon after.
        await town.goes_by(TimeDelta.ZERO)
        await town.goes_by(AFTER_START)
        return town

    @property
    def commands(self) -> Sequence[Command]:
        return self.house.switchboard.commands("fake")

    def asking(self, deed: Deed, group: GroupId = NORTH) -> Asking:
        return Asking(
            key=self.key(),
            command=deed.command,
            options=MappingProxyType(dict(deed.options)),
            person=IDS[deed.who],
            group=group,
            places=PLACES[group],
            here=deed.here,
        )

    def key(self) -> str:
        self._count += 1
        return f"fake:{self.keys}-{self._count}"

    async def does(self, deed: Deed, group: GroupId = NORTH) -> Told:
        """Let it be done, and let everybody read what comes of it."""
        self.done.append(deed)
        before = self._lengths()
        said = await self.house.switchboard.ask(self.asking(deed, group))
        return await self._came(IDS[deed.who], said, before)

    async def types(self, who: str, text: str, group: GroupId = NORTH) -> Told:
        """Let somebody type a line to the bot in private."""
        typed = Typed(key=self.key(), text=text, private=True, person=IDS[who], group=group, places=PLACES[group])
        before = self._lengths()
        return await self._came(IDS[who], await self.house.switchboard.hear(typed), before)

    async def reacts(self, who: str, text: str, message: str, key: str, group: GroupId = NORTH) -> Told:
        """Let somebody react to a message of the bot's, whoever was told it."""
        picking = Picking(key=key, message=f"fake:{message}", text=text, person=IDS[who], groups={group: PLACES[group]})
        before = self._lengths()
        reply = await self.house.switchboard.picked(picking)
        return await self._came(IDS[who], reply.say if reply else None, before)

    async def takes_back(self, who: str, reaction: str, group: GroupId = NORTH) -> Told:
        """Let somebody take a reaction back, whosever it was."""
        back = TakingBack(key=self.key(), reaction=reaction, person=IDS[who], groups={group: PLACES[group]})
        before = self._lengths()
        reply = await self.house.switchboard.taken_back(back)
        return await self._came(IDS[who], reply.say if reply else None, before)

    async def suggests(self, deed: Deed, option: str, text: str, group: GroupId = NORTH) -> Sequence[Suggestion]:
        return await self.house.switchboard.suggest(self.asking(deed, group), option, text)

    def may_ask_again(self) -> None:
        """Let nobody be one who asks too fast; the clock cannot be moved for it, for all answers are to be compared."""
        self.house.switchboard._paces = Paces()  # noqa: SLF001

    async def goes_by(self, time: TimeDelta) -> None:
        self.clock.move(time)
        await self._settled()

    def given(self) -> Iterator[Deed]:
        """Give every choice that anybody was given, for who was given it; what a room was told is Beamish's, say."""
        for person, told in self.world.private.items():
            for said in (*told, *self.world.unsaid[person]):
                yield from _choices(NAMES[person], said, None)
        for place, told in self.world.public.items():
            for said in told:
                yield from _choices(NAMES[said.rings[0]] if said.rings else "Beamish", said, place)

    def text(self, said: Say) -> str:
        """Return a message as it reads, and what each of its choices would do."""
        return "\n".join((read(said, self.house.words, NAMES), *(choice.typed for choice in said.choices)))

    async def rows(self) -> Rows:
        """Return every row there is, but for which list a number means now, which is another with each one told."""
        found: dict[bool, set[str]] = {True: set(), False: set()}
        for name, rows in await self._tables():
            for *row, is_of_the_north in rows:
                found[bool(is_of_the_north)].add(f"{name} {row}")
        return Rows(north=frozenset(found[True]), others=frozenset(found[False]))

    async def _tables(self) -> Sequence[tuple[str, Sequence[Sequence[Any]]]]:
        """Return every table with its rows: as they stand in the file, where it is one, for that is quicker by far."""
        database = self.house.database
        if database.engine.dialect.name == "sqlite":
            with closing(sqlite3.connect(f"file:{database.engine.url.database}?mode=ro", uri=True)) as file:
                return [(name, file.execute(written).fetchall()) for name, written in _as_written()]
        async with database.transaction():
            return [(table.name, (await database.execute(all_)).all()) for table, all_ in _all_of_each()]

    async def _came(self, person: PersonId, said: Say | None, before: Mapping[str, int]) -> Told:
        if said is not None:
            self.world.private[person].append(said)
        await self._settled()
        came: dict[str, str] = {
            where: "\n--\n".join(self.text(each) for each in told[len(told) - new :])
            for where, told in self._everywhere()
            if (new := self._length(where, told) - before.get(where, 0))
        }
        return Told(answer=came.pop(person, ""), others=came)

    async def _settled(self) -> None:
        await self.house.works.round()
        if await self.house.works.laboured():
            await self.house.works.round()

    def _lengths(self) -> Mapping[str, int]:
        return defaultdict(int, {where: self._length(where, told) for where, told in self._everywhere()})

    def _length(self, where: PersonId | PlaceId, told: Sequence[Say]) -> int:
        """Return how much was ever said there, also what was taken away again."""
        return len(told) + len(self.world.unsaid[where])

    def _everywhere(self) -> Iterator[tuple[PersonId | PlaceId, list[Say]]]:
        yield from self.world.private.items()
        yield from self.world.public.items()


def _all_of_each() -> Iterator[tuple[Table, Select[Any]]]:
    for table in metadata.sorted_tables:
        columns = [column for column in table.c if column is not lists.c.last]
        yield table, select(*columns, within(table, NORTH))


@cache
def _as_written() -> Sequence[tuple[str, str]]:
    dialect, literal = sqlite.dialect(), {"literal_binds": True}
    return [(table.name, str(all_.compile(dialect=dialect, compile_kwargs=literal))) for table, all_ in _all_of_each()]


def _choices(who: str, said: Say, here: PlaceId | None) -> Iterator[Deed]:
    for choice in said.choices:
        yield Deed(who=who, command=choice.command, options=dict(choice.options), here=here)
