"""A world whose server is away at the start is waited for; one that refuses the bot is not."""

import asyncio
import contextlib
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.domain.ids import GroupId, PersonId
from bot.domain.saying import say
from bot.operator.patience import Patient
from bot.operator.sentences import WorldStop
from bot.ports.chat import ChatError
from tests.fakes.journal import FakeJournal
from tests.fakes.world import FakeWorld
from tests.synapse.hurrying import on_a_hurried_loop, this_loop

GROUP = GroupId.of("fake", "g")
ASH = PersonId.of("fake", "ash")


@dataclass
class Slow(FakeWorld):
    """A world that starts when `faults` are used up. `at` is when each start was tried, in seconds."""

    faults: list[ChatError] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    served: asyncio.Event = field(default_factory=asyncio.Event)

    async def start(self) -> None:
        self.at.append(asyncio.get_running_loop().time())
        if self.faults:
            raise self.faults.pop(0)

    async def run(self) -> None:
        self.served.set()
        await asyncio.Event().wait()

    async def stop(self) -> None:
        pass


def away(times: int) -> list[ChatError]:
    return [ChatError("unreachable", permanent=False)] * times


async def waits_for_its_server() -> None:
    this_loop().hurry(200)
    journal, world = FakeJournal(), Slow(faults=away(10))
    patient = Patient("fake", Path("/data"), lambda: world, journal)
    await patient.try_to_start()
    with pytest.raises(ChatError) as early:
        await patient.tell(ASH, say("x"), "key", GROUP)
    running = asyncio.create_task(patient.run())
    await world.served.wait()
    await patient.tell(ASH, say("x"), "key", GROUP)
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    pauses = [round(after - before) for before, after in zip(world.at, world.at[1:], strict=False)]

    assert (early.value.kind, early.value.permanent) == ("not-started-yet", False)
    assert len(world.at) == 11
    # A busy machine may wake late, and never early.
    assert pauses[0] < 30
    assert all(60 <= pause < 120 for pause in pauses[7:]), pauses
    assert journal.kinds == ["server-away"] * 10 + ["server-back"]


def test_a_server_that_is_away_is_tried_slower_each_time_and_then_served() -> None:
    on_a_hurried_loop(waits_for_its_server())


async def test_a_world_that_can_never_start_stops_at_once() -> None:
    world = Slow(faults=[ChatError("token-revoked", permanent=True)])
    with pytest.raises(WorldStop) as caught:
        await Patient("fake", Path("/data"), lambda: world, FakeJournal()).try_to_start()

    assert (caught.value.name, caught.value.error.kind, len(world.at)) == ("fake", "token-revoked", 1)


def test_a_world_that_cannot_even_be_made_stops_with_its_name() -> None:
    def make() -> Slow:
        raise ChatError("in-use", permanent=True)

    with pytest.raises(WorldStop) as caught:
        Patient("fake", Path("/data"), make, FakeJournal())

    assert (caught.value.name, caught.value.error.kind) == ("fake", "in-use")
