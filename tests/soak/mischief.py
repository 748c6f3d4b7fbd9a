"""Bad luck on the loopback Discord: replies that are lost, limits, faults, and a gateway that drops the bot."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from random import Random

from tests.discord.loopback import Loopback
from tests.discord.luck import Mishap

SEND = "POST /channels/{channel_id}/messages"
OPEN_DIRECT = "POST /users/@me/channels"
THREAD = "POST /channels/{channel_id}/threads"
INTO_THREAD = "PUT /channels/{channel_id}/thread-members/{user_id}"
CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"
EDIT = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original"
# How seldom, one in so many, each goes wrong in each way.
_LOST = {CALLBACK: 25, EDIT: 4, SEND: 15, OPEN_DIRECT: 15, THREAD: 3, INTO_THREAD: 6}
_FAULTS = {CALLBACK: 40, EDIT: 8, SEND: 15, THREAD: 4}
_LIMITS = ((CALLBACK, "user", 40), (SEND, "user", 12), (SEND, "global", 25))
_TROUBLES = ("drop", "drop and refuse to resume", "ask to reconnect", "invalidate", "close", "drop and turn away")
_UNKNOWN_ERROR = 4000


class Mischief:
    """Makes it, while it is on; counts what it did."""

    def __init__(self, discord: Loopback, random: Random) -> None:
        self._discord = discord
        self._random = random
        self._made: list[tuple[str, Mishap]] = []
        self._troubling: asyncio.Task[None] | None = None
        self._troubles: Counter[str] = Counter()

    def start(self) -> None:
        """Let things go wrong from now on."""
        self._discord.luck.dice = self._random
        self._made = list(self._mishaps())
        self._troubling = asyncio.create_task(self._trouble())

    def stop(self) -> None:
        """Let nothing go wrong any more."""
        self._discord.luck.mend()
        self._discord.gateway.refuse_resumes = self._discord.gateway.turns_away = 0
        if self._troubling is not None:
            self._troubling.cancel()

    def story(self) -> Iterator[str]:
        """Give a line for each kind of bad luck."""
        for what, mishap in self._made:
            yield f"{what} {mishap.happened} times: {mishap.route}"
        yield f"bad luck with the gateway: {dict(self._troubles)}"

    def _mishaps(self) -> Iterator[tuple[str, Mishap]]:
        luck = self._discord.luck
        for route, one_in in _LOST.items():
            yield "reply lost", luck.lose_reply(route, times=None, chance=1 / one_in)
            yield "request lost", luck.lose_request(route, times=None, chance=1 / one_in)
        for route, one_in in _FAULTS.items():
            yield "500", luck.fail(route, times=None, chance=1 / one_in)
            after_all = luck.fail_after_all(route, times=None)
            after_all.chance = 1 / one_in
            yield "500 after all", after_all
        for route, scope, one_in in _LIMITS:
            limited = luck.limit(route, scope=scope, times=None)
            limited.chance = 1 / one_in
            yield f"429 ({scope})", limited

    async def _trouble(self) -> None:
        while True:
            await asyncio.sleep(self._random.uniform(2, 8))
            if self._discord.gateway.connected:
                trouble = self._random.choice(_TROUBLES)
                self._troubles[trouble] += 1
                await self._do(trouble)

    async def _do(self, trouble: str) -> None:
        gateway = self._discord.gateway
        if trouble == "ask to reconnect":
            await gateway.ask_to_reconnect()
        elif trouble == "invalidate":
            await gateway.invalidate(resumable=self._random.random() < 0.5)
        elif trouble == "close":
            await gateway.close(_UNKNOWN_ERROR)
        else:
            gateway.refuse_resumes += trouble.endswith("refuse to resume")
            gateway.turns_away += trouble.endswith("turn away")
            await gateway.drop()
