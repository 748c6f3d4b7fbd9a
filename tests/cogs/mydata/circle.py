"""Several people in two groups, the whole house on a real database, and whatever they come to do at random."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from sqlalchemy import delete, select
from whenever import TimeDelta

from bot.domain.commands import Typed
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.people import Ways
from bot.domain.saying import Say
from bot.house import House
from bot.plan import Plan
from bot.ports.chat import ChatError
from bot.store.database import Database
from bot.store.tables import metadata
from bot.store.traces import tables_of_people
from tests import shipped
from tests.fakes.journal import FakeJournal
from tests.fakes.timing import FakeClock
from tests.fakes.world import FakeWorld, read

# As Matrix and as Discord call people; nothing else may hold these words and digits.
QUILL = PersonId.of("fake", "@quillfeather:hs.example")
DIGITS = PersonId.of("fake", "481516234200000001")
ASH, BEA, CAI = OTHERS = tuple(PersonId.of("fake", name) for name in ("@ash:hs.example", "3141592653589", "@cai:x"))
ONE, TWO = GROUPS = tuple(GroupId.of("fake", name) for name in ("!one:hs.example", "2718281828459"))
NAMES = {QUILL: "Quill", DIGITS: "Dee", ASH: "Ash", BEA: "Bea", CAI: "Cai"}
AWAY = ChatError("away", permanent=False)

ASKS = (
    "sit ask quiet",
    "sit ask talk 30m at tomorrow 20:00",
    "sit ask either direct messages",
    "sit ask either direct messages at today 15:00",
    "sit ask quiet, people: 3, no advice, who: open then everyone, note: with tea",
)
LINES = (
    "rota new Evening check-in, daily 20:00, 2 people",
    "rota new Walk, tuesdays 9:00, 1 person",
    "rota join 1 every week",
    "rota join 1 tomorrow",
    "rota join 2 every week",
    "rota leave 1 tomorrow",
    "rota remind 1 day and 15 minutes",
    "rota show 1",
    "rota mine",
    "sit open",
    "sit open 2 hours",
    *ASKS,
    "sit withdraw",
    "me zone Asia/Kolkata",
    "me nation wales",
    "me reach mention",
    "me quiet 22:00-08:00",
    "me limit 2",
    "me ask yes",
    "me pause",
    "me pause 2 weeks",
    "me resume",
    "group nation scotland",
    "mydata",
    "mydata forget",
)


@dataclass(kw_only=True)
class Circle:
    """People who type, choose, invite and wait. What the platform does not take goes on waiting in the outbox."""

    house: House
    world: FakeWorld
    clock: FakeClock
    journal: FakeJournal
    last_key: str = ""
    keys: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    @classmethod
    async def on(cls, url: str) -> Self:
        clock, journal = FakeClock(), FakeJournal()
        plan = Plan(
            database=url,
            words=shipped.words(),
            pack=shipped.pack(),
            ways={"fake": Ways()},
            readers={},
            clock=clock,
            journal=journal,
        )
        house = await House.ready(plan)
        world = FakeWorld(names=NAMES, groups={ONE: "Lantern"})
        house.worlds["fake"] = world
        return cls(house=house, world=world, clock=clock, journal=journal)

    async def types(self, person: PersonId, text: str, group: GroupId = ONE, *, hurried: bool = False) -> Say | None:
        """Let a person type in private; return what they read next. `hurried` lets no round come after it."""
        before = len(self.world.private[person])
        self.last_key = f"fake:event-{next(self.keys)}"
        typed = Typed(
            key=self.last_key,
            text=text,
            private=True,
            person=person,
            group=group,
            places={"here": PlaceId(group)},
        )
        answer = await self.house.switchboard.hear(typed)
        if answer is not None:
            self.world.private[person].append(answer)
            # As a world does that knows what a reaction to it means.
            self.house.switchboard.told(person, group, answer, f"answer {typed.key}")
        if not hurried:
            await self.house.works.round()
        told = self.world.private[person][before:]
        return told[0] if told else None

    async def chooses(self, person: PersonId, number: int, group: GroupId) -> None:
        """Let a person choose one of all that they were ever given to choose from."""
        offered = [choice for said in self.world.private[person] for choice in said.choices]
        if offered:
            await self.types(person, offered[-1 - number % len(offered)].typed, group)

    async def sits(self, asker: PersonId, sitters: Sequence[PersonId], how: str, steps: int) -> None:
        """Let somebody ask, the others say that they can and one be picked, as far as so many steps go."""
        lines = [(sitter, "sit open") for sitter in sitters]
        lines += [(asker, how)]
        lines += [(sitter, "sit can") for sitter in sitters]
        lines += [(asker, "sit pick 1"), (asker, "sit pick 2"), (asker, "sit begin")]
        for person, text in lines[:steps]:
            await self.types(person, text, hurried=steps % 2 == 0)

    async def invites(self, person: PersonId, group: GroupId) -> None:
        """Let a person invite the bot to a room of the group's that it does not come into yet."""
        await self.house.groups.invited(PlaceId(group), person)

    async def goes_by(self, time: TimeDelta) -> None:
        self.clock.move(time)
        await self.house.works.round()

    def cut_off(self, times: int) -> None:
        """Let the platform take nothing for so many times."""
        self.world.refuses = [AWAY] * times

    def comes_back(self) -> None:
        self.world.refuses = []

    def reads(self, said: Say | None) -> str:
        return "" if said is None else read(said, shipped.words(), NAMES)

    async def rows(self) -> Mapping[str, list[Mapping[str, Any]]]:
        """Return every row of every table."""
        return await rows_of(self.house.database)


async def rows_of(database: Database) -> Mapping[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = {}
    async with database.transaction():
        for table in metadata.sorted_tables:
            rows = (await database.execute(select(table))).mappings().all()
            found[table.name] = [dict(row) for row in rows]
    return found


async def empty(database: Database) -> None:
    """Let go of every row, for the next example."""
    async with database.transaction():
        for table in reversed(metadata.sorted_tables):
            await database.execute(delete(table))


def words_of(person: PersonId) -> tuple[str, ...]:
    """Return what nobody may find afterwards: the id, the platform's own, and the part of it that is a name."""
    localpart = person.native.removeprefix("@").partition(":")[0]
    return tuple(dict.fromkeys((person, person.native, localpart)))


def named_in(rows: Mapping[str, list[Mapping[str, Any]]], person: PersonId) -> list[str]:
    """Return each column that names the person, whatever its kind."""
    return [
        f"{table}.{name}"
        for table, found in rows.items()
        for row in found
        for name, value in row.items()
        if any(word in str(value) for word in words_of(person))
    ]


def bytes_in(folder: Path, person: PersonId) -> list[str]:
    """Return the files that hold a byte sequence that names the person."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return [file.name for file in files if any(word.encode() in file.read_bytes() for word in words_of(person))]


def of_others(rows: Mapping[str, list[Mapping[str, Any]]], person: PersonId) -> set[str]:
    """Return what others have said and set: their places, their being open, their ways, their asks."""
    names = {table.name for table in tables_of_people()} - {"lists", "invited", "offers"}
    ending = _ending(rows, person)
    open_ = [dict(row) | {"table": table} for table in names for row in rows[table] if _code(row, table) not in ending]
    # Of an ask that goes on, only how it stands may change, and who is first of those picked: the person was to come.
    # A room that was waited for may have opened meanwhile.
    may_change = {"stage", "answer_by", "ends_at", "room", "everyone", "widens_at"}
    kept = [
        {name: value for name, value in row.items() if name not in may_change | _ORDER.get(row["table"], set())}
        for row in open_
    ]
    return {str(sorted(row.items())) for row in kept if person not in row.values()}


_ORDER: Mapping[str, set[str]] = {"sitters": {"number"}}


def _ending(rows: Mapping[str, list[Mapping[str, Any]]], person: PersonId) -> set[str]:
    """Return the codes of the asks that end for all when the person goes: their own, and sits that they are in."""
    picked = {row["ask_id"] for row in rows["sitters"] if row["person"] == person}
    sits = {row["id"] for row in rows["asks"] if row["stage"] in {"opening", "open", "ending"}} & picked
    return sits | {row["id"] for row in rows["asks"] if row["asker"] == person}


def _code(row: Mapping[str, Any], table: str) -> str | None:
    return row["id"] if table == "asks" else row.get("ask_id")
