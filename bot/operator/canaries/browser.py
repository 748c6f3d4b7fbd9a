"""A browser on the local room's page: what the page itself would send, and what no page would."""

import asyncio
import contextlib
import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aiohttp import ClientError, ClientSession, ClientTimeout, CookieJar
from yarl import URL

from bot.operator.canaries.stage import Lost

_PATIENCE = ClientTimeout(total=20)
_FORM = re.compile(r'<form method="post" action="(?P<action>/\w+)"[^>]*>(?P<inner>.*?)</form>', re.DOTALL)
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
_BY_BOT = 'class="said by-bot"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form of the page: where it goes, and what it holds already."""

    action: str
    fields: Mapping[str, str]


class Browser:
    """One browser, let in at the address that was told."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._base = URL(address).origin()
        self._session = ClientSession(cookie_jar=CookieJar(unsafe=True), timeout=_PATIENCE)

    async def come_in(self) -> None:
        """Open the page for the first time."""
        await self.get(self._address)

    async def post(self, path: str, fields: Mapping[str, str], **headers: str) -> None:
        """Send a form."""
        usual = {"Origin": str(self._base), "Accept": "text/plain"}
        try:
            async with self._session.post(self._base.with_path(path), data=fields, headers=usual | headers) as reply:
                await reply.read()
        except (ClientError, TimeoutError) as error:
            raise Lost from error

    async def get(self, path: str, **headers: str) -> str:
        """Return a page."""
        try:
            async with self._session.get(self._base.join(URL(path)), headers=headers) as reply:
                return await reply.text(errors="replace")
        except (ClientError, TimeoutError) as error:
            raise Lost from error

    async def send(self, raw: bytes, *, waits: bool = True) -> None:
        """Send bytes as they are; without waiting, the reply is lost."""
        try:
            reader, writer = await asyncio.open_connection(self._base.host, self._base.port)
        except OSError as error:
            raise Lost from error
        writer.write(raw)
        with contextlib.suppress(OSError, TimeoutError):
            await writer.drain()
            if waits:
                async with asyncio.timeout(1):
                    await reader.read()
        writer.close()

    def request(self, line: str, *headers: str, body: bytes = b"") -> bytes:
        """Return a request as bytes, from this browser and this page."""
        cookies = self._session.cookie_jar.filter_cookies(self._base)
        cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())
        head = (line, f"Host: {self._base.host}:{self._base.port}", f"Origin: {self._base}", f"Cookie: {cookie}")
        lines = (*head, *headers, f"Content-Length: {len(body)}", "Connection: close", "", "")
        return "\r\n".join(lines).encode() + body

    async def close(self) -> None:
        """Close it."""
        await self._session.close()


def forms(page: str) -> Sequence[Form]:
    """Return every form of a page."""
    return [
        Form(
            action=found["action"],
            fields={name: html.unescape(value) for name, value in _HIDDEN.findall(found["inner"])},
        )
        for found in _FORM.finditer(page)
    ]


def count_said(page: str) -> int:
    """Return how many things the bot said are on a page."""
    return page.count(_BY_BOT)
