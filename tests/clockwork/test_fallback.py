"""What a pump does when somebody takes nothing in private: only what they agreed to, and once."""

import contextlib
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from whenever import TimeDelta

from bot.clockwork.pump import CLAIM_LASTS
from bot.domain.ids import PersonId
from bot.domain.outgoing import Fallback, Message, Sending, fallback_key
from bot.domain.people import Reach, Wish
from bot.domain.saying import say
from bot.ports.chat import ChatError, ClosedError
from bot.store.outbox import OutboxShelf
from tests.clockwork.bench import ASH, BEA, GROUP, ROOM, Bench
from tests.fakes.world import read
from tests.scenarios import stage as stages
from tests.scenarios.memory import NAMES, memory_stage
from tests.scenarios.memory import ROOM as IN_ROOM

CLOSED = ClosedError("direct-messages-closed")
NOT_NOW = ChatError("not-now", permanent=False)
NAMED = say("someone-is-named").ringing(ASH)


class Killed(BaseException):
    """The process is gone, and nothing of it comes to an end in order."""


class DyingOutbox(OutboxShelf):
    """The process dies when anything is to be put out."""

    async def put(self, sending: Sending) -> None:
        raise Killed(sending.key)


@dataclass(kw_only=True)
class DyingBench(Bench):
    """A bench whose pumps do not live long."""

    @property
    def outbox(self) -> OutboxShelf:
        return DyingOutbox(self.database)


async def agree(bench: Bench, person: PersonId = ASH, reach: Reach | None = Reach.MENTION) -> None:
    async with bench.database.transaction():
        await bench.people.keep(GROUP, person, Wish(reach=reach))


async def put_ping(bench: Bench) -> Message:
    """Put out a ping of Ash's that has a fallback."""
    ping = replace(bench.message(), fallback=Fallback(place=ROOM, say=NAMED))
    await bench.put(ping)
    return ping


async def test_who_agreed_to_it_is_named_in_the_room_once_when_they_are_closed_in_private(bench: Bench) -> None:
    await agree(bench)
    ping = await put_ping(bench)
    bench.world.refuses = [CLOSED]
    pump = bench.pump()
    looks_again = [await pump.empty(), await pump.empty()]

    assert (bench.heard(), bench.world.public) == ([], {ROOM: [NAMED]})
    assert bench.world.said == {fallback_key(ping.key)}
    assert (looks_again, bench.journal.kinds) == ([None, None], ["not-sent"])


async def test_who_can_be_reached_in_private_is_named_nowhere(bench: Bench) -> None:
    await agree(bench)
    await put_ping(bench)
    bench.world.refuses = [NOT_NOW]
    pump = bench.pump()
    bench.clock.time = await pump.empty() or bench.clock.now()
    await pump.empty()

    assert (bench.heard(), bench.world.public) == (["hello"], {})


@pytest.mark.parametrize("reach", [Reach.PRIVATE, None])
async def test_who_took_back_that_they_may_be_named_is_not_even_while_a_ping_is_on_its_way(
    bench: Bench, reach: Reach | None
) -> None:
    await agree(bench)
    await agree(bench, BEA)
    await put_ping(bench)
    await agree(bench, reach=reach)
    bench.world.refuses = [CLOSED]

    assert await bench.pump().empty() is None
    assert (bench.heard(), bench.world.public, bench.journal.kinds) == ([], {}, ["not-sent"])


async def test_what_has_no_fallback_is_dropped_though_its_reader_agreed_to_be_named(bench: Bench) -> None:
    await agree(bench)
    await bench.put(bench.message())
    bench.world.refuses = [CLOSED]

    assert await bench.pump().empty() is None
    assert (bench.heard(), bench.world.public, bench.journal.kinds) == ([], {}, ["not-sent"])


async def test_any_other_failure_for_good_names_nobody(bench: Bench) -> None:
    await agree(bench)
    await put_ping(bench)
    bench.world.refuses = [ChatError("never", permanent=True)]

    assert await bench.pump().empty() is None
    assert (bench.heard(), bench.world.public) == ([], {})


async def test_a_room_that_cannot_be_told_before_it_is_of_no_use_is_not_told(bench: Bench) -> None:
    await agree(bench)
    ping = await put_ping(bench)
    bench.world.refuses = [CLOSED, *[NOT_NOW] * 100]
    pump = bench.pump()
    tries = 0
    while (look_again := await pump.empty()) is not None:
        tries += 1
        bench.clock.time = look_again
        if bench.clock.time >= ping.expires_at:
            bench.world.refuses = []

    assert tries > 5
    assert bench.clock.time >= ping.expires_at
    assert bench.world.public == {}


async def test_a_crash_before_the_room_was_to_be_told_loses_nothing_and_names_them_once(bench: Bench) -> None:
    await agree(bench)
    await put_ping(bench)
    bench.world.refuses = [CLOSED, CLOSED]
    dying = DyingBench(database=bench.database, world=bench.world, clock=bench.clock)
    with contextlib.suppress(Killed, BaseExceptionGroup):
        await dying.pump().empty()
    async with bench.database.transaction():
        await bench.outbox.release()
    before = dict(bench.world.public)
    await bench.pump().empty()

    assert (before, bench.world.refuses) == ({}, [])
    assert bench.world.public == {ROOM: [NAMED]}


async def test_a_process_that_slept_through_its_claim_names_nobody_twice(bench: Bench) -> None:
    await agree(bench)
    await put_ping(bench)
    async with bench.database.transaction():
        [slept] = await bench.outbox.claim(bench.clock.now(), bench.clock.now() + CLAIM_LASTS, 10)
    bench.clock.move(CLAIM_LASTS)
    bench.world.refuses = [CLOSED]
    await bench.pump().empty()
    bench.world.said.clear()
    bench.world.refuses = [CLOSED]
    bench.clock.move(TimeDelta(seconds=1))
    pump = bench.pump()
    await pump.send(slept)
    await pump.empty()

    assert bench.world.public == {ROOM: [NAMED]}
    assert bench.journal.kinds == ["not-sent", "not-sent", "said-before"]


async def test_somebody_who_agreed_to_it_reads_their_name_in_the_room_and_sees_their_shift_in_private(
    tmp_path: Path,
) -> None:
    stage = await memory_stage(tmp_path)
    await stage.types(stages.ASH, "rota new Evening check-in, daily 20:00, 2 people")
    for who in (stages.ASH, stages.BEA):
        await stage.types(who, "rota join tomorrow")
    await stage.types(stages.BEA, "me reach in the room")
    heard = await stage.reads(stages.BEA, "you are named in the rota’s room")
    told = list(stage.world.public[IN_ROOM])
    stage.world.refuses = [CLOSED, CLOSED]
    await stage.goes_by(TimeDelta(hours=8))
    named = [read(said, stage.house.words, NAMES) for said in stage.world.public[IN_ROOM][len(told) :]]
    await stage.types(stages.BEA, "rota mine")
    shift = await stage.reads(stages.BEA, "Your next shifts")
    await stage.house.close()

    assert "what it is about" in heard
    assert named == ["Bea, there is a ping for you. To see it, type “rota mine”."]
    assert "Evening check-in" in shift
