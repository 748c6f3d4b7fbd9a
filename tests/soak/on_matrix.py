"""The scene on Matrix: a real Synapse, a wire to it that loses replies, and people on devices of their own."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Iterator, Sequence

from tests.soak.circle import Circle
from tests.soak.cutting import Cutting
from tests.soak.person import Soaker
from tests.soak.process import ON_MATRIX, BotProcess
from tests.soak.scene import Props
from tests.soak.steps_on_matrix import STEPS
from tests.soak.village import Village
from tests.synapse.homeserver import Homeserver

_NEWCOMER_EVERY = 12
_MAKES_CHAT = {"newcomer with a chat": True, "newcomer without": False}


class OnMatrix:
    """Implements `Scene`."""

    steps = STEPS
    slow_needs = _MAKES_CHAT

    def __init__(self, props: Props) -> None:
        self._props = props
        (props.folder / "synapse").mkdir()
        self._homeserver = Homeserver(props.folder / "synapse")
        self.bot = BotProcess(props.folder / "bot")
        self._village: Village | None = None
        self._restarts: Counter[str] = Counter()
        self._newcomers = 0
        self._not_joined = 0
        self._arriving: list[asyncio.Task[None]] = []

    @property
    def circles(self) -> Sequence[Circle]:
        return self._there.circles

    @property
    def people(self) -> Sequence[Soaker]:
        return self._there.people

    async def open(self) -> None:
        await asyncio.to_thread(self._homeserver.start)
        self._cutting = Cutting(self._homeserver.url)
        account = await asyncio.to_thread(self._homeserver.register, "alongside")
        url = await self._cutting.start()
        self.bot.settle(ON_MATRIX.format(url=url, account=account.user_id), account.password)
        self._village = Village(self._homeserver, account.user_id, self._props)

    async def gather(self, count: int) -> None:
        await self._there.gather(count)

    async def close(self) -> None:
        await self._there.go()
        await self._cutting.stop()
        await asyncio.to_thread(self._homeserver.stop)

    def bad_luck(self, *, on: bool) -> None:
        self._cutting.on = on

    async def prepare(self, needs: str, kills: int, *, alone: bool) -> None:
        if needs == "keys":
            with contextlib.suppress(OSError):
                await self._there.use_up_keys()
        if needs in _MAKES_CHAT or (not alone and kills % _NEWCOMER_EVERY == _NEWCOMER_EVERY - 1):
            self._arriving.append(asyncio.create_task(self._newcomer(needs)))

    async def restart(self, how: str) -> None:
        await asyncio.sleep(self._props.random.uniform(0, 5))
        async with self._there.gate.closed():
            await asyncio.to_thread(self._homeserver.stop, hard=how == "killed")
            await asyncio.sleep(self._props.random.uniform(0, 2))
            await asyncio.to_thread(self._homeserver.resume)
        self._restarts[how] += 1

    async def rest(self) -> None:
        await asyncio.gather(*self._arriving)

    async def look(self) -> None:
        """Nothing: everybody listens by themselves."""

    def story(self) -> Iterator[str]:
        yield f"server restarted: {dict(self._restarts)}; newcomers: {self._newcomers}"
        yield f"replies cut off after the server acted: {dict(self._cutting.cut)}"

    def faults(self) -> Iterator[str]:
        if self._not_joined:
            yield f"invitations never taken up: {self._not_joined}"

    @property
    def _there(self) -> Village:
        assert self._village is not None
        return self._village

    async def _newcomer(self, needs: str) -> None:
        self._newcomers += 1
        if not await self._there.newcomer(makes_chat=_MAKES_CHAT.get(needs)):
            self._not_joined += 1
