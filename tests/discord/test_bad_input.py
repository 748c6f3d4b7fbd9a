"""What is too long, too many, too late or in the wrong place on Discord is answered plainly, and nothing is refused."""

import asyncio
from pathlib import Path

import pytest
from whenever import TimeDelta

from bot.adapters.discord import interactions
from bot.adapters.discord.customids import Deed
from bot.domain.commands import Asking
from bot.domain.saying import Say, line
from tests.adapters.discord.test_interactions import FIND, Answering, client_of
from tests.discord.choosing import NotOffered
from tests.discord.gateway import until
from tests.discord.house import NAME, Host, group, person
from tests.discord.loopback import Loopback, connected
from tests.discord.making import FORUM, PRIVATE_THREAD
from tests.discord.permissions import Json
from tests.discord.test_house import Village, answered, nothing_left

LONG = "long " * 1200
TYPED = (
    ("find", {"need": LONG}),
    ("rota new", {"name": "x" * 400, "when": "daily 20:00"}),
    ("rota new", {"name": "Tea", "when": LONG}),
    ("rota new", {"name": LONG, "when": LONG}),
    ("me zone", {"zone": LONG}),
    ("rota join", {"date": "<@&1> @everyone " * 300}),
)


async def test_whatever_is_typed_is_answered_in_messages_that_discord_takes(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    async with host.running():
        given = [await village.slash(village.ann, path, **options) for path, options in TYPED]

    assert all(each.contents[0] for each in given)
    assert all(len(page) <= 2000 for each in given for page in each.contents)
    assert not any(page["mentions"] for each in given for page in each.messages)


async def test_an_answer_of_six_thousand_characters_comes_in_pages_for_one_persons_eyes(
    loopback: Loopback, tmp_path: Path
) -> None:
    def long(_asking: Asking) -> Say:
        return Say(lines=tuple(line("test-echo", text=f"{number}*" * 500) for number in range(6)))

    guild, ann = loopback.guild(), loopback.user("ann")
    async with connected(client_of(tmp_path, Answering(known=(FIND,), says=long)), loopback.token):
        given = await loopback.slash(guild, ann, "find", need="help")
        await until(lambda: len(given.messages) == 6, 20)

    assert [page.count("\\*") for page in given.contents] == [500] * 6
    assert all(page["flags"] & 64 for page in given.messages)


async def test_a_command_is_answered_wherever_discord_lets_it_be_typed(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    thread = loopback.world.thread(village.guild["channels"][0], village.ann, {"name": "t", "type": PRIVATE_THREAD})
    forum = loopback.world.channel(village.guild, "questions", FORUM)
    post = loopback.world.thread(forum, village.ann, {"name": "p", "type": 11})
    loopback.world.installed_for.add(village.ann["id"])
    async with host.running():
        direct = await answered(await loopback.people.slash(None, village.ann, "me nation", nation="wales"))
        there = [
            await answered(await loopback.people.slash(where, village.ann, "rota new", name=name, when="daily 20:00"))
            for where, name in ((thread, "Tea"), (post, "Milk"))
        ]
        news = await village.hears("There is a new rota: Tea")
        with pytest.raises(NotOffered):
            await loopback.people.elsewhere(village.ann, "me nation", nation="wales")
        listed = await village.slash(village.ann, "rota show")

    assert direct.contents == ["Use this in your group’s server. Only you see the answer there too."]
    assert news["channel_id"] == village.guild["channels"][0]["id"]
    assert [len(each.messages) for each in there] == [1, 1]
    assert all(name in listed.contents[0] for name in ("Tea", "Milk"))


async def test_a_server_that_the_bot_has_not_heard_of_is_told_so(loopback: Loopback, host: Host) -> None:
    ann = loopback.user("ann")
    async with host.running() as house:
        # Discord says nothing of it.
        unheard = loopback.guild("elsewhere")
        given = await answered(await loopback.people.slash(unheard, ann, "me nation", nation="wales"))
        async with house.database.transaction():
            kept = await house.people.ways(group(unheard), person(ann))

    assert given.contents == ["I am not in this server, so I can do nothing here. Whoever looks after it can add me."]
    assert kept.nation is None


async def test_a_form_that_cannot_be_made_is_a_plain_sentence(
    loopback: Loopback, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise LookupError("secret")

    monkeypatch.setattr(interactions, "form_of", broken)
    village = Village(loopback)
    async with host.running():
        card = await village.slash(village.ann, "group show")
        given = await village.press(card.messages[0], village.ann, "Set the time zone")

    assert "Something went wrong on my side" in given.contents[0]
    assert "interaction-failed LookupError" in host.journal.kinds


async def test_who_may_only_watch_for_a_while_still_has_the_buttons_in_their_direct_messages(
    loopback: Loopback, host: Host
) -> None:
    village = Village(loopback)
    async with host.running():
        await village.slash(village.bea, "sit open")
        await village.press((await village.slash(village.ann, "sit ask")).messages[0], village.ann, "Send it")
        asked = await village.hears("Someone would like")
        await loopback.happening.timed_out(village.guild, village.bea, 3600)
        with pytest.raises(NotOffered):
            await village.slash(village.bea, "sit open")
        can = await village.press(asked, village.bea, "I can")

    assert "I have told the person who asked" in can.contents[0]


async def test_five_hundred_channels_are_no_more_than_a_few(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    loopback.checks_itself = False
    for number in range(499):
        loopback.world.channel(village.guild, f"c{number}")
    async with host.running():
        last = village.guild["channels"][-1]
        chosen = await answered(await loopback.people.slash(village.guild, village.ann, "group channel", channel=last))
        card = await village.meet()

    assert f"<#{last['id']}>" in chosen.contents[0]
    assert loopback.channels[card["channel_id"]]["parent_id"] == last["id"]


async def test_two_people_who_press_one_button_at_once_are_both_answered(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    async with host.running():
        card = await village.meet()
        both = await asyncio.gather(*(loopback.people.press(card, user, "Step away") for user in village.both))
        said = [(await answered(each)).contents for each in both]

    assert all(said)


async def test_a_button_whose_day_is_over_says_so(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    async with host.running():
        await village.slash(village.bea, "sit open")
        await village.press((await village.slash(village.ann, "sit ask")).messages[0], village.ann, "Send it")
        asked = await village.hears("Someone would like")
        host.clock.move(TimeDelta(hours=48))
        late = await village.press(asked, village.bea, "I can")
        unknown = await village.press(renamed(asked, "a?1=no longer a command"), village.bea, "I can")
        broken = await village.press(renamed(asked, "a?not=ours&at=all"), village.bea, "I can")

    assert late.contents[0]
    assert unknown.contents == broken.contents
    assert "had its day" in unknown.contents[0]


def renamed(message: Json, custom_id: str) -> Json:
    """Let the first button of a message be one of an earlier version."""
    message["components"][0]["components"][0]["custom_id"] = custom_id
    return message


async def test_a_button_of_a_group_one_has_left_or_that_the_bot_has_left_keeps_nothing(
    loopback: Loopback, host: Host
) -> None:
    village = Village(loopback)
    old = Deed(group=group(village.guild), command="sit open", options={}).custom_id or ""
    async with host.running() as house:
        await village.slash(village.bea, "sit open")
        await village.press((await village.slash(village.ann, "sit ask")).messages[0], village.ann, "Send it")
        asked = await village.hears("Someone would like")
        await loopback.happening.member_left(village.guild, village.bea)
        left = await village.press(asked, village.bea, "I can")
        await loopback.happening.bot_removed(village.guild)
        gone = await village.press(renamed(asked, old), village.bea, "I can")
        await nothing_left(lambda: house.groups.known(NAME))

    assert all("had its day" in each.contents[0] for each in (left, gone))
