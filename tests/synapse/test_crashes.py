"""The bot is killed at every step of a meeting: one room, one card, nobody left waiting, nothing left behind."""

import itertools
from pathlib import Path

import pytest
from whenever import Instant, TimeDelta

from bot.domain.ids import GroupId
from bot.domain.outgoing import Meeting, Message
from bot.domain.saying import say
from tests.synapse.bot import person_id
from tests.synapse.conftest import NewPeer
from tests.synapse.deeds import addresses
from tests.synapse.homeserver import Homeserver, Person
from tests.synapse.lives import Lives, Step, after, before, lives
from tests.synapse.peer import Heard, Peer, together

pytestmark = pytest.mark.long

PARTS = ("making", "looking", "beginning", "leaving")
# A process has to start before it can die.
PATIENCE_SECONDS = 90
MAKING = (
    before("POST", "^/createRoom"),
    after("POST", "^/createRoom"),
    before("GET", "^/directory/room/"),
    after("GET", "^/directory/room/"),
)
LOOKING = (before("GET", "/members$"), after("GET", "/members$"))
BEGINNING = (
    before("PUT", "/send/m.room.encrypted/"),
    after("PUT", "/send/m.room.encrypted/"),
    before("GET", "/state/m.room.power_levels"),
    before("PUT", "/state/m.room.power_levels"),
    after("PUT", "/state/m.room.power_levels"),
)
CLOSING = (before("POST", "/kick$"), after("POST", "/kick$"))
LEAVING = (
    before("POST", "/leave$"),
    after("POST", "/leave$"),
    before("POST", "/forget$"),
    after("POST", "/forget$"),
    before("DELETE", "^/directory/room/"),
    after("DELETE", "^/directory/room/"),
)


numbers = itertools.count(1)


def first_line(heard: Heard) -> str:
    return heard.body.strip().splitlines()[0]


def meeting(group: str, *peers: Peer) -> Meeting:
    now = Instant.now()
    return Meeting(
        key="sit:abc:room",
        group=GroupId.of("mx", group),
        people=tuple(person_id(peer.user_id) for peer in peers),
        card=say("sit-card"),
        missed=say("sit-missed"),
        not_before=now,
        expires_at=now + TimeDelta(minutes=30),
    )


def news(group: str, peer: Peer) -> Message:
    now = Instant.now()
    return Message(
        key="news",
        group=GroupId.of("mx", group),
        to=person_id(peer.user_id),
        say=say("sit-thanks"),
        not_before=now,
        expires_at=now + TimeDelta(minutes=30),
    )


async def grouped(bot: Lives, account: Person, cat: Peer) -> str:
    """Let the bot be in a group with somebody else, as it is when two of a group meet; return the group's room."""
    await bot.begin()
    room = await cat.make_group(account.user_id)
    await cat.wait_for_people(room, account.user_id)
    # How the group is set up is told to her in private: from then on nothing of the group is still to be sent.
    await cat.wait_for(lambda heard: "You invited me" in heard.body, PATIENCE_SECONDS)
    await cat.wait_until(lambda: bot.open_rows() == 0)
    await bot.end()
    return room


async def dies_at_each(bot: Lives, steps: tuple[Step, ...], *peers: Peer) -> None:
    """Let one process after another die at the next step, while people's apps go on."""
    for step in steps:
        await bot.begin(step)
        await together(*peers, until=lambda: bot.is_dead, patience_seconds=PATIENCE_SECONDS)
        await bot.end()


@pytest.mark.parametrize("steps", [MAKING, LOOKING, BEGINNING, LEAVING], ids=PARTS)
async def test_a_meeting_that_is_cut_short_at_every_step_is_one_room_with_one_card(
    homeserver: Homeserver, new_peer: NewPeer, tmp_path: Path, steps: tuple[Step, ...]
) -> None:
    ann, bob, cat = await new_peer("ann"), await new_peer("bob"), await new_peer("cat")
    account = homeserver.register(f"cutshort{next(numbers)}")
    bob.accepts = steps is not LOOKING
    async with lives(homeserver, account, tmp_path) as bot:
        await bot.put(meeting(await grouped(bot, account, cat), ann, bob))
        await dies_at_each(bot, steps, ann, bob)
        bob.accepts = True
        await bot.begin()
        await together(ann, bob, until=lambda: bot.open_rows() == 0, patience_seconds=PATIENCE_SECONDS)
        await bot.end()
        [room] = ann.rooms
        await ann.say(room, "hello bob")
        await bob.wait_for(lambda heard: heard.body == "hello bob")

        assert bot.open_rows() == bot.keys(room) == 0
        assert len([body for body in bot.made if b"room_alias_name" in body]) == 1
    cards = [[heard for heard in peer.heard if heard.sender == account.user_id] for peer in (ann, bob)]
    assert [[first_line(heard) for heard in heards] for heards in cards] == [["What was agreed"], ["What was agreed"]]
    assert [heard.encrypted for heards in cards for heard in heards] == [True, True]
    assert list(ann.rooms) == list(bob.rooms) == [room]
    assert set(ann.rooms[room].users) == {ann.user_id, bob.user_id}
    assert await addresses(ann, room) == []


@pytest.mark.parametrize("steps", [(*LOOKING, *CLOSING), LEAVING], ids=["closing", "leaving"])
async def test_a_room_whose_closing_is_cut_short_at_every_step_is_closed_and_each_is_told_once(
    homeserver: Homeserver, new_peer: NewPeer, tmp_path: Path, steps: tuple[Step, ...]
) -> None:
    ann, bob, cat = await new_peer("ann"), await new_peer("bob"), await new_peer("cat")
    account = homeserver.register(f"cutclosing{next(numbers)}")
    bob.accepts = False
    async with lives(homeserver, account, tmp_path) as bot:
        await bot.put(meeting(await grouped(bot, account, cat), ann, bob))
        await dies_at_each(bot, LOOKING[:1], ann, bob)
        await ann.wait_until(lambda: bool(ann.rooms))
        await bob.wait_until(lambda: bool(bob.invites))
        room = bob.invites.pop()
        await bob.leave(room)
        bob.accepts = True
        await dies_at_each(bot, steps, ann, bob)
        await bot.begin()
        await together(ann, bob, until=lambda: bot.open_rows() == 0, patience_seconds=PATIENCE_SECONDS)
        await bot.end()
        told = [await peer.wait_for(lambda heard: "did not come about" in heard.body) for peer in (ann, bob)]

        assert bot.keys(room) == 0
        assert len([body for body in bot.made if b"room_alias_name" in body]) == 1
    assert told[0].body == told[1].body
    assert [len(peer.heard) for peer in (ann, bob)] == [1, 1]
    assert room not in {*ann.rooms, *bob.rooms}


async def test_a_direct_chat_is_made_once_though_the_process_dies_before_it_is_noted(
    homeserver: Homeserver, new_peer: NewPeer, tmp_path: Path
) -> None:
    ann, cat = await new_peer("ann"), await new_peer("cat")
    account = homeserver.register("cutdirect")
    noting = "/account_data/m.direct"
    async with lives(homeserver, account, tmp_path) as bot:
        await bot.put(news(await grouped(bot, account, cat), ann))
        await dies_at_each(bot, (after("POST", "^/createRoom"), before("PUT", noting), after("PUT", noting)), ann)
        await bot.begin()
        await ann.wait_until(lambda: bot.open_rows() == 0, PATIENCE_SECONDS)
        await ann.wait_for(lambda heard: "They have company now." in heard.body)

        assert len([body for body in bot.made if ann.user_id.encode() in body]) == 1
    assert (len(ann.heard), len(ann.rooms)) == (1, 1)
