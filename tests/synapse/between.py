"""What stands between the bot and the server in some tests: every request passes here, and may meet with bad luck."""

import asyncio
import contextlib
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from aiohttp import ClientSession, ClientTimeout, web

_PASSED_ON = frozenset({"authorization", "content-type"})
_PATIENCE = ClientTimeout(total=120)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request of the bot; `path` begins after the version, and holds what comes after a question mark."""

    method: str
    path: str
    body: bytes


@dataclass(slots=True, kw_only=True)
class Reply:
    """What the server answered, which may be changed."""

    status: int
    content: Any


Before: TypeAlias = Callable[[Request], Awaitable[Reply | None]]
After: TypeAlias = Callable[[Request, Reply], Awaitable[None]]


async def pass_on(_request: Request) -> Reply | None:
    return None


async def _leave_be(_request: Request, _reply: Reply) -> None:
    return None


@dataclass(kw_only=True)
class Between:
    """Passes requests on. `before` may answer in the server's place; `after` may change what it answered.

    Either may also end the process that asked: then nobody is there to take the answer.
    """

    server: str
    before: Before = pass_on
    after: After = _leave_be
    seen: list[Request] = field(default_factory=list)
    url: str = ""

    async def handle(self, asked: web.Request) -> web.Response:
        request = Request(
            method=asked.method,
            path=asked.path_qs.removeprefix("/_matrix/client/v3"),
            body=await asked.read(),
        )
        self.seen.append(request)
        reply = await self.before(request) or await self._asked(asked, request)
        await self.after(request, reply)
        return web.json_response(reply.content, status=reply.status)

    async def _asked(self, asked: web.Request, request: Request) -> Reply:
        headers = {name: value for name, value in asked.headers.items() if name.lower() in _PASSED_ON}
        url = self.server + asked.raw_path
        session: ClientSession = asked.app[_SESSION]
        async with session.request(asked.method, _url(url), data=request.body or None, headers=headers) as answer:
            return Reply(status=answer.status, content=json.loads(await answer.read()))


_SESSION = web.AppKey("session", ClientSession)


def _url(text: str) -> Any:  # noqa: ANN401  A URL whose quoting is left as it is.
    from yarl import URL  # noqa: PLC0415

    return URL(text, encoded=True)


@contextlib.asynccontextmanager
async def between(server: str) -> AsyncGenerator[Between]:
    """Stand before a server, on a port of its own, until the end."""
    made = Between(server=server)
    app = web.Application(client_max_size=1 << 26)
    app.router.add_route("*", "/{rest:.*}", made.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
    async with ClientSession(timeout=_PATIENCE) as session:
        app[_SESSION] = session
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        [address] = runner.addresses
        made.url = f"http://127.0.0.1:{address[1]}"
        try:
            yield made
        finally:
            await runner.cleanup()


async def forever() -> None:
    """Wait until nobody waits for it any more."""
    await asyncio.Event().wait()
