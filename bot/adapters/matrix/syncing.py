"""The sync loop: what is new is fetched, fed to nio, dealt with, and only then is the place marked.

After a crash anywhere the same news comes again; the events' ids make that harmless. Nothing is fed before all
of it is there, gaps filled, so that an answer is taken once.
"""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby

from nio import AsyncClient
from whenever import Instant, TimeDelta

from bot.adapters.matrix.answers import Answers
from bot.adapters.matrix.arrivals import Arrivals
from bot.adapters.matrix.feeding import Feeding, Happening
from bot.adapters.matrix.fetching import News, fetched
from bot.adapters.matrix.hearing import Heard, Hearing
from bot.adapters.matrix.keys import Keys
from bot.adapters.matrix.unbroken import Unbroken
from bot.adapters.matrix.wire import POISON, TOKEN_REVOKED, Wire
from bot.ports.chat import ChatError
from bot.ports.journal import Journal
from bot.ports.keeping import Bookmarks, Ledger
from bot.ports.timing import Clock

_MARK = "sync"
_LONGEST_PAUSE_SECONDS = 60
WRITTEN_EVERY = TimeDelta(seconds=5)


class Places:
    """Remembers the place in the server's news up to which everything was dealt with.

    It is written down every few seconds at most: what comes again after a crash is known by its id and done once.
    """

    def __init__(self, *, world: str, bookmarks: Bookmarks, ledger: Ledger) -> None:
        self._world = world
        self._bookmarks = bookmarks
        self._ledger = ledger
        self._reached: str | None = None
        self._matters = False
        self._not_before: Instant | None = None

    async def last(self) -> str | None:
        """Return the place, or None for a bot that is new."""
        async with self._ledger.transaction():
            return await self._bookmarks.read(self._world, _MARK)

    async def reach(self, place: str, now: Instant, *, matters: bool) -> None:
        """Note the place, and write it down if something on the way to it matters and the last time is a while ago."""
        self._reached, self._matters = place, self._matters or matters
        if self._not_before is None or now >= self._not_before:
            self._not_before = now + WRITTEN_EVERY
            await self.write()

    async def write(self) -> None:
        """Write the place down, if that matters."""
        if self._reached is None or not self._matters:
            return
        self._matters = False
        async with self._ledger.transaction():
            await self._bookmarks.keep(self._world, _MARK, self._reached)


class Syncing:
    """Goes on for as long as the bot is let in."""

    def __init__(  # noqa: PLR0913  The world hands in everything by name.
        self,
        *,
        client: AsyncClient,
        wire: Wire,
        keys: Keys,
        feeding: Feeding,
        arrivals: Arrivals,
        hearing: Hearing,
        answers: Answers,
        places: Places,
        journal: Journal,
        clock: Clock,
    ) -> None:
        self._client = client
        self._wire = wire
        self._keys = keys
        self._feeding = feeding
        self._arrivals = arrivals
        self._hearing = hearing
        self._answers = answers
        self._places = places
        self._journal = journal
        self._clock = clock
        self._unbroken = Unbroken()
        self._since: str | None = None

    async def first(self) -> None:
        """Learn of every room, and deal with what came while the bot was away. Raises `ChatError`."""
        self._since = await self._places.last()
        await self._take(await fetched(self._wire, self._client.user_id, self._since, first=True))

    async def run(self) -> None:
        """Go on until cancelled, slower while the server cannot be reached. Raises `ChatError` when it never will."""
        failures = 0
        while True:
            try:
                news = await fetched(self._wire, self._client.user_id, self._since, first=False)
                await self._unbroken.run(self._take(news))
                failures = 0
            except ChatError as error:
                self._journal.note("sync-failed", why=error.kind, permanent=error.permanent)
                if error.permanent:
                    raise
                await asyncio.sleep(min(2**failures, _LONGEST_PAUSE_SECONDS))
                failures += 1

    async def rest(self) -> None:
        """Wait until what came last was dealt with, and write down how far that is."""
        await self._unbroken.rest()
        await self._places.write()

    async def _take(self, news: News) -> None:
        """Deal with one answer. A bot that has no mark is new, and what was said before it came is not for it."""
        happenings = await self._fed(news)
        await self._tend(news)
        if self._since is not None:
            await self._deal_with(happenings)
        await self._arrivals.take_up()
        await self._answers.catch_up()
        is_new, self._since = self._since is None, news.next_batch
        await self._places.reach(news.next_batch, self._clock.now(), matters=is_new or news.matters)

    async def _fed(self, news: News) -> Sequence[Happening]:
        now = self._clock.now()
        happenings = list(await self._feeding.to_device(news.to_device, now))
        for room_id, events in news.invites.items():
            with self._alone():
                self._arrivals.invited(room_id, events)
        for room in news.rooms:
            await self._feeding.state(room.room_id, room.state)
            happenings += await self._feeding.timeline(room.room_id, room.timeline, now)
            self._arrivals.seen(room.room_id)
        for room_id in news.left:
            self._arrivals.gone(room_id)
        await self._feeding.devices(news.device_lists)
        return happenings

    async def _tend(self, news: News) -> None:
        try:
            await self._keys.tend(news.raw)
        except ChatError as error:
            if error.kind == TOKEN_REVOKED:
                raise
            self._journal.note("keys-not-tended", why=error.kind)

    async def _deal_with(self, happenings: Sequence[Happening]) -> None:
        """Deal with all of it: one person's lines in order, different people's at the same time."""
        heard: list[Heard] = []
        for happening in happenings:
            with self._alone():
                await self._arrivals.changed(happening.room_id, happening.event)
                line = self._hearing.heard(happening.room_id, happening.event, self._client.user_id)
                heard += [line] if line else []
        async with asyncio.TaskGroup() as tasks:
            for _, lines in groupby(sorted(heard, key=_sender), key=_sender):
                tasks.create_task(self._hear_in_order(list(lines)))

    async def _hear_in_order(self, lines: Sequence[Heard]) -> None:
        for heard in lines:
            with self._alone():
                await self._hearing.hear(heard)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let one event fail without the others."""
        try:
            yield
        except (ChatError, *POISON) as error:
            self._journal.fault("event-failed", error)


def _sender(heard: Heard) -> str:
    return heard.sender
