"""What falls due, on a real SQLite file: each moment once, a failing one put off, and none in the way of another."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis.strategies import integers
from whenever import Instant, TimeDelta

from bot.clockwork.housekeeping import AFTER_START, EVERY, Housekeeping
from bot.clockwork.works import FIRST_RETRY, LABOUR_LASTS, LONGEST_RETRY, LONGEST_SLEEP, Works, retry_after
from bot.domain.outgoing import Due
from bot.ports.feature import Labour, Step
from bot.store.house import DiaryShelf
from bot.store.wiping import WipingStore
from tests.clockwork.bench import GROUP, HOUR, Bench


@dataclass(kw_only=True)
class Steps:
    """Notes what was woken; raises for the subjects in `broken`."""

    woken: list[str] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)

    async def wake(self, due: Due, _now: Instant) -> None:
        self.woken.append(due.about)
        if due.about in self.broken:
            raise LookupError(due.about)


@dataclass(kw_only=True)
class FakeSender:
    """Implements `works.Sender`. `fails` makes the next call fail."""

    look_again: Instant | None = None
    fails: bool = False
    emptied: int = 0

    async def empty(self) -> Instant | None:
        self.emptied += 1
        if self.fails:
            self.fails = False
            raise OSError
        return self.look_again


@dataclass(kw_only=True)
class FakeAlarm:
    """Implements `ports.timing.Alarm`, and says when it was set."""

    moments: list[Instant] = field(default_factory=list)
    was_set: asyncio.Event = field(default_factory=asyncio.Event)

    def wake_at(self, moment: Instant) -> None:
        self.moments.append(moment)
        self.was_set.set()


@pytest.fixture
def steps() -> Steps:
    return Steps()


@pytest.fixture
def sender() -> FakeSender:
    return FakeSender()


@pytest.fixture
def works(bench: Bench, steps: Steps, sender: FakeSender) -> Works:
    return _works(bench, {"test": steps.wake}, sender)


def _works(
    bench: Bench, steps: Mapping[str, Step], sender: FakeSender, labours: Mapping[str, Labour] | None = None
) -> Works:
    return Works(
        dues=DiaryShelf(bench.database),
        steps=steps,
        labours=labours or {},
        sender=sender,
        wiping=WipingStore(bench.database),
        ledger=bench.database,
        clock=bench.clock,
        journal=bench.journal,
    )


async def _mark(bench: Bench, about: str, at: Instant, kind: str = "test") -> None:
    async with bench.database.transaction():
        await DiaryShelf(bench.database).mark(Due(key=about, kind=kind, group=GROUP, about=about, at=at))


async def test_what_is_due_is_done_once_the_longest_due_first(bench: Bench, works: Works, steps: Steps) -> None:
    now = bench.clock.now()
    await _mark(bench, "second", now - TimeDelta(minutes=1))
    await _mark(bench, "first", now - HOUR)
    await _mark(bench, "not yet", now + TimeDelta(minutes=1))
    await works.round()
    await works.round()

    assert steps.woken == ["first", "second"]


async def test_a_step_that_fails_is_put_off_and_stops_no_other(bench: Bench, works: Works, steps: Steps) -> None:
    steps.broken = {"broken"}
    await _mark(bench, "broken", bench.clock.now() - HOUR)
    await _mark(bench, "sound", bench.clock.now())
    look_again = await works.round()

    assert steps.woken == ["broken", "sound"]
    assert look_again == bench.clock.now() + FIRST_RETRY
    assert bench.journal.kinds == ["step-failed LookupError"]


async def test_a_step_that_goes_on_failing_waits_longer_each_time(bench: Bench, works: Works, steps: Steps) -> None:
    steps.broken = {"broken"}
    await _mark(bench, "broken", bench.clock.now())
    waits = []
    for _ in range(4):
        look_again = await works.round()
        waits.append(look_again - bench.clock.now())
        bench.clock.time = look_again

    assert [round(wait.total("seconds")) for wait in waits] == [5, 10, 20, 40]


async def test_what_a_failing_step_wrote_is_undone(bench: Bench, sender: FakeSender) -> None:
    async def half(_due: Due, _now: Instant) -> None:
        await bench.outbox.put(bench.message())
        raise LookupError

    await _mark(bench, "half", bench.clock.now())
    await _works(bench, {"test": half}, sender).round()
    await bench.pump().empty()

    assert bench.heard() == []


async def test_a_moment_of_a_feature_that_is_gone_stops_no_other(bench: Bench, works: Works, steps: Steps) -> None:
    await _mark(bench, "old", bench.clock.now() - HOUR, kind="gone")
    await _mark(bench, "new", bench.clock.now())
    await works.round()

    assert steps.woken == ["new"]


async def test_what_fell_due_while_it_was_down_is_done_once_by_the_next_process(
    bench: Bench, steps: Steps, sender: FakeSender
) -> None:
    await _mark(bench, "tonight", bench.clock.now() + HOUR)
    await _works(bench, {"test": steps.wake}, sender).round()
    bench.clock.move(HOUR * 3)
    for _ in range(2):
        await _works(bench, {"test": steps.wake}, sender).round()

    assert steps.woken == ["tonight"]


async def test_a_process_that_dies_in_a_step_leaves_the_moment_for_the_next(bench: Bench, steps: Steps) -> None:
    begun = asyncio.Event()

    async def dies(_due: Due, _now: Instant) -> None:
        begun.set()
        await asyncio.Event().wait()

    await _mark(bench, "ping", bench.clock.now())
    process = asyncio.create_task(_works(bench, {"test": dies}, FakeSender()).round())
    await begun.wait()
    process.cancel()
    with pytest.raises(asyncio.CancelledError):
        await process
    await _works(bench, {"test": steps.wake}, FakeSender()).round()

    assert steps.woken == ["ping"]


async def test_it_looks_again_at_the_next_moment_of_either_queue(
    bench: Bench, works: Works, sender: FakeSender
) -> None:
    now = bench.clock.now()
    nothing = await works.round()
    await _mark(bench, "soon", now + TimeDelta(seconds=30))
    due = await works.round()
    sender.look_again = now + TimeDelta(seconds=10)
    sending = await works.round()

    assert (nothing, due, sending) == (
        now + LONGEST_SLEEP,
        now + TimeDelta(seconds=30),
        now + TimeDelta(seconds=10),
    )


async def test_it_goes_round_at_start_and_whenever_it_is_rung(works: Works, sender: FakeSender) -> None:
    alarm = FakeAlarm()
    running = asyncio.create_task(works.run(alarm))
    for _ in range(3):
        await alarm.was_set.wait()
        alarm.was_set.clear()
        works.ring()
    running.cancel()

    assert (sender.emptied, len(alarm.moments)) == (3, 3)


async def test_a_round_that_fails_is_gone_again_soon_and_not_at_once(
    bench: Bench, works: Works, sender: FakeSender
) -> None:
    alarm = FakeAlarm()
    sender.fails = True
    running = asyncio.create_task(works.run(alarm))
    await alarm.was_set.wait()
    running.cancel()

    assert alarm.moments == [bench.clock.now() + FIRST_RETRY]
    assert bench.journal.kinds == ["round-failed OSError"]


class Purging:
    """A house that is started again and again, and notes when it is purged."""

    def __init__(self, bench: Bench, sender: FakeSender) -> None:
        self.at: list[Instant] = []
        self._bench = bench
        self._housekeeping = Housekeeping(purges=(self._purge,), diary=DiaryShelf(bench.database))
        self._works = _works(bench, self._housekeeping.steps, sender)

    async def _purge(self, now: Instant) -> None:
        self.at.append(now)

    async def start(self) -> None:
        async with self._bench.database.transaction():
            await self._housekeeping.begin(self._bench.clock.now())
        await self._works.round()

    async def after(self, passed: TimeDelta) -> None:
        self._bench.clock.move(passed)
        await self._works.round()


async def test_the_house_is_purged_a_minute_after_its_start_and_once_a_day(bench: Bench, sender: FakeSender) -> None:
    purging, start = Purging(bench, sender), bench.clock.now()
    await purging.start()
    at_once = list(purging.at)
    for passed in (AFTER_START, EVERY):
        await purging.after(passed)

    assert at_once == []
    assert purging.at == [start + AFTER_START, start + AFTER_START + EVERY]


async def test_a_house_that_never_lives_for_a_minute_is_purged_all_the_same(bench: Bench, sender: FakeSender) -> None:
    purging, first = Purging(bench, sender), bench.clock.now()
    for passed in (TimeDelta.ZERO, AFTER_START / 2, AFTER_START / 2, EVERY):
        bench.clock.move(passed)
        await purging.start()

    assert purging.at == [first + AFTER_START, first + AFTER_START + EVERY]


@given(integers(min_value=0, max_value=10_000))
def test_waits_grow_and_never_pass_an_hour(failures: int) -> None:
    wait, next_wait = retry_after(failures), retry_after(failures + 1)

    assert FIRST_RETRY <= wait <= next_wait <= LONGEST_RETRY


@dataclass(kw_only=True)
class Labours:
    """Takes long until `done` is set, then strikes its moment; `begun` is how often."""

    bench: Bench
    done: asyncio.Event = field(default_factory=asyncio.Event)
    begun: int = 0
    breaks: bool = False

    async def labour(self, due: Due, _now: Instant) -> None:
        self.begun += 1
        if self.breaks:
            raise LookupError(due.about)
        await self.done.wait()
        async with self.bench.database.transaction():
            await DiaryShelf(self.bench.database).strike(due.key)


async def test_what_takes_long_holds_up_nothing_and_is_done_once(
    bench: Bench, steps: Steps, sender: FakeSender
) -> None:
    labours = Labours(bench=bench)
    works = _works(bench, {"test": steps.wake}, sender, {"long": labours.labour})
    await _mark(bench, "slow", bench.clock.now(), "long")
    await _mark(bench, "quick", bench.clock.now())

    await works.round()
    meanwhile = (labours.begun, list(steps.woken))
    labours.done.set()
    await works.laboured()
    bench.clock.move(LABOUR_LASTS * 3)
    await works.round()
    await works.laboured()

    assert meanwhile[1] == ["quick"]
    assert labours.begun == 1


async def test_what_takes_long_and_was_broken_off_is_begun_anew_and_only_then(
    bench: Bench, steps: Steps, sender: FakeSender
) -> None:
    labours = Labours(bench=bench, breaks=True)
    works = _works(bench, {"test": steps.wake}, sender, {"long": labours.labour})
    await _mark(bench, "slow", bench.clock.now(), "long")

    for wait, expected in ((TimeDelta.ZERO, 1), (LABOUR_LASTS - TimeDelta(seconds=1), 1), (TimeDelta(seconds=2), 2)):
        bench.clock.move(wait)
        await works.round()
        await works.laboured()
        assert labours.begun == expected

    assert bench.journal.kinds == ["step-failed LookupError", "step-failed LookupError"]


async def test_what_takes_long_ends_with_the_clockwork(bench: Bench, steps: Steps, sender: FakeSender) -> None:
    labours = Labours(bench=bench)
    works, alarm = _works(bench, {"test": steps.wake}, sender, {"long": labours.labour}), FakeAlarm()
    await _mark(bench, "slow", bench.clock.now(), "long")

    running = asyncio.create_task(works.run(alarm))
    await alarm.was_set.wait()
    running.cancel()
    async with asyncio.timeout(5):
        await asyncio.gather(running, return_exceptions=True)
        await works.laboured()

    assert not labours.done.is_set()
