"""Slash commands, buttons and forms: answered where they were used, for that person's eyes alone."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeAlias

import discord

from bot.adapters.discord.announcing import ANNOUNCED_AFTER_SECONDS, Announcing, Asker
from bot.adapters.discord.customids import Deed
from bot.adapters.discord.fetching import words_in
from bot.adapters.discord.forms import NOTHING_GIVEN, Form, answers_in, form_of, missing, to_paste
from bot.adapters.discord.members import Members
from bot.adapters.discord.pending import Pending
from bot.adapters.discord.reaching import reaching
from bot.adapters.discord.rendering import Rendering
from bot.adapters.discord.servers import Servers, places_of
from bot.adapters.discord.slash import Files
from bot.domain.commands import Asking, Command
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.saying import Refused, Say, say
from bot.ports.answering import Hearing
from bot.ports.chat import ChatError
from bot.ports.groups import Choosing
from bot.ports.journal import Journal
from bot.ports.keeping import Ledger, Receipts
from bot.ports.words import DEFAULT_LOCALE, LocaleOf

PeopleOf: TypeAlias = Callable[[GroupId], Awaitable[frozenset[PersonId]]]
# Where a command is used that needs no server.
NOWHERE = "0"
NO_FILES: Files = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What an answer takes: words, names, places, and whether one is on its way through the outbox.

    `people` gives everybody of whom anything is kept in a group.
    """

    rendering: Rendering
    locale_of: LocaleOf
    members: Members
    servers: Servers
    choosing: Choosing
    people: PeopleOf
    receipts: Receipts
    ledger: Ledger

    async def is_coming(self, key: str) -> bool:
        """Return whether what was asked under that key is kept, so that its answer comes by itself."""
        async with self.ledger.transaction():
            return await self.receipts.holds(key)


class Interactions:
    """Puts what people use to the switchboard, and the answer back where they used it."""

    def __init__(
        self, *, world: str, answering: Hearing, answers: Answers, announcing: Announcing, journal: Journal
    ) -> None:
        self._world = world
        self._answering = answering
        self._answers = answers
        self._announcing = announcing
        self._journal = journal
        self._pending: dict[str, Pending] = {}

    def pending(self, key: str) -> Pending | None:
        """Return the interaction of that key, if it waits for its answer here."""
        return self._pending.get(key)

    async def used(
        self, interaction: discord.Interaction, command: str, options: Mapping[str, str], files: Files = NO_FILES
    ) -> None:
        """Answer a slash command. Where a file is left out that is needed, ask for what is in it."""
        native = interaction.guild_id
        group = GroupId.of(self._world, str(native or 0))
        if self._is_anywhere(command) and (native is None or self._answers.servers.known(group) is None):
            await self._ask(interaction, Deed(group=GroupId.of(self._world, NOWHERE), command=command, options=options))
        elif native is None:
            await self._say(interaction, say("discord-in-a-server"), group)
        elif self._answers.servers.known(group) is None:
            # Somebody put the app to their own account, and uses it in a server that the bot is not in.
            await self._say(interaction, say("discord-not-here"), group)
        else:
            await self._ask_or_form(interaction, Deed(group=group, command=command, options=options), files)

    async def _ask_or_form(self, interaction: discord.Interaction, deed: Deed, files: Files) -> None:
        command = self._command(deed.command)
        wanted = () if command is None else to_paste(command, deed, files)
        custom_id = Deed(group=deed.group, command=deed.command, options=NOTHING_GIVEN).custom_id
        if command is None or custom_id is None or not wanted:
            await self._ask(interaction, deed, files)
        else:
            await self._show(
                interaction, deed, Form(command=command, custom_id=custom_id, wanted=wanted, given=deed.options)
            )

    async def _show(self, interaction: discord.Interaction, deed: Deed, form: Form) -> None:
        """Show a form. Nothing may be said before it, so nothing is announced."""
        async with self._faults_told(self._pending_of(interaction), "form-not-shown"):
            locale = await self._locale_soon(interaction, deed.group)
            await _shown(interaction, form_of(form, self._answers.rendering, deed.group, locale))

    async def pressed(self, interaction: discord.Interaction, custom_id: str) -> None:
        """Answer a button, or ask for what its command still has to know."""
        meant = self._meant(interaction, custom_id)
        if meant is None:
            await self._say(interaction, say("discord-old-button"), GroupId.of(self._world, NOWHERE))
            return
        deed, command = meant
        if wanted := missing(command, deed):
            await self._show(
                interaction, deed, Form(command=command, custom_id=custom_id, wanted=wanted, given=NOTHING_GIVEN)
            )
        else:
            await self._ask(interaction, deed)

    async def sent(self, interaction: discord.Interaction) -> None:
        """Answer a form that was filled in."""
        data: Mapping[str, object] = interaction.data or {}
        meant = self._meant(interaction, str(data.get("custom_id", "")), answers_in(data))
        if meant is None:
            await self._say(interaction, say("discord-old-button"), GroupId.of(self._world, NOWHERE))
        else:
            await self._ask(interaction, meant[0])

    def _meant(
        self, interaction: discord.Interaction, custom_id: str, given: Mapping[str, str] = NOTHING_GIVEN
    ) -> tuple[Deed, Command] | None:
        """Return what is to be done, and by which command; None when there is no such command or option any more.

        None also for what is of another server than the one it is used in: it was never shown there.
        """
        deed = Deed.read(custom_id, self._world)
        command = None if deed is None else self._command(deed.command)
        if deed is None or command is None or not _belongs(interaction, deed, command):
            return None
        options = MappingProxyType({**deed.options, **given})
        return (replace(deed, options=options), command) if all(map(command.option, options)) else None

    async def _locale_soon(self, interaction: discord.Interaction, group: GroupId) -> str:
        """Return the group's language for who is in it, or else the usual one.

        That is used also when the store is slow: a form cannot be announced first.
        """
        finding = asyncio.ensure_future(self._locale_for(interaction, group))
        await asyncio.wait({finding}, timeout=ANNOUNCED_AFTER_SECONDS)
        return finding.result() if finding.done() else DEFAULT_LOCALE

    async def _locale_for(self, interaction: discord.Interaction, group: GroupId) -> str:
        person = PersonId.of(self._world, str(interaction.user.id))
        is_there = interaction.guild_id is not None or await self._is_still_there(person, group)
        return await self._answers.locale_of(group) if is_there else DEFAULT_LOCALE

    def _is_anywhere(self, name: str) -> bool:
        """Return whether it is about the person alone, and needs no server."""
        command = self._command(name)
        return command is not None and command.anywhere

    def _command(self, name: str) -> Command | None:
        return next((command for command in self._answering.commands(self._world) if command.name == name), None)

    async def _ask(self, interaction: discord.Interaction, deed: Deed, files: Files = NO_FILES) -> None:
        person, group = PersonId.of(self._world, str(interaction.user.id)), deed.group
        if interaction.guild_id is not None and group.native == str(interaction.guild_id):
            self._answers.members.met(interaction.user, person, group)
        here = None if interaction.channel_id is None else PlaceId.of(self._world, str(interaction.channel_id))
        async with self._waiting(interaction, group) as pending:
            elsewhere = interaction.guild_id is None and not self._is_anywhere(deed.command)
            if elsewhere and not await self._is_still_there(person, group):
                await self._put(pending, say("discord-old-button"), group)
                return
            try:
                options = {**deed.options, **await words_in(files)}
            except Refused as refused:
                await self._put(pending, refused.say, group)
                return
            asking = Asking(
                key=pending.key,
                command=deed.command,
                options=options,
                person=person,
                group=group,
                places=await self._places(interaction, deed),
                here=here if interaction.guild_id is not None else None,
                via=interaction.token,
            )
            answer = await self._answering.ask(asking)
            if answer is not None:
                await self._put(pending, answer, group)
            elif not pending.is_answered and await self._answers.is_coming(asking.key):
                await pending.announce()
            elif not pending.is_answered:
                await self._put(pending, say("discord-done"), group)

    async def _is_still_there(self, person: PersonId, group: GroupId) -> bool:
        """Return whether who uses a button in a direct message is in its group.

        While Discord cannot tell, those are of whom something is kept there: they had the button from the bot.
        """
        try:
            return await self._answers.members.is_there(person, group)
        except ChatError:
            return person in await self._answers.people(group)

    async def _places(self, interaction: discord.Interaction, deed: Deed) -> Mapping[str, PlaceId]:
        guild = interaction.guild or self._answers.servers.known(deed.group)
        used = None if interaction.guild_id is None else interaction.channel
        chosen = await self._answers.choosing.channel(deed.group)
        found = places_of(self._world, guild, used, chosen, deed.options)
        return found or {deed.group.native: PlaceId(deed.group)}

    async def _say(self, interaction: discord.Interaction, answer: Say, group: GroupId) -> None:
        async with self._waiting(interaction, group) as pending:
            await self._put(pending, answer, group)

    async def _put(self, pending: Pending, answer: Say, group: GroupId) -> None:
        await self._answers.members.learn(answer, group)
        locale = await self._answers.locale_of(group)
        await pending.answer(self._answers.rendering.of(answer, group, locale))

    @asynccontextmanager
    async def _waiting(self, interaction: discord.Interaction, group: GroupId) -> AsyncIterator[Pending]:
        """Hold the interaction while it is answered; what Discord does not take any more is let go."""
        pending = self._pending_of(interaction)
        self._pending[pending.key] = pending
        person = PersonId.of(self._world, str(interaction.user.id))
        asker = Asker(person=person, group=group, token=interaction.token)
        try:
            async with self._announcing.of(pending, asker), self._faults_told(pending, "answer-not-sent"):
                yield pending
        finally:
            del self._pending[pending.key]

    def _pending_of(self, interaction: discord.Interaction) -> Pending:
        return Pending(f"{self._world}:{interaction.id}", interaction)

    @asynccontextmanager
    async def _faults_told(self, pending: Pending, kind: str) -> AsyncIterator[None]:
        """Let go of what Discord does not take, noted as of that kind; any other fault, the person hears of plainly."""
        try:
            with self._let_go(kind):
                yield
        except Exception as error:  # noqa: BLE001  Whatever it is on this side of the switchboard.
            self._journal.fault("interaction-failed", error, world=self._world)
            with self._let_go("answer-not-sent"):
                nowhere = GroupId.of(self._world, NOWHERE)
                await pending.answer(self._answers.rendering.of(say("fault"), nowhere, DEFAULT_LOCALE))

    @contextmanager
    def _let_go(self, kind: str) -> Iterator[None]:
        try:
            yield
        except ChatError as error:
            self._journal.note(kind, why=error.kind)


def _belongs(interaction: discord.Interaction, deed: Deed, command: Command) -> bool:
    """Whether it may be done where it is used: in its own server, in private, or anywhere if it is of no server."""
    if interaction.guild_id is None or deed.group.native == str(interaction.guild_id):
        return True
    return command.anywhere and deed.group.native == NOWHERE


async def _shown(interaction: discord.Interaction, form: discord.ui.Modal) -> None:
    """Show a form; once more if that was lost, for nothing else would come of it. Raises `ChatError`."""
    try:
        with reaching():
            await interaction.response.send_modal(form)
    except ChatError as error:
        if error.permanent:
            raise
        with reaching():
            await interaction.response.send_modal(form)
