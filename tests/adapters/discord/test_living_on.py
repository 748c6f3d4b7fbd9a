"""Buttons, menus and forms outlive the bot that sent them: after a restart, in a new version, in a direct message."""

import discord
import pytest
import simcord

from bot.adapters.discord.buttons import view_of
from bot.adapters.discord.rendering import Button
from bot.domain.ids import PlaceId
from bot.domain.saying import Choice, line, say
from tests.discord.house import NAME
from tests.discord.simulation import Simulation
from tests.scenarios.discord import DiscordStage, stage_in, users_in
from tests.scenarios.stage import ASH, BEA, CAI

OLD_BUTTON = "This button has had its day."
MAY_READ_ALL = discord.PermissionOverwrite(manage_threads=True)


@pytest.fixture
def stage(simulated: Simulation) -> DiscordStage:
    return stage_in(simulated, users_in(simulated))


def said(result: simcord.InteractionResult) -> str:
    assert result.response is not None
    assert result.ephemeral
    return result.response.content


async def sent(stage: DiscordStage, custom_id: str) -> discord.Message:
    """Put out a button with that `custom_id`, as another version of the bot might have."""
    channel = stage.simulation.world.client.get_partial_messageable(stage.room.id)
    view = view_of([Button(label="Go on", custom_id=custom_id)], "")
    assert view is not None
    await channel.send("?", view=view)
    message = stage.room.last_message
    assert message is not None
    return message


def button_for(stage: DiscordStage, written: str) -> str:
    return f"a?{stage.guild.id:x}={written}"


async def test_two_people_meet_although_the_bot_is_started_anew_before_each_press(stage: DiscordStage) -> None:
    restart = stage.simulation.restart
    await stage.types(BEA, "sit open")
    await stage.types(ASH, "sit quiet 30 minutes")
    await restart()
    await stage.picks(ASH, "Send it")
    await restart()
    await stage.picks(BEA, "I can")
    await restart()
    await stage.picks(ASH, f"Meet {BEA}")
    await restart()
    card = await stage.meets(ASH, BEA)
    [thread] = stage.room.threads
    end = next(message for message in thread.history(viewer=stage.people[BEA]) if message.components)
    await stage.people[BEA].click(end, label="Step away")
    await stage.settled()

    assert "30 minutes" in card
    assert stage.room.threads == []


async def test_a_menu_is_chosen_from_after_the_bot_was_started_anew(stage: DiscordStage) -> None:
    known = stage.house.switchboard.commands(NAME)
    ids = next(option.kind.choices for command in known if command.name == "card" for option in command.options)[:6]
    choices = (Choice(label=line("list-choice", typed=id_), command="card", options={"id": id_}) for id_ in ids)
    await stage.simulation.world.post(
        PlaceId.of(NAME, str(stage.room.id)), say("discord-menu").offering(*choices), "menu"
    )
    await stage.simulation.restart()
    menu = stage.room.last_message
    assert menu is not None
    row = menu.components[0]
    assert isinstance(row, discord.ActionRow)
    shown = row.children[0]
    assert isinstance(shown, discord.SelectMenu)
    result = await stage.people[ASH].select(menu, [shown.options[-1].value])

    assert [option.label for option in shown.options] == list(ids)
    assert "Checked on" in said(result)


async def test_a_form_is_opened_and_sent_in_although_the_bot_is_started_anew_in_between(stage: DiscordStage) -> None:
    ash = stage.people[ASH]
    await stage.types(ASH, "group")
    ways = await ash.slash(stage.room, "group show")
    await stage.simulation.restart()
    assert ways.response is not None
    form = await ash.click(ways.response, label="Set the time zone")
    await stage.simulation.restart()
    done = await ash.submit_modal(form, {"zone": "Asia/Kolkata"})
    await stage.settled()

    assert "This group now goes by the time in Asia/Kolkata" in said(done)
    assert "Asia/Kolkata" in await stage.sees("This group now goes by")


@pytest.mark.parametrize("written", ["sit quietly", "sit can&with=tea", ""])
async def test_a_button_of_another_version_says_that_it_does_nothing_any_more(
    stage: DiscordStage, written: str
) -> None:
    message = await sent(stage, button_for(stage, written))
    before = await stage.rows()
    result = await stage.people[ASH].click(message, label="Go on")
    await stage.settled()

    assert OLD_BUTTON in said(result)
    assert await stage.rows() == before


async def test_a_form_whose_command_is_gone_says_so_and_so_does_the_button_that_opened_it(stage: DiscordStage) -> None:
    ash = stage.people[ASH]
    ways = await ash.slash(stage.room, "group show")
    assert ways.response is not None
    form = await ash.click(ways.response, label="Set the channel for private rooms")
    stage.simulation.has = frozenset()
    await stage.simulation.restart()
    sent_in = await ash.submit_modal(form, {"channel": [stage.room]})
    pressed = await ash.click(ways.response, label="Set the channel for private rooms")

    assert form.modal is not None
    assert OLD_BUTTON in said(sent_in)
    assert OLD_BUTTON in said(pressed)


async def test_a_button_that_tells_no_server_says_so_too(stage: DiscordStage) -> None:
    result = await stage.people[ASH].click(await sent(stage, "a?here=sit pause"), label="Go on")

    assert OLD_BUTTON in said(result)


async def test_a_direct_messages_buttons_are_about_the_server_it_came_from(simulated: Simulation) -> None:
    users = users_in(simulated)
    first, second = stage_in(simulated, users), stage_in(simulated, users)
    for stage in (first, second):
        await stage.types(BEA, "sit open")
    await first.types(ASH, "sit ask quiet")
    await second.types(CAI, "sit ask talk")
    quiet, talk = (message for message in users[BEA].dm_channel.history() if message.components)
    await users[BEA].click(quiet, label="I can")
    await simulated.settled()
    told = [text for who in (ASH, CAI) for text in await first.everything_read(who) if "can sit with you" in text]
    await users[BEA].click(talk, label="I can")
    await simulated.settled()

    assert len(told) == 1
    assert f"{BEA} can sit with you" in await first.reads(ASH, "can sit with you")
    assert f"{BEA} can sit with you" in await second.reads(CAI, "can sit with you")


async def test_about_with_room_names_in_the_room_itself_who_else_can_read_it(simulated: Simulation) -> None:
    stage = stage_in(simulated, users_in(simulated))
    stage.guild.create_role("Stewards", permissions=discord.Permissions(manage_threads=True))
    stage.guild.create_role("Keyholders", permissions=discord.Permissions(administrator=True))
    stage.guild.create_role("Gardeners", permissions=discord.Permissions(manage_messages=True))
    stage.room = simulated.text_channel(stage.guild, "quiet", {stage.people[CAI]: MAY_READ_ALL})
    await stage.types(ASH, "group channel quiet")
    await stage.types(BEA, "sit open")
    await stage.types(ASH, "sit ask quiet")
    await stage.picks(BEA, "I can")
    await stage.picks(ASH, f"Meet {BEA}")
    [thread] = stage.room.threads
    told = said(await stage.people[ASH].slash(thread, "about", where="room"))
    elsewhere = said(await stage.people[ASH].slash(stage.guild.channels["general"], "about", where="room"))

    assert "Everybody with one of these roles:" in told
    assert "Stewards and Keyholders" in told
    assert "Gardeners" not in told
    assert f"<@{stage.guild.owner.id}>" in told
    assert stage.people[CAI].mention in told
    assert stage.people[CAI].mention not in elsewhere
