"""Discord on loopback: enough of its API for a bot to serve on, and every request checked against the description.

What it does follows Discord's documentation, not the bot: one message for one nonce, one answer to one interaction.
"""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeAlias

import discord
import yarl
from aiohttp import web
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.discord.described import request_faults
from tests.discord.gateway import Gateway

VERSION = "/api/v10"
_EPHEMERAL, _DIRECT = 64, 1
_MESSAGE, _DEFERRED = 4, 5
Json = dict[str, Any]
Replying: TypeAlias = Callable[[web.Request], Awaitable[web.Response]]
Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(kw_only=True)
class Answered:
    """One interaction: what it was answered with. `thinking` says that an answer was announced."""

    data: Json
    thinking: bool = False
    messages: list[Json] = field(default_factory=list)

    @property
    def contents(self) -> list[str]:
        """What the person reads."""
        return [message["content"] for message in self.messages]


class Loopback:
    """One Discord with one bot application. `faults` is all that was wrong with what it was sent."""

    def __init__(self, token: str = "token-of-the-bot") -> None:  # noqa: S107  Made up.
        self.token = token
        self._ids = itertools.count(1_000_000_000_000_000_000)
        self.me = {"id": self._id(), "username": "alongside", "discriminator": "0", "avatar": None, "bot": True}
        self.gateway = Gateway(token=token, me=self.me)
        self.commands: list[Json] = []
        self.channels: dict[str, Json] = {}
        self.messages: dict[str, list[Json]] = {}
        self.interactions: dict[str, Answered] = {}
        self.nonces: dict[tuple[str, str], Json] = {}
        self.faults: list[str] = []
        self.before: Callable[[web.Request], Awaitable[web.Response | None]] | None = None
        self.lose_replies_to: set[str] = set()
        self.url = ""

    def guild(self, name: str = "peers") -> Json:
        """Make a server with one text channel, that the bot is in."""
        guild_id, channel_id = self._id(), self._id()
        channel = {"id": channel_id, "type": 0, "name": "general", "guild_id": guild_id, "position": 0}
        channel |= {"permission_overwrites": [], "parent_id": None, "nsfw": False, "topic": None}
        everyone = {"id": guild_id, "name": "@everyone", "permissions": str(1 << 11 | 1 << 10), "position": 0}
        everyone |= {"color": 0, "hoist": False, "managed": False, "mentionable": False, "colors": {"primary_color": 0}}
        guild = {
            "id": guild_id,
            "name": name,
            "owner_id": self._id(),
            "channels": [channel],
            "roles": [everyone],
            "members": [{"user": self.me, "roles": [], "joined_at": _now(), "deaf": False, "mute": False, "flags": 0}],
            **{name: [] for name in ("threads", "emojis", "features", "stickers", "presences", "voice_states")},
            **{name: [] for name in ("stage_instances", "guild_scheduled_events", "soundboard_sounds")},
            **dict.fromkeys(("verification_level", "default_message_notifications", "nsfw_level"), 0),
            **dict.fromkeys(("mfa_level", "explicit_content_filter", "premium_tier", "system_channel_flags"), 0),
            "preferred_locale": "en-GB",
            "member_count": 3,
            "large": False,
            "joined_at": _now(),
        }
        self.channels[channel_id] = channel
        self.gateway.guilds.append(guild)
        return guild

    def user(self, name: str) -> Json:
        """Make a person."""
        return {"id": self._id(), "username": name, "discriminator": "0", "avatar": None, "global_name": None}

    async def slash(self, guild: Json, user: Json, path: str, **options: str) -> Answered:
        """Use a slash command in the server's channel; return what it will be answered with."""
        first, _, second = path.partition(" ")
        given = [{"type": 3, "name": name, "value": value} for name, value in options.items()]
        command = next(each for each in self.commands if each["name"] == first)
        data: Json = {"id": command["id"], "name": first, "type": 1, "guild_id": guild["id"]}
        data["options"] = [{"type": 1, "name": second, "options": given}] if second else given
        return await self._interact(guild["channels"][0], user, 2, data)

    async def press(self, message: Json, user: Json, label: str) -> Answered:
        """Press a button under a message."""
        buttons = [button for row in message["components"] for button in row["components"]]
        button = next(each for each in buttons if each["label"] == label)
        data = {"custom_id": button["custom_id"], "component_type": 2}
        return await self._interact(self.channels[message["channel_id"]], user, 3, data, message=message)

    async def _interact(self, channel: Json, user: Json, kind: int, data: Json, **more: Any) -> Answered:  # noqa: ANN401  JSON.
        interaction_id, token = self._id(), f"aT{self._id()}"
        answered = self.interactions[token] = Answered(data={"id": interaction_id, "channel_id": channel["id"]})
        where: Json = {"user": user}
        if guild_id := channel.get("guild_id"):
            member = {"user": user, "roles": [], "joined_at": _now(), "deaf": False, "mute": False, "flags": 0}
            where = {"guild_id": guild_id, "member": member | {"permissions": "2048"}}
        event: Json = {"id": interaction_id, "application_id": self.me["id"], "type": kind, "token": token}
        event |= {"data": data, "channel_id": channel["id"], "channel": channel, "locale": "en-GB", "entitlements": []}
        event |= {
            "version": 1,
            "authorizing_integration_owners": {},
            "attachment_size_limit": 10485760,
            **where,
            **more,
        }
        await self.gateway.tell("INTERACTION_CREATE", event)
        return answered

    @asynccontextmanager
    async def served(self) -> AsyncIterator[None]:
        """Listen on loopback, and let discord.py find it there until the end."""
        app = web.Application(middlewares=[self._watched])
        app.router.add_get("/gateway", self.gateway.handle)
        app.router.add_get("/gateway/", self.gateway.handle)
        for method, path, reply in self._replies():
            app.router.add_route(method, VERSION + path, reply)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        self.gateway.url = f"ws://{host}:{port}/gateway"
        before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = self.url + VERSION, yarl.URL(self.gateway.url)
        try:
            yield
        finally:
            Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before
            await runner.cleanup()

    @web.middleware
    async def _watched(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Check what the bot asks for, and let its luck be as bad as a test wants it."""
        if not request.path.startswith(VERSION):
            return await handler(request)
        path = request.path.removeprefix(VERSION)
        if request.headers.get("Authorization", f"Bot {self.token}") != f"Bot {self.token}":
            return _json({"message": "401: Unauthorized", "code": 0}, 401)
        self.faults += request_faults(request.method, path, await _body(request))
        if self.before is not None and (instead := await self.before(request)) is not None:
            return instead
        reply = await handler(request)
        if f"{request.method} {path}" in self.lose_replies_to:
            self.lose_replies_to.discard(f"{request.method} {path}")
            assert request.transport is not None
            request.transport.abort()
        return reply

    def _replies(self) -> Iterator[tuple[str, str, Replying]]:
        """Return what is answered, by method and path."""
        yield "GET", "/users/@me", self._who_am_i
        yield "GET", "/oauth2/applications/@me", self._application
        yield "GET", "/gateway/bot", self._where_the_gateway_is
        yield "PUT", "/applications/{application}/commands", self._take_commands
        yield "POST", "/interactions/{id}/{token}/callback", self._called_back
        yield "PATCH", "/webhooks/{application}/{token}/messages/@original", self._edited
        yield "POST", "/webhooks/{application}/{token}", self._followed_up
        yield "POST", "/users/@me/channels", self._make_direct
        yield "POST", "/channels/{channel}/messages", self._said

    async def _who_am_i(self, _request: web.Request) -> web.Response:
        return _json(self.me)

    async def _application(self, _request: web.Request) -> web.Response:
        about = {
            "name": "alongside",
            "description": "",
            "icon": None,
            "bot_public": True,
            "bot_require_code_grant": False,
        }
        return _json({"id": self.me["id"], "owner": self.me, "bot": self.me, "flags": 0, "verify_key": "", **about})

    async def _where_the_gateway_is(self, _request: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
        return _json({"url": self.gateway.url, "shards": 1, "session_start_limit": limit})

    async def _take_commands(self, request: web.Request) -> web.Response:
        common = {"version": "1", "type": 1, "application_id": self.me["id"]}
        self.commands = [{"id": self._id(), **common, **each} for each in await _body(request)]
        return _json(self.commands)

    async def _called_back(self, request: web.Request) -> web.Response:
        answered, body = self.interactions.get(request.match_info["token"]), await _body(request)
        if answered is None:
            return _json({"message": "Unknown interaction", "code": 10062}, 404)
        if answered.thinking or answered.messages:
            return _json({"message": "Interaction has already been acknowledged.", "code": 40060}, 400)
        resource: Json = {"type": body["type"]}
        if body["type"] == _DEFERRED:
            answered.thinking = True
        elif body["type"] == _MESSAGE:
            answered.messages.append(self._message(answered.data["channel_id"], body["data"]))
            resource["message"] = answered.messages[-1]
        interaction = {"id": answered.data["id"], "type": 2, "response_message_ephemeral": True}
        if "with_response" in request.query:
            return _json({"interaction": interaction, "resource": resource})
        return web.Response(status=204)

    async def _edited(self, request: web.Request) -> web.Response:
        answered, body = self.interactions[request.match_info["token"]], await _body(request)
        if not answered.messages:
            answered.messages.append(self._message(answered.data["channel_id"], {"flags": _EPHEMERAL}))
        answered.messages[0] |= {name: value for name, value in body.items() if name in {"content", "components"}}
        return _json(answered.messages[0])

    async def _followed_up(self, request: web.Request) -> web.Response:
        answered = self.interactions[request.match_info["token"]]
        answered.messages.append(self._message(answered.data["channel_id"], await _body(request)))
        return _json(answered.messages[-1])

    async def _make_direct(self, request: web.Request) -> web.Response:
        return _json(self._direct((await _body(request))["recipient_id"]))

    def _direct(self, user_id: str | int) -> Json:
        found = [each for each in self.channels.values() if each.get("with") == str(user_id)]
        if found:
            return found[0]
        user = {"id": str(user_id), "username": "someone", "discriminator": "0", "avatar": None}
        channel: Json = {
            "id": self._id(),
            "type": _DIRECT,
            "recipients": [user],
            "last_message_id": None,
            "with": str(user_id),
        }
        self.channels[channel["id"]] = channel
        return channel

    async def _said(self, request: web.Request) -> web.Response:
        channel_id, body = request.match_info["channel"], await _body(request)
        key = (channel_id, str(body.get("nonce")))
        if body.get("enforce_nonce") and key in self.nonces:
            return _json(self.nonces[key])
        message = self._message(channel_id, body)
        self.messages.setdefault(channel_id, []).append(message)
        self.nonces[key] = message
        return _json(message)

    def _message(self, channel_id: str, body: Json) -> Json:
        lists = ("mentions", "mention_roles", "attachments", "embeds")
        message = {"id": self._id(), "channel_id": channel_id, "author": self.me, "timestamp": _now(), "type": 0}
        message |= {"content": body.get("content", ""), "components": body.get("components", [])}
        message |= {"flags": body.get("flags", 0), "edited_timestamp": None, "tts": False, "mention_everyone": False}
        return (
            message | {"pinned": False, "allowed_mentions": body.get("allowed_mentions")} | {name: [] for name in lists}
        )

    def _id(self) -> str:
        return str(next(self._ids))


@asynccontextmanager
async def connected(client: discord.Client, token: str) -> AsyncIterator[None]:
    """Let a client serve until the end."""
    task = asyncio.create_task(client.start(token))
    ready = asyncio.create_task(client.wait_until_ready())
    try:
        await asyncio.wait([task, ready], return_when=asyncio.FIRST_COMPLETED, timeout=20)
        if task.done():
            task.result()
        yield
    finally:
        ready.cancel()
        await client.close()
        task.cancel()
        await asyncio.wait([task])


def _json(content: Any, status: int = 200) -> web.Response:  # noqa: ANN401  JSON.
    # Discord's own type, to the letter: discord.py reads nothing else as JSON.
    return web.Response(body=json.dumps(content).encode(), status=status, headers={"Content-Type": "application/json"})


async def _body(request: web.Request) -> Any:  # noqa: ANN401  JSON.
    sent = await request.read()
    return json.loads(sent) if sent else None


def _now() -> str:
    return datetime.now(UTC).isoformat()
