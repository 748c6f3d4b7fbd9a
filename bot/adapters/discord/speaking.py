"""Sending: each page under a nonce made of its key, so that saying it again within minutes says nothing new.

https://discord.com/developers/docs/resources/message#create-message has `nonce` and `enforce_nonce`, which discord.py
always sets.
"""

from hashlib import sha256
from typing import Any

import discord
from discord.utils import MISSING

from bot.adapters.discord.buttons import view_of
from bot.adapters.discord.pacing import Pace
from bot.adapters.discord.reaching import reaching
from bot.adapters.discord.rendering import Rendered

_LONGEST_NONCE = 25


class Speaking:
    """Sends rendered messages. Raises `ChatError`."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._pace = Pace()

    async def tell(self, user_id: int, message: Rendered, key: str) -> str:
        """Send it as a direct message; return the id of its last page."""
        with reaching():
            await self._pace.turn()
            channel = await self._client.create_dm(discord.Object(user_id))
            return await self._send(channel, message, key)

    async def post(self, channel_id: int, message: Rendered, key: str) -> str:
        """Send it into a channel or a thread; return the id of its last page."""
        with reaching():
            channel = self._client.get_partial_messageable(channel_id)
            return await self._send(channel, message, key)

    async def _send(self, channel: discord.abc.Messageable, message: Rendered, key: str) -> str:
        sent: discord.Message | None = None
        for number, (content, view) in enumerate(paged(message)):
            await self._pace.turn()
            sent = await channel.send(content, view=view, nonce=_nonce(key, number), allowed_mentions=rung(message))
        return "" if sent is None else str(sent.id)


def paged(message: Rendered) -> list[tuple[str, Any]]:
    """Return each page with its buttons, which stand under the last."""
    last = len(message.pages) - 1
    view = view_of(message.buttons, message.menu)
    return [
        (page, view if number == last and view is not None else MISSING) for number, page in enumerate(message.pages)
    ]


def rung(message: Rendered) -> discord.AllowedMentions:
    """Return who may be rung for it: those it is meant for, and never a role or everybody."""
    none = discord.AllowedMentions.none()
    return none.merge(discord.AllowedMentions(users=[discord.Object(user_id) for user_id in message.rings]))


def _nonce(key: str, number: int) -> str:
    tail = f"-{number}"
    return sha256(key.encode()).hexdigest()[: _LONGEST_NONCE - len(tail)] + tail
