"""Direct chats, as far as the server is asked for no more than who is in one."""

from typing import Any

import pytest
from nio import AsyncClient, MatrixRoom

from bot.adapters.matrix.directs import LEFT, NOT_JOINED, Directs
from bot.adapters.matrix.wire import FORBIDDEN, Body, Wire
from bot.ports.chat import ChatError, ClosedError

BOT, ASH = "@bot:example.org", "@ash:example.org"
CHAT = "!chat:example.org"
_LONG = 30.0


class Told(Wire):
    """A server that tells one thing of whoever is asked for."""

    def __init__(self, client: AsyncClient, membership: str) -> None:
        super().__init__(client)
        self._membership = membership
        self.invited = 0

    async def ask(
        self, method: str, path: str, body: Body | None = None, *, wait_seconds: float = _LONG
    ) -> dict[str, Any]:
        assert (method, path.rpartition("/")[2], body) == ("POST", "invite", {"user_id": ASH}), wait_seconds
        if self._membership in {"invite", "join"}:
            raise ChatError(FORBIDDEN, permanent=True)
        self.invited += 1
        return {}

    async def found(self, method: str, path: str) -> dict[str, Any]:
        assert (method, path.rpartition("/")[2]) == ("GET", "%40ash%3Aexample.org")
        return {"membership": self._membership}


def chat_with_ash(membership: str) -> tuple[Directs, Told]:
    """Return the bot's chats: one with Ash, of whom nothing was told with the room itself."""
    client = AsyncClient("http://example.org", BOT)
    client.rooms[CHAT] = MatrixRoom(CHAT, BOT)
    told = Told(client, membership)
    directs = Directs(client=client, wire=told)
    directs.prefer(ASH, CHAT)
    return directs, told


async def test_who_left_the_direct_chat_is_closed_to_the_bot_until_they_ask_for_something() -> None:
    with pytest.raises(ClosedError) as caught:
        await chat_with_ash("leave")[0].with_(ASH, asked=False)
    assert caught.value.kind == LEFT


async def test_who_left_and_asks_for_something_is_invited_again() -> None:
    directs, told = chat_with_ash("leave")
    with pytest.raises(ChatError) as caught:
        await directs.with_(ASH, asked=True)
    assert (caught.value.kind, told.invited) == (NOT_JOINED, 1)


@pytest.mark.parametrize("asked", [False, True])
@pytest.mark.parametrize("membership", ["invite", "join"])
async def test_who_was_not_told_of_with_a_new_room_is_waited_for(membership: str, *, asked: bool) -> None:
    directs, _ = chat_with_ash(membership)
    with pytest.raises(ChatError) as caught:
        await directs.with_(ASH, asked=asked)
    assert (caught.value.kind, caught.value.permanent) == (NOT_JOINED, False)
