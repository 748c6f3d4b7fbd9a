"""What a shard is told while its connection goes is told when it is back."""

from typing import cast

import aiohttp
from aiohttp import web

from tests.discord.sessions import Session


class Socket:
    """A connection; `closing` is one whose other end is gone, and nobody knows yet."""

    closed = False

    def __init__(self, *, closing: bool) -> None:
        self.closing = closing
        self.told: list[str] = []

    async def send_str(self, text: str) -> None:
        if self.closing:
            raise aiohttp.ClientConnectionResetError("Cannot write to closing transport")
        self.told.append(text)


def as_socket(socket: Socket) -> web.WebSocketResponse:
    return cast("web.WebSocketResponse", socket)


async def test_what_comes_while_a_connection_is_closing_is_told_when_the_shard_is_back() -> None:
    session = Session(session_id="s", intents=1, socket=as_socket(Socket(closing=True)))
    back = Socket(closing=False)
    await session.tell("INTERACTION_CREATE", {"id": "1"})
    await session.take_up(as_socket(back), 0)

    assert back.told == session.told
    assert len(session.told) == 1
