"""A local room that listens, and a browser that was let in."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import ClientResponse, ClientSession, CookieJar
from whenever import Instant

from bot.adapters.local import LocalWorld
from bot.domain.ids import GroupId
from bot.ports.words import DEFAULT_LOCALE
from bot.words.catalogue import Catalogue
from tests import shipped
from tests.fakes.local_answering import FakeAnswering, FakeMovableClock


@dataclass(kw_only=True)
class Room:
    """A room under test, as a browser and as the core meet it. The last `tongue` is the group's language."""

    world: LocalWorld
    answering: FakeAnswering
    clock: FakeMovableClock
    browser: ClientSession
    nudges: list[bool] = field(default_factory=list)
    tongue: list[str] = field(default_factory=list)
    address: str = ""

    @property
    def base(self) -> str:
        return self.address.partition("/?")[0]

    async def read(self, path: str = "/") -> str:
        async with self.browser.get(self.base + path) as answer:
            return await answer.text()

    async def send(self, path: str, fields: Mapping[str, str], *, origin: str | None = None) -> tuple[int, str]:
        """Send a form as the page's script does; `origin` None is the page's own."""
        headers = {"Origin": self.base if origin is None else origin, "Accept": "text/plain"}
        async with self.browser.post(self.base + path, data=fields, headers=headers, allow_redirects=False) as answer:
            return answer.status, await answer.text()

    async def stream_until(self, word: str, query: str = "") -> str:
        """Read a stream from the beginning until `word` has come; return all of it."""
        async with self.browser.get(f"{self.base}/stream?after=0{query}") as answer:
            return await _read_until(answer, word)


async def _read_until(answer: ClientResponse, word: str) -> str:
    seen = ""
    while word not in seen:
        seen += (await answer.content.readline()).decode()
    return seen


@pytest.fixture(scope="session")
def words() -> Catalogue:
    return shipped.words()


@pytest.fixture
async def room(words: Catalogue) -> AsyncIterator[Room]:
    answering = FakeAnswering()
    clock = FakeMovableClock(at=Instant.from_utc(2026, 11, 20, 18, 5))
    nudges: list[bool] = []
    tongue: list[str] = [DEFAULT_LOCALE]

    async def locale_of(_group: GroupId) -> str:
        return tongue[-1]

    world = LocalWorld(
        name="local",
        words=words,
        answering=answering,
        clock=clock,
        nudge=_noting(nudges),
        locale_of=locale_of,
    )
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as browser:
        room = Room(world=world, answering=answering, clock=clock, browser=browser, nudges=nudges, tongue=tongue)
        room.address = await world.serve(0)
        try:
            async with browser.get(room.address) as answer:
                assert answer.status == 200
            yield room
        finally:
            await world.stop()


def _noting(nudges: list[bool]) -> Callable[[], Any]:
    return lambda: nudges.append(True)
