"""Interactions that wait for their answer: here, or after a restart by their token alone.

https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages
"""

import asyncio
from typing import Any

import discord
from cachetools import TTLCache

from bot.adapters.discord.reaching import reaching
from bot.adapters.discord.rendering import Rendered
from bot.adapters.discord.speaking import Page, paged
from bot.ports.chat import ChatError

# Discord took an earlier answer, of which it could not tell us.
# https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
ACKNOWLEDGED = "discord-400-40060"
_ANSWERED_FOR_SECONDS = 15 * 60
_MOST_REFUSED = 1000


class Pending:
    """One interaction until it is answered; `key` is what it is known by in the house."""

    def __init__(self, key: str, interaction: discord.Interaction) -> None:
        self.key = key
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
        """Say it to the person alone; without its files, if Discord does not take them. Raises `ChatError`."""
        async with self._turn:
            try:
                await self._say(message)
            except ChatError as error:
                if message.instead is None or not error.permanent:
                    raise
                await self._say(message.instead)

    async def _say(self, message: Rendered) -> None:
        for page in paged(message):
            if self.is_answered:
                await self._put(page)
            else:
                await self._put_surely(page)
            self.is_answered = True

    async def _put_surely(self, page: Page) -> None:
        """Put the first page there; what may have been taken although its reply was lost is put there once more."""
        try:
            await self._put(page)
        except ChatError as error:
            if error.permanent and error.kind != ACKNOWLEDGED:
                raise
        else:
            return
        try:
            await self._put(page)
        except ChatError as error:
            if error.kind != ACKNOWLEDGED:
                raise
            with reaching():
                await self._interaction.edit_original_response(**page.changed())

    async def _put(self, page: Page) -> None:
        with reaching():
            if not self._interaction.response.is_done():
                await self._interaction.response.send_message(**page.new(), ephemeral=True)
            elif not self.is_answered:
                await self._interaction.edit_original_response(**page.changed())
            else:
                await self._interaction.followup.send(**page.new(), ephemeral=True)


class Late:
    """Answers interactions that another process, or an earlier life, announced; again is harmless.

    Discord takes that for fifteen minutes, and only where something was announced or said; else it refuses for good.
    Then it is not asked again: that would only delay the direct message, which is to be tried again while Discord
    still knows its nonce.
    """

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._refused: TTLCache[str, bool] = TTLCache(maxsize=_MOST_REFUSED, ttl=_ANSWERED_FOR_SECONDS)

    async def answer(self, token: str, message: Rendered) -> bool:
        """Answer the interaction of that token; return whether Discord takes it. Raises `ChatError`."""
        if token in self._refused:
            return False
        try:
            await self._put(token, message)
        except ChatError as error:
            if not error.permanent:
                raise
            self._refused[token] = True
            return False
        return True

    async def _put(self, token: str, message: Rendered) -> None:
        webhook = discord.Webhook.partial(self._client.application_id or 0, token, client=self._client)
        for number, page in enumerate(paged(message)):
            with reaching():
                if number == 0:
                    original: Any = "@original"
                    await webhook.edit_message(original, **page.changed())
                else:
                    await webhook.send(**page.new(), ephemeral=True)
