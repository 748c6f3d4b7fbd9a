"""A wire between the bot and its server that now and then loses the reply, after the server did what was asked."""

import asyncio
import contextlib
import re
from collections import Counter
from collections.abc import Mapping
from urllib.parse import urlsplit

# One request in how many loses its reply, by kind.
RATES: Mapping[str, int] = {
    "send": 50,
    "sendToDevice": 12,
    "keys/upload": 3,
    "keys/claim": 4,
    "createRoom": 3,
    "account_data": 3,
    "join": 3,
    "sync": 60,
}
_KIND = re.compile(
    rb"^(?:PUT|POST|GET) /_matrix/client/v3/(?:\S*/)?"
    rb"(send|sendToDevice|keys/upload|keys/claim|createRoom|account_data|join|sync)(?=[/? ])"
)
_CHUNK = 1 << 16


class Cutting:
    """Listens on loopback and passes everything on to the server."""

    def __init__(self, server: str) -> None:
        self._port = urlsplit(server).port
        self._server: asyncio.Server | None = None
        self._seen: Counter[str] = Counter()
        self.cut: Counter[str] = Counter()
        self.on = False
        self.away = False
        self.asked = 0
        self.connected = 0
        self._open: set[asyncio.StreamWriter] = set()
        self._serving: set[asyncio.Task[None]] = set()

    @property
    def address(self) -> str:
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def start(self) -> str:
        """Begin to listen, and return the address."""
        self._server = await asyncio.start_server(self._welcome, "127.0.0.1", 0)
        return self.address

    def drop(self) -> None:
        """Let go of every connection."""
        for writer in self._open:
            writer.close()

    async def stop(self) -> None:
        """Listen no more, and let go of every connection."""
        if self._server is not None:
            self._server.close()
        self.drop()
        if self._serving:
            await asyncio.wait(self._serving)

    def _welcome(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving = asyncio.create_task(self._connected(reader, writer))
        self._serving.add(serving)
        serving.add_done_callback(self._serving.discard)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connected += 1
        if self.away:
            writer.close()
            return
        try:
            back, on = await asyncio.open_connection("127.0.0.1", self._port)
        except OSError:
            writer.close()
            return
        cut = asyncio.Event()
        self._open.add(writer)
        pumps = [
            asyncio.create_task(self._asking(reader, on, cut)),
            asyncio.create_task(self._answering(back, writer, cut)),
        ]
        await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        for pump in pumps:
            pump.cancel()
        self._open.discard(writer)
        for end in (on, writer):
            end.close()
        await asyncio.wait(pumps)

    async def _asking(self, reader: asyncio.StreamReader, on: asyncio.StreamWriter, cut: asyncio.Event) -> None:
        with contextlib.suppress(OSError):
            while chunk := await reader.read(_CHUNK):
                if self._is_to_be_cut(chunk):
                    cut.set()
                on.write(chunk)
                await on.drain()

    async def _answering(self, back: asyncio.StreamReader, writer: asyncio.StreamWriter, cut: asyncio.Event) -> None:
        with contextlib.suppress(OSError):
            while chunk := await back.read(_CHUNK):
                if cut.is_set():
                    return
                writer.write(chunk)
                await writer.drain()

    def _is_to_be_cut(self, chunk: bytes) -> bool:
        self.asked += chunk.startswith((b"GET ", b"PUT ", b"POST ", b"DELETE "))
        found = _KIND.match(chunk)
        if found is None or not self.on:
            return False
        kind = found[1].decode()
        self._seen[kind] += 1
        if self._seen[kind] % RATES[kind]:
            return False
        self.cut[kind] += 1
        return True
