"""The stage on a simulated Discord: one server, three people, and the whole house as the bot.

What is typed elsewhere is a slash command here, its words put in the command's own options. What Discord itself does
for a person is done here too: a field that must be filled in asks its question, and a list lets only what is in it be
chosen. Mentions, links and Markdown are read as what Discord makes of them.
"""

import asyncio
import re
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import discord
import pytest
import simcord
from discord import app_commands
from whenever import Instant, TimeDelta

from bot.adapters.discord.customids import Deed
from bot.adapters.discord.slash import paths
from bot.domain.commands import Command, Option, Reading
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.reading import File, Place, Someone
from bot.domain.reading.files import words_of
from bot.domain.saying import Refused, line
from bot.domain.typed import Split, command_in, options_in
from bot.house import House
from tests.discord.house import NAME
from tests.discord.simulation import Simulation, simulation
from tests.fakes.world import LOCALE
from tests.scenarios.memory import rows_in
from tests.scenarios.stage import PEOPLE

NO_SUCH_LINE = "Discord sends no command that there is not, and the bot is not told of what people write"
_PATIENCE_SECONDS = 30.0
_A_FEW_TURNS_SECONDS = 0.2
_NOT_IN_THE_LIST = "option-choice"

_Value: TypeAlias = "str | simcord.ChannelHandle | simcord.MemberActor | tuple[str, bytes]"
_Level: TypeAlias = "app_commands.AppCommand | app_commands.AppCommandGroup | app_commands.Argument"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one person was told at once: an answer with all of its pages, or one direct message."""

    text: str
    messages: Sequence[discord.Message] = ()


@dataclass(slots=True, kw_only=True)
class Fields:
    """A command whose fields are being filled in, in Discord's own window: nothing is sent while one is empty."""

    split: Split
    given: dict[str, str]
    last: Option | None = None

    def fill_in(self, text: str) -> None:
        """Fill in the next empty field; the last one again, once all were."""
        self.last = self.empty or self.last
        if self.last is not None:
            self.given[self.last.name] = text

    @property
    def empty(self) -> Option | None:
        """Return the first field that must not be empty and is."""
        options = self.split.command.options
        return next((option for option in options if option.required and option.name not in self.given), None)


@dataclass(kw_only=True)
class DiscordStage:
    """Implements `Stage`."""

    simulation: Simulation
    guild: simcord.GuildHandle
    room: simcord.ChannelHandle
    people: Mapping[str, simcord.MemberActor]
    _answers: dict[str, list[simcord.InteractionResult]] = field(default_factory=lambda: defaultdict(list))
    _shown: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _sent: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    _fields: dict[str, Fields] = field(default_factory=dict)

    @property
    def house(self) -> House:
        """Return the house as it is now."""
        return self.simulation.house

    async def types(self, who: str, text: str) -> None:
        split = command_in(text, self.house.switchboard.commands(NAME))
        if split is not None:
            given = options_in(split.rest, split.command, await self._reading(who))
            await self._fill_in(who, Fields(split=split, given=dict(given)))
        elif who in self._fields:
            self._fields[who].fill_in(text)
            await self._fill_in(who, self._fields[who])
        else:
            await self._writes_to_the_bot(who, text)

    async def sends(self, who: str, name: str, content: bytes) -> None:
        self._sent[who] = (name, content)
        await self.types(who, words_of(content))
        del self._sent[who]

    async def says(self, who: str, text: str) -> None:
        if text.startswith("!"):
            await self.types(who, text.removeprefix("!"))
        else:
            await self.people[who].send(self.room, text)

    async def picks(self, who: str, label: str) -> None:
        for told in reversed(self._private(who)):
            for message in told.messages:
                if (pressed := await self._pressed(who, message, label)) is not None:
                    await self._took(who, pressed)
                    return
        raise AssertionError(f"{who} was not offered {label!r}")

    async def reads(self, who: str, words: str) -> str:
        return _newest([told.text for told in self._private(who)], words)

    async def no_longer_reads(self, who: str, words: str) -> None:
        # What a press takes away waits for its turn, and time stands still here.
        await self.simulation.env.advance_time(_A_FEW_TURNS_SECONDS)
        texts = await self.everything_read(who)
        assert not [text for text in texts if words in text]

    async def files(self, who: str) -> Mapping[str, bytes]:
        told = [message for each in self._private(who) for message in each.messages if message.attachments]
        return {each.filename: await each.read() for each in told[-1].attachments}

    async def sees(self, words: str) -> str:
        return _newest([self._text([message]) for message in self._from_bot(self.room)], words)

    async def meets(self, *people: str) -> str:
        inside = [self.people[who] for who in people]
        [thread] = [thread for thread in self.room.threads if self._sees_all(thread, inside)]
        cards = [
            _newest([self._text([one]) for one in self._from_bot(thread, who)], "What was agreed") for who in inside
        ]
        outside = [person for name, person in self.people.items() if name not in people]
        assert len(set(cards)) == 1
        assert not any(self._sees_all(thread, [person]) for person in outside)
        return cards[0]

    async def talks(self, who: str, to: str, text: str) -> None:
        people = [self.people[who], self.people[to]]
        [thread] = [thread for thread in self.room.threads if self._sees_all(thread, people)]
        await people[0].send(thread, text)
        assert thread.history(viewer=people[1])[-1].content == text

    async def leaves(self, who: str) -> None:
        group, left = self._group, PersonId.of(NAME, str(self.people[who].id))
        self.guild.remove_member(self.people[who])
        # Discord does not tell the bot: it looks round once a day.
        looking = asyncio.create_task(self.simulation.comings.look_round())
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while left in await self.house.groups.people(group):  # noqa: ASYNC110  There is no event for it.
                await asyncio.sleep(0.01)
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking
        await self.settled()

    async def goes_by(self, time: TimeDelta) -> None:
        await self.simulation.goes_by(time)

    async def everything_read(self, who: str) -> Sequence[str]:
        return [told.text for told in self._private(who)]

    async def settled(self) -> None:
        await self.simulation.settled()

    async def rows(self) -> dict[str, int]:
        return await rows_in(self.house.database)

    @property
    def _group(self) -> GroupId:
        return GroupId.of(NAME, str(self.guild.id))

    async def _reading(self, who: str) -> Reading:
        person = PersonId.of(NAME, str(self.people[who].id))
        async with self.house.database.transaction():
            zone = (await self.house.people.ways(self._group, person)).zone
        places = {name: PlaceId.of(NAME, str(channel.id)) for name, channel in self.guild.channels.items()}
        return Reading(now=self.simulation.clock.now(), zone=zone, places=places, meant=self._meant)

    def _meant(self, text: str) -> PersonId | None:
        """Return whom Discord offers to choose for what was typed of a name."""
        named = (actor for name, actor in self.people.items() if name.casefold() == text.casefold())
        return next((PersonId.of(NAME, str(actor.id)) for actor in named), None)

    async def _fill_in(self, who: str, fields: Fields) -> None:
        """Show the question of the next field that must be filled in; send the command when there is none."""
        self._fields[who] = fields
        if fields.empty is not None:
            described = await self._described(fields.split.command)
            self._shown[who].append(described[fields.empty.name])
        else:
            await self._sends(who, fields.split.command, fields.given)

    async def _sends(self, who: str, command: Command, given: Mapping[str, str]) -> None:
        """Use the slash command; for what only a button leads to, press that button, in its answer or elsewhere."""
        if (path := self._path(command)) is None:
            await self._presses(who, command)
            return
        reading = await self._reading(who)
        options = {
            option.name: self._value(option, given, reading)
            for option in command.options
            if option.name in given and not _is_file(option)
        }
        options |= {
            option.name: self._sent[who] for option in command.options if who in self._sent and _is_file(option)
        }
        try:
            used = await self.people[who].slash(self.room, path, **options)
        except simcord.OptionError as error:
            self._shown[who].append(self._only_these(command, error))
            return
        if used.modal is not None:
            # A file that was not sent is pasted.
            used = await self.people[who].submit_modal(used, dict(given))
        await self._took(who, used)
        if not command.listed:
            await self._goes_on(who, used, command)

    async def _presses(self, who: str, command: Command) -> None:
        """Press the newest button that does it, of all that a person can see."""
        messages = [message for told in self._private(who) for message in told.messages]
        for message in reversed([*self._from_bot(self.room), *messages]):
            for button in _buttons(message):
                deed = Deed.read(button.custom_id or "", NAME)
                if deed is not None and deed.command == command.name:
                    actor = self.people[who].user if message.guild is None else self.people[who]
                    await self._took(who, await actor.click(message, custom_id=button.custom_id))
                    return
        raise AssertionError(f"{who} sees no button that does {command.name!r}")

    def _path(self, command: Command) -> str | None:
        known = paths(self.house.switchboard.commands(NAME))
        listed = next((path for path, found in known.items() if found == command), None)
        return listed or (command.name if command.name in known else None)

    async def _goes_on(self, who: str, used: simcord.InteractionResult, command: Command) -> None:
        """Press the button that does what was typed: Discord shows what others will see before it is sent."""
        assert used.response is not None
        for button in _buttons(used.response.message):
            deed = Deed.read(button.custom_id or "", NAME)
            if deed is not None and deed.command == command.name:
                await self._took(who, await self.people[who].click(used.response, custom_id=button.custom_id))
                return
        raise AssertionError(f"no button does {command.name!r}")

    def _value(self, option: Option, given: Mapping[str, str], reading: Reading) -> _Value:
        """Return an option as a person gives it: a channel or a person as such, and of a list what means the same."""
        words = given[option.name]
        if isinstance(option.kind, Place):
            return self.guild.channels[words]
        if isinstance(option.kind, Someone):
            return next(actor for name, actor in self.people.items() if name.casefold() == words.casefold())
        try:
            meant = option.kind.read(words, reading)
        except Refused:
            return words
        return next((choice for choice in option.kind.choices if option.kind.read(choice, reading) == meant), words)

    def _only_these(self, command: Command, error: simcord.OptionError) -> str:
        """Return what Discord lets be chosen, as the house says it: it sends nothing that is not in the list."""
        option = command.option(error.option or "")
        assert error.code == _NOT_IN_THE_LIST, error
        assert option is not None
        return "".join(map(str, self.house.words.spans(line("choice-unclear", choices=option.kind.choices), LOCALE)))

    async def _described(self, command: Command) -> Mapping[str, str]:
        """Return what Discord shows at each field of a command, as the bot told it."""
        level: Sequence[_Level] = await self.simulation.world.client.tree.fetch_commands()
        for word in (self._path(command) or "").split():
            found = next(each for each in level if each.name == word)
            level = () if isinstance(found, app_commands.Argument) else found.options
        return {each.name: each.description for each in level if isinstance(each, app_commands.Argument)}

    async def _writes_to_the_bot(self, who: str, text: str) -> None:
        """Write what is no command to the bot all the same: it stays silent, so what is read of it cannot be played."""
        before = await self.everything_read(who)
        await self.people[who].send_dm(text)
        await self.settled()
        assert await self.everything_read(who) == before
        pytest.xfail(NO_SUCH_LINE)

    async def _pressed(self, who: str, message: discord.Message, label: str) -> simcord.InteractionResult | None:
        """Press what is labelled so under a message, or choose it from its menu; None where nothing is."""
        actor = self.people[who].user if message.guild is None else self.people[who]
        for button in _buttons(message):
            if button.label == label:
                pressed: simcord.InteractionResult = await actor.click(message, custom_id=button.custom_id)
                return pressed
        for menu in _menus(message):
            for option in menu.options:
                if option.label == label:
                    chosen: simcord.InteractionResult = await actor.select(message, [option.value])
                    return chosen
        return None

    async def _took(self, who: str, result: simcord.InteractionResult) -> None:
        assert result.modal is None, "a form is to be filled in"
        self._answers[who].append(result)
        await self.settled()
        assert result.ephemeral

    def _private(self, who: str) -> Sequence[Told]:
        """Return what not all see, in order: answers, direct messages, meeting rooms, and then what Discord shows."""
        told = [self._answer(result) for result in self._answers[who] if result.response is not None]
        told += [
            Told(text=self._text([one]), messages=[one]) for one in self._from_bot(self.people[who].user.dm_channel)
        ]
        rooms = [thread for thread in self.room.threads if self._sees_all(thread, [self.people[who]])]
        told += [Told(text=self._text([one]), messages=[one]) for room in rooms for one in self._from_bot(room)]
        shown = [Told(text=text) for text in self._shown[who]]
        return [*sorted(told, key=lambda one: one.messages[0].id), *shown]

    def _answer(self, result: simcord.InteractionResult) -> Told:
        pages = [one.message for one in (result.response, *result.followups) if one is not None]
        return Told(text=self._text(pages), messages=pages)

    def _from_bot(
        self, channel: simcord.ChannelHandle, viewer: simcord.MemberActor | None = None
    ) -> Sequence[discord.Message]:
        me = self.simulation.env.bot.user
        ordinary = (one for one in channel.history(viewer=viewer) if one.type is discord.MessageType.default)
        return [message for message in ordinary if me is not None and message.author.id == me.id]

    def _sees_all(self, thread: simcord.ChannelHandle, people: Sequence[simcord.MemberActor]) -> bool:
        try:
            return all(thread.history(viewer=person) for person in people)
        except simcord.SetupError:
            return False

    def _text(self, pages: Sequence[discord.Message]) -> str:
        """Return a message as it is read, a line each, with what can be pressed in brackets."""
        names = {f"<@{person.id}>": name for name, person in self.people.items()}
        names |= {self.guild.owner.mention: self.guild.owner.name}
        names |= {channel.mention: name for name, channel in self.guild.channels.items()}
        labels = [f"[{label}]" for page in pages for label in _labels(page)]
        return "\n".join([*(_as_read(page.content, names) for page in pages), *labels])


def _is_file(option: Option) -> bool:
    return isinstance(option.kind, File)


def stage_in(made: Simulation, users: Mapping[str, simcord.UserHandle]) -> DiscordStage:
    """Make a server with these people in it, and a channel."""
    guild = made.env.create_guild()
    room = made.text_channel(guild, "general")
    people = {name: guild.add_member(user) for name, user in users.items()}
    return DiscordStage(simulation=made, guild=guild, room=room, people=people)


def users_in(made: Simulation) -> Mapping[str, simcord.UserHandle]:
    """Make everybody, in no server so far."""
    return {name: made.env.create_user(name.casefold(), global_name=name) for name in PEOPLE}


@asynccontextmanager
async def discord_stage(folder: Path) -> AsyncIterator[DiscordStage]:
    """Start a bot, and a server with three people in it."""
    async with simulation(folder) as made:
        # Discord's own clock stands elsewhere, and since when people are members goes by it.
        await made.env.advance_time((made.clock.now() - Instant(made.env.now())).total("seconds"))
        yield stage_in(made, users_in(made))


_LINKED = re.compile(r"</([^:>]+):\d+>")
_MENTIONED = re.compile(r"<[@#]\d+>")
_LOOKS = re.compile(r"^(?:- |-# )|\*\*(?!\*)", re.MULTILINE)
_ESCAPED = re.compile(r"\\(?=[^\w\s])")


def _as_read(content: str, names: Mapping[str, str]) -> str:
    linked = _LINKED.sub(r"“\1”", content)
    named = _MENTIONED.sub(lambda found: names[found[0]], linked)
    return _ESCAPED.sub("", _LOOKS.sub("", named))


def _buttons(message: discord.Message) -> Iterator[discord.Button]:
    for row in message.components:
        if isinstance(row, discord.ActionRow):
            yield from (child for child in row.children if isinstance(child, discord.Button))


def _menus(message: discord.Message) -> Iterator[discord.SelectMenu]:
    for row in message.components:
        if isinstance(row, discord.ActionRow):
            yield from (child for child in row.children if isinstance(child, discord.SelectMenu))


def _labels(message: discord.Message) -> Iterator[str]:
    yield from (button.label or "" for button in _buttons(message))
    yield from (option.label for menu in _menus(message) for option in menu.options)


def _newest(texts: Sequence[str], words: str) -> str:
    found = [text for text in texts if words in text]
    assert found, f"{words!r} is in none of {texts}"
    return found[-1]
