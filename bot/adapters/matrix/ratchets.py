"""Keys to the past are let go of: once an event was dealt with, its session is moved on, in memory and on disk.

An event that comes out of its turn leaves a gap before it. The gap is waited for a minute, and then passed; one
that is still being dealt with is never passed.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from nio import AsyncClient
from nio.crypto import InboundGroupSession
from vodozemac import MegolmMessage
from whenever import Instant, TimeDelta

from bot.adapters.matrix.forward import Changes, Dates, ForwardOnly, ForwardStore, Sealed, move_forward

GAP_WAITED_FOR = TimeDelta(seconds=60)
REPLACED_LASTS = TimeDelta(minutes=10)
UNUSED_LASTS = TimeDelta(hours=24 * 30)
LOOKED_THROUGH_EVERY = TimeDelta(minutes=1)


def sealed(room_id: str, event: Mapping[str, Any]) -> Sealed | None:
    """Return where an event of a room stands, or None when it is not encrypted or not whole."""
    content = event.get("content")
    if event.get("type") != "m.room.encrypted" or not isinstance(content, dict):
        return None
    try:
        index = MegolmMessage.from_base64(content["ciphertext"]).message_index()
        return Sealed(room_id=room_id, sender_key=content["sender_key"], session_id=content["session_id"], index=index)
    except (KeyError, TypeError, ValueError):
        return None


class Ratchets:
    """Moves one device's sessions on. Nothing is passed while `is_paused`, for something earlier may be unread."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client
        self._held: defaultdict[str, set[int]] = defaultdict(set)
        self._ahead: defaultdict[str, dict[int, Instant]] = defaultdict(dict)
        self._dates: dict[str, Dates] = {}
        self._moved: dict[str, InboundGroupSession] = {}
        self._gone: set[str] = set()
        self._left: set[str] = set()
        self._changed: set[str] = set()
        self._looked_at: Instant | None = None
        self.is_paused = False

    def begin(self) -> None:
        """Take up what was written before the process began."""
        self._dates = dict(self._store.dates())
        self._ahead.update(self._store.ahead())

    def is_past(self, at: Sealed) -> bool:
        """Whether this was dealt with before, and can be read no more."""
        session = self._session(at)
        return session is not None and at.index < session.first_known_index

    def hold(self, at: Sealed | None) -> None:
        """Pass nothing from here on in this session, until it is dealt with."""
        if at is not None:
            self._held[at.session_id].add(at.index)

    def handled(self, at: Sealed | None, now: Instant) -> None:
        """Take note that this was dealt with, and move on as far as can be."""
        if at is None:
            return
        self._let_go(at)
        session = self._session(at)
        if session is not None and at.index >= session.first_known_index:
            self._ahead[at.session_id][at.index] = now + GAP_WAITED_FOR
            self._use(session, now)
            self._settle(session, now)

    def forget(self, room_id: str) -> None:
        """Let go of every key to a room, those to what the bot says among them, and write that down at once.

        A room that was left is heard of no more: after a crash, nobody would know that its keys are to go.
        """
        if self._client.olm is None:
            return
        self._client.olm.outbound_group_sessions.pop(room_id, None)
        self._left.add(room_id)
        for session in [session for session in self._inbound if session.room_id == room_id]:
            self._drop(session)
        self._write()

    def tidy(self, now: Instant) -> None:
        """Pass gaps that were waited for long enough, let go of old sessions, and write it all down."""
        if self._client.olm is None:
            return
        for id_ in self._inbound.new - self._dates.keys():
            self._use(self._inbound.by_id[id_], now)
        self._inbound.new.clear()
        for id_ in [id_ for id_, indexes in self._ahead.items() if indexes and id_ in self._inbound.by_id]:
            self._settle(self._inbound.by_id[id_], now)
        if self._looked_at is None or now >= self._looked_at + LOOKED_THROUGH_EVERY:
            self._looked_at = now
            for session in list(self._old(now)):
                self._drop(session)
        self._write()

    def _settle(self, session: InboundGroupSession, now: Instant) -> None:
        """Move a session past what was dealt with, and past gaps that were waited for."""
        if self.is_paused:
            return
        ahead, first = self._ahead[session.id], session.first_known_index
        next_held = min(self._held.get(session.id, ()), default=None)
        waited = [index for index, until in ahead.items() if until <= now and (next_held is None or index < next_held)]
        first = max([first, *(index + 1 for index in waited)])
        while first in ahead:
            first += 1
        if first > session.first_known_index:
            move_forward(session, first)
            self._moved[session.id] = session
            self._changed.add(session.id)
            self._ahead[session.id] = {index: until for index, until in ahead.items() if index >= first}

    def _old(self, now: Instant) -> Iterator[InboundGroupSession]:
        """Find sessions whose device has gone on to a newer one, or that nobody has used for long."""
        newest: dict[tuple[str, str], Instant] = {}
        for session in self._inbound:
            device = (session.room_id, session.sender_key)
            newest[device] = max(self._dates[session.id].came, newest.get(device, Instant.MIN))
        for session in self._inbound:
            dates, last = self._dates[session.id], newest[session.room_id, session.sender_key]
            is_replaced = dates.came < last and last + REPLACED_LASTS <= now
            # Sent before the bot left and come after it; with no room at all, it has not heard yet where it is.
            is_late = self._client.rooms and session.room_id not in self._client.rooms
            is_over = is_replaced or (is_late and dates.came + REPLACED_LASTS <= now)
            if (is_over or dates.used + UNUSED_LASTS <= now) and not self._held.get(session.id):
                yield session

    def _use(self, session: InboundGroupSession, now: Instant) -> None:
        dates = self._dates.get(session.id)
        self._dates[session.id] = Dates(came=now if dates is None else dates.came, used=now)
        self._changed.add(session.id)

    def _drop(self, session: InboundGroupSession) -> None:
        self._inbound.drop(session)
        self._gone.add(session.id)
        for kept in (self._held, self._ahead, self._dates, self._moved):
            kept.pop(session.id, None)

    def _write(self) -> None:
        if not (self._changed or self._gone or self._left):
            return
        self._store.write(
            Changes(
                moved=list(self._moved.values()),
                dates={id_: self._dates[id_] for id_ in self._changed if id_ in self._dates},
                gone=self._gone,
                ahead={id_: self._ahead.get(id_, {}) for id_ in self._changed},
                left=self._left,
            )
        )
        self._moved, self._gone, self._left, self._changed = {}, set(), set(), set()

    def _let_go(self, at: Sealed) -> None:
        held = self._held.get(at.session_id)
        if held is not None:
            held.discard(at.index)
            if not held:
                del self._held[at.session_id]

    def _session(self, at: Sealed) -> InboundGroupSession | None:
        return self._inbound.get(at.room_id, at.sender_key, at.session_id)

    @property
    def _inbound(self) -> ForwardOnly:
        if self._client.olm is None or not isinstance(self._client.olm.inbound_group_store, ForwardOnly):
            raise RuntimeError("no keys are open")
        return self._client.olm.inbound_group_store

    @property
    def _store(self) -> ForwardStore:
        if not isinstance(self._client.store, ForwardStore):
            raise TypeError(self._client.store)
        return self._client.store
