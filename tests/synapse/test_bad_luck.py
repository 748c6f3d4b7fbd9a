"""What people, apps and servers may do to the bot, and what comes of it: docs/bad-luck-on-matrix.md has it in words."""

import asyncio
import contextlib
import itertools
import time
from collections.abc import AsyncIterator, Coroutine
from pathlib import Path

import pytest

from bot.domain.saying import say
from bot.ports.chat import ChatError
from tests.synapse.between import After, Between, Reply, Request, between, pass_on
from tests.synapse.bot import Bot, person_id, place_id
from tests.synapse.conftest import NewPeer
from tests.synapse.deeds import answers, in_a_chat, in_a_group, new_key, said
from tests.synapse.homeserver import Homeserver
from tests.synapse.peer import Peer
from tests.synapse.poison import creating, crowding, poisoning, unheard_of

LIMIT_MILLISECONDS = 1500
CROWD = 2000
DEPTHS = (100, 130, 160, 190, 250)
LONGEST_STALL_SECONDS = 0.4

_numbers = itertools.count(1)
_MANY = 30


@pytest.fixture
async def passage(homeserver: Homeserver) -> AsyncIterator[Between]:
    async with between(homeserver.url) as made:
        yield made


@pytest.fixture
def bot(homeserver: Homeserver, passage: Between, tmp_path: Path) -> Bot:
    account = homeserver.register(f"unlucky{next(_numbers)}")
    return Bot(homeserver=homeserver, through=passage, person=account, folder=tmp_path)


async def greeted(bot: Bot, *peers: Peer, encrypted: bool = True) -> str:
    """Make a group with the bot in it, and wait until it has said so."""
    room_id = await in_a_group(bot, *peers, encrypted=encrypted)
    await peers[0].wait_for(lambda heard: "Alongside" in heard.body, room_id=room_id)
    return room_id


async def asked(peer: Peer, room_id: str, text: str) -> None:
    """Let someone ask, and wait for the answer."""
    await peer.say(room_id, f"!{text}")
    await peer.wait_for(said(text))


async def test_poison_of_many_kinds_in_one_sync_leaves_the_command_beside_it_handled(
    bot: Bot, passage: Between, new_peer: NewPeer
) -> None:
    ann, eve = await new_peer("ann"), await new_peer("eve")
    async with bot.running():
        group = await greeted(bot, ann, eve)
        await asked(ann, group, "first")
    mark = dict(bot.bookmarks.marks)
    device = next(iter(ann.client.device_store[bot.person.user_id].values()))
    passage.after = poisoning(group, eve.user_id, device.curve25519)
    await ann.say(group, "!still there")
    async with bot.running():
        await ann.wait_for(said("still there"))
        await asked(ann, group, "and on")
    bot.bookmarks.marks = mark
    async with bot.running():
        await asked(ann, group, "again")

    assert answers(ann) == ["first", "still there", "and on", "again"]
    assert bot.journal.kinds.count("event-spoiled") >= 7


async def test_an_event_as_deep_as_the_server_takes_does_not_end_the_news(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with bot.running():
        group = await greeted(bot, ann, encrypted=False)
        taken = [await deep(ann, group, depth) for depth in DEPTHS]
        await asked(ann, group, "still there")

    assert taken[0]
    assert not taken[-1]
    assert answers(ann) == ["still there"]


async def deep(peer: Peer, room_id: str, depth: int) -> bool:
    """Write something that holds itself so often; return whether the server took it."""
    path = f"/_matrix/client/v3/rooms/{room_id}/send/m.room.message/deep{depth}"
    body = '{"msgtype": "m.text", "body": "x", "d": ' + '{"a":' * depth + "1" + "}" * depth + "}"
    headers = {"Authorization": f"Bearer {peer.client.access_token}"}
    response = await peer.client.send("PUT", path, body, headers)
    return bool(response.status == 200)


async def test_an_unknown_room_version_is_a_room_like_another(bot: Bot, passage: Between, new_peer: NewPeer) -> None:
    passage.after = creating(unheard_of)
    ann = await new_peer("ann")
    async with bot.running():
        group = await greeted(bot, ann)
        await asked(ann, group, "help")
    async with bot.running():
        await asked(ann, group, "after a restart")

    assert answers(ann) == ["help", "after a restart"]


async def test_a_room_whose_first_event_is_not_there_is_a_room_like_another(
    bot: Bot, passage: Between, new_peer: NewPeer
) -> None:
    passage.after = creating(lambda _event: None)
    ann = await new_peer("ann")
    async with bot.running():
        group = await greeted(bot, ann)
        await asked(ann, group, "help")
    async with bot.running():
        await asked(ann, group, "after a restart")

    assert answers(ann) == ["help", "after a restart"]


async def test_an_invitation_that_cannot_be_taken_up_is_let_go_and_the_next_is_taken_up(
    bot: Bot, passage: Between, new_peer: NewPeer
) -> None:
    ann = await new_peer("ann")
    invited = {"type": "m.room.member", "state_key": bot.person.user_id, "sender": ann.user_id}
    odd = {"invite_state": {"events": [{**invited, "content": {"membership": "invite"}}]}}

    async def invite(request: Request, reply: Reply) -> None:
        if request.path.startswith("/sync"):
            reply.content.setdefault("rooms", {}).setdefault("invite", {})["!odd:hs.test"] = odd

    async def refuse(request: Request) -> Reply | None:
        unsupported = {"errcode": "M_INCOMPATIBLE_ROOM_VERSION", "error": "no", "room_version": "org.example.unknown"}
        return Reply(status=400, content=unsupported) if "odd" in request.path and "/join/" in request.path else None

    passage.after, passage.before = invite, refuse
    async with bot.running():
        await asked(ann, await greeted(bot, ann), "help")

    assert bot.journal.kinds.count("not-joined") >= 1


async def test_a_command_that_was_taken_back_before_it_was_heard_is_not_answered(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with bot.running():
        group, plain = await greeted(bot, ann), await greeted(bot, ann, encrypted=False)
        await asked(ann, group, "first")
    for room in (group, plain):
        await ann.client.room_redact(room, await ann.say(room, "!gone"))
    async with bot.running():
        await asked(ann, group, "here")

    assert answers(ann) == ["first", "here"]


async def test_an_event_whose_key_never_comes_holds_nobody_up(bot: Bot, new_peer: NewPeer) -> None:
    ann, bob = await new_peer("ann"), await new_peer("bob")
    async with bot.running():
        group, other = await greeted(bot, ann), await greeted(bot, bob)
        await asked(ann, group, "first")
        new_key(ann, group)
        await ann.say(group, "!lost")
        await asked(bob, other, "meanwhile")
    async with bot.running():
        await asked(bob, other, "after a restart")

    assert answers(ann) == ["first"]
    assert answers(bob) == ["meanwhile", "after a restart"]


async def test_a_server_that_asks_for_quiet_is_given_it_and_everything_is_said_after(
    bot: Bot, passage: Between, new_peer: NewPeer
) -> None:
    ann, bob = await new_peer("ann"), await new_peer("bob")
    async with bot.running() as world:
        rooms = [await greeted(bot, ann), await greeted(bot, bob)]
        tries: list[float] = []
        begun = time.monotonic()

        async def limit(request: Request) -> Reply | None:
            if request.method != "PUT" or "/send/m.room.encrypted/" not in request.path:
                return None
            tries.append(time.monotonic() - begun)
            content = {"errcode": "M_LIMIT_EXCEEDED", "error": "slow down", "retry_after_ms": LIMIT_MILLISECONDS}
            return Reply(status=429, content=content) if len(tries) == 1 else None

        passage.before = limit
        waits = [await wait_asked_for(world.post(place_id(room), say("test-card"), "K")) for room in rooms]
        for peer, room in zip((ann, bob), rooms, strict=True):
            while await wait_asked_for(world.post(place_id(room), say("test-card"), "K")) is not None:
                await peer.sync(0.05)
        for peer in (ann, bob):
            await peer.wait_for(lambda heard: heard.body == "The card.")

    assert all(wait is not None and 0 < wait <= LIMIT_MILLISECONDS / 1000 for wait in waits)
    assert len(tries) == 3
    assert tries[1] >= LIMIT_MILLISECONDS / 1000


async def test_a_member_of_whom_the_server_says_at_the_start_that_they_are_only_invited_is_found(
    bot: Bot, passage: Between, new_peer: NewPeer
) -> None:
    ann = await new_peer("ann")
    async with bot.running():
        group = await greeted(bot, ann)
        chat = await in_a_chat(bot, ann)
        await ann.say(chat, "first")
        await ann.wait_for(said("first"))
    passage.after = only_invited(group, ann.user_id)
    async with bot.running():
        await ann.say(chat, "still there")
        await ann.wait_for(lambda heard: said("still there")(heard) or "together" in heard.body, room_id=chat)

    assert answers(ann) == ["first", "still there"]


def only_invited(room_id: str, user_id: str) -> After:
    """Tell of the room as it was after an event beside which the person came in."""

    async def change(request: Request, reply: Reply) -> None:
        if request.path.startswith("/sync"):
            state = reply.content.get("rooms", {}).get("join", {}).get(room_id, {}).get("state", {}).get("events", [])
            for event in state:
                if event["type"] == "m.room.member" and event["state_key"] == user_id:
                    event["content"]["membership"] = "invite"

    return change


async def wait_asked_for(saying: Coroutine[object, object, object]) -> float | None:
    """Return for how long the server wants to be left alone, in seconds; None when it was said."""
    try:
        await saying
    except ChatError as error:
        return 0 if error.wait is None else error.wait.total("seconds")
    return None


async def test_a_room_of_two_thousand_is_a_room_like_another_and_holds_up_nobody(
    bot: Bot, passage: Between, new_peer: NewPeer
) -> None:
    ann, bob = await new_peer("ann"), await new_peer("bob")
    async with bot.running() as world:
        other = await greeted(bot, bob)
        group = await ann.make_group(bot.person.user_id, encrypted=False)
        passage.after = crowding(group, CROWD)
        async with longest_stall() as stall:
            await ann.wait_for(lambda heard: "Alongside" in heard.body, room_id=group)
            await asked(ann, group, "help")
            await asked(bob, other, "meanwhile")
        await world.post(
            place_id(group),
            say("test-names", one=person_id("@person7:hs.test"), two=person_id("@person8:hs.test")),
            "K",
        )
        named = await ann.wait_for(lambda heard: "are on" in heard.body)

    assert "person7" in named.body
    assert stall[0] < LONGEST_STALL_SECONDS
    assert [request.path for request in passage.seen if "/profile/" in request.path] == []
    assert [request for request in passage.seen if "/keys/query" in request.path and b"person7:" in request.body] == []


@contextlib.asynccontextmanager
async def longest_stall() -> AsyncIterator[list[float]]:
    """Measure the longest work during which nothing else got its turn, in seconds of this thread's processor time."""
    longest = [0.0]

    async def beat() -> None:
        while True:
            before = time.thread_time()
            await asyncio.sleep(0.005)
            longest[0] = max(longest[0], time.thread_time() - before)

    task = asyncio.create_task(beat())
    try:
        yield longest
    finally:
        task.cancel()


async def test_saying_many_things_at_once_it_does_not_look_for_news_after_each(
    bot: Bot, passage: Between, new_peer: NewPeer
) -> None:
    ann = await new_peer("ann")
    async with bot.running() as world:
        room_id = await greeted(bot, ann, encrypted=False)
        before = len(passage.seen)
        for number in range(_MANY):
            await world.post(place_id(room_id), say("test-echo", text=f"{number}"), f"many {number}")
        looks = sum(request.path.startswith("/sync") for request in passage.seen[before:])
        await ann.say(room_id, "!and one more")
        await ann.wait_for(lambda heard: "and one more" in heard.body)

    assert 0 < looks < _MANY / 2


async def test_once_the_server_is_back_what_waited_is_tried_at_once(
    bot: Bot, passage: Between, new_peer: NewPeer
) -> None:
    ann = await new_peer("ann")

    async def away(request: Request) -> Reply | None:
        return Reply(status=502, content={}) if request.path.startswith("/sync") else None

    async with bot.running():
        room_id = await greeted(bot, ann, encrypted=False)
        before = bot.nudges
        passage.before = away
        await ann.say(room_id, "so that it looks again")
        await ann.wait_until(lambda: "sync-failed" in bot.journal.kinds)
        during = bot.nudges
        passage.before = pass_on
        await ann.wait_until(lambda: bot.nudges > during)

    assert during == before
