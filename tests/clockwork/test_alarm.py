"""The alarm, with the real scheduler: the waits here are real, and short."""

import asyncio
import threading
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field

import pytest
from whenever import Instant, TimeDelta

from bot.clockwork.alarm import SchedulerAlarm
from bot.clockwork.clock import MovableClock, RealClock

SOON = TimeDelta(milliseconds=100)
LATER = TimeDelta(seconds=30)


@dataclass
class Bell:
    """Notes when it was rung, and by which thread."""

    rung: list[Instant] = field(default_factory=list)
    threads: list[threading.Thread] = field(default_factory=list)
    heard: asyncio.Event = field(default_factory=asyncio.Event)

    def ring(self) -> None:
        self.rung.append(Instant.now())
        self.threads.append(threading.current_thread())
        self.heard.set()


@pytest.fixture
def bell() -> Bell:
    return Bell()


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def alarm(bell: Bell, clock: MovableClock) -> AsyncGenerator[SchedulerAlarm]:
    made = SchedulerAlarm(clock=clock, ring=bell.ring)
    made.start()
    yield made
    made.stop()


async def a_little(longer: float = 0.3) -> None:
    """Let real time go by: the scheduler is the real one."""
    await asyncio.sleep(longer)


async def test_it_rings_once_at_the_moment_given(alarm: SchedulerAlarm, bell: Bell) -> None:
    moment = Instant.now() + SOON
    alarm.wake_at(moment)
    await a_little()

    assert len(bell.rung) == 1
    assert bell.rung[0] >= moment - TimeDelta(milliseconds=5)


async def test_a_moment_that_is_past_rings_at_once(alarm: SchedulerAlarm, bell: Bell) -> None:
    alarm.wake_at(Instant.now() - LATER)

    async with asyncio.timeout(0.3):
        await bell.heard.wait()


async def test_a_replaced_moment_does_not_ring(alarm: SchedulerAlarm, bell: Bell) -> None:
    alarm.wake_at(Instant.now() + SOON)
    alarm.wake_at(Instant.now() + LATER)
    await a_little()

    assert bell.rung == []


async def test_an_earlier_moment_replaces_a_later_one(alarm: SchedulerAlarm, bell: Bell) -> None:
    alarm.wake_at(Instant.now() + LATER)
    alarm.wake_at(Instant.now() + SOON)
    await a_little()

    assert len(bell.rung) == 1


async def test_it_rings_in_the_thread_of_the_loop(alarm: SchedulerAlarm, bell: Bell) -> None:
    alarm.wake_at(Instant.now())
    async with asyncio.timeout(0.3):
        await bell.heard.wait()

    assert bell.threads == [threading.current_thread()]


async def test_it_goes_by_a_clock_that_is_ahead(alarm: SchedulerAlarm, bell: Bell, clock: MovableClock) -> None:
    moment = clock.now() + TimeDelta(hours=8)
    alarm.wake_at(moment)
    clock.move(TimeDelta(hours=9))
    alarm.wake_at(moment)
    async with asyncio.timeout(0.3):
        await bell.heard.wait()

    assert clock.now() >= moment


async def test_a_stopped_alarm_rings_no_more(bell: Bell, clock: MovableClock) -> None:
    other = SchedulerAlarm(clock=clock, ring=bell.ring)
    other.start()
    other.wake_at(Instant.now() + SOON)
    other.stop()
    await a_little()

    assert bell.rung == []


def test_a_clock_cannot_be_moved_back(clock: MovableClock) -> None:
    with pytest.raises(ValueError, match="-PT1S"):
        clock.move(TimeDelta(seconds=-1))


def test_a_clock_runs_on_after_it_was_moved(clock: MovableClock) -> None:
    before = RealClock().now()
    clock.move(TimeDelta(hours=24))

    assert clock.now() - before >= TimeDelta(hours=24)
