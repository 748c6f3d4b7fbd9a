"""The pump, on a real SQLite file: nothing lost, nothing repeated, nothing late, nobody held up."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import pytest
from whenever import Instant, TimeDelta

from bot.clockwork.pump import BATCH, CLAIM_LASTS
from bot.domain.ids import GroupId, PersonId
from bot.domain.saying import Say, choice
from bot.ports.chat import ChatError, Posted
from bot.ports.queues import Claimed
from bot.store.database import Database
from bot.store.outbox import OutboxShelf
from tests.clockwork.bench import ASH, BEA, HOUR, ROOM, Bench, BrokenWorld, HangingWorld
from tests.fakes.world import FakeWorld

NOT_NOW = ChatError("not-now", permanent=False)
NEVER = ChatError("never", permanent=True)
A_MOMENT = TimeDelta(milliseconds=20)


@dataclass(kw_only=True)
class DyingWorld(FakeWorld):
    """Takes what it is given, and then the process is gone before anybody can note it."""

    took: asyncio.Event = field(default_factory=asyncio.Event)

    async def tell(
        self,
        person: PersonId,
        say: Say,
        key: str,
        group: GroupId,
        via: str | None = None,
        since: Instant | None = None,
    ) -> Posted:
        native = await super().tell(person, say, key, group, via, since)
        self.took.set()
        await asyncio.Event().wait()
        return native

    async def kills(self, bench: Bench) -> None:
        """End a pump's process after the world took something and before it was noted."""
        process = asyncio.create_task(bench.pump(fake=self).empty())
        await self.took.wait()
        process.cancel()
        with pytest.raises(asyncio.CancelledError):
            await process


async def test_each_recipient_hears_things_in_the_order_they_were_put(bench: Bench) -> None:
    words = [f"words-{number}" for number in range(30)]
    for word in words:
        await bench.put(bench.message(word, ASH), bench.message(word, BEA), bench.message(word, ROOM))
    await bench.pump().empty()

    assert [bench.heard(ASH), bench.heard(BEA), bench.seen()] == [words, words, words]


async def test_more_than_one_batch_is_sent_in_one_go_and_in_order(bench: Bench) -> None:
    words = [f"words-{number}" for number in range(BATCH + 5)]
    await bench.put(*(bench.message(word) for word in words))
    await bench.pump().empty()

    assert bench.heard() == words


async def test_what_one_person_is_told_is_remembered_and_what_a_room_is_told_is_not(bench: Bench) -> None:
    message = bench.message()
    offering = Say(lines=message.say.lines, choices=(choice("yes", "sit can"),))
    await bench.put(bench.message(to=ROOM))
    await bench.put(replace(message, say=offering))
    await bench.pump().empty()

    assert bench.recalling.said == [(ASH, message.group, offering, f"said {message.key}")]


async def test_nothing_is_sent_before_its_time(bench: Bench) -> None:
    later = bench.message(wait=TimeDelta(minutes=10))
    await bench.put(later)
    look_again = await bench.pump().empty()

    assert (bench.heard(), look_again) == ([], later.not_before)


async def test_what_was_sent_is_not_sent_again(bench: Bench) -> None:
    await bench.put(bench.message())
    await bench.pump().empty()
    bench.world.said.clear()
    look_again = await bench.pump().empty()

    assert (bench.heard(), look_again) == (["hello"], None)


async def waits_until_said(bench: Bench) -> list[TimeDelta]:
    """Send until nothing is left, and return how long it was waited for each next try."""
    pump, waits = bench.pump(), []
    while (look_again := await pump.empty()) is not None:
        waits.append(look_again - bench.clock.now())
        bench.clock.time = look_again
    return waits


async def test_what_failed_for_now_is_tried_later_with_waits_that_grow(bench: Bench) -> None:
    await bench.put(bench.message(lives=HOUR * 48))
    bench.world.refuses = [NOT_NOW] * 14
    waits = await waits_until_said(bench)

    assert bench.heard() == ["hello"]
    assert [round(wait.total("seconds")) for wait in waits[:4]] == [5, 10, 20, 40]
    assert (waits[-1], len(waits)) == (HOUR, 14)


async def test_what_may_have_been_said_is_said_again_while_the_platform_knows_it_for_the_same(bench: Bench) -> None:
    await bench.put(bench.message(lives=HOUR * 48))
    bench.world.refuses = [ChatError("unreachable", permanent=False, within=TimeDelta(seconds=30))] * 9
    waits = await waits_until_said(bench)

    assert bench.heard() == ["hello"]
    assert [round(wait.total("seconds")) for wait in waits] == [5, 10, 20, *[30] * 6]


async def test_a_failing_message_does_not_hold_up_the_next_one(bench: Bench) -> None:
    await bench.put(bench.message("first"), bench.message("second"))
    bench.world.refuses = [NOT_NOW]
    await bench.pump().empty()

    assert bench.heard() == ["second"]


async def test_what_can_never_be_done_is_dropped(bench: Bench) -> None:
    await bench.put(bench.message())
    bench.world.refuses = [NEVER]
    pump = bench.pump()

    assert [await pump.empty(), await pump.empty()] == [None, None]
    assert (bench.heard(), bench.journal.kinds) == ([], ["not-sent"])


async def test_what_is_too_late_is_dropped_and_never_sent(bench: Bench) -> None:
    await bench.put(bench.message(lives=HOUR))
    bench.clock.move(HOUR)
    look_again = await bench.pump().empty()

    assert (bench.heard(), look_again) == ([], None)


async def test_a_message_that_keeps_failing_ends_when_its_time_is_over(bench: Bench) -> None:
    await bench.put(bench.message(lives=HOUR))
    bench.world.refuses = [NOT_NOW] * 100
    pump = bench.pump()
    while (look_again := await pump.empty()) is not None:
        bench.clock.time = look_again

    assert bench.heard() == []
    assert bench.clock.now() <= bench.message().not_before + HOUR


async def test_a_message_for_a_world_that_is_not_served_waits(bench: Bench) -> None:
    await bench.put(bench.message(to=PersonId.of("elsewhere", "cai")))
    look_again = await bench.pump().empty()

    assert look_again == bench.clock.now() + TimeDelta(seconds=5)


async def test_a_bug_in_a_world_puts_off_that_message_and_no_other(bench: Bench) -> None:
    world = BrokenWorld(for_=frozenset({BEA}))
    await bench.put(bench.message(to=ASH), bench.message(to=BEA))
    look_again = await bench.pump(fake=world).empty()

    assert bench.heard(BEA, world) == ["hello"]
    assert look_again == bench.clock.now() + TimeDelta(seconds=5)
    assert bench.journal.kinds == ["world-failed KeyError", "not-sent"]


async def test_a_world_that_hangs_holds_up_the_others_no_longer_than_patience(bench: Bench) -> None:
    hanging = HangingWorld(name="stuck")
    stuck = [PersonId.of("stuck", f"person-{number}") for number in range(60)]
    await bench.put(*(bench.message(to=person) for person in stuck), bench.message(to=ASH))
    async with asyncio.timeout(2):
        look_again = await bench.pump(A_MOMENT, stuck=hanging, fake=bench.world).empty()

    assert bench.heard() == ["hello"]
    assert hanging.begun <= 10
    assert look_again == bench.clock.now() + TimeDelta(seconds=5)


async def test_what_waited_behind_a_hanging_world_is_sent_once_it_answers(bench: Bench) -> None:
    stuck = [PersonId.of("fake", f"person-{number}") for number in range(15)]
    await bench.put(*(bench.message(to=person) for person in stuck))
    await bench.pump(A_MOMENT, fake=HangingWorld()).empty()
    bench.clock.move(TimeDelta(seconds=5))
    await bench.pump().empty()

    assert [bench.heard(person) for person in stuck] == [["hello"]] * 15


async def test_a_crash_between_sending_and_marking_repeats_nothing_that_can_be_recognised(bench: Bench) -> None:
    world = DyingWorld()
    await bench.put(bench.message())
    await world.kills(bench)
    async with bench.database.transaction():
        await bench.outbox.release()
    again = FakeWorld(said=world.said, private=world.private)
    look_again = await bench.pump(fake=again).empty()

    assert (bench.heard(ASH, again), look_again) == (["hello"], None)


async def test_what_a_lost_process_had_claimed_is_sent_when_the_claim_is_over(bench: Bench) -> None:
    await bench.put(bench.message())
    await DyingWorld().kills(bench)
    look_again = await bench.pump().empty()
    at_first = bench.heard()
    assert look_again is not None
    bench.clock.time = look_again
    await bench.pump().empty()

    assert (at_first, bench.heard()) == ([], ["hello"])


async def waiting(bench: Bench) -> Instant | None:
    async with bench.database.transaction():
        return await bench.outbox.next_at()


async def test_an_answer_sent_at_once_is_marked_with_the_next_one_and_the_last_before_the_process_ends(
    bench: Bench,
) -> None:
    pump = bench.pump()
    async with bench.database.transaction():
        first = await pump.put(bench.message("first"))
    await pump.send(first)
    unmarked = await waiting(bench)
    async with bench.database.transaction():
        second = await pump.put(bench.message("second"))
    await pump.send(second)
    async with bench.database.transaction():
        left = await bench.outbox.claim(bench.clock.now() + HOUR, bench.clock.now() + HOUR, 10)
    await pump.rest()

    assert unmarked is not None
    assert [one.id for one in left] == [second.id]
    assert await waiting(bench) is None
    assert bench.heard() == ["first", "second"]


async def test_a_platform_that_asks_for_a_wait_is_given_it_and_others_go_by_meanwhile(bench: Bench) -> None:
    await bench.put(bench.message("first"), bench.message("other", BEA))
    bench.world.refuses = [ChatError("rate-limited", permanent=False, wait=TimeDelta(seconds=90))]
    pump = bench.pump()
    look_again = await pump.empty()
    pump.someone_came()
    await pump.empty()
    before = bench.heard()
    bench.clock.move(TimeDelta(seconds=90))
    await pump.empty()

    assert look_again == bench.clock.now()
    assert (before, bench.heard(), bench.heard(BEA)) == ([], ["first"], ["other"])


@dataclass(kw_only=True)
class LateWorld(FakeWorld):
    """Says no to whoever is not here yet, and hears of their coming before it has said so."""

    heard: Callable[[], None] = lambda: None
    refused: int = 0

    async def tell(
        self,
        person: PersonId,
        say: Say,
        key: str,
        group: GroupId,
        via: str | None = None,
        since: Instant | None = None,
    ) -> Posted:
        if not self.refused:
            self.refused += 1
            self.heard()
            raise NOT_NOW
        return await super().tell(person, say, key, group, via, since)


async def test_a_try_that_others_coming_called_for_makes_nobody_wait_longer(bench: Bench) -> None:
    await bench.put(bench.message())
    bench.world.refuses = [NOT_NOW] * 4
    pump = bench.pump()
    await pump.empty()
    looks_again = None
    for _ in range(3):
        pump.someone_came()
        looks_again = await pump.empty()

    assert looks_again is not None
    assert round((looks_again - bench.clock.now()).total("seconds")) == 10


async def test_who_comes_while_a_message_to_them_is_failing_is_not_kept_waiting(bench: Bench) -> None:
    world = LateWorld()
    pump = bench.pump(fake=world)
    world.heard = pump.someone_came
    await bench.put(bench.message())
    await pump.empty()
    before = bench.heard(world=world)
    await pump.empty()

    assert (before, bench.heard(world=world)) == ([], ["hello"])


async def test_no_wait_that_a_platform_asks_for_is_longer_than_an_hour(bench: Bench) -> None:
    await bench.put(bench.message(lives=HOUR * 48))
    bench.world.refuses = [ChatError("rate-limited", permanent=False, wait=HOUR * 1000)]
    look_again = await bench.pump().empty()

    assert look_again == bench.clock.now() + HOUR


@dataclass
class LookedUp(OutboxShelf):
    """Counts how often it was asked what may have reached somebody."""

    database: Database
    times: int = 0

    def __post_init__(self) -> None:
        super().__init__(self.database)

    async def begun(self, person: PersonId, now: Instant, until: Instant, *, but: frozenset[int]) -> Sequence[Claimed]:
        self.times += 1
        return await super().begun(person, now, until, but=but)


async def test_nothing_is_looked_up_for_an_answer_once_nothing_can_be_unheard_of(bench: Bench) -> None:
    shelf = LookedUp(bench.database)
    pump, times = bench.pump(sendings=shelf), []
    for step in (nothing, pump.empty, lambda: bench.put(bench.message()), pump.empty):
        await step()
        await pump.settle(ASH)
        times.append(shelf.times)
        bench.clock.move(CLAIM_LASTS)

    assert times == [1, 2, 2, 2]


async def test_what_failed_may_have_come_and_is_sent_again_for_an_answer(bench: Bench) -> None:
    pump = bench.pump()
    await pump.empty()
    bench.clock.move(CLAIM_LASTS)
    bench.world.refuses = [NOT_NOW]
    await bench.put(bench.message())
    await pump.empty()
    await pump.settle(ASH)

    assert bench.heard() == ["hello"]


async def test_what_ended_by_its_time_is_not_looked_up_any_more(bench: Bench) -> None:
    shelf = LookedUp(bench.database)
    pump = bench.pump(sendings=shelf)
    bench.world.refuses = [NOT_NOW]
    await bench.put(bench.message(lives=TimeDelta(minutes=1)))
    await pump.empty()
    bench.clock.move(CLAIM_LASTS)
    await pump.empty()
    await pump.settle(ASH)

    assert shelf.times == 0


async def nothing() -> None:
    """Nothing happens."""


async def test_what_an_earlier_process_may_have_sent_is_sent_again_for_an_answer(bench: Bench) -> None:
    world = DyingWorld()
    await bench.put(bench.message())
    await world.kills(bench)
    again = FakeWorld()
    await bench.pump(fake=again).settle(ASH)

    assert bench.heard(world=again) == ["hello"]
