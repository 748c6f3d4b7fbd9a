"""Every command that is declared can be used on Discord: by slash, and by a button that asks for the rest in a form.

Which commands there are is read from what the features declare.
"""

from collections.abc import Iterable, Sequence

import discord
import pytest
import simcord

from bot.adapters.discord.slash import paths
from bot.domain.commands import Command, Option
from bot.domain.ids import PlaceId
from bot.domain.reading import File, Place, Someone
from bot.domain.saying import Choice, Say, line, say
from tests.discord.house import NAME
from tests.discord.simulation import Simulation
from tests.scenarios.badness import NOT_TOO_FAST, good

FAULT = "Something went wrong on my side"
NOT_UNDERSTOOD = "I did not understand"


class Village:
    """One server with two people in it, of whom Ash uses all there is."""

    def __init__(self, simulated: Simulation) -> None:
        self.simulated = simulated
        self.guild = simulated.env.create_guild()
        self.channel = simulated.text_channel(self.guild, "general")
        self.ash, self.bea = (self.guild.add_member(simulated.env.create_user(name)) for name in ("ash", "bea"))

    @property
    def commands(self) -> Sequence[Command]:
        return self.simulated.house.switchboard.commands(NAME)

    async def settled(self) -> None:
        await self.simulated.settled()
        self.simulated.clock.move(NOT_TOO_FAST)

    async def offer(self, commands: Iterable[Command]) -> list[discord.Message]:
        """Put out a button for each command, with nothing told that it needs to know."""
        place = PlaceId.of(NAME, str(self.channel.id))
        for command in commands:
            choice = Choice(label=line("discord-menu"), command=command.name)
            offered: Say = say("discord-menu").offering(choice)
            await self.simulated.world.post(place, offered, command.name)
        await self.settled()
        return self.channel.history()

    def given(self, option: Option) -> "str | simcord.ChannelHandle":
        if isinstance(option.kind, Place):
            return self.channel
        return next(iter(option.kind.choices), None) or good(option.kind)

    def handed(self, option: Option) -> "str | simcord.ChannelHandle | simcord.MemberActor | tuple[str, bytes]":
        """Return what is given with a slash command: a person is chosen, and what a form takes as text is a file."""
        if isinstance(option.kind, Someone):
            return self.bea
        given = self.given(option)
        return ("a.csv", str(given).encode()) if isinstance(option.kind, File) else given

    def filled_in(self, option: Option) -> object:
        """Return what is given in a form, where what is chosen is a list."""
        chosen = isinstance(option.kind, Place) or option.kind.choices
        return [self.given(option)] if chosen else self.given(option)


@pytest.fixture
def village(simulated: Simulation) -> Village:
    return Village(simulated)


def answered(result: simcord.InteractionResult) -> str:
    """Return the answer: there is one, nobody else sees it, and it is no fault."""
    assert result.response is not None
    assert result.ephemeral
    assert result.response.content
    assert FAULT not in result.response.content
    assert NOT_UNDERSTOOD not in result.response.content
    return result.response.content


async def test_discord_lists_every_command_that_is_declared_and_nothing_else(village: Village) -> None:
    assert set(village.ash.available_commands(village.channel)) == set(paths(village.commands))
    assert {command.name for command in village.commands if command.listed} == {
        command.name for command in paths(village.commands).values()
    }


async def test_every_command_is_answered_with_what_it_must_know_alone_and_with_all_it_takes(village: Village) -> None:
    for path, command in paths(village.commands).items():
        for options in ([one for one in command.options if one.required], command.options):
            given = {option.name: village.handed(option) for option in options}
            result = await village.ash.slash(village.channel, path, **given)
            await village.settled()

            assert answered(result), path


async def test_every_command_is_a_button_too_and_what_it_must_know_is_asked_for_in_a_form(village: Village) -> None:
    for message, command in zip(await village.offer(village.commands), village.commands, strict=True):
        needed = [option for option in command.options if option.required]
        result = await village.ash.click(message, label="Choose")
        assert bool(result.modal) == bool(needed), command.name
        if needed:
            values = {option.name: village.filled_in(option) for option in needed}
            result = await village.ash.submit_modal(result, values)
        await village.settled()

        assert answered(result), command.name
