"""The gateway goes, and comes back: what was missed is answered where Discord tells of it, and nothing is forgotten."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import pytest

from bot.ports.chat import ChatError
from tests.discord.gateway import until
from tests.discord.house import NAME, Host
from tests.discord.loopback import Loopback
from tests.discord.luck import Luck, Mishap
from tests.discord.test_house import Village, answered


@pytest.mark.parametrize("goes", ["drop", "ask_to_reconnect", "close"])
async def test_after_a_lost_connection_what_was_missed_is_answered(loopback: Loopback, host: Host, goes: str) -> None:
    village = Village(loopback)
    going: dict[str, Callable[[], Awaitable[None]]] = {
        "drop": loopback.gateway.drop,
        "ask_to_reconnect": loopback.gateway.ask_to_reconnect,
        "close": lambda: loopback.gateway.close(4000),
    }
    async with host.running():
        await going[goes]()
        given = await loopback.people.slash(village.guild, village.ann, "me nation", nation="wales")
        await answered(given)
        await until(lambda: loopback.gateway.resumed == 1, 20)

    assert given.contents == ["Kept: Wales."]
    assert len(loopback.gateway.identified) == 1


@pytest.mark.parametrize("goes", ["refused", "invalid"])
async def test_a_session_that_is_not_valid_any_more_is_begun_anew_and_all_goes_on(
    loopback: Loopback, host: Host, goes: str
) -> None:
    village = Village(loopback)
    async with host.running() as house:
        await village.slash(village.ann, "rota new", name="Tea", when="daily 20:00")
        loopback.gateway.refuse_resumes = 1
        await (loopback.gateway.drop() if goes == "refused" else loopback.gateway.invalidate())
        await until(lambda: len(loopback.gateway.identified) == 2, 20)
        shown = await village.slash(village.ann, "rota show", rota="Tea")
        kept = await house.groups.known(NAME)

    assert "Tea" in shown.contents[0]
    assert len(kept) == 1


async def test_heartbeats_that_are_not_answered_do_not_stop_what_is_sent(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    async with host.running():
        loopback.gateway.acknowledges = False
        await village.slash(village.ann, "rota new", name="Tea", when="daily 20:00")
        await village.hears("There is a new rota")


@pytest.mark.parametrize("code", [4004, 4014])
async def test_what_discord_will_not_have_any_more_ends_it_while_it_runs(
    loopback: Loopback, host: Host, code: int
) -> None:
    Village(loopback)
    async with host.running():
        await loopback.gateway.close(code)
        assert host.serving is not None
        done, _ = await asyncio.wait([host.serving], timeout=20)
        [fault] = done

    group = fault.exception()
    assert isinstance(group, ExceptionGroup)
    assert [getattr(each, "kind", each) for each in group.exceptions] == [
        "token-wrong" if code == 4004 else "intents-not-allowed"
    ]


AT_THE_START: Sequence[Callable[[Luck], Mishap]] = (
    lambda luck: luck.fail("GET /users/@me", 503),
    lambda luck: luck.lose_request("GET /users/@me", times=2),
    lambda luck: luck.limit("GET /users/@me", 60),
    lambda luck: luck.limit("PUT /applications/{application_id}/commands", 60),
    lambda luck: luck.fail("GET /gateway/bot", 503),
    lambda luck: luck.fail("GET /gateway/bot", 503, skip=1),
)


async def test_whatever_fails_at_the_start_can_be_started_again(loopback: Loopback, host: Host) -> None:
    kinds = []
    async with host.not_started() as world:
        for goes_wrong in AT_THE_START:
            goes_wrong(loopback.luck)
            with pytest.raises(ChatError) as fault:
                await world.start()
            kinds.append((fault.value.kind, fault.value.permanent))
        await world.start()

    assert kinds == [
        ("discord-503-0", False),
        ("unreachable", False),
        ("rate-limited", False),
        ("rate-limited", False),
        ("unreachable", False),
        ("unreachable", False),
    ]
