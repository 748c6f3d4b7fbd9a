"""An interaction on the loopback Discord is answered once, in time, and while its token lives."""

from typing import Any

import pytest

from tests.discord.interactions import Answered
from tests.discord.loopback import Loopback
from tests.discord.making import EPHEMERAL
from tests.discord.permissions import Json
from tests.discord.plain import Plain, Reply

HELLO = {"type": 4, "data": {"content": "hello", "flags": EPHEMERAL}}
DEFERRED = {"type": 5, "data": {"flags": EPHEMERAL}}
BUTTON = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Yes", "custom_id": "yes"}]}
FORM = {
    "custom_id": "form",
    "title": "A form",
    "components": [{"type": 18, "label": "Why", "component": {"type": 4, "style": 1, "custom_id": "why"}}],
}


@pytest.fixture
async def asked(loopback: Loopback) -> Answered:
    loopback.world.commands = [{"id": "1", "name": "find", "type": 1}]
    return await loopback.slash(loopback.guild(), loopback.user("ann"), "find")


async def call_back(plain: Plain, asked: Answered, body: Json, query: str = "") -> Reply:
    route = f"POST /interactions/{asked.interaction_id}/{asked.token}/callback{query}"
    return await plain.ask(route, body, token="")


async def webhook(loopback: Loopback, plain: Plain, asked: Answered, route: str, body: Any = None) -> Reply:  # noqa: ANN401  JSON.
    method, path = route.split(" ")
    return await plain.ask(f"{method} /webhooks/{loopback.me['id']}/{asked.token}{path}", body, token="")


async def test_there_is_one_first_answer(plain: Plain, asked: Answered) -> None:
    first = await call_back(plain, asked, HELLO, "?with_response=true")
    second = await call_back(plain, asked, HELLO)

    assert asked.contents == ["hello"]
    assert asked.ephemeral
    assert first.body["interaction"]["response_message_ephemeral"]
    assert first.body["resource"]["message"]["content"] == "hello"
    assert second.refusal == (400, 40060)


async def test_after_three_seconds_it_is_too_late_for_a_first_answer(
    loopback: Loopback, plain: Plain, asked: Answered
) -> None:
    loopback.clock.pass_by(3.1)

    assert (await call_back(plain, asked, HELLO)).refusal == (404, 10062)
    assert asked.messages == []


async def test_what_was_announced_can_be_answered_for_a_quarter_of_an_hour(
    loopback: Loopback, plain: Plain, asked: Answered
) -> None:
    announced = await call_back(plain, asked, DEFERRED)
    loading = await webhook(loopback, plain, asked, "GET /messages/@original")
    loopback.clock.pass_by(14 * 60)
    edited = await webhook(loopback, plain, asked, "PATCH /messages/@original", {"content": "at last"})
    loopback.clock.pass_by(61)
    late = await webhook(loopback, plain, asked, "PATCH /messages/@original", {"content": "later"})

    assert announced.status == 204
    assert loading.body["flags"] == 64 | 128
    assert edited.body["flags"] == 64
    assert asked.contents == ["at last"]
    assert late.refusal == (401, 50027)


async def test_the_first_message_after_an_announcement_takes_its_place_and_the_next_does_not(
    loopback: Loopback, plain: Plain, asked: Answered
) -> None:
    await call_back(plain, asked, DEFERRED)
    for content in ("one", "two"):
        await webhook(loopback, plain, asked, "POST ?wait=true", {"content": content})

    assert asked.contents == ["one", "two"]
    assert [message["flags"] & EPHEMERAL for message in asked.messages] == [EPHEMERAL, 0]


async def test_nothing_follows_what_was_not_answered_yet(loopback: Loopback, plain: Plain, asked: Answered) -> None:
    reply = await webhook(loopback, plain, asked, "POST ", {"content": "hello"})

    assert reply.refusal == (404, 10015)


async def test_an_answer_can_be_taken_back(loopback: Loopback, plain: Plain, asked: Answered) -> None:
    await call_back(plain, asked, HELLO)
    more = await webhook(loopback, plain, asked, "POST ", {"content": "more"})
    gone = [
        await webhook(loopback, plain, asked, f"DELETE /messages/{each}") for each in ("@original", more.body["id"])
    ]
    again = [await webhook(loopback, plain, asked, f"GET /messages/{each}") for each in ("@original", more.body["id"])]

    assert [each.status for each in gone] == [204, 204]
    assert [each.refusal for each in again] == [(404, 10008)] * 2
    assert asked.messages == []


async def test_a_button_can_change_the_message_it_is_under(loopback: Loopback, plain: Plain, asked: Answered) -> None:
    await call_back(plain, asked, {"type": 4, "data": {"content": "?", "components": [BUTTON]}})
    [message] = asked.messages
    pressed = await loopback.press(message, asked.user, "Yes")
    await call_back(plain, pressed, {"type": 7, "data": {"content": "yes", "components": []}})
    again = await loopback.press(message | {"components": [BUTTON]}, asked.user, "yes")
    await call_back(plain, again, {"type": 6})
    await webhook(loopback, plain, again, "PATCH /messages/@original", {"content": "done"})

    assert message["content"] == "done"
    assert message["components"] == []
    assert pressed.messages == again.messages == []


async def test_a_form_is_shown_filled_in_and_answered(loopback: Loopback, plain: Plain, asked: Answered) -> None:
    await call_back(plain, asked, {"type": 9, "data": FORM})
    sent = await loopback.people.submit(asked, why="because")
    another_form = await call_back(plain, sent, {"type": 9, "data": FORM})
    await call_back(plain, sent, HELLO)

    assert asked.modal == FORM
    assert another_form.refusal == (400, 50035)
    assert sent.contents == ["hello"]


@pytest.mark.parametrize(
    "body", [{"type": 6}, {"type": 7, "data": {"content": "x"}}, {"type": 8, "data": {"choices": []}}]
)
async def test_a_command_is_not_answered_like_a_button_or_an_option(plain: Plain, asked: Answered, body: Json) -> None:
    assert (await call_back(plain, asked, body)).refusal == (400, 50035)


async def test_where_the_channel_is_gone_nothing_is_answered(loopback: Loopback, plain: Plain, asked: Answered) -> None:
    await loopback.happening.channel_deleted(asked.channel)

    assert (await call_back(plain, asked, HELLO)).refusal == (404, 10003)


async def test_an_answer_for_everybody_is_in_the_channel_and_one_for_one_person_is_not(
    loopback: Loopback, plain: Plain, asked: Answered
) -> None:
    await call_back(plain, asked, HELLO)
    await webhook(loopback, plain, asked, "POST ", {"content": "all"})

    assert [each["content"] for each in loopback.messages[asked.channel["id"]]] == ["all"]
