"""An address from the command to the fetch, in a whole house: kept nowhere, and ended with what it hangs on."""

import re
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from whenever import TimeDelta

from bot.domain.rota.calendar import digest
from tests.apart.town import IDS, NORTH, Deed, Town
from tests.fakes.timing import FakeClock
from tests.feeds.parsers import by_ical
from tests.tables import with_tables

WHO = "Beamish"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncGenerator[Town]:
    """Return a town in which one person is on a rota."""
    town = await Town.on(with_tables(tmp_path / "alongside.db"), FakeClock().now())
    await does(town, "rota new", name="Quiet tea", when="daily 20:00")
    await does(town, "rota join", date="tomorrow", every="once")
    yield town
    await town.house.close()


async def does(town: Town, command: str, **options: str) -> None:
    await town.does(Deed(who=WHO, command=command, options=options))


async def token_of(town: Town) -> str:
    """Let the person have an address, and return the token in it."""
    await does(town, "rota calendar", feed="new")
    lines = [line for said in town.world.private[IDS[WHO]] for line in said.with_files.lines]
    told = [str(line.args["address"]) for line in lines if line.id == "rota-calendar-address"]
    found = re.fullmatch(r"https://rota\.example\.org/calendar/([A-Za-z0-9_-]{32})\.ics", told[-1])
    assert found
    return found[1]


def held_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


async def test_the_address_that_was_told_shows_that_persons_shifts(town: Town) -> None:
    served = await town.house.feed.of(await token_of(town))

    assert served is not None
    [(starts, ends)] = by_ical(served.content.decode(), town.clock.now() + TimeDelta(hours=24 * 99))
    assert (starts.to_tz("Europe/London").time().format_iso(), ends - starts) == ("20:00:00", TimeDelta(hours=1))


async def test_the_address_is_in_no_file_of_the_house_but_its_digest_is(town: Town, tmp_path: Path) -> None:
    token = await token_of(town)
    held = held_in(tmp_path)

    assert token.encode() not in held
    assert digest(token).encode() in held


async def test_another_address_ends_the_first(town: Town) -> None:
    first, second = await token_of(town), await token_of(town)

    assert first != second
    assert [await town.house.feed.of(first) is None, await town.house.feed.of(second) is None] == [True, False]


@pytest.mark.parametrize("command", ["rota calendar", "mydata forget", "leaving"])
async def test_an_address_ends_with_what_its_person_says_or_does(town: Town, command: str) -> None:
    token = await token_of(town)
    assert await town.house.feed.of(token) is not None
    match command:
        case "rota calendar":
            await does(town, command, feed="off")
        case "mydata forget":
            await does(town, command, what="all")
        case _:
            await town.house.groups.left(NORTH, IDS[WHO])

    assert await town.house.feed.of(token) is None
