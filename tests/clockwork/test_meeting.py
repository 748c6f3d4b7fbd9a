"""A meeting, on a real SQLite file: one room, one card, nobody put out who is there, nobody left waiting."""

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest
from sqlalchemy import insert, select
from whenever import Instant, TimeDelta

from bot.clockwork.pump import CLAIM_LASTS, LOOK_WHO_CAME
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.meetings import MISSED_LIVES, ROOM_IS_MINDED, departure
from bot.domain.outgoing import Meeting, Sending
from bot.domain.saying import Say, line
from bot.ports.chat import Attendance, ChatError, Posted
from bot.store.database import Database
from bot.store.tables.house import bookmarks
from tests.clockwork.bench import ASH, BEA, CAI, HOUR, Bench
from tests.fakes.meetings import FakeMeetings
from tests.fakes.world import FakeWorld

NOT_NOW = ChatError("not-now", permanent=False)
NEVER = ChatError("never", permanent=True)


class Killed(BaseException):
    """The process is gone, and nothing of it comes to an end in order."""


@dataclass(kw_only=True)
class DeadlyWorld(FakeWorld):
    """The process dies once at each named step, before it is done or right after."""

    deaths: list[str] = field(default_factory=list)

    async def open(self, people: Sequence[PersonId], key: str, group: GroupId) -> PlaceId:
        self.step("before open")
        place = await super().open(people, key, group)
        self.step("after open")
        return place

    async def attendance(self, place: PlaceId, people: Sequence[PersonId] = ()) -> Attendance:
        self.step("before looking")
        return await super().attendance(place, people)

    async def post(self, place: PlaceId, say: Say, key: str, since: Instant | None = None) -> Posted:
        self.step("before the card")
        posted = await super().post(place, say, key, since)
        self.step("after the card")
        return posted

    async def leave(self, key: str, group: GroupId, *, closing: bool) -> None:
        self.step("before leaving")
        await super().leave(key, group, closing=closing)
        self.step("after leaving")

    def step(self, name: str) -> None:
        if name in self.deaths:
            self.deaths.remove(name)
            raise Killed(name)


async def lives(bench: Bench) -> None:
    """Let a process work until it has nothing more to do now, or is killed; the next one frees its claims first."""
    with contextlib.suppress(Killed, BaseExceptionGroup):
        await bench.pump().empty()
    async with bench.database.transaction():
        await bench.outbox.release()


@dataclass(kw_only=True)
class UnsteadyWorld(FakeWorld):
    """Fails once after the card was shown and before the bot left the room."""

    failures: list[ChatError] = field(default_factory=lambda: [NOT_NOW])

    async def leave(self, key: str, group: GroupId, *, closing: bool) -> None:
        if self.failures:
            raise self.failures.pop()
        await super().leave(key, group, closing=closing)


async def test_a_card_is_shown_only_when_all_are_there_and_then_the_bot_leaves(bench: Bench) -> None:
    await bench.put(bench.meeting())
    bench.world.absent = {BEA}
    pump = bench.pump()
    look_again = await pump.empty()
    [place] = bench.world.inside
    before = (bench.seen(place), list(bench.world.left))
    bench.world.inside[place].add(BEA)
    bench.clock.move(LOOK_WHO_CAME)
    await pump.empty()

    assert look_again == bench.clock.now()
    assert before == ([], [])
    assert (bench.seen(place), bench.world.left, bench.world.closed) == (["card"], [place], [])


async def test_whoever_came_is_seen_at_once_when_the_world_says_so(bench: Bench) -> None:
    await bench.put(bench.meeting())
    bench.world.absent = {BEA}
    pump = bench.pump()
    await pump.empty()
    [place] = bench.world.inside
    bench.world.inside[place].add(BEA)
    pump.someone_came()
    await pump.empty()

    assert bench.seen(place) == ["card"]


async def test_a_card_is_shown_once_when_leaving_fails_at_first(bench: Bench) -> None:
    world = UnsteadyWorld()
    bench.world = world
    await bench.put(bench.meeting())
    pump = bench.pump()
    await pump.empty()
    bench.clock.move(TimeDelta(seconds=5))
    await pump.empty()
    [place] = world.inside

    assert (bench.seen(place), world.left) == (["card"], [place])


async def test_those_who_wait_are_told_and_the_room_is_closed_when_its_time_is_over(bench: Bench) -> None:
    await bench.put(bench.meeting(lives=HOUR))
    bench.world.absent = {BEA}
    pump = bench.pump()
    await pump.empty()
    bench.clock.move(HOUR)
    await pump.empty()
    await pump.empty()
    [place] = bench.world.inside

    assert (bench.heard(ASH), bench.heard(BEA)) == (["missed"], ["missed"])
    assert (bench.seen(place), bench.world.left, bench.world.closed) == ([], [], [place])


async def test_those_who_wait_are_told_at_once_when_the_room_can_never_be_made(bench: Bench) -> None:
    await bench.put(bench.meeting())
    bench.world.refuses = [NEVER]
    pump = bench.pump()
    await pump.empty()
    await pump.empty()

    assert (bench.heard(ASH), bench.heard(BEA)) == (["missed"], ["missed"])


async def test_those_who_wait_are_told_once_when_the_process_dies_before_it_is_noted(bench: Bench) -> None:
    meeting = bench.meeting(lives=HOUR)
    missed = [(f"{meeting.key}:missed:{person.mark}", person) for person in meeting.people]
    bench.clock.move(HOUR)
    await bench.put(meeting, *(replace(bench.message("missed", person), key=key) for key, person in missed))
    pump = bench.pump()
    await pump.empty()
    await pump.empty()

    assert (bench.heard(ASH), bench.heard(BEA)) == (["missed"], ["missed"])


async def test_the_news_that_nobody_met_is_not_told_hours_late_but_the_room_is_closed(bench: Bench) -> None:
    bench.world.absent = {BEA}
    await bench.put(bench.meeting(lives=HOUR))
    pump = bench.pump()
    await pump.empty()
    bench.world.refuses = [NOT_NOW]
    bench.clock.move(HOUR)
    await pump.empty()
    bench.clock.move(MISSED_LIVES)
    await pump.empty()

    assert bench.heard(ASH) == []
    assert len(bench.world.closed) == 1


async def test_all_hear_the_same_at_once_when_one_of_them_will_not_come(bench: Bench) -> None:
    bench.world.absent = bench.world.gone = {BEA}
    await bench.put(bench.meeting())
    await bench.pump().empty()

    assert bench.world.private[ASH] == bench.world.private[BEA]
    assert bench.heard(ASH) == ["missed"]
    assert len(bench.world.closed) == 1


async def test_two_who_are_in_their_room_when_its_time_runs_out_are_not_put_out(bench: Bench) -> None:
    bench.world.absent = {BEA}
    await bench.put(bench.meeting(lives=HOUR))
    await bench.pump().empty()
    [place] = bench.world.inside
    bench.world.inside[place].add(BEA)
    bench.clock.move(HOUR * 3)
    await bench.pump().empty()

    assert (bench.seen(place), bench.world.left, bench.world.closed) == (["card"], [place], [])
    assert bench.heard(ASH) == []


async def test_no_room_is_made_when_its_time_is_over(bench: Bench) -> None:
    await bench.put(bench.meeting(lives=HOUR))
    bench.clock.move(HOUR)
    await bench.pump().empty()

    assert (bench.world.inside, bench.heard(ASH), bench.heard(BEA)) == ({}, ["missed"], ["missed"])


async def test_a_room_whose_world_never_comes_back_is_let_go_in_the_end(bench: Bench) -> None:
    await bench.put(bench.meeting(lives=HOUR))
    bench.world.refuses = [NOT_NOW] * 1000
    pump = bench.pump()
    start = bench.clock.now()
    while (look_again := await pump.empty()) is not None:
        bench.clock.time = look_again

    assert ROOM_IS_MINDED <= bench.clock.now() - start <= ROOM_IS_MINDED + HOUR * 2


STEPS = ("before open", "after open", "before looking", "before the card", "after the card", "before leaving")


@pytest.mark.parametrize("deaths", [[step] for step in (*STEPS, "after leaving")] + [[*STEPS, "after leaving"]])
async def test_a_crash_at_any_step_ends_in_one_room_with_one_card_that_the_bot_has_left(
    bench: Bench, deaths: list[str]
) -> None:
    world = bench.world = DeadlyWorld(deaths=list(deaths))
    await bench.put(bench.meeting())
    for _ in range(len(deaths) + 1):
        await lives(bench)
    [place] = world.inside

    assert world.deaths == []
    assert (bench.seen(place), world.left, world.closed) == (["card"], [place], [])
    assert await waiting(bench) is None


@pytest.mark.parametrize("death", ["before looking", "before leaving", "after leaving"])
async def test_a_crash_while_a_room_is_closed_closes_it_and_tells_each_of_them_once(bench: Bench, death: str) -> None:
    world = bench.world = DeadlyWorld(deaths=[death], gone={BEA}, absent={BEA})
    await bench.put(bench.meeting())
    await lives(bench)
    await lives(bench)
    [place] = world.inside

    assert (world.deaths, world.closed) == ([], [place])
    assert (bench.heard(ASH), bench.heard(BEA)) == (["missed"], ["missed"])
    assert await waiting(bench) is None


async def test_a_process_that_slept_through_its_claim_makes_no_second_room(bench: Bench) -> None:
    await bench.put(bench.meeting())
    async with bench.database.transaction():
        [slept] = await bench.outbox.claim(bench.clock.now(), bench.clock.now() + CLAIM_LASTS, 10)
    bench.clock.move(CLAIM_LASTS)
    await bench.pump().empty()
    await bench.pump().send(slept)

    assert (len(bench.world.inside), len(bench.world.left)) == (1, 1)


async def test_two_processes_that_bring_the_same_two_together_make_one_room(bench: Bench) -> None:
    await bench.put(*(bench.meeting() for _ in range(5)))
    await asyncio.gather(bench.pump().empty(), bench.pump().empty())

    assert (len(bench.world.inside), len(bench.world.left)) == (5, 5)
    assert [bench.seen(place) for place in bench.world.inside] == [["card"]] * 5


async def waiting(bench: Bench) -> object:
    async with bench.database.transaction():
        return await bench.outbox.next_at()


async def test_a_room_that_the_bot_stays_with_says_who_else_can_read_it_and_is_taken_away_when_it_is_told_to(
    bench: Bench,
) -> None:
    bench.world.others_read = (line("about-readers-matrix-server"),)
    bench.meetings.stays = True
    meeting = bench.meeting()
    await bench.put(meeting)
    pump = bench.pump()
    await pump.empty()
    [place] = bench.world.inside
    before = (bench.world.public[place][-1].lines[-1], list(bench.world.closed), await waiting(bench))
    await bench.put(departure(meeting, bench.clock.now(), closing=True))
    await pump.empty()

    assert before == (line("about-readers-matrix-server"), [], None)
    assert (bench.world.closed, bench.world.left) == ([place], [])


async def test_one_of_several_is_let_out_and_the_bot_stays(bench: Bench) -> None:
    bench.meetings.stays = True
    meeting = bench.meeting(CAI)
    await bench.put(meeting)
    pump = bench.pump()
    await pump.empty()
    [place] = bench.world.inside
    await bench.put(replace(departure(meeting, bench.clock.now(), closing=False), only=BEA))
    await pump.empty()

    assert bench.world.inside[place] == {ASH, CAI}
    assert (bench.world.closed, bench.world.left) == ([], [])


async def test_whoever_wished_for_it_hears_where_they_are_and_who_came(bench: Bench) -> None:
    meeting = bench.meeting()
    await bench.put(meeting)
    await bench.pump().empty()
    [place] = bench.world.inside

    assert (bench.meetings.came, bench.meetings.off) == ([(meeting.key, place, frozenset({ASH, BEA}))], [])


@pytest.mark.parametrize("why", ["will not come", "did not come", "can never be made", "never comes back"])
async def test_whoever_wished_for_it_hears_once_that_it_will_not_be(bench: Bench, why: str) -> None:
    bench.world.absent = {BEA}
    bench.world.gone = {BEA} if why == "will not come" else set()
    bench.world.refuses = {"can never be made": [NEVER], "never comes back": [NOT_NOW] * 1000}.get(why, [])
    meeting = bench.meeting()
    await bench.put(meeting)
    pump = bench.pump()
    while (look_again := await pump.empty()) is not None:
        bench.clock.time = look_again

    assert (bench.meetings.came, bench.meetings.off) == ([], [meeting.key])


async def test_of_three_one_who_will_not_come_keeps_nobody_else_from_it(bench: Bench) -> None:
    bench.world.absent = bench.world.gone = {CAI}
    meeting = bench.meeting(CAI)
    await bench.put(meeting)
    await bench.pump().empty()
    [place] = bench.world.inside

    assert (bench.seen(place), bench.world.closed) == (["card"], [])
    assert bench.meetings.came == [(meeting.key, place, frozenset({ASH, BEA}))]
    assert [bench.heard(person) for person in (ASH, BEA, CAI)] == [[], [], []]


async def test_of_three_one_who_did_not_come_is_waited_for_until_its_time_and_no_longer(bench: Bench) -> None:
    bench.world.absent = {CAI}
    await bench.put(bench.meeting(CAI, lives=HOUR))
    pump = bench.pump()
    await pump.empty()
    [place] = bench.world.inside
    before = bench.seen(place)
    bench.clock.move(HOUR)
    await pump.empty()

    assert (before, bench.seen(place)) == ([], ["card"])
    assert [here for _, _, here in bench.meetings.came] == [frozenset({ASH, BEA})]


async def test_of_three_one_alone_is_no_company(bench: Bench) -> None:
    bench.world.absent = {BEA, CAI}
    bench.world.gone = {BEA}
    await bench.put(bench.meeting(CAI, lives=HOUR))
    pump = bench.pump()
    await pump.empty()
    [place] = bench.world.inside
    before = (bench.seen(place), list(bench.world.closed), list(bench.meetings.off))
    bench.clock.move(HOUR)
    await pump.empty()

    assert before == ([], [], [])
    assert (bench.world.closed, len(bench.meetings.off)) == ([place], 1)
    assert [bench.heard(person) for person in (ASH, BEA, CAI)] == [["missed"]] * 3


async def test_of_three_the_last_two_who_will_not_come_end_it_at_once(bench: Bench) -> None:
    bench.world.absent = bench.world.gone = {BEA, CAI}
    await bench.put(bench.meeting(CAI))
    await bench.pump().empty()

    assert [bench.heard(person) for person in (ASH, BEA, CAI)] == [["missed"]] * 3
    assert len(bench.world.closed) == 1


@dataclass(kw_only=True)
class KeepingMeetings(FakeMeetings):
    """Keeps in the house's own rows that it heard, as a feature does; the process dies right after, so many times."""

    database: Database
    deaths: int

    async def begun(
        self, meeting: Meeting, place: PlaceId, here: frozenset[PersonId], now: Instant
    ) -> Sequence[Sending]:
        after = await super().begun(meeting, place, here, now)
        await self._keeps(meeting)
        return after

    async def called_off(self, meeting: Meeting, now: Instant) -> Sequence[Sending]:
        after = await super().called_off(meeting, now)
        await self._keeps(meeting)
        return after

    async def _keeps(self, meeting: Meeting) -> None:
        """Refuses to keep it twice, as a row with that key would."""
        await self.database.execute(insert(bookmarks).values(world="fake", name=meeting.key, mark="heard"))
        if self.deaths:
            self.deaths -= 1
            raise Killed


@pytest.mark.parametrize("gone", [set(), {BEA}], ids=["begun", "called off"])
async def test_what_is_kept_of_a_meeting_and_its_end_in_the_outbox_are_one_transaction(
    bench: Bench, gone: set[PersonId]
) -> None:
    heard = bench.meetings = KeepingMeetings(database=bench.database, deaths=2)
    bench.world.absent = bench.world.gone = gone
    meeting = bench.meeting()
    await bench.put(meeting)
    kept = []
    for _ in range(3):
        await lives(bench)
        async with bench.database.transaction():
            kept.append(len((await bench.database.execute(select(bookmarks))).all()))
    [place] = bench.world.inside

    assert (heard.deaths, kept) == (0, [0, 0, 1])
    assert len(heard.came) + len(heard.off) == 3
    assert (bench.seen(place), bench.world.left, bench.world.closed) == (
        ([], [], [place]) if gone else (["card"], [place], [])
    )
    assert [bench.heard(person) for person in (ASH, BEA)] == ([["missed"]] * 2 if gone else [[], []])
    assert await waiting(bench) is None
