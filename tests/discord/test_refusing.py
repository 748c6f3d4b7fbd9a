"""The loopback Discord refuses what Discord refuses, with its statuses and its codes."""

import pytest
from aiohttp import MultipartWriter

from tests.discord.loopback import Loopback
from tests.discord.making import FORUM, PRIVATE_THREAD
from tests.discord.permissions import Json, May
from tests.discord.plain import Plain

HELLO = {"content": "hello"}
PRIVATE = {"name": "a room", "type": PRIVATE_THREAD}


@pytest.mark.parametrize(
    ("route", "refusal"),
    [
        ("GET /channels/1", (404, 10003)),
        ("GET /guilds/1", (404, 10004)),
        ("GET /users/1", (404, 10013)),
        ("GET /guilds/1/threads/active", (404, 10004)),
        ("GET /webhooks/1/t/messages/@original", (404, 10015)),
        ("GET /nothing", (404, 0)),
    ],
)
async def test_what_is_not_there_is_unknown(
    loopback: Loopback, plain: Plain, route: str, refusal: tuple[int, int]
) -> None:
    reply = await plain.ask(route)
    loopback.faults.clear()

    assert reply.refusal == refusal


async def test_who_does_not_say_who_they_are_is_not_served(loopback: Loopback, plain: Plain) -> None:
    assert (await plain.ask("GET /users/@me")).body["id"] == loopback.me["id"]
    assert (await plain.ask("GET /users/@me", token="wrong")).refusal == (401, 0)
    assert (await plain.ask("GET /users/@me", token="")).refusal == (401, 0)
    assert loopback.invalid == 2


async def test_a_request_that_is_not_as_described_is_a_fault_and_is_not_done(loopback: Loopback, plain: Plain) -> None:
    channel = loopback.guild()["channels"][0]
    reply = await plain.ask(f"POST /channels/{channel['id']}/messages", {"contnet": "hello"})
    faults = list(loopback.faults)
    loopback.faults.clear()

    assert reply.refusal == (400, 50035)
    assert faults
    assert loopback.messages == {}


@pytest.mark.parametrize(("taken", "refusal"), [(May.SEND_MESSAGES, (403, 50013)), (May.VIEW_CHANNEL, (403, 50001))])
async def test_a_permission_can_be_taken_away(
    loopback: Loopback, plain: Plain, taken: May, refusal: tuple[int, int]
) -> None:
    guild = loopback.guild()
    say = f"POST /channels/{guild['channels'][0]['id']}/messages"
    before = await plain.ask(say, HELLO)
    await loopback.happening.permission_taken(guild, taken)

    assert before.status == 200
    assert (await plain.ask(say, HELLO)).refusal == refusal


async def test_a_thread_needs_permissions_of_its_own(loopback: Loopback, plain: Plain) -> None:
    guild = loopback.guild()
    channel = guild["channels"][0]["id"]
    thread = (await plain.ask(f"POST /channels/{channel}/threads", PRIVATE)).body["id"]
    say, delete = f"POST /channels/{thread}/messages", f"DELETE /channels/{thread}"
    await loopback.happening.permission_taken(guild, May.SEND_MESSAGES)
    without_the_channels = await plain.ask(say, HELLO)
    await loopback.happening.permission_taken(guild, May.SEND_MESSAGES_IN_THREADS | May.CREATE_PRIVATE_THREADS)
    refused = [await plain.ask(say, HELLO), await plain.ask(f"POST /channels/{channel}/threads", PRIVATE)]
    await loopback.happening.permission_taken(guild, May.MANAGE_THREADS)
    refused.append(await plain.ask(delete))
    await loopback.happening.permission_given(guild, May.MANAGE_THREADS)

    assert without_the_channels.status == 200
    assert [each.refusal for each in refused] == [(403, 50013)] * 3
    assert (await plain.ask(delete)).status == 200
    assert (await plain.ask(delete)).refusal == (404, 10003)


async def test_a_channel_can_allow_more_and_less_than_the_server(loopback: Loopback, plain: Plain) -> None:
    guild = loopback.guild()
    channel = guild["channels"][0]
    say = f"POST /channels/{channel['id']}/messages"
    everyone = guild["roles"][0]
    await loopback.happening.overwritten(channel, everyone, deny=May.SEND_MESSAGES)
    denied = await plain.ask(say, HELLO)
    await loopback.happening.overwritten(channel, loopback.me, allow=May.SEND_MESSAGES)

    assert denied.refusal == (403, 50013)
    assert (await plain.ask(say, HELLO)).status == 200


async def test_an_administrator_may_do_everything_whatever_a_channel_says(loopback: Loopback, plain: Plain) -> None:
    guild = loopback.guild(granted=May.ADMINISTRATOR)
    channel = guild["channels"][0]
    await loopback.happening.overwritten(channel, loopback.me, deny=May.VIEW_CHANNEL)

    assert (await plain.ask(f"POST /channels/{channel['id']}/threads", PRIVATE)).status == 201


async def test_who_left_is_no_member_any_more_and_who_never_was_is_nobody(loopback: Loopback, plain: Plain) -> None:
    guild, ann = loopback.guild(), loopback.user("ann")
    loopback.world.join(guild, ann)
    path = f"GET /guilds/{guild['id']}/members"
    there = await plain.ask(f"{path}/{ann['id']}")
    await loopback.happening.member_left(guild, ann)

    assert there.body["user"] == ann
    assert (await plain.ask(f"{path}/{ann['id']}")).refusal == (404, 10007)
    assert (await plain.ask(f"{path}/1")).refusal == (404, 10013)


async def test_where_the_bot_was_removed_it_has_no_access(loopback: Loopback, plain: Plain) -> None:
    guild = loopback.guild()
    routes = [f"GET /guilds/{guild['id']}", f"GET /channels/{guild['channels'][0]['id']}"]
    before = [(await plain.ask(route)).status for route in routes]
    await loopback.happening.bot_removed(guild)

    assert before == [200, 200]
    assert [(await plain.ask(route)).refusal for route in routes] == [(403, 50001)] * 2
    assert (await plain.ask("GET /users/@me/guilds")).body == []


async def test_a_server_is_fetched_with_what_is_in_it(loopback: Loopback, plain: Plain) -> None:
    guild = loopback.guild()
    path = f"GET /guilds/{guild['id']}"
    fetched = await plain.ask(path)
    [partial] = (await plain.ask("GET /users/@me/guilds?limit=1")).body

    assert fetched.body["name"] == partial["name"] == "peers"
    assert "channels" not in fetched.body
    assert [each["name"] for each in (await plain.ask(f"{path}/channels")).body] == ["general"]
    assert [each["name"] for each in (await plain.ask(f"{path}/roles")).body] == ["@everyone", "alongside"]


async def test_a_direct_message_goes_to_who_takes_it_and_shares_a_server(loopback: Loopback, plain: Plain) -> None:
    guild, ann, bob = loopback.guild(), loopback.user("ann"), loopback.user("bob")
    loopback.world.join(guild, ann)
    to_ann, to_bob = [await _direct(plain, each) for each in (ann, bob)]
    taken = await plain.ask(to_ann, HELLO)
    loopback.happening.direct_messages_closed(ann)

    assert taken.status == 200
    assert (await plain.ask(to_ann, HELLO)).refusal == (403, 50007)
    assert (await plain.ask(to_bob, HELLO)).refusal == (403, 50278)
    assert (await plain.ask("POST /users/@me/channels", {"recipient_id": "1"})).refusal == (400, 50033)


async def test_a_message_can_be_read_edited_and_deleted_by_who_may(loopback: Loopback, plain: Plain) -> None:
    guild, ann = loopback.guild(), loopback.user("ann")
    channel = guild["channels"][0]
    said = f"/channels/{channel['id']}/messages"
    own = f"{said}/{(await plain.ask(f'POST {said}', HELLO)).body['id']}"
    anns = f"{said}/{(await loopback.happening.said(channel, ann, 'hi'))['id']}"
    listed = await plain.ask(f"GET {said}?limit=5")

    assert [each["content"] for each in listed.body] == ["hi", "hello"]
    assert (await plain.ask(f"PATCH {own}", {"content": "bye"})).body["content"] == "bye"
    assert (await plain.ask(f"PATCH {anns}", {"content": "bye"})).refusal == (403, 50005)
    assert (await plain.ask(f"DELETE {anns}")).refusal == (403, 50013)
    assert (await plain.ask(f"DELETE {own}")).status == 204
    assert (await plain.ask(f"GET {own}")).refusal == (404, 10008)


async def test_nothing_is_said_in_a_forum_itself_and_nothing_empty_anywhere(loopback: Loopback, plain: Plain) -> None:
    guild = loopback.guild()
    forum = loopback.world.channel(guild, "questions", FORUM)

    assert (await plain.ask(f"POST /channels/{forum['id']}/messages", HELLO)).refusal == (400, 40058)
    assert (await plain.ask(f"POST /channels/{guild['channels'][0]['id']}/messages", {})).refusal == (400, 50006)


async def test_one_nonce_is_one_message_for_some_minutes(loopback: Loopback, plain: Plain) -> None:
    say = f"POST /channels/{loopback.guild()['channels'][0]['id']}/messages"
    hello = HELLO | {"nonce": "K", "enforce_nonce": True}
    first, again = [(await plain.ask(say, hello)).body["id"] for _ in range(2)]
    loopback.clock.pass_by(600)

    assert first == again
    assert (await plain.ask(say, hello)).body["id"] != first


async def _direct(plain: Plain, user: Json) -> str:
    opened = await plain.ask("POST /users/@me/channels", {"recipient_id": user["id"]})
    return f"POST /channels/{opened.body['id']}/messages"


async def test_what_is_no_json_is_a_fault(loopback: Loopback, plain: Plain) -> None:
    channel = loopback.guild()["channels"][0]
    reply = await plain.send(f"POST /channels/{channel['id']}/messages", b"{", "application/json")
    faults = list(loopback.faults)
    loopback.faults.clear()

    assert reply.refusal == (400, 50109)
    assert faults


async def test_a_file_comes_with_what_is_said_of_it(loopback: Loopback, plain: Plain) -> None:
    channel = loopback.guild()["channels"][0]
    with MultipartWriter("form-data") as form:
        said = form.append_json({"content": "here", "attachments": [{"id": 0, "filename": "a.txt"}]})
        said.set_content_disposition("form-data", name="payload_json")
        form.append(b"words").set_content_disposition("form-data", name="files[0]", filename="a.txt")
    reply = await plain.send(f"POST /channels/{channel['id']}/messages", form, form.headers["Content-Type"])

    assert reply.body["content"] == "here"
    assert [each["filename"] for each in reply.body["attachments"]] == ["a.txt"]
    assert list(loopback.world.uploads.values()) == [b"words"]


async def test_what_this_discord_cannot_answer_is_its_own_fault(
    loopback: Loopback, plain: Plain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loopback.world, "mine", lambda: 1 / 0)
    reply = await plain.ask("GET /users/@me/guilds")
    faults = list(loopback.own_faults)
    loopback.own_faults.clear()

    assert reply.status == 500
    assert "ZeroDivisionError" in faults[0]


async def test_what_this_discord_answers_is_put_to_the_description_too(loopback: Loopback, plain: Plain) -> None:
    del loopback.me["username"]
    await plain.ask("GET /users/@me")
    faults = list(loopback.own_faults)
    loopback.own_faults.clear()

    assert len(faults) == 1
