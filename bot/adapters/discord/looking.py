"""Looking at a bot's account and its servers without serving them: nothing is changed and no gateway is opened."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import discord

from bot.adapters.discord.connecting import TOKEN_WRONG
from bot.adapters.discord.reaching import reaching
from bot.adapters.discord.servers import Server, Servers
from bot.adapters.discord.surveying import can_hold_rooms, lacking
from bot.domain.ids import GroupId, PlaceId
from bot.domain.saying import Line
from bot.ports.chat import ChatError

# All that is ever used, and nothing else: to speak, to make a private thread, and to delete it.
PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    create_private_threads=True,
    send_messages_in_threads=True,
    manage_threads=True,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The bot: what it is called, its application's id, and the link by which it is added to a server."""

    name: str
    id: int
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One server: what it is called, and the channel that private rooms are made under, with what is missing there.

    `channel` is None where there is none that would do. `chosen` says that the group chose it.
    """

    name: str
    channel: str | None
    chosen: bool
    lacks: tuple[Line, ...]


class Looking:
    """Asks Discord. Raises `ChatError`."""

    def __init__(self, client: discord.Client, world: str) -> None:
        self._client = client
        self._world = world
        self._servers = Servers(client)

    @property
    def account(self) -> Account:
        """Return who the bot is."""
        id_ = self._client.application_id or 0
        link = discord.utils.oauth_url(id_, permissions=PERMISSIONS, scopes=("bot", "applications.commands"))
        return Account(name=str(self._client.user), id=id_, link=link)

    async def groups(self) -> Sequence[GroupId]:
        """Return every server that the bot is in."""
        with reaching():
            return [GroupId.of(self._world, str(guild.id)) async for guild in self._client.fetch_guilds(limit=None)]

    async def server(self, group: GroupId, chosen: PlaceId | None) -> Seen | None:
        """Return one server as it is for the bot; None when it is not in it any more."""
        server = await self._servers.find(group)
        if server is None:
            return None
        channel = server.channel(chosen) or _first(server)
        return Seen(
            name=server.guild.name,
            channel=None if channel is None else channel.name,
            chosen=channel is not None and channel == server.channel(chosen),
            lacks=() if channel is None else lacking(server, channel, self._world),
        )


@asynccontextmanager
async def looking(token: str, world: str) -> AsyncIterator[Looking]:
    """Log in to look, and out again. Raises `ChatError`."""
    client = discord.Client(intents=discord.Intents.none())
    try:
        try:
            with reaching():
                await client.login(token)
        except discord.LoginFailure as error:
            raise ChatError(TOKEN_WRONG, permanent=True) from error
        yield Looking(client, world)
    finally:
        await client.close()


def _first(server: Server) -> discord.TextChannel | None:
    return next((channel for channel in server.channels if can_hold_rooms(server, channel)), None)
