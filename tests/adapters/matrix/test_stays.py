"""Since when somebody is in a group's rooms, from what a server may answer: followed back, and never guessed at."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nio import AsyncClient, MatrixRoom
from whenever import Instant

from bot.adapters.matrix.company import Company
from bot.adapters.matrix.layout import Layout
from bot.adapters.matrix.stays import MOST_CHANGES, Stays
from bot.adapters.matrix.wire import FORBIDDEN, Body, Wire, route
from bot.domain.firststep import Stay
from bot.domain.ids import GroupId, PersonId
from bot.ports.chat import ChatError

ROOM, BOT, BEA = "!group:example.org", "@bot:example.org", "@bea:example.org"
GROUP, PERSON = GroupId.of("mx", ROOM), PersonId.of("mx", BEA)
STATE = f"{route('rooms', ROOM, 'state', 'm.room.member', BEA)}?format=event"
NO = ChatError(FORBIDDEN, permanent=True)


def event(at: object, *, membership: object = "join", **unsigned: object) -> dict[str, Any]:
    return {
        "state_key": BEA,
        "content": {"membership": membership},
        "origin_server_ts": at,
        "unsigned": unsigned,
    }


def moment(at: int) -> Instant:
    return Instant.from_timestamp(at, unit="millisecond")


class FakeWire(Wire):
    """Answers from a dict, and counts what it is asked."""

    def __init__(self, answers: Mapping[str, dict[str, Any] | ChatError]) -> None:
        self.answers = dict(answers)
        self.asked: list[str] = []

    async def ask(self, method: str, path: str, body: Body | None = None, *, wait_seconds: float = 0) -> dict[str, Any]:
        assert (method, body, wait_seconds) == ("GET", None, 0)
        self.asked.append(path)
        answer = self.answers[path]
        if isinstance(answer, ChatError):
            raise answer
        return answer


def stays(answers: Mapping[str, dict[str, Any] | ChatError], *state: Mapping[str, Any]) -> tuple[Stays, FakeWire]:
    """Return what asks in a room with Bea and the bot in it; `answers` are by the events' ids, the newest first."""
    client, wire, layout = AsyncClient("https://example.org", BOT), FakeWire({}), Layout()
    client.user_id = BOT
    room = client.rooms[ROOM] = MatrixRoom(ROOM, BOT)
    for user_id in (BOT, BEA):
        room.add_member(user_id, "", "")
    layout.noticed(ROOM, state)
    for number, (id_, answer) in enumerate(answers.items()):
        wire.answers[STATE if number == 0 else route("rooms", ROOM, "event", id_)] = answer
    company = Company(client=client, wire=wire, world="mx", layout=layout, is_set_apart=lambda _: False)
    return Stays(client=client, wire=wire, company=company, layout=layout), wire


JOINED, INVITED = {"membership": "join"}, {"membership": "invite"}


@pytest.mark.parametrize(
    ("answers", "stay"),
    [
        ({"$1": event(50)}, Stay(here=True, since=moment(50), exact=True)),
        (
            {"$1": event(50, replaces_state="$0", prev_content=INVITED)},
            Stay(here=True, since=moment(50), exact=True),
        ),
        (
            {"$2": event(50, replaces_state="$1", prev_content=JOINED), "$1": event(20)},
            Stay(here=True, since=moment(20), exact=True),
        ),
        (
            {"$2": event(50, replaces_state="$1"), "$1": event(20, membership="invite")},
            Stay(here=True, since=moment(50), exact=True),
        ),
        ({"$2": event(50, replaces_state="$1"), "$1": NO}, Stay(here=True, since=moment(50))),
        ({"$1": JOINED}, Stay(here=True)),
        ({"$1": event("yesterday")}, Stay(here=True)),
        ({"$1": event(50) | {"state_key": "@ash:example.org"}}, Stay(here=True)),
        ({"$1": event(50) | {"unsigned": "x", "content": 3}}, Stay(here=True)),
    ],
    ids=[
        *("came by themselves", "was invited", "changed their name", "looked up that they were invited"),
        *("not to be seen", "a server that gives no events", "no time", "somebody else's", "garbled"),
    ],
)
async def test_it_is_followed_back_to_their_coming_in(
    answers: Mapping[str, dict[str, Any] | ChatError], stay: Stay
) -> None:
    found, _ = stays(answers)

    assert await found.stay(PERSON, GROUP) == stay


async def test_so_many_changes_are_gone_past_and_no_more() -> None:
    many = {f"${number}": event(number, replaces_state=f"${number - 1}") for number in range(100, 0, -1)}
    found, wire = stays(many)
    stay = await found.stay(PERSON, GROUP)

    assert stay == Stay(here=True, since=moment(100 - MOST_CHANGES + 1))
    assert len(wire.asked) == MOST_CHANGES + 1


async def test_in_a_room_that_took_anothers_place_it_is_unsure() -> None:
    made = {"type": "m.room.create", "state_key": "", "sender": BEA, "content": {"predecessor": {"room_id": "!old:x"}}}
    found, _ = stays({"$1": event(50)}, made)

    assert await found.stay(PERSON, GROUP) == Stay(here=True, since=moment(50))


async def test_what_is_known_is_not_asked_again_until_they_leave_and_what_is_not_known_is() -> None:
    found, wire = stays({"$1": event(50)})
    for _ in range(3):
        await found.stay(PERSON, GROUP)
    once = len(wire.asked)
    found.forget(ROOM, BEA)
    await found.stay(PERSON, GROUP)
    unknown, empty = stays({"$1": JOINED})
    for _ in range(3):
        await unknown.stay(PERSON, GROUP)

    assert (once, len(wire.asked), len(empty.asked)) == (1, 2, 3)


async def test_a_server_that_cannot_be_asked_now_is_a_fault_and_nothing_is_remembered_of_it() -> None:
    found, wire = stays({"$1": ChatError("unreachable", permanent=False)})
    with pytest.raises(ChatError):
        await found.stay(PERSON, GROUP)
    wire.answers[STATE] = event(50)

    assert await found.stay(PERSON, GROUP) == Stay(here=True, since=moment(50), exact=True)


async def test_who_is_in_no_room_of_the_group_is_not_here_and_nobody_is_asked() -> None:
    found, wire = stays({"$1": event(50)})
    others = [await found.stay(PersonId.of("mx", who), GROUP) for who in ("@cai:example.org", BOT)]
    elsewhere = await found.stay(PERSON, GroupId.of("mx", "!other:example.org"))

    assert [*others, elsewhere] == [Stay(here=False)] * 3
    assert wire.asked == []


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 10**18)
    | st.text(max_size=4)
    | st.sampled_from(["join", "leave", "$1", BEA]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["membership", "content", "unsigned", "state_key", "prev_content", "replaces_state"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.fixed_dictionaries({"content": JSON, "unsigned": JSON, "state_key": JSON, "origin_server_ts": JSON}))
async def test_whatever_a_server_writes_nobody_is_there_since_a_moment_that_it_did_not_write(
    garbled: dict[str, Any],
) -> None:
    found, wire = stays({"$1": garbled})
    wire.answers[route("rooms", ROOM, "event", "$1")] = NO
    try:
        stay = await found.stay(PERSON, GROUP)
    except KeyError:
        return  # It was told of an event that there is none of here.

    assert stay.here
    assert stay.since is None or stay.since.timestamp(unit="millisecond") == garbled["origin_server_ts"]
