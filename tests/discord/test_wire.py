"""The Discord world on the wire: every request is one that Discord describes, and a lost reply doubles nothing."""

import asyncio
from pathlib import Path

import pytest
from discord import LoginFailure
from whenever import Instant, TimeDelta

from bot.adapters.discord.rendering import Button, Rendered
from bot.adapters.discord.speaking import Speaking
from bot.domain.commands import Asking
from bot.domain.saying import Choice, Say, line, say
from bot.ports.chat import ChatError
from tests.adapters.discord.test_interactions import CAN, FIND, Answering, client_of
from tests.discord.gateway import until
from tests.discord.loopback import Loopback, connected

ANN = 200_000_000_000_000_001


async def test_a_slash_command_and_its_button_are_answered_and_all_of_it_is_as_described(
    loopback: Loopback, tmp_path: Path
) -> None:
    go = Choice(label=line("test-echo", text="go"), command="sit can", options={"ask": "K7"})

    def offer(asking: Asking) -> Say:
        return say("test-echo", text=asking.command).offering(*([go] if asking.command == "find" else []))

    guild, ann = loopback.guild(), loopback.user("ann")
    async with connected(client_of(tmp_path, Answering(known=(FIND, CAN), says=offer)), loopback.token):
        first = await loopback.slash(guild, ann, "find", need="help")
        await until(lambda: first.messages)
        second = await loopback.press(first.messages[0], ann, "You said: go")
        await until(lambda: second.messages)

    assert (first.contents, second.contents) == (["You said: find"], ["You said: sit can"])
    assert [message["flags"] & 64 for message in first.messages + second.messages] == [64, 64]


async def test_a_slow_answer_is_announced_in_time_and_comes_in_its_place(loopback: Loopback, tmp_path: Path) -> None:
    guild, ann = loopback.guild(), loopback.user("ann")
    answering = Answering(known=(FIND,), takes_seconds=4)
    async with connected(client_of(tmp_path, answering), loopback.token):
        began = asyncio.get_running_loop().time()
        answer = await loopback.slash(guild, ann, "find", need="help")
        await until(lambda: answer.thinking)
        took = asyncio.get_running_loop().time() - began
        await until(lambda: answer.messages)

    assert took < 3
    assert answer.contents == ["You said: find help"]


async def test_a_message_whose_reply_was_lost_is_said_once_when_it_is_said_again(
    loopback: Loopback, tmp_path: Path
) -> None:
    client = client_of(tmp_path, Answering(known=(FIND,)))
    loopback.world.join(loopback.guild(), loopback.user("ann", ANN))
    message = Rendered(pages=("one", "two"), buttons=(Button(label="Yes", custom_id="a?1=me"),))
    async with connected(client, loopback.token):
        speaking = Speaking(client)
        await speaking.tell(ANN, message, "K")
        [channel] = loopback.messages
        loopback.luck.lose_reply(f"POST /channels/{channel}/messages")
        with pytest.raises(ChatError) as fault:
            await speaking.tell(ANN, message, "L")
        await speaking.tell(ANN, message, "L")

    assert not fault.value.permanent
    assert [said["content"] for said in loopback.messages[channel]] == ["one", "two"] * 2
    assert [bool(said["components"]) for said in loopback.messages[channel]] == [False, True] * 2


@pytest.mark.parametrize("number", [1, 7], ids=["a button", "a menu"])
async def test_what_stands_there_is_not_said_again_and_what_is_older_or_does_something_else_is(
    loopback: Loopback, tmp_path: Path, number: int
) -> None:
    client = client_of(tmp_path, Answering(known=(FIND,)))
    loopback.world.join(loopback.guild(), loopback.user("ann", ANN))
    before, hour = Instant.now(), TimeDelta(hours=1)
    first, other = (doing(number, command) for command in ("me", "now"))
    async with connected(client, loopback.token):
        speaking = Speaking(client)
        said = await speaking.tell(ANN, first, "K")
        loopback.clock.pass_by(3600)
        found = await speaking.tell(ANN, first, "L", before)
        again = [await speaking.tell(ANN, first, "M", before + hour), await speaking.tell(ANN, other, "N", before)]
        [channel] = loopback.messages

    assert found == said
    assert [message["id"] for message in loopback.messages[channel]] == [each for ids in (said, *again) for each in ids]


def doing(number: int, command: str) -> Rendered:
    buttons = tuple(Button(label=f"Yes {each}", custom_id=f"a?{each}={command}") for each in range(number))
    return Rendered(pages=("one",), buttons=buttons, menu="Choose")


async def test_nobody_is_rung_but_those_it_is_meant_for(loopback: Loopback, tmp_path: Path) -> None:
    client = client_of(tmp_path, Answering(known=(FIND,)))
    guild = loopback.guild()
    channel = guild["channels"][0]["id"]
    async with connected(client, loopback.token):
        speaking = Speaking(client)
        await speaking.post(int(channel), Rendered(pages=("one",)), "K")
        await speaking.post(int(channel), Rendered(pages=("two",), rings=(ANN,)), "L")

    allowed = [said["allowed_mentions"] for said in loopback.messages[channel]]
    assert [one["parse"] for one in allowed] == [[], []]
    assert [one["users"] for one in allowed] == [[], [ANN]]


async def test_after_a_lost_connection_it_hears_what_it_missed(loopback: Loopback, tmp_path: Path) -> None:
    guild, ann = loopback.guild(), loopback.user("ann")
    async with connected(client_of(tmp_path, Answering(known=(FIND,))), loopback.token):
        await loopback.gateway.drop()
        answer = await loopback.slash(guild, ann, "find", need="help")
        await until(lambda: answer.messages, 30)

    assert answer.contents == ["You said: find help"]
    assert loopback.gateway.resumed == 1


async def test_no_intent_is_asked_for_but_that_of_servers(loopback: Loopback, tmp_path: Path) -> None:
    async with connected(client_of(tmp_path, Answering(known=(FIND,))), loopback.token):
        [session] = loopback.gateway.sessions.values()

    assert session.intents == 1


@pytest.mark.usefixtures("loopback")
async def test_a_wrong_token_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(LoginFailure):
        async with connected(client_of(tmp_path, Answering(known=(FIND,))), "wrong"):
            pass
