"""The server of feeds, over a real socket: one address for one person, and nothing else to be found out."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import text
from whenever import TimeDelta

from bot.domain.people import Ways
from bot.domain.rota.calendar import digest
from bot.feeds.site import Site
from bot.house import House
from bot.plan import Plan
from bot.store.feeds import FeedStore
from bot.store.rota import RotaStore
from tests import shipped
from tests.domain.rota.examples import ASH, BEE, DAILY, GROUP, NOW, THURSDAY, TUESDAY, once, rota, sheet, shift_of
from tests.fakes.journal import FakeJournal
from tests.fakes.timing import FakeClock
from tests.feeds.parsers import by_ical
from tests.tables import with_tables

ASHS, BEES = "A" * 32, "b-_" * 10
FAR = NOW + TimeDelta(hours=24 * 400)


@dataclass(frozen=True, kw_only=True)
class Served:
    """A house with no world, its feeds, and where they are served."""

    house: House
    clock: FakeClock
    journal: FakeJournal
    http: aiohttp.ClientSession

    async def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], str]:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.http.request(method, path, headers=named) as answer:
            return (
                answer.status,
                {name.casefold(): value for name, value in answer.headers.items()},
                await answer.text(),
            )


@asynccontextmanager
async def serving(folder: Path) -> AsyncGenerator[Served]:
    clock, journal = FakeClock(time=NOW), FakeJournal()
    plan = Plan(
        database=with_tables(folder / "alongside.db"),
        words=shipped.words(),
        pack=shipped.pack(),
        ways={"local": Ways()},
        readers={},
        clock=clock,
        journal=journal,
        feeds_at="https://rota.example.org",
    )
    house = await House.ready(plan)
    site = Site(house.feed, journal)
    port = await site.listen("127.0.0.1", 0)
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as http:
        yield Served(house=house, clock=clock, journal=journal, http=http)
    await site.stop()
    await house.close()


@pytest.fixture
async def served(tmp_path: Path) -> AsyncGenerator[Served]:
    """Return a house in which Ash is on Tuesday and Bee on Thursday, and each has a feed."""
    async with serving(tmp_path) as found:
        store, feeds = RotaStore(found.house.database), FeedStore(found.house.database)
        before = sheet()
        after = replace(
            before, roster=replace(before.roster, single=frozenset({once(ASH, TUESDAY), once(BEE, THURSDAY)}))
        )
        async with found.house.database.transaction():
            await store.begin(before.rota)
            await store.keep(before, after)
            await feeds.put(GROUP, ASH, digest(ASHS))
            await feeds.put(GROUP, BEE, digest(BEES))
        yield found


def path_of(token: str) -> str:
    return f"/calendar/{token}.ics"


async def test_each_address_shows_one_persons_shifts_with_no_world_connected(served: Served) -> None:
    _, headers, ashs = await served.get(path_of(ASHS))
    _, _, bees = await served.get(path_of(BEES))

    tuesday, thursday = (shift_of(sheet(), date) for date in (TUESDAY, THURSDAY))
    assert by_ical(ashs, FAR) == [(tuesday.begins, tuesday.ends)]
    assert by_ical(bees, FAR) == [(thursday.begins, thursday.ends)]
    assert headers["content-type"] == "text/calendar; charset=utf-8"
    assert served.house.worlds == {}


async def test_what_has_changed_is_there_the_next_time_and_what_was_left_is_not(served: Served) -> None:
    _, first, _ = await served.get(path_of(ASHS))
    store = RotaStore(served.house.database)
    async with served.house.database.transaction():
        now = await store.hold(GROUP, "r1")
        assert now is not None
        longer = rota(replace(now.rota.patterns[0], ends=DAILY.ends))
        await store.keep(now, replace(now, rota=longer))
    _, second, moved = await served.get(path_of(ASHS))
    async with served.house.database.transaction():
        now = await store.hold(GROUP, "r1")
        assert now is not None
        await store.keep(now, replace(now, roster=now.roster.without(ASH)))
    status, third, left = await served.get(path_of(ASHS))

    shift = longer.on_date(TUESDAY)[0]
    assert by_ical(moved, FAR) == [(shift.begins, shift.ends)]
    assert (status, by_ical(left, FAR)) == (200, [])
    assert len({each["etag"] for each in (first, second, third)}) == 3


async def test_who_has_it_already_is_told_so_however_much_later(served: Served) -> None:
    _, headers, _ = await served.get(path_of(ASHS))
    served.clock.move(TimeDelta(hours=2))
    status, again, body = await served.get(path_of(ASHS), If_None_Match=f'"other", {headers["etag"]}')
    other, _, _ = await served.get(path_of(ASHS), If_None_Match='W/"other"')

    assert headers["etag"].startswith('W/"')
    assert (status, body, again["etag"]) == (304, "", headers["etag"])
    assert other == 200
    assert headers["cache-control"] == again["cache-control"] == "private, no-cache"


async def test_what_was_ended_never_was_and_whatever_else_is_asked_for_are_answered_alike(served: Served) -> None:
    async with served.house.database.transaction():
        assert await FeedStore(served.house.database).end(GROUP, ASH)
    wrong = "z" * 32
    asked = [path_of(ASHS), path_of(wrong), path_of("short"), path_of("%00" * 8), path_of("é" * 30)]
    asked += ["/", "/calendar", "/calendar/", f"/calendar/{BEES}", f"/{BEES}.ics", f"/calendar/{BEES}.ics/", "/a/../b"]
    answers = [await served.get(each) for each in asked]
    answers += [await served.get(path_of(BEES), "POST"), await served.get(path_of(BEES), "PUT")]

    alike = {
        (status, body, *sorted((n, v) for n, v in headers.items() if n != "date")) for status, headers, body in answers
    }
    assert len(alike) == 1
    assert answers[0][0] == 404
    assert answers[0][1]["cache-control"] == "no-store"


async def test_a_head_tells_the_same_and_sends_nothing(served: Served) -> None:
    status, headers, body = await served.get(path_of(ASHS), "HEAD")
    _, whole, told = await served.get(path_of(ASHS))
    missing, _, nothing = await served.get(path_of("z" * 32), "HEAD")

    assert (status, body, headers["etag"]) == (200, "", whole["etag"])
    assert int(headers["content-length"]) == len(told.encode())
    assert (missing, nothing) == (404, "")


@pytest.mark.parametrize("token", [ASHS, "z" * 32])
async def test_nothing_else_may_be_done_with_what_is_served(served: Served, token: str) -> None:
    _, headers, _ = await served.get(path_of(token))

    assert headers["server"] == "alongside"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "set-cookie" not in headers
    assert "access-control-allow-origin" not in headers


async def test_no_token_is_logged_whatever_comes_of_it(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for logger in map(logging.getLogger, ("aiohttp", "asyncio", "sqlalchemy", "aiosqlite")):
        # As where somebody has undone what `silence_libraries` does.
        logger.setLevel(logging.DEBUG if logger.name in {"aiohttp", "asyncio"} else logging.WARNING)
    await served.get(path_of(ASHS))
    await served.get(path_of("z" * 32))
    await served.house.database.close()
    async with served.house.database.transaction():
        await served.house.database.execute(text("DROP TABLE feeds"))
    status, _, body = await served.get(path_of(ASHS))
    told = f"{caplog.text} {[each.getMessage() for each in caplog.records]} {served.journal.kinds} {body}"

    assert status == 503
    assert served.journal.kinds
    assert "A" * 8 not in told
    assert "zzz" not in told


def everything_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


async def test_a_token_is_in_no_row_and_in_no_file(served: Served, tmp_path: Path) -> None:
    await served.get(path_of(ASHS))
    held = everything_in(tmp_path)

    assert digest(ASHS).encode() in held
    assert ASHS.encode() not in held


async def test_many_who_ask_at_once_are_all_answered(served: Served) -> None:
    answers = await asyncio.gather(*(served.get(path_of(ASHS if number % 2 else "z" * 32)) for number in range(40)))

    assert sorted(status for status, _, _ in answers) == [200] * 20 + [404] * 20
