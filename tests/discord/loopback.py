"""Discord on loopback: enough of its API for a bot to serve on, and every request checked against the description.

What it does follows Discord's documentation, not the bot: one message for one nonce, one answer to one interaction.
"""

import asyncio
import json
from collections import Counter, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias

import discord
from aiohttp import web

from tests.discord import refusing
from tests.discord.about_channels import Channels
from tests.discord.about_guilds import Guilds
from tests.discord.about_threads import Threads
from tests.discord.asked import body_of
from tests.discord.attaching import attached, fetched
from tests.discord.clock import Clock
from tests.discord.described import missing, needs_a_token, reply_faults, request_faults
from tests.discord.happening import Happening
from tests.discord.interactions import Answered, Interactions
from tests.discord.limits import Limits
from tests.discord.luck import Luck, When
from tests.discord.people import People
from tests.discord.permissions import Json, May
from tests.discord.pointing import VERSION, pointed
from tests.discord.refusing import NotDone, refused
from tests.discord.world import GRANTED, World

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]
_REMEMBERED = 10_000
# https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
_INVALID = (401, 403, 429)
_REFUSED = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request: its method and template, its path, its body, and the status of the answer."""

    route: str
    path: str
    body: Any
    status: int


class Loopback:
    """One Discord with one bot application. `faults` is all that was wrong with what it was sent.

    `own_faults` is what was wrong with its own replies, which are put to the description too if it `checks_itself`:
    that takes long where there are many buttons.

    `luck` is how bad the bot's is, `limits` are the rate limits, `happening` is what other people change, `people` is
    what they do with the bot, and `clock` can be put on. `asked` is what was asked for lately, `counted` how often
    each route was, and `invalid` how many requests count towards being shut out.
    """

    def __init__(self, token: str = "token-of-the-bot") -> None:  # noqa: S107  Made up.
        self.token = token
        self.clock = Clock()
        self.world = World(self.clock, token)
        self.happening = Happening(self.world)
        self.given = Interactions(self.world)
        self.people = People(self.world, self.given)
        self.luck = Luck()
        self.limits = Limits(clock=self.clock)
        self.gateway = self.world.gateway
        self.me = self.world.me
        self.channels, self.messages = self.world.channels, self.world.messages
        self.interactions = self.given.by_token
        self.faults: list[str] = []
        self.own_faults: list[str] = []
        self.checks_itself = False
        self.asked: deque[Asked] = deque(maxlen=_REMEMBERED)
        self.counted: Counter[str] = Counter()
        self.invalid = 0
        self.before: Callable[[web.Request], Awaitable[web.Response | None]] | None = None
        self.url = ""

    @property
    def commands(self) -> list[Json]:
        """The bot's commands."""
        return self.world.commands

    def guild(self, name: str = "peers", *, granted: May | None = GRANTED) -> Json:
        """Make a server with one text channel, that the bot is in unless `granted` is None."""
        return self.world.guild(name, granted=granted)

    def user(self, name: str, user_id: str | int | None = None) -> Json:
        """Make a person."""
        return self.world.user(name, user_id)

    def file(self, name: str, content: bytes) -> Json:
        """Return a file for an option of a command."""
        return attached(self.world, self.url, name, content)

    async def slash(self, where: Json | None, user: Json, path: str, **options: Any) -> Answered:  # noqa: ANN401  Anything.
        """Use a slash command in a server's channel, a thread or a DM; return what it will be answered with."""
        return await self.people.slash(where, user, path, **options)

    async def press(self, message: Json, user: Json, label: str) -> Answered:
        """Press a button under a message."""
        return await self.people.press(message, user, label)

    @asynccontextmanager
    async def served(self, port: int = 0) -> AsyncIterator[None]:
        """Listen on loopback, and let discord.py find it there until the end; other processes find it by `url`."""
        app = web.Application(middlewares=[self._watched])
        app.router.add_get("/gateway", self.gateway.handle)
        app.router.add_get("/gateway/", self.gateway.handle)
        app.router.add_get("/ephemeral-attachments/{file}/{name}", self._fetched)
        for about in (
            self.given,
            Channels(self.world, self.happening),
            Threads(self.world, self.happening),
            Guilds(self.world),
        ):
            for method, path, reply in about.routes():
                app.router.add_route(method, VERSION + path, reply)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        host, listening = runner.addresses[0][:2]
        self.url = f"http://{host}:{listening}"
        self.gateway.url = f"ws://{host}:{listening}/gateway"
        try:
            with pointed(self.url):
                yield
        finally:
            await runner.cleanup()

    async def _fetched(self, request: web.Request) -> web.Response:
        return await fetched(request, self.world)

    @web.middleware
    async def _watched(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Check what the bot asks for, and let its luck be as bad as a test wants it."""
        if not request.path.startswith(VERSION):
            return await handler(request)
        path, resource = request.path.removeprefix(VERSION), request.match_info.route.resource
        template = resource.canonical.removeprefix(VERSION) if resource else path
        route = f"{request.method} {template}"
        body: Any = None
        try:
            body = await body_of(request)
            response = await self._answered(request, handler, route, path)
        except NotDone as not_done:
            self.faults.append(f"{route}: {not_done}")
            response = refused(not_done.refusal)
        except Exception as error:
            # A fault of this Discord, and not of the bot: it must not pass for one of Discord's own.
            self.own_faults.append(f"{route} was not answered: {error!r}")
            raise
        if self.limits.enforced and "X-RateLimit-Scope" not in response.headers:
            response.headers.update(self.limits.headers(route, request.match_info))
        self.counted[route] += 1
        self.asked.append(Asked(route=route, path=path, body=body, status=response.status))
        if response.status in _INVALID and response.headers.get("X-RateLimit-Scope") != "shared":
            self.invalid += 1
        return response

    async def _answered(self, request: web.Request, handler: Handler, route: str, path: str) -> web.StreamResponse:
        names = (route, f"{request.method} {path}")
        if self.before is not None and (instead := await self.before(request)) is not None:
            return instead
        if (struck := await self.luck.strike(When.BEFORE, names, request)) is not None:
            return struck
        if self.limits.enforced and (limited := self.limits.exceeded(route, request.match_info)) is not None:
            return limited
        if (wrong := await self._wrong(request, path)) is not None:
            return wrong
        response = await _done(request, handler)
        if self.checks_itself and response.status < _REFUSED:
            self.own_faults += _own_faults(request.method, path, response)
        return await self.luck.strike(When.AFTER, names, request) or response

    async def _wrong(self, request: web.Request, path: str) -> web.Response | None:
        """Return the answer to a request that is not as it is described, or to a bot that does not say who it is."""
        says = request.headers.get("Authorization")
        is_needed = says is not None or (not missing() and needs_a_token(request.method, path))
        if is_needed and says != f"Bot {self.token}":
            return refused(refusing.UNAUTHORIZED)
        if missing():
            return None
        body, query = await body_of(request), list(request.query.items())
        found = request_faults(request.method, path, body, query, request.headers)
        self.faults += found
        if not found or found[0].startswith("there is no"):
            return None
        return refused(refusing.INVALID_FORM, {"_errors": [{"code": "INVALID", "message": each} for each in found]})


async def _done(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Do what was asked for, or refuse it."""
    try:
        return await handler(request)
    except NotDone as not_done:
        return refused(not_done.refusal)
    except web.HTTPMethodNotAllowed:
        return refused(refusing.NOT_ALLOWED)
    except web.HTTPNotFound:
        return refused(refusing.NOT_FOUND)


def _own_faults(method: str, path: str, response: web.StreamResponse) -> list[str]:
    if missing() or not isinstance(response, web.Response):
        return []
    said = json.loads(bytes(response.body)) if isinstance(response.body, bytes) and response.body else None
    return reply_faults(method, path, response.status, said) if said is not None else []


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
