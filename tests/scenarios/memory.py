"""The stage with no platform: the real cogs, store and clockwork, and a world that writes down what it is told."""

import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import func, select
from whenever import TimeDelta

from bot.domain.commands import Asking, Trait, Typed
from bot.domain.firststep import Stay
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.people import Ways
from bot.domain.reading.files import words_of
from bot.domain.saying import Choice, Line, Say
from bot.house import House
from bot.plan import Plan
from bot.ports.solving import Solver
from bot.solving.solver import HighsSolver
from bot.store.database import Database
from bot.store.tables import metadata
from bot.store.tombstones import Ground
from tests import shipped
from tests.fakes.journal import FakeJournal
from tests.fakes.timing import FakeClock
from tests.fakes.world import FakeWorld, read
from tests.scenarios.stage import PEOPLE
from tests.tables import with_tables

ROOM = PlaceId.of("fake", "room")
GROUP = GroupId.of("fake", "group")
NAMES = {PersonId.of("fake", name.casefold()): name for name in PEOPLE}
IDS = {name: person for person, name in NAMES.items()}
READERS = (Line(id="local-meeting-readers"),)
HAS = frozenset({Trait.DEVICES, Trait.CHANNELS})
NOTHING_BUT_MARKS = frozenset({"outbox", "dues", "bookmarks"})


class MemoryStage:
    """Implements `Stage`; each thing done is followed by a round of the clockwork."""

    def __init__(self, house: House, world: FakeWorld, clock: FakeClock, first: int = 1) -> None:
        self.house = house
        self.world = world
        self.clock = clock
        self._keys = (f"fake:event-{number}" for number in itertools.count(first))

    @classmethod
    async def on(  # noqa: PLR0913  Each is something that a test is about.
        cls,
        database: str,
        traits: frozenset[Trait] = HAS,
        *,
        clock: FakeClock | None = None,
        ground: Ground | None = None,
        first: int = 1,
        key: str | None = None,
        solver: Solver | None = None,
    ) -> "MemoryStage":
        """Return a stage on a database; `first` is the number of the first thing that is heard."""
        clock = clock or FakeClock()
        house = await House.ready(
            Plan(
                database=database,
                words=shipped.words(),
                pack=shipped.pack(),
                ways={"fake": Ways()},
                readers={},
                traits={"fake": traits},
                clock=clock,
                journal=FakeJournal(),
                ground=ground,
                key=key,
                solver=solver or HighsSolver(),
            )
        )
        since_now = Stay(here=True, since=clock.now(), exact=True)
        world = FakeWorld(names=NAMES, stays=dict.fromkeys(NAMES, since_now), meets_read=READERS)
        house.worlds["fake"] = world
        return cls(house, world, clock, first)

    async def types(self, who: str, text: str) -> None:
        await self._hear(who, text, private=True)

    async def sends(self, who: str, name: str, content: bytes) -> None:
        assert self.house.switchboard.wants_file(IDS[who], GROUP), name
        await self._hear(who, words_of(content), private=True, is_file=True)

    async def says(self, who: str, text: str) -> None:
        if text.startswith("!"):
            await self._hear(who, text.removeprefix("!"), private=False)

    async def asks(self, who: str, command: str, **options: str) -> None:
        """Let a person ask by form."""
        asking = Asking(
            key=next(self._keys),
            command=command,
            options=MappingProxyType(options),
            person=IDS[who],
            group=GROUP,
            places={"room": ROOM},
        )
        await self._took(who, await self.house.switchboard.ask(asking))

    async def picks(self, who: str, label: str) -> None:
        choice = self._choice(who, label)
        await self.asks(who, choice.command, **choice.options)

    async def reads(self, who: str, words: str) -> str:
        return self._newest(self.world.private[IDS[who]], words)

    async def no_longer_reads(self, who: str, words: str) -> None:
        texts = await self.everything_read(who)
        assert not [text for text in texts if words in text]

    async def files(self, who: str) -> Mapping[str, bytes]:
        handed = [said.files for said in self.world.private[IDS[who]] if said.files]
        return {file.name: file.content for file in handed[-1]}

    async def sees(self, words: str) -> str:
        return self._newest(self.world.public[ROOM], words)

    async def meets(self, *people: str) -> str:
        place = next(reversed(self.world.inside))
        assert self.world.inside[place] == {IDS[who] for who in people}
        assert place in self.world.left
        return self._text(self.world.public[place][-1])

    async def talks(self, who: str, to: str, text: str) -> None:
        """Nothing passes through the bot here."""

    async def leaves(self, who: str) -> None:
        self.world.outside.add((IDS[who], GROUP))
        await self.house.groups.left(GROUP, IDS[who])
        await self.settled()

    async def goes_by(self, time: TimeDelta) -> None:
        self.clock.move(time)
        await self.settled()

    async def everything_read(self, who: str) -> Sequence[str]:
        return [self._text(said) for said in self.world.private[IDS[who]]]

    async def settled(self) -> None:
        await self.house.works.round()
        if await self.house.works.laboured():
            await self.house.works.round()

    async def rows(self) -> dict[str, int]:
        return await rows_in(self.house.database)

    async def _hear(self, who: str, text: str, *, private: bool, is_file: bool = False) -> None:
        typed = Typed(
            key=next(self._keys),
            text=text,
            private=private,
            person=IDS[who],
            group=GROUP,
            places={"room": ROOM},
            is_file=is_file,
        )
        await self._took(who, await self.house.switchboard.hear(typed))

    async def _took(self, who: str, answer: Say | None) -> None:
        if answer is not None:
            self.world.private[IDS[who]].append(answer)
        await self.settled()

    def _choice(self, who: str, label: str) -> Choice:
        for said in reversed(self.world.private[IDS[who]]):
            for choice in said.choices:
                if read(Say(lines=(choice.label,)), self.house.words, NAMES) == label:
                    return choice
        raise AssertionError(f"{who} was not offered {label!r}")

    def _newest(self, said: Sequence[Say], words: str) -> str:
        texts = [self._text(one) for one in said]
        found = [text for text in texts if words in text]
        assert found, f"{words!r} is in none of {texts}"
        return found[-1]

    def _text(self, said: Say) -> str:
        return read(said, self.house.words, NAMES)


async def rows_in(database: Database) -> dict[str, int]:
    """Return how many rows each table holds, but for those of the house itself that are empty of people."""
    counts = {}
    async with database.transaction():
        for table in metadata.sorted_tables:
            counted = await database.execute(select(func.count()).select_from(table))
            counts[table.name] = int(counted.scalar_one())
    return counts


async def memory_stage(folder: Path, traits: frozenset[Trait] = HAS) -> MemoryStage:
    """Return a stage on a SQLite file of its own."""
    return await MemoryStage.on(with_tables(folder / "alongside.db"), traits)
