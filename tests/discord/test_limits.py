"""Rate limits and faults of Discord's: whoever has to wait waits in the outbox, and nobody waits behind them."""

from functools import partial

import pytest
from whenever import TimeDelta

from tests.discord.gateway import until
from tests.discord.house import Host
from tests.discord.loopback import Loopback
from tests.discord.luck import Luck, Mishap
from tests.discord.test_bad_luck import asks
from tests.discord.test_crashes import SEND, times
from tests.discord.test_house import Village

INVITATION, NEWS = "Someone would like", "There is a new rota: Tea"


@pytest.mark.parametrize("scope", ["user", "shared"])
async def test_a_wait_on_one_persons_messages_is_theirs_alone_and_over_when_discord_says(
    loopback: Loopback, host: Host, scope: str
) -> None:
    village = Village(loopback)
    direct = loopback.world.direct(village.bea["id"])
    async with host.running() as house:
        await village.slash(village.bea, "sit open")
        limited = loopback.luck.limit(f"POST /channels/{direct['id']}/messages", 28, scope=scope)
        await asks(village)
        await until(lambda: limited.happened, 20)
        await village.slash(village.ann, "rota new", name="Tea", when="daily 20:00")
        await until(lambda: village.said(NEWS), 5)
        before = village.said(INVITATION)
        host.clock.move(TimeDelta(seconds=30))
        house.works.ring()
        await village.hears(INVITATION)

    assert before == []
    assert limited.happened == 1


async def test_after_a_wait_for_everything_all_of_it_goes_on(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    async with host.running() as house:
        await village.slash(village.bea, "sit open")
        limited = loopback.luck.limit(SEND, 28, scope="global")
        await asks(village)
        await until(lambda: limited.happened, 20)
        given = await village.slash(village.ann, "me nation", nation="wales")
        host.clock.move(TimeDelta(seconds=30))
        house.works.ring()
        await village.hears(INVITATION)

    assert given.contents == ["Kept: Wales."]


async def test_a_usual_wait_is_waited_for_in_place(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    async with host.running():
        loopback.limits.enforced = True
        loopback.limits.routes[SEND] = (1, 0.5)
        for name in ("Tea", "Milk", "Bread"):
            await village.slash(village.ann, "rota new", name=name, when="daily 20:00")
        await village.hears("There is a new rota: Bread")

    assert len(village.said("There is a new rota")) == 3
    assert loopback.invalid == 0


def faults(luck: Luck) -> list[Mishap]:
    return [luck.fail(SEND, 500), luck.fail(SEND, 503), luck.fail_after_all(SEND, 502), luck.lose_request(SEND)]


async def test_faults_of_discords_delay_a_message_and_lose_or_double_none(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    async with host.running() as house:
        for number in range(4):
            loopback.luck.mend()
            fault = faults(loopback.luck)[number]
            loopback.luck.mishaps[:] = [fault]
            await village.slash(village.ann, "rota new", name=f"Tea {number}", when="daily 20:00")
            await until(partial(getattr, fault, "happened"), 20)
            host.clock.move(TimeDelta(seconds=10))
            house.works.ring()
            await village.hears(f"There is a new rota: Tea {number}")
            # One that Discord took although it said otherwise is there before it is tried again.
            await until(lambda number=number: times(loopback, SEND) >= 2 * (number + 1), 20)  # type: ignore[misc]  # Bound at once.

    assert times(loopback, SEND) >= 8
    assert len(village.said("There is a new rota")) == 4


async def test_an_address_that_is_shut_out_loses_nothing(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    async with host.running() as house:
        shut_out = loopback.luck.ban(SEND)
        await village.slash(village.ann, "rota new", name="Tea", when="daily 20:00")
        await until(lambda: shut_out.happened, 20)
        host.clock.move(TimeDelta(seconds=10))
        house.works.ring()
        await village.hears(NEWS)
