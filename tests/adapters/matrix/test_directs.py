"""Direct chats, as far as no server is asked."""

import pytest
from nio import AsyncClient, MatrixRoom

from bot.adapters.matrix.directs import LEFT, Directs
from bot.adapters.matrix.wire import Wire
from bot.ports.chat import ClosedError

BOT, ASH = "@bot:example.org", "@ash:example.org"
CHAT = "!chat:example.org"


async def test_who_left_the_direct_chat_is_closed_to_the_bot_until_they_ask_for_something() -> None:
    client = AsyncClient("http://example.org", BOT)
    client.rooms[CHAT] = MatrixRoom(CHAT, BOT)
    directs = Directs(client=client, wire=Wire(client))
    directs.prefer(ASH, CHAT)

    with pytest.raises(ClosedError) as caught:
        await directs.with_(ASH, asked=False)
    assert caught.value.kind == LEFT
