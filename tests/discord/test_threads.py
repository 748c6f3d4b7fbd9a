"""Threads on the loopback Discord live as Discord's do: opened, joined, archived, locked, found again, deleted."""

from typing import Any

from tests.discord.loopback import Loopback
from tests.discord.making import FORUM, PRIVATE_THREAD
from tests.discord.permissions import Json, May
from tests.discord.plain import Plain

HELLO = {"content": "hello"}


async def opened(plain: Plain, channel: Json, **more: Any) -> str:  # noqa: ANN401  JSON.
    body = {"name": "a room", "type": PRIVATE_THREAD, **more}
    return str((await plain.ask(f"POST /channels/{channel['id']}/threads", body)).body["id"])


async def test_a_private_thread_has_who_was_put_into_it(loopback: Loopback, plain: Plain) -> None:
    guild, ann = loopback.guild(), loopback.user("ann")
    loopback.world.join(guild, ann)
    thread = await opened(plain, guild["channels"][0])
    member = f"/channels/{thread}/thread-members/{ann['id']}"
    before = await plain.ask(f"GET {member}")
    put = await plain.ask(f"PUT {member}")
    after = await plain.ask(f"GET {member}")
    await plain.ask(f"DELETE {member}")

    assert before.refusal == (404, 10007)
    assert put.status == 204
    assert after.body["user_id"] == ann["id"]
    assert (await plain.ask(f"GET {member}")).refusal == (404, 10007)
    assert (await plain.ask(f"GET /channels/{thread}/thread-members/{loopback.me['id']}")).status == 200
    assert (await plain.ask(f"GET /channels/{thread}/thread-members")).refusal == (403, 50001)


async def test_nobody_is_put_in_who_is_not_there_or_may_not_see_the_channel(loopback: Loopback, plain: Plain) -> None:
    guild, ann = loopback.guild(), loopback.user("ann")
    channel = guild["channels"][0]
    members = f"PUT /channels/{await opened(plain, channel)}/thread-members"
    outside = await plain.ask(f"{members}/{ann['id']}")
    loopback.world.join(guild, ann)
    await loopback.happening.overwritten(channel, ann, deny=May.VIEW_CHANNEL)

    assert outside.refusal == (404, 10007)
    assert (await plain.ask(f"{members}/1")).refusal == (404, 10013)
    assert (await plain.ask(f"{members}/{ann['id']}")).refusal == (403, 50001)


async def test_a_closed_thread_takes_in_those_whom_who_made_it_or_manages_it_puts_in(
    loopback: Loopback, plain: Plain
) -> None:
    guild, ann, bob = loopback.guild(), loopback.user("ann"), loopback.user("bob")
    for each in (ann, bob):
        loopback.world.join(guild, each)
    own = await opened(plain, guild["channels"][0], invitable=False)
    anns = await loopback.happening.thread_opened(guild["channels"][0], ann, "anns", PRIVATE_THREAD)
    anns["thread_metadata"]["invitable"] = False
    into = [f"PUT /channels/{each}/thread-members/{bob['id']}" for each in (own, anns["id"])]
    managing = [(await plain.ask(route)).status for route in into]
    loopback.world.into(anns, loopback.me["id"])
    await loopback.happening.permission_taken(guild, May.MANAGE_THREADS)

    assert managing == [204, 204]
    assert (await plain.ask(into[0])).status == 204
    assert (await plain.ask(into[1])).refusal == (403, 50013)


async def test_the_bot_goes_into_a_thread_and_out_of_it(loopback: Loopback, plain: Plain) -> None:
    guild = loopback.guild()
    thread = await loopback.happening.thread_opened(guild["channels"][0], loopback.user("ann"), "anns", PRIVATE_THREAD)
    me = f"/channels/{thread['id']}/thread-members/@me"
    there = f"GET /channels/{thread['id']}/thread-members/{loopback.me['id']}"
    statuses = [(await plain.ask(route)).status for route in (f"PUT {me}", there, f"DELETE {me}", there)]

    assert statuses == [204, 200, 204, 404]


async def test_an_archived_thread_is_left_as_it_is_until_something_is_said(loopback: Loopback, plain: Plain) -> None:
    guild, ann = loopback.guild(), loopback.user("ann")
    loopback.world.join(guild, ann)
    thread = f"/channels/{await opened(plain, guild['channels'][0])}"
    archived = await plain.ask(f"PATCH {thread}", {"archived": True})
    added = await plain.ask(f"PUT {thread}/thread-members/{ann['id']}")
    renamed = await plain.ask(f"PATCH {thread}", {"name": "other"})
    await plain.ask(f"POST {thread}/messages", HELLO)

    assert archived.body["thread_metadata"]["archived"]
    assert [added.refusal, renamed.refusal] == [(400, 50083)] * 2
    assert not (await plain.ask(f"GET {thread}")).body["thread_metadata"]["archived"]


async def test_a_locked_thread_is_for_those_who_manage_it(loopback: Loopback, plain: Plain) -> None:
    guild = loopback.guild()
    thread = f"/channels/{await opened(plain, guild['channels'][0])}"
    await plain.ask(f"PATCH {thread}", {"locked": True})
    managing = await plain.ask(f"POST {thread}/messages", HELLO)
    await loopback.happening.permission_taken(guild, May.MANAGE_THREADS)
    locked = await plain.ask(f"POST {thread}/messages", HELLO)
    unlocked = await plain.ask(f"PATCH {thread}", {"locked": False})
    await plain.ask(f"PATCH {thread}", {"archived": True})

    assert managing.status == 200
    assert locked.refusal == (400, 160005)
    assert unlocked.refusal == (403, 50013)
    assert (await plain.ask(f"POST {thread}/messages", HELLO)).refusal == (400, 50083)


async def test_threads_are_found_again_active_or_archived(loopback: Loopback, plain: Plain) -> None:
    guild, ann = loopback.guild(granted=May.NOTHING), loopback.user("ann")
    channel = guild["channels"][0]
    first, second = await opened(plain, channel), await opened(plain, channel)
    await loopback.happening.thread_opened(channel, loopback.world.join(guild, ann)["user"], "anns", PRIVATE_THREAD)
    await plain.ask(f"PATCH /channels/{first}", {"archived": True})
    active = (await plain.ask(f"GET /guilds/{guild['id']}/threads/active")).body
    archived = (await plain.ask(f"GET /channels/{channel['id']}/users/@me/threads/archived/private?limit=2")).body

    assert [each["id"] for each in active["threads"]] == [second]
    assert [each["user_id"] for each in active["members"]] == [loopback.me["id"]]
    assert [each["id"] for each in archived["threads"]] == [first]
    assert not archived["has_more"]


async def test_a_thread_is_gone_with_its_channel(loopback: Loopback, plain: Plain) -> None:
    guild = loopback.guild()
    thread = await opened(plain, guild["channels"][0])
    await loopback.happening.channel_deleted(guild["channels"][0])

    assert (await plain.ask(f"POST /channels/{thread}/messages", HELLO)).refusal == (404, 10003)


async def test_there_are_only_so_many_active_threads(loopback: Loopback, plain: Plain) -> None:
    loopback.world.most_active_threads = 1
    channel = loopback.guild()["channels"][0]
    await opened(plain, channel)
    reply = await plain.ask(f"POST /channels/{channel['id']}/threads", {"name": "another", "type": PRIVATE_THREAD})

    assert reply.refusal == (400, 160006)


async def test_a_post_in_a_forum_begins_with_a_message(loopback: Loopback, plain: Plain) -> None:
    forum = loopback.world.channel(loopback.guild(), "questions", FORUM)
    wrong = await plain.ask(f"POST /channels/{forum['id']}/threads", {"name": "one", "type": PRIVATE_THREAD})
    made = await plain.ask(f"POST /channels/{forum['id']}/threads", {"name": "one", "message": HELLO})

    assert wrong.refusal == (400, 50024)
    assert made.body["message"]["content"] == "hello"
    assert made.body["parent_id"] == forum["id"]
