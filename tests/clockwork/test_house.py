"""The whole house going down and coming up again on the same file."""

from pathlib import Path

import pytest
from whenever import Instant, TimeDelta

from tests.fakes.world import FakeWorld
from tests.scenarios.memory import ROOM, MemoryStage
from tests.scenarios.stage import ASH, BEA, CAI
from tests.tables import with_tables

NINE = Instant.from_utc(2026, 11, 23, 9)
EIGHT_IN_THE_EVENING = Instant.from_utc(2026, 11, 23, 20)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return with_tables(tmp_path / "alongside.db")


async def _at(url: str, moment: Instant) -> MemoryStage:
    """Start a house on the file at a moment, and let it do what is due."""
    stage = await MemoryStage.on(url)
    stage.clock.time = moment
    await stage.settled()
    return stage


async def _shift_tonight(url: str) -> None:
    """Let Bea be on a shift at 20:00 for an hour, and the house go down."""
    stage = await _at(url, NINE)
    await stage.types(ASH, "rota new Evening check-in, daily 20:00, 1 hour")
    await stage.types(BEA, "rota join today")
    await stage.reads(BEA, "You are on")
    await stage.house.close()


async def _told(stage: MemoryStage, who: str, words: str) -> int:
    return sum(words in said for said in await stage.everything_read(who))


async def test_a_ping_that_fell_due_while_the_house_was_down_is_sent_once_while_the_shift_lasts(url: str) -> None:
    await _shift_tonight(url)
    told = []
    for minutes in (20, 25):
        stage = await _at(url, EIGHT_IN_THE_EVENING + TimeDelta(minutes=minutes))
        told.append(await _told(stage, BEA, "Your shift"))
        await stage.house.close()

    assert told == [1, 0]


async def test_a_ping_is_dropped_when_its_shift_is_over(url: str) -> None:
    await _shift_tonight(url)
    stage = await _at(url, EIGHT_IN_THE_EVENING + TimeDelta(minutes=61))
    told = await _told(stage, BEA, "Your shift")
    await stage.house.close()

    assert told == 0
    assert [said.lines[0].id for said in stage.world.public[ROOM]] == ["rota-gap"]


async def test_a_ping_that_was_put_out_and_not_sent_is_dropped_when_its_shift_is_over(url: str) -> None:
    await _shift_tonight(url)
    stage = await _at(url, NINE)
    del stage.house.worlds["fake"]
    stage.clock.time = EIGHT_IN_THE_EVENING - TimeDelta(minutes=14)
    await stage.settled()
    await stage.house.close()
    later = await _at(url, EIGHT_IN_THE_EVENING + TimeDelta(minutes=61))
    told = await _told(later, BEA, "Your shift")
    await later.house.close()

    assert told == 0


async def test_an_ask_whose_time_ran_out_while_the_house_was_down_is_answered_once(url: str) -> None:
    stage = await _at(url, NINE)
    await stage.types(BEA, "sit open")
    await stage.types(ASH, "sit ask quiet")
    await stage.house.close()
    told = []
    for hours in (2, 3):
        later = await _at(url, NINE + TimeDelta(hours=hours))
        told.append(await _told(later, ASH, "Nobody is free just now"))
        await later.house.close()

    assert told == [1, 0]


class Leaving(FakeWorld):
    """A world that cannot end as it should, or notes that it ended."""

    fails = False
    ended = 0

    async def stop(self) -> None:
        self.ended += 1
        if self.fails:
            raise RuntimeError


async def test_a_world_that_fails_at_the_end_keeps_nobody_else_from_ending_and_what_was_sent_is_marked(
    url: str,
) -> None:
    stage = await _at(url, NINE)
    first, failing, last = Leaving(), Leaving(), Leaving()
    failing.fails = True
    stage.house.worlds |= {"first": first, "failing": failing, "last": last}
    await stage.types(BEA, "sit open")
    with pytest.raises(RuntimeError):
        await stage.house.close()
    again = await MemoryStage.on(url)
    async with again.house.database.transaction():
        open_rows = await again.house.outbox.next_at()
    await again.house.close()

    assert [world.ended for world in (first, failing, last)] == [1, 1, 1]
    assert open_rows is None


async def _picked_for_two(url: str, where: str = "room") -> None:
    """Let Ash and Bea agree to sit at two for an hour, and the house go down."""
    stage = await _at(url, NINE)
    await stage.types(BEA, "sit open")
    await stage.types(ASH, f"sit ask talk, 1 hour, in 5 hours, {where}")
    await stage.picks(BEA, "I can")
    await stage.picks(ASH, f"Meet {BEA}")
    await stage.house.close()


async def test_a_sit_agreed_for_later_begins_when_the_house_comes_back_within_its_time(url: str) -> None:
    await _picked_for_two(url)
    stage = await _at(url, NINE + TimeDelta(hours=5, minutes=30))
    await stage.settled()
    card = await stage.meets(ASH, BEA)
    await stage.house.close()

    assert "1 hour" in card


async def test_two_who_meet_in_direct_messages_are_told_once_when_the_house_comes_back_within_their_time(
    url: str,
) -> None:
    await _picked_for_two(url, "in direct messages")
    told = []
    for minutes in (30, 40):
        stage = await _at(url, NINE + TimeDelta(hours=5, minutes=minutes))
        told.append([await _told(stage, who, "It is time for your sit") for who in (ASH, BEA, CAI)])
        rooms = list(stage.world.inside)
        await stage.house.close()

    assert (told, rooms) == ([[1, 1, 0], [0, 0, 0]], [])


async def test_no_room_opens_for_a_sit_whose_time_is_over(url: str) -> None:
    await _picked_for_two(url)
    stage = await _at(url, NINE + TimeDelta(hours=8))
    await stage.settled()
    rows = await stage.rows()
    told = [await _told(stage, who, "The room did not come about") for who in (ASH, BEA, CAI)]
    await stage.house.close()

    assert (stage.world.rooms, told) == ({}, [1, 1, 0])
    assert rows["asks"] == 0
