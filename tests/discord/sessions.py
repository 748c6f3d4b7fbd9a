"""What the gateway keeps of each shard, and which shard is told of what.

https://discord.com/developers/docs/events/gateway
"""

import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Frame = dict[str, Any]
DISPATCH = 0
GUILDS, MEMBERS, GUILD_MESSAGES, DIRECT_MESSAGES, CONTENT = 1, 1 << 1, 1 << 9, 1 << 12, 1 << 15
# https://discord.com/developers/docs/events/gateway#list-of-intents; what is not here is told to everybody.
_NEEDS = {
    **dict.fromkeys(("GUILD_CREATE", "GUILD_UPDATE", "GUILD_DELETE", "CHANNEL_CREATE", "CHANNEL_UPDATE"), GUILDS),
    **dict.fromkeys(("GUILD_ROLE_CREATE", "GUILD_ROLE_UPDATE", "GUILD_ROLE_DELETE", "CHANNEL_DELETE"), GUILDS),
    **dict.fromkeys(("THREAD_CREATE", "THREAD_UPDATE", "THREAD_DELETE", "THREAD_LIST_SYNC"), GUILDS),
    "THREAD_MEMBERS_UPDATE": GUILDS,
    **dict.fromkeys(("GUILD_MEMBER_ADD", "GUILD_MEMBER_UPDATE", "GUILD_MEMBER_REMOVE"), MEMBERS),
}
_MESSAGES = ("MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE")


@dataclass(kw_only=True)
class Session:
    """What one shard was told, so that it can be told again when it resumes. `lost_at` is None while it is there."""

    session_id: str
    intents: int
    shard: tuple[int, int] = (0, 1)
    told: list[str] = field(default_factory=list)
    socket: web.WebSocketResponse | None = None
    lost_at: float | None = None

    def concerns(self, name: str, guild_id: str | None) -> bool:
        """Whether an event of that name, of a server or of none, is for this shard and was asked for."""
        if (0 if guild_id is None else shard_of(guild_id, self.shard[1])) != self.shard[0]:
            return False
        if name in _MESSAGES:
            return bool(self.intents & (DIRECT_MESSAGES if guild_id is None else GUILD_MESSAGES))
        return bool(self.intents & _NEEDS.get(name, ~0)) or name not in _NEEDS

    async def tell(self, name: str, data: Any) -> None:  # noqa: ANN401  JSON.
        """Dispatch an event; one that cannot be told now is told when the shard is back."""
        # Kept as it is now: what it tells of may change before it is told again.
        self.told.append(json.dumps({"op": DISPATCH, "t": name, "s": len(self.told) + 1, "d": data}))
        if self.socket is not None and not self.socket.closed:
            # A bot that was killed just now: its connection is closing, and Discord does not know yet.
            with suppress(ConnectionResetError):
                await self.socket.send_str(self.told[-1])

    async def take_up(self, socket: web.WebSocketResponse, after: int) -> None:
        """Tell all that was missed, and go on there."""
        while after < len(self.told):
            await socket.send_str(self.told[after])
            after += 1
        self.socket, self.lost_at = socket, None


def shard_of(guild_id: str, shards: int) -> int:
    """https://discord.com/developers/docs/events/gateway#sharding."""
    return (int(guild_id) >> 22) % shards
