"""How many messages the server takes at once and after that, found out by sending: no server tells it.

A bounded burst goes into a room that the bot makes for itself alone, leaves and forgets. It has a type of its own, so
that a bot which runs meanwhile does not take it for a group's.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus

from nio import AsyncClient
from whenever import TimeDelta

from bot.adapters.matrix.quiet import RATE_LIMITED
from bot.adapters.matrix.wire import Wire, reaching, refusal, route
from bot.ports.chat import ChatError

ROOM_TYPE = "alongside.check"
BURST = 15
_LONGEST_WAIT = TimeDelta(seconds=20)
_TRIES = 6
_PAUSE_SECONDS = 3
_MESSAGE = '{"msgtype": "m.notice", "body": "."}'


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The server takes about `at_once` messages, then one `every` so long; None means that no limit was met."""

    at_once: int
    every: TimeDelta | None

    def last_after(self, messages: int) -> TimeDelta:
        """Return about how long after the first of so many messages the last one goes."""
        return TimeDelta.ZERO if self.every is None else self.every * max(messages - self.at_once, 0)


async def measured(client: AsyncClient, wire: Wire) -> Limit:
    """Send up to `BURST` messages, and one or two more where there is a limit. Raises `ChatError`."""
    async with _room_of_its_own(wire) as room_id:
        for sent in range(BURST):
            wait = await _refused_for(client, room_id)
            if wait is not None:
                # The bot's own coming in was counted too.
                return Limit(at_once=sent + 1, every=await _one_more(client, room_id, wait))
    return Limit(at_once=BURST, every=None)


async def clear_away(wire: Wire, room_id: str) -> None:
    """Leave such a room and forget it, as soon as the server takes that too. Raises `ChatError`."""
    for tries_left in reversed(range(_TRIES)):
        try:
            await wire.ask("POST", route("rooms", room_id, "leave"), {})
            break
        except ChatError as error:
            if error.kind != RATE_LIMITED or not tries_left:
                raise
            await asyncio.sleep(_PAUSE_SECONDS)
    await wire.ask("POST", route("rooms", room_id, "forget"), {})


async def _one_more(client: AsyncClient, room_id: str, wait: TimeDelta) -> TimeDelta:
    """Return how long the server wants between two messages: what it says right after it took one again."""
    now = asyncio.get_running_loop().time
    taken_at: float | None = None
    again: TimeDelta | None = wait
    for _ in range(_TRIES):
        if again is not None:
            await asyncio.sleep(min(again, _LONGEST_WAIT).total("seconds"))
        began = now()
        again = await _refused_for(client, room_id)
        if again is None:
            taken_at = began
        elif taken_at is not None:
            return again + TimeDelta(seconds=now() - taken_at)
    return wait


@asynccontextmanager
async def _room_of_its_own(wire: Wire) -> AsyncIterator[str]:
    wanted = {"preset": "private_chat", "creation_content": {"type": ROOM_TYPE, "m.federate": False}}
    room_id = str((await wire.ask("POST", "/createRoom", wanted))["room_id"])
    try:
        yield room_id
    finally:
        # Should it stay, the next check clears it away.
        with suppress(ChatError):
            await clear_away(wire, room_id)


async def _refused_for(client: AsyncClient, room_id: str) -> TimeDelta | None:
    """Send one message; return None when it was taken, else how long the server says to wait."""
    path = "/_matrix/client/v3" + route("rooms", room_id, "send", "m.room.message", secrets.token_hex(8))
    headers = {"Authorization": f"Bearer {client.access_token}", "Content-Type": "application/json"}
    with reaching():
        async with await client.send("PUT", path, _MESSAGE, headers) as response:
            answer = await response.json(content_type=None)
    if response.status < HTTPStatus.BAD_REQUEST:
        return None
    if response.status != HTTPStatus.TOO_MANY_REQUESTS:
        raise refusal(str(answer.get("errcode", "")), response.status)
    # https://spec.matrix.org/latest/client-server-api/#rate-limiting: the header, and the older way in the body.
    seconds = response.headers.get("Retry-After", "")
    wait = answer.get("retry_after_ms") or (int(seconds) * 1000 if seconds.isdecimal() else None)
    if not isinstance(wait, int):
        raise ChatError(RATE_LIMITED, permanent=False)
    return TimeDelta(milliseconds=wait)
