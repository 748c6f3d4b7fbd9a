"""The sync loop: what is new is fetched, fed to nio, and taken in; answers are not waited for.

What was heard is written down with the place in the news in one transaction, and dealt with beside the loop. After
a crash anywhere it comes again; the events' ids make that harmless. Nothing is fed before all of it is there, gaps
filled, so that an answer is taken once.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from nio import AsyncClient

from bot.adapters.matrix.arrivals import Arrivals
from bot.adapters.matrix.feeding import Feeding, Happening
from bot.adapters.matrix.fetching import News, event_in, fetched
from bot.adapters.matrix.hearing import Hearing, Meant
from bot.adapters.matrix.intake import Intake
from bot.adapters.matrix.keys import Keys
from bot.adapters.matrix.ratchets import Ratchets
from bot.adapters.matrix.unbroken import Unbroken
from bot.adapters.matrix.wire import POISON, TOKEN_REVOKED, Wire
from bot.ports.chat import ChatError
from bot.ports.inbox import Received
from bot.ports.journal import Journal
from bot.ports.timing import Clock

_LONGEST_PAUSE_SECONDS = 60
_TIDIED_EVERY_SECONDS = 1
_READ_AT_ONCE = 10
_NOT_NOW = object()
# While the bot says many things one after another, its own words come back in bundles: each look costs the server.
_ECHOES_AT_ONCE = 2
_ECHO_PAUSE_SECONDS = 0.25


class Syncing:
    """Goes on for as long as the bot is let in."""

    def __init__(  # noqa: PLR0913  The world hands in everything by name.
        self,
        *,
        client: AsyncClient,
        wire: Wire,
        keys: Keys,
        feeding: Feeding,
        ratchets: Ratchets,
        arrivals: Arrivals,
        hearing: Hearing,
        intake: Intake,
        journal: Journal,
        clock: Clock,
        nudge: Callable[[], None],
    ) -> None:
        self._client = client
        self._wire = wire
        self._keys = keys
        self._feeding = feeding
        self._ratchets = ratchets
        self._arrivals = arrivals
        self._hearing = hearing
        self._intake = intake
        self._journal = journal
        self._clock = clock
        self._nudge = nudge
        self._unbroken = Unbroken()
        self._since: str | None = None
        self._unread: Sequence[Received] = ()

    async def first(self) -> None:
        """Learn of every room, and of what came while the bot was away; `run` deals with it. Raises `ChatError`."""
        self._ratchets.begin()
        self._since, self._unread = await self._intake.last()
        self._ratchets.is_paused = bool(self._unread)
        await self._take(await fetched(self._wire, self._client.user_id, self._since, first=True))

    async def run(self) -> None:
        """Go on until cancelled, slower while the server cannot be reached. Raises `ChatError` when it never will.

        What could not be said before, and while the server was away, need not wait any longer then.
        """
        self._intake.begin()
        self._nudge()
        tidying = asyncio.create_task(self._tidy())
        try:
            await self._go_on()
        finally:
            tidying.cancel()

    async def rest(self) -> None:
        """Wait until what came last was dealt with, and write down how far that is."""
        await self._unbroken.rest()
        await self._intake.rest()
        self._ratchets.tidy(self._clock.now())

    async def _go_on(self) -> None:
        failures = echoes = 0
        while True:
            try:
                if echoes > _ECHOES_AT_ONCE:
                    await asyncio.sleep(_ECHO_PAUSE_SECONDS)
                news = await fetched(self._wire, self._client.user_id, self._since, first=False)
                await self._unbroken.run(self._take(news))
                if failures:
                    self._nudge()
                failures, echoes = 0, 0 if news.matters else echoes + 1
            except ChatError as error:
                self._journal.note("sync-failed", why=error.kind, permanent=error.permanent)
                if error.permanent:
                    raise
                await asyncio.sleep(min(2**failures, _LONGEST_PAUSE_SECONDS))
                failures += 1

    async def _tidy(self) -> None:
        while True:
            await asyncio.sleep(_TIDIED_EVERY_SECONDS)
            self._ratchets.tidy(self._clock.now())

    async def _take(self, news: News) -> None:
        """Take in one answer. A bot that has no mark is new, and what was said before it came is not for it."""
        late, happenings = await self._fed(news)
        await self._tend(news)
        if self._unread:
            await self._read_again()
        is_new = self._since is None
        lines = [] if is_new else await self._heard(happenings)
        late_lines = await self._heard(late)
        await self._arrivals.take_up()
        matters = is_new or news.matters
        await self._intake.take([*late_lines, *lines], self._feeding.unread, news.next_batch, matters=matters)
        self._since = news.next_batch
        self._let_go(late, late_lines, by_id=True)
        self._let_go(happenings, lines, by_id=False)

    async def _fed(self, news: News) -> tuple[Sequence[Happening], Sequence[Happening]]:
        """Return what could not be read without a key that came only now, and what happened."""
        now = self._clock.now()
        late = await self._feeding.to_device(news.to_device, now)
        happenings: list[Happening] = []
        for room_id, events in news.invites.items():
            with self._alone():
                self._arrivals.invited(room_id, events)
        for room in news.rooms:
            if not self._arrivals.told_of(room.room_id, [*room.state, *room.timeline]):
                continue
            self._arrivals.noticed(room.room_id, (*room.state, *room.timeline))
            await self._feeding.state(room.room_id, room.state)
            happenings += await self._feeding.timeline(room.room_id, room.timeline, now)
            self._arrivals.seen(room.room_id)
        for room_id in news.left:
            self._arrivals.gone(room_id)
            self._ratchets.forget(room_id)
        await self._feeding.devices(news.device_lists)
        return late, happenings

    async def _tend(self, news: News) -> None:
        try:
            await self._keys.tend(news.raw, self._clock.now())
        except ChatError as error:
            if error.kind == TOKEN_REVOKED:
                raise
            self._journal.note("keys-not-tended", why=error.kind)

    async def _heard(self, happenings: Sequence[Happening]) -> list[Meant]:
        """Deal with comings and goings, and return the lines that are for the bot."""
        heard: list[Meant] = []
        for happening in happenings:
            with self._alone():
                await self._arrivals.changed(happening.room_id, happening.event)
                line = self._hearing.heard(happening, self._client.user_id)
                heard += [line] if line else []
        return heard

    def _let_go(self, happenings: Sequence[Happening], lines: Sequence[Meant], *, by_id: bool) -> None:
        """Move the keys past what was not for the bot; `by_id` says that the inbox holds it too."""
        ours, now = {line.event_id for line in lines}, self._clock.now()
        for happening in happenings:
            if happening.event.event_id in ours:
                continue
            self._ratchets.handled(happening.sealed, now)
            if by_id:
                self._intake.dealt_with(happening.event.event_id)
        while self._feeding.given_up:
            self._intake.dealt_with(self._feeding.given_up.pop())

    async def _read_again(self) -> None:
        """Read what was heard and not dealt with before the process began; what cannot be had now is tried later."""
        unread, self._unread = self._unread, []
        for first in range(0, len(unread), _READ_AT_ONCE):
            some = unread[first : first + _READ_AT_ONCE]
            for received, event in zip(some, await asyncio.gather(*map(self._event_of, some)), strict=True):
                if event is _NOT_NOW:
                    self._unread = [*self._unread, received]
                else:
                    self._hear_again(received, event)
        self._ratchets.is_paused = bool(self._unread)

    async def _event_of(self, received: Received) -> object:
        """Return the event, None when the bot may not see it any more, or that it cannot be had now."""
        try:
            return await event_in(self._wire, received)
        except ChatError as error:
            return None if error.permanent else _NOT_NOW

    def _hear_again(self, received: Received, event: object) -> None:
        happenings = self._feeding.again(received.room, event, self._clock.now()) if isinstance(event, dict) else []
        if not happenings and received in self._feeding.unread:
            return
        lines: list[Meant] = []
        for happening in happenings:
            with self._alone():
                line = self._hearing.heard(happening, self._client.user_id)
                lines += [line] if line else []
        for line in lines:
            self._intake.hand_on(line)
        if not lines:
            self._intake.dealt_with(received.event)
            self._let_go(happenings, [], by_id=False)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let one event fail without the others."""
        try:
            yield
        except (ChatError, *POISON) as error:
            self._journal.fault("event-failed", error)
