"""How bad the luck of a bot is: what goes wrong with a request, how often, and with which."""

import asyncio
import random
from dataclasses import dataclass, field
from enum import Enum, auto

from aiohttp import web

from tests.discord.limits import banned, too_many
from tests.discord.refusing import Refusal, answer, refused


class When(Enum):
    """Whether Discord does what it was asked before it goes wrong."""

    BEFORE = auto()
    AFTER = auto()


@dataclass(kw_only=True)
class Mishap:
    """Goes wrong `times` times (None: always), with that chance, after `skip` requests went well."""

    route: str
    when: When = When.BEFORE
    times: int | None = 1
    skip: int = 0
    chance: float = 1
    seconds: float = 0
    response: web.Response | None = None
    cuts: bool = False
    happened: int = 0

    @property
    def is_over(self) -> bool:
        """Whether nothing more will go wrong."""
        return self.times is not None and self.happened >= self.times


@dataclass(kw_only=True)
class Luck:
    """What will go wrong, by route: `POST /channels/{channel_id}/messages`, or with ids in it, or `*` for any.

    Each way to go wrong takes `times`, `skip` and `chance`, and returns a `Mishap` that counts how often it happened.
    """

    dice: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311  No secret.
    mishaps: list[Mishap] = field(default_factory=list)

    def lose_reply(self, route: str, *, times: int | None = 1, skip: int = 0, chance: float = 1) -> Mishap:
        """Do what was asked, and cut the connection instead of saying so."""
        return self._add(Mishap(route=route, when=When.AFTER, times=times, skip=skip, chance=chance, cuts=True))

    def lose_request(self, route: str, *, times: int | None = 1, skip: int = 0, chance: float = 1) -> Mishap:
        """Cut the connection before anything is done."""
        return self._add(Mishap(route=route, times=times, skip=skip, chance=chance, cuts=True))

    def fail(self, route: str, status: int = 500, *, times: int | None = 1, skip: int = 0, chance: float = 1) -> Mishap:
        """Answer 500, 502, 503 or the like, and do nothing."""
        response = answer({"message": f"{status}: Server Error", "code": 0}, status)
        return self._add(Mishap(route=route, times=times, skip=skip, chance=chance, response=response))

    def fail_after_all(self, route: str, status: int = 500, *, times: int | None = 1, skip: int = 0) -> Mishap:
        """Do what was asked, and answer 500, 502, 503 or the like nevertheless."""
        response = answer({"message": f"{status}: Server Error", "code": 0}, status)
        return self._add(Mishap(route=route, when=When.AFTER, times=times, skip=skip, response=response))

    def refuse(self, route: str, refusal: Refusal, *, times: int | None = 1, skip: int = 0) -> Mishap:
        """Answer with a refusal of `tests.discord.refusing`, for whatever reason Discord may have."""
        return self._add(Mishap(route=route, times=times, skip=skip, response=refused(refusal)))

    def limit(
        self, route: str, after: float = 0.2, *, scope: str = "user", times: int | None = 1, skip: int = 0
    ) -> Mishap:
        """Answer 429: too many of the bot's (`user`), for the thing (`shared`) or in all (`global`)."""
        return self._add(Mishap(route=route, times=times, skip=skip, response=too_many(after, scope=scope)))

    def ban(self, route: str = "*", *, times: int | None = 1, skip: int = 0) -> Mishap:
        """Answer 429 as Cloudflare does, when the address is shut out."""
        return self._add(Mishap(route=route, times=times, skip=skip, response=banned()))

    def slow(
        self, route: str, seconds: float, *, when: When = When.BEFORE, times: int | None = 1, skip: int = 0
    ) -> Mishap:
        """Take that long, before it is done or after."""
        return self._add(Mishap(route=route, when=when, times=times, skip=skip, seconds=seconds))

    def mend(self) -> None:
        """Let nothing more go wrong."""
        self.mishaps.clear()

    async def strike(self, when: When, names: tuple[str, ...], request: web.Request) -> web.StreamResponse | None:
        """Let go wrong what must now; return what is answered instead of what would be."""
        for mishap in [each for each in self.mishaps if each.when is when and each.route in (*names, "*")]:
            if not self._happens(mishap):
                continue
            await asyncio.sleep(mishap.seconds)
            if mishap.cuts:
                _cut(request)
                return web.Response(status=499)
            if mishap.response is not None:
                return _again(mishap.response)
        return None

    def _happens(self, mishap: Mishap) -> bool:
        if mishap.is_over:
            return False
        if mishap.skip > 0:
            mishap.skip -= 1
            return False
        if self.dice.random() >= mishap.chance:
            return False
        mishap.happened += 1
        return True

    def _add(self, mishap: Mishap) -> Mishap:
        self.mishaps.append(mishap)
        return mishap


def _cut(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()


def _again(response: web.Response) -> web.Response:
    """Return a copy: a response can be sent once."""
    headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
    return web.Response(status=response.status, body=response.body, headers=headers)
