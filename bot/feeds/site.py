"""The server that people's calendars fetch from. It knows addresses with a token in them, and nothing else.

Whatever is not one is answered alike, and no address is ever logged.
"""

import re
import socket
from http import HTTPStatus

from aiohttp import ETag, hdrs, web
from aiohttp.typedefs import Handler

from bot.feeds.own import OwnFeed, Served
from bot.ports.journal import Journal

PATH = "/calendar/{token}.ics"
# What `secrets.token_urlsafe` makes of 128 bits or more.
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22,64}")
_LONGEST_LINE = 2048
# How long a fetch may take to end when the server stops, in seconds.
_GOODBYE = 2.0
_EVERYWHERE = {
    hdrs.SERVER: "alongside",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}
# For this one reader, who asks each time whether it is still so: what was ended is not shown from a store.
_ASK_AGAIN = {hdrs.CACHE_CONTROL: "private, no-cache"}
_NOT_KEPT = {hdrs.CACHE_CONTROL: "no-store"}


class Site:
    """Serves one person's calendar at each address that was given out."""

    def __init__(self, feed: OwnFeed, journal: Journal) -> None:
        self._feed = feed
        self._journal = journal
        self._runner: web.AppRunner | None = None

    async def listen(self, host: str, port: int) -> int:
        """Listen there until `stop` and return the port, which is a free one for 0. Raises `OSError`."""
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family)
        app = web.Application(middlewares=[self._plainly])
        app.router.add_get(PATH, self._calendar)
        self._runner = web.AppRunner(
            app,
            access_log=None,
            shutdown_timeout=_GOODBYE,
            max_line_size=_LONGEST_LINE,
            keepalive_timeout=15,
        )
        await self._runner.setup()
        await web.SockSite(self._runner, listening).start()
        return int(listening.getsockname()[1])

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _calendar(self, request: web.Request) -> web.Response:
        token = request.match_info["token"]
        served = await self._feed.of(token) if _TOKEN.fullmatch(token) else None
        if served is None:
            return _nothing()
        return _unchanged(served) if _has(request, served) else _whole(served)

    @web.middleware
    async def _plainly(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer whatever is not there, or not allowed, as if it had never been."""
        try:
            answer = await handler(request)
        except web.HTTPException:
            answer = _nothing()
        except Exception as error:  # noqa: BLE001  The one boundary here: the kind and the place, never the address.
            self._journal.fault("calendar-not-made", error)
            answer = web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE, text="Later.\n", headers=_NOT_KEPT)
        answer.headers.update(_EVERYWHERE)
        return answer


def _has(request: web.Request, served: Served) -> bool:
    """Return whether they have it already: RFC 9110, 13.1.2, by which tags are compared weakly."""
    tags = request.if_none_match or ()
    return any(tag.value in {served.tag, "*"} for tag in tags)


def _whole(served: Served) -> web.Response:
    answer = web.Response(body=served.content, content_type="text/calendar", charset="utf-8", headers=_ASK_AGAIN)
    answer.etag = ETag(value=served.tag, is_weak=True)
    return answer


def _unchanged(served: Served) -> web.Response:
    answer = web.Response(status=HTTPStatus.NOT_MODIFIED, headers=_ASK_AGAIN)
    answer.etag = ETag(value=served.tag, is_weak=True)
    return answer


def _nothing() -> web.Response:
    return web.Response(status=HTTPStatus.NOT_FOUND, text="There is nothing here.\n", headers=_NOT_KEPT)
