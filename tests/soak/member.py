"""A person of the soak on Discord: uses commands, buttons and forms, in a server and in direct messages."""

import asyncio
import contextlib
from collections import Counter, deque
from collections.abc import Callable
from random import Random

from tests.discord.choosing import NotOffered
from tests.discord.interactions import Answered
from tests.discord.loopback import Loopback
from tests.discord.permissions import Json
from tests.soak.book import Ask
from tests.soak.typing import Pace
from tests.soak.watching import Watching

_LOOKS_EVERY_SECONDS = 0.1
# Of those who find the bot away, how many try all the same.
_TRIES_ANYWAY = 0.15
_BY_BUTTON = 0.8


class Member:
    """One person in one server. `given` are the messages, and `shown` the forms, by what they answered.

    `used` counts the ways they took.
    """

    def __init__(self, discord: Loopback, guild: Json, user: Json, watching: Watching) -> None:
        self._discord = discord
        self._guild = guild
        self._watching = watching
        self._pace = Pace()
        self.user = user
        self.todo: deque[Ask] = deque()
        self.given: dict[str, Json] = {}
        self.shown: dict[str, Answered] = {}
        self.used: Counter[str] = Counter()

    @property
    def user_id(self) -> str:
        return str(self.user["id"])

    async def type(self, ask: Ask, random: Random) -> None:
        """Ask it, by a button or a form where there is one, else by a slash command."""
        await self._pace.keep()
        if random.random() >= _TRIES_ANYWAY:
            await self.until(lambda: bool(self._discord.gateway.connected), 20)
        there = self._watching.listening()
        self._watching.book.type(self.user_id, ask)
        self._watching.began(self, ask, await self._use(ask, random), there)

    async def until(self, is_so: Callable[[], bool], patience_seconds: float) -> bool:
        """Look again and again whether it is so; return whether it came to be."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience_seconds):
                while not is_so():  # noqa: ASYNC110  Many things to wait for, and no event for each.
                    await asyncio.sleep(_LOOKS_EVERY_SECONDS)
        return is_so()

    async def _use(self, ask: Ask, random: Random) -> Answered:
        people = self._discord.people
        key, label = ask.under or ("", "")
        if (form := self.shown.get(key)) is not None:
            self.used["form"] += 1
            return await people.submit(form, **ask.options)
        message = self.given.get(key)
        if message is not None and (not ask.slash or random.random() < _BY_BUTTON):
            with contextlib.suppress(NotOffered):
                found = await people.press(message, self.user, _labelled(message, label))
                self.used["button"] += 1
                return found
        self.used["slash command" if ask.in_server else "slash command in a direct message"] += 1
        return await people.slash(self._guild if ask.in_server else None, self.user, ask.slash, **ask.options)


def _labelled(message: Json, label: str) -> str:
    """Return the whole label of the first button that begins so; itself where there is none."""
    buttons = [each for row in message["components"] for each in row.get("components", [])]
    return next((each["label"] for each in buttons if (each.get("label") or "").startswith(label)), label)
