"""Changes as they happen, as server-sent events; each stream gives what its viewer may see, and nothing else."""

import asyncio
import json

from aiohttp import web

from bot.adapters.local.changes import Change, Feed, Missed
from bot.adapters.local.clock import MovableClock
from bot.adapters.local.door import GUARDED
from bot.adapters.local.pages import Instruction, Pages
from bot.domain.ids import PersonId
from bot.domain.saying import Refused

MOST = 24
# How often a quiet stream shows the time, and finds out whether anyone is still there, in seconds.
BREATH = 15.0
READ_AGAIN = b"event: again\ndata:\n\n"


class Streams:
    """The streams that are open; a browser keeps one for each page it shows."""

    def __init__(self, *, feed: Feed, pages: Pages, clock: MovableClock) -> None:
        self._feed = feed
        self._pages = pages
        self._clock = clock
        self._open = 0

    async def serve(self, request: web.Request, *, viewer: PersonId | None, after: int) -> web.StreamResponse:
        """Send changes after number `after` until the page goes; `viewer` None sees all columns."""
        if self._open >= MOST:
            raise Refused("local-streams-many")
        answer = web.StreamResponse(headers={**GUARDED, "Content-Type": "text/event-stream; charset=utf-8"})
        await answer.prepare(request)
        self._open += 1
        try:
            await self._send(answer, viewer, after)
        except ConnectionError:
            return answer
        finally:
            self._open -= 1
        return answer

    async def _send(self, answer: web.StreamResponse, viewer: PersonId | None, seen: int) -> None:
        while not self._feed.ended:
            try:
                news = self._feed.after(seen)
            except Missed:
                await answer.write(READ_AGAIN)
                return
            for number, change in news:
                for instruction in self._seen(change, viewer):
                    await answer.write(_event(instruction, number))
            seen += len(news)
            await answer.write(_event(self._pages.clock_says(self._clock.now()), seen))
            await self._breathe(seen)

    def _seen(self, change: Change, viewer: PersonId | None) -> list[Instruction]:
        if viewer is not None and change.viewer not in {None, viewer}:
            return []
        return list(self._pages.instructions(change))

    async def _breathe(self, seen: int) -> None:
        try:
            await asyncio.wait_for(self._feed.beyond(seen), BREATH)
        except TimeoutError:
            return


def _event(instruction: Instruction, number: int) -> bytes:
    return f"id: {number}\ndata: {json.dumps(instruction)}\n\n".encode()
