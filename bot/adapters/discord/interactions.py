"""Slash commands and buttons: answered where they were used, for that person's eyes alone.

Discord waits three seconds for a sign of life. An answer that takes longer is announced first, and then put in its
place. https://discord.com/developers/docs/interactions/receiving-and-responding
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import discord

from bot.adapters.discord.customids import Deed
from bot.adapters.discord.reaching import reaching
from bot.adapters.discord.rendering import Rendered, Rendering
from bot.adapters.discord.speaking import paged, rung
from bot.domain.commands import Asking
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.saying import Say, say
from bot.ports.answering import Hearing
from bot.ports.chat import ChatError
from bot.ports.journal import Journal
from bot.ports.words import LocaleOf

ANNOUNCED_AFTER_SECONDS = 1.5


class Pending:
    """One interaction until it is answered."""

    def __init__(self, interaction: discord.Interaction) -> None:
        self._interaction = interaction
        self._turn = asyncio.Lock()
        self.is_answered = False

    async def announce(self) -> None:
        """Show that an answer is on its way."""
        async with self._turn:
            if not self._interaction.response.is_done():
                with reaching():
                    await self._interaction.response.defer(ephemeral=True, thinking=True)

    async def answer(self, message: Rendered) -> None:
        """Say it to the person alone. Raises `ChatError`."""
        async with self._turn:
            mentions = rung(message)
            for content, view in paged(message):
                with reaching():
                    if not self._interaction.response.is_done():
                        await self._interaction.response.send_message(
                            content, view=view, ephemeral=True, allowed_mentions=mentions
                        )
                    elif not self.is_answered:
                        await self._interaction.edit_original_response(
                            content=content, view=view, allowed_mentions=mentions
                        )
                    else:
                        await self._interaction.followup.send(
                            content, view=view, ephemeral=True, allowed_mentions=mentions
                        )
                self.is_answered = True


class Interactions:
    """Puts what people use to the switchboard, and the answer back where they used it."""

    def __init__(
        self, *, world: str, answering: Hearing, rendering: Rendering, locale_of: LocaleOf, journal: Journal
    ) -> None:
        self._world = world
        self._answering = answering
        self._rendering = rendering
        self._locale_of = locale_of
        self._journal = journal
        self._pending: dict[str, Pending] = {}

    def pending(self, key: str) -> Pending | None:
        """Return the interaction of that key, if it waits for its answer here."""
        return self._pending.get(key)

    async def used(self, interaction: discord.Interaction, command: str, options: Mapping[str, str]) -> None:
        """Answer a slash command."""
        if interaction.guild_id is None:
            group = GroupId.of(self._world, "")
            await self._said(interaction, say("discord-in-a-server"), group)
            return
        await self._ask(interaction, command, options, GroupId.of(self._world, str(interaction.guild_id)))

    async def pressed(self, interaction: discord.Interaction, custom_id: str) -> None:
        """Answer a button."""
        deed = Deed.read(custom_id, self._world)
        if deed is not None:
            await self._ask(interaction, deed.command, deed.options, deed.group)

    async def _ask(
        self, interaction: discord.Interaction, command: str, options: Mapping[str, str], group: GroupId
    ) -> None:
        asking = Asking(
            key=f"{self._world}:{interaction.id}",
            command=command,
            options=options,
            person=PersonId.of(self._world, str(interaction.user.id)),
            group=group,
            places=places_of(self._world, interaction),
        )
        async with self._waiting(asking.key, interaction) as pending:
            answer = await self._answering.ask(asking)
            if answer is None and not pending.is_answered:
                answer = say("discord-done")
            if answer is not None:
                await pending.answer(self._rendering.of(answer, group, await self._locale_of(group)))

    async def _said(self, interaction: discord.Interaction, answer: Say, group: GroupId) -> None:
        async with self._waiting(f"{self._world}:{interaction.id}", interaction) as pending:
            await pending.answer(self._rendering.of(answer, group, await self._locale_of(group)))

    @asynccontextmanager
    async def _waiting(self, key: str, interaction: discord.Interaction) -> AsyncIterator[Pending]:
        """Hold the interaction while it is answered; what Discord does not take any more is let go."""
        pending = self._pending[key] = Pending(interaction)
        announcing = asyncio.create_task(self._announce(pending))
        try:
            yield pending
        except ChatError as error:
            self._journal.note("answer-not-sent", why=error.kind)
        finally:
            announcing.cancel()
            del self._pending[key]

    async def _announce(self, pending: Pending) -> None:
        await asyncio.sleep(ANNOUNCED_AFTER_SECONDS)
        try:
            await pending.announce()
        except ChatError as error:
            self._journal.note("not-announced", why=error.kind)


def places_of(world: str, interaction: discord.Interaction) -> Mapping[str, PlaceId]:
    """Return where it was used; in a thread, the channel that the thread is in."""
    channel = interaction.channel
    if isinstance(channel, discord.Thread):
        channel = channel.parent
    if channel is None or interaction.guild_id is None:
        return {}
    return {str(getattr(channel, "name", channel.id)): PlaceId.of(world, str(channel.id))}
