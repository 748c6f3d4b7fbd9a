"""Sending: each page under a nonce made of its key, so that saying it again within minutes says nothing new.

https://discord.com/developers/docs/resources/message#create-message has `nonce` and `enforce_nonce`, which discord.py
always sets. What may have been said longer ago than Discord knows a nonce is looked for among what stands there: a
page of the bot's own, word for word the same, with the same choices and no older, is that page. What the bot said it
may always delete: https://discord.com/developers/docs/resources/message#delete-message
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO
from typing import Any, TypeAlias

import discord
from discord.utils import MISSING
from whenever import Instant, TimeDelta

from bot.adapters.discord.buttons import does, view_of
from bot.adapters.discord.fitting import cut
from bot.adapters.discord.pacing import Pace
from bot.adapters.discord.reaching import NO_CHANNEL, reaching
from bot.adapters.discord.rendering import Rendered
from bot.domain.saying import File
from bot.ports.chat import ChatError

_LONGEST_NONCE = 25
# https://discord.com/developers/docs/topics/opcodes-and-status-codes#json: somebody deleted it, or all that was there.
_GONE = frozenset({"discord-404-10008", NO_CHANNEL})
# Discord's clock and the bot's may differ by as much.
_MARGIN = TimeDelta(seconds=30)
# As many as Discord gives at once.
_LOOKED_BACK = 100
# The text of a page, and what can be done under it.
_Looks: TypeAlias = tuple[str, frozenset[str]]
# https://discord.com/developers/docs/resources/message#attachment-object
_LONGEST_ALT = 1024


class Speaking:
    """Sends rendered messages. Raises `ChatError`."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._pace = Pace()

    async def tell(self, user_id: int, message: Rendered, key: str, since: Instant | None = None) -> Sequence[str]:
        """Send it as a direct message; return the ids of its pages. It may have been said `since`."""
        with reaching():
            await self._pace.turn()
            channel = await self._client.create_dm(discord.Object(user_id))
            return await self._send(channel, message, key, since)

    async def post(self, channel_id: int, message: Rendered, key: str, since: Instant | None = None) -> Sequence[str]:
        """Send it into a channel or a thread; return the ids of its pages. `since` as in `tell`."""
        with reaching():
            channel = self._client.get_partial_messageable(channel_id)
            return await self._send(channel, message, key, since)

    async def unsay_to(self, user_id: int, messages: Sequence[str]) -> None:
        """Delete what was sent as direct messages, by their ids."""
        with reaching():
            await self._pace.turn()
            channel = await self._client.create_dm(discord.Object(user_id))
        await self._unsay([channel.get_partial_message(int(each)) for each in messages])

    async def unsay_in(self, channel_id: int, messages: Sequence[str]) -> None:
        """Delete what was sent into a channel or a thread, by its ids."""
        channel = self._client.get_partial_messageable(channel_id)
        await self._unsay([channel.get_partial_message(int(each)) for each in messages])

    async def _unsay(self, messages: Sequence[discord.PartialMessage]) -> None:
        for message in messages:
            await self._pace.turn()
            try:
                with reaching():
                    await message.delete()
            except ChatError as error:
                if error.kind not in _GONE:
                    raise

    async def _send(
        self, channel: discord.abc.Messageable, message: Rendered, key: str, since: Instant | None
    ) -> Sequence[str]:
        said, ids = await self._said(channel, since) if since else {}, []
        for number, page in enumerate(paged(message)):
            sent = said.get((page.content, page.does))
            if sent is None:
                await self._pace.turn()
                sent = await channel.send(**page.new(), nonce=_nonce(key, number))
            ids.append(str(sent.id))
        return ids

    async def _said(self, channel: discord.abc.Messageable, since: Instant) -> Mapping[_Looks, discord.Message]:
        """Return what the bot said there since, by its text and what it lets do; nothing where it may not look."""
        await self._pace.turn()
        try:
            found = [message async for message in channel.history(limit=_LOOKED_BACK)]
        except discord.Forbidden:
            return {}
        own, after = self._client.application_id, (since - _MARGIN).to_stdlib()
        own_ones = (each for each in found if each.author.id == own and each.created_at >= after)
        return {(each.content, does(each.components)): each for each in own_ones}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page, as often as it has to be sent: discord.py reads a file once, so each time it is given a new one."""

    content: str
    mentions: discord.AllowedMentions
    view: Any = MISSING
    files: tuple[File, ...] = ()

    @property
    def does(self) -> frozenset[str]:
        """What its buttons do, or the options of its menu."""
        return frozenset() if self.view is MISSING else does(self.view.children)

    def new(self) -> dict[str, Any]:
        """Return what discord.py takes to send it."""
        return self._shown | ({"files": self._opened()} if self.files else {})

    def changed(self) -> dict[str, Any]:
        """Return what discord.py takes to put it in the place of what is there."""
        return self._shown | ({"attachments": self._opened()} if self.files else {})

    @property
    def _shown(self) -> dict[str, Any]:
        return {"content": self.content, "view": self.view, "allowed_mentions": self.mentions}

    def _opened(self) -> list[discord.File]:
        return [
            discord.File(BytesIO(file.content), file.name, description=cut(file.seen.alt, _LONGEST_ALT))
            if file.seen
            else discord.File(BytesIO(file.content), file.name)
            for file in self.files
        ]


def paged(message: Rendered) -> list[Page]:
    """Return each page; the buttons stand under the last, and the files come with it."""
    pages = [Page(content=each, mentions=rung(message)) for each in message.pages]
    if pages:
        view = view_of(message.buttons, message.menu)
        pages[-1] = replace(pages[-1], view=MISSING if view is None else view, files=message.files)
    return pages


def rung(message: Rendered) -> discord.AllowedMentions:
    """Return who may be rung for it: those it is meant for, and never a role or everybody."""
    none = discord.AllowedMentions.none()
    return none.merge(discord.AllowedMentions(users=[discord.Object(user_id) for user_id in message.rings]))


def _nonce(key: str, number: int) -> str:
    tail = f"-{number}"
    return sha256(key.encode()).hexdigest()[: _LONGEST_NONCE - len(tail)] + tail
