"""One sync answer, fed to nio a piece at a time, so that a poisonous event spoils itself alone.

nio takes a whole answer or nothing: the first malformed event ends it, and again at each restart. Here each
to-device message and each event of a timeline is an answer of its own.
"""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from itertools import count
from typing import Any

from nio import AsyncClient, EncryptionError, Event, MegolmEvent, RoomKeyEvent, SyncResponse
from whenever import Instant, TimeDelta

from bot.adapters.matrix.forward import Sealed
from bot.adapters.matrix.ratchets import Ratchets, sealed
from bot.adapters.matrix.wire import POISON
from bot.ports.inbox import Received
from bot.ports.journal import Journal

KEYS_LATE_AT_MOST = TimeDelta(minutes=10)
MOST_WAITING = 200
STATE_AT_ONCE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One event in one room, decrypted where that was possible; `sealed` says where it stood if it came encrypted."""

    room_id: str
    event: Event
    sealed: Sealed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waiting:
    room_id: str
    event: MegolmEvent
    until: Instant


class Feeding:
    """Feeds one client. `given_up` are the ids of events whose keys did not come in time."""

    def __init__(self, *, client: AsyncClient, ratchets: Ratchets, journal: Journal) -> None:
        self._client = client
        self._ratchets = ratchets
        self._journal = journal
        self._pieces = count()
        self._waiting: list[_Waiting] = []
        self.given_up: list[str] = []

    @property
    def unread(self) -> Sequence[Received]:
        """What waits for its key."""
        return [Received(room=late.room_id, event=late.event.event_id) for late in self._waiting]

    async def to_device(self, events: Sequence[Any], now: Instant) -> Sequence[Happening]:
        """Take messages to this device, mostly keys; return events that could not be read without them."""
        sessions = set()
        for event in events:
            answer = await self._feed({"to_device": {"events": [event]}})
            sessions |= {key.session_id for key in _room_keys(answer)}
        if events and self._client.olm is not None:
            # nio saves the account before it uses a one-time key up, and so keeps that key.
            self._client.olm.save_account()
        return [happening for happening in self._read_late(sessions, now) if happening]

    async def devices(self, lists: Mapping[str, Any]) -> None:
        """Take note whose devices changed."""
        if any(lists.values()):
            await self._feed({"device_lists": lists})

    async def state(self, room_id: str, events: Sequence[Any]) -> None:
        """Take a room's state, some at a time so that nothing waits for a large room; poison is left out by itself."""
        for first in range(0, len(events), STATE_AT_ONCE):
            some = events[first : first + STATE_AT_ONCE]
            if await self._feed(_joined(room_id, "state", some)) is None:
                for event in some:
                    await self._feed(_joined(room_id, "state", [event]))
            await asyncio.sleep(0)

    async def timeline(self, room_id: str, events: Sequence[Any], now: Instant) -> Sequence[Happening]:
        """Take what happened in a room, in order; what cannot be read waits a while for its key."""
        happenings: list[Happening] = []
        for event in events:
            at = sealed(room_id, event)
            if at is not None and self._ratchets.is_past(at):
                continue
            answer = await self._feed(_joined(room_id, "timeline", [event]))
            for heard in answer.rooms.join[room_id].timeline.events if answer else ():
                happenings += self._taken(room_id, heard, at, now)
        return happenings

    def again(self, room_id: str, event: Mapping[str, Any], now: Instant) -> Sequence[Happening]:
        """Take an event that was fed before the process began; none when it cannot be read, or not yet.

        Nor is there any when it was dealt with, and the process ended before that was written down.
        """
        at = sealed(room_id, event)
        if at is not None and self._ratchets.is_past(at):
            return []
        try:
            parsed = Event.parse_event(dict(event))
            if isinstance(parsed, MegolmEvent):
                parsed.room_id = room_id
                parsed = self._client.decrypt_event(parsed)
        except EncryptionError:
            pass
        except POISON as error:
            self._journal.note("event-spoiled", error=type(error).__name__)
            return []
        return self._taken(room_id, parsed, at, now)

    def _taken(self, room_id: str, heard: object, at: Sealed | None, now: Instant) -> Sequence[Happening]:
        if isinstance(heard, MegolmEvent):
            heard.room_id = room_id
            self._wait(_Waiting(room_id=room_id, event=heard, until=now + KEYS_LATE_AT_MOST))
        elif isinstance(heard, Event):
            return [Happening(room_id=room_id, event=heard, sealed=at)]
        return []

    async def _feed(self, piece: Mapping[str, Any]) -> SyncResponse | None:
        """Give nio one piece; None when it was poison. nio forgets an answer whose token it saw last."""
        try:
            answer = SyncResponse.from_dict({"next_batch": f"piece-{next(self._pieces)}", **piece})
            with self._kept_whole():
                await self._client.receive_response(answer)
            # nio never gives the loop back, and ten rooms of news would be one long silence.
            await asyncio.sleep(0)
        except POISON as error:
            self._journal.note("event-spoiled", error=type(error).__name__)
            return None
        return answer if isinstance(answer, SyncResponse) else None

    def _kept_whole(self) -> AbstractContextManager[Any]:
        """Keep all that one piece brings, or nothing: on a full disk, half of it would be a message without its key."""
        store = self._client.store
        return nullcontext() if store is None else store.database.atomic()

    def _wait(self, waiting: _Waiting) -> None:
        if all(late.event.event_id != waiting.event.event_id for late in self._waiting):
            self._waiting.append(waiting)
        self.given_up += [late.event.event_id for late in self._waiting[:-MOST_WAITING]]
        self._waiting = self._waiting[-MOST_WAITING:]

    def _read_late(self, sessions: set[str], now: Instant) -> Iterator[Happening | None]:
        waiting, self._waiting = self._waiting, []
        for late in waiting:
            if late.event.session_id in sessions:
                yield self._decrypted(late)
            elif late.until > now:
                self._waiting.append(late)
            else:
                self.given_up.append(late.event.event_id)

    def _decrypted(self, late: _Waiting) -> Happening | None:
        try:
            event = self._client.decrypt_event(late.event)
        except POISON as error:
            self._journal.note("event-spoiled", error=type(error).__name__)
            self.given_up.append(late.event.event_id)
            return None
        at = sealed(late.room_id, late.event.source)
        return Happening(room_id=late.room_id, event=event, sealed=at) if isinstance(event, Event) else None


def _joined(room_id: str, part: str, events: Sequence[Any]) -> Mapping[str, Any]:
    return {"rooms": {"join": {room_id: {part: {"events": list(events)}}}}}


def _room_keys(answer: SyncResponse | None) -> Iterator[RoomKeyEvent]:
    return (event for event in answer.to_device_events if isinstance(event, RoomKeyEvent)) if answer else iter(())
