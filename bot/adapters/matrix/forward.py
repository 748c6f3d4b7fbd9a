"""The key store, so that keys only ever move forward: what was read once cannot be read again with what is kept.

An inbound Megolm session opens everything from its first known index on. Ours are moved past what was dealt with;
a session that is shared again from an earlier index does not bring the past back, and our own words are not kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from nio.crypto import GroupSessionStore, InboundGroupSession, OlmAccount
from nio.store import SqliteStore
from nio.store.models import EncryptedRooms, MegolmInboundSessions
from peewee import IntegerField, Model, TextField
from vodozemac import InboundGroupSession as Ratchet
from whenever import Instant

from bot.adapters.matrix.binding import KeyFile


class MegolmDates(Model):  # type: ignore[misc]  # peewee carries no types.
    """When a session came and when it was last used, in seconds since 1970 (UTC)."""

    session_id = TextField(primary_key=True)
    came_at = IntegerField()
    used_at = IntegerField()


class MegolmAhead(Model):  # type: ignore[misc]  # As above.
    """Indexes dealt with while an earlier one was still to come, and until when that one is waited for."""

    session_id = TextField()
    index = IntegerField()
    until = IntegerField()


class FallbackEnd(Model):  # type: ignore[misc]  # As above.
    """When the fallback key that was used is to be gone, in seconds since 1970 (UTC); no row when none was."""

    at = IntegerField()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """When a session came, and when something in it was last dealt with."""

    came: Instant
    used: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """Where an encrypted event stands: in which session of which sender, at which index."""

    room_id: str
    sender_key: str
    session_id: str
    index: int


def move_forward(session: InboundGroupSession, first: int) -> None:
    """Make a session refuse everything before `first`; nothing can take it back."""
    exported = session._session.export_at(first)  # noqa: SLF001  nio's wrapper cannot replace what it wraps.
    if exported is not None:
        session._session = Ratchet.import_session(exported)  # noqa: SLF001  As above.


class ForwardOnly(GroupSessionStore):
    """nio's sessions in memory. One that is shared again starts where ours already is; our own are not kept."""

    def __init__(self, own_key: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # nio's has no types here.
        self._own_key = own_key
        self.by_id: dict[str, InboundGroupSession] = {}
        self.new: set[str] = set()

    def add(self, session: InboundGroupSession) -> bool:
        """Take a session in, unless it opens the bot's own words."""
        if session.sender_key == self._own_key:
            return False
        known = self.get(session.room_id, session.sender_key, session.id)
        if known is not None and known.first_known_index > session.first_known_index:
            session._session = known._session  # noqa: SLF001  As above: nio saves this very object next.
        elif known is None:
            self.new.add(session.id)
        self.by_id[session.id] = session
        added: bool = super().add(session)
        return added

    def drop(self, session: InboundGroupSession) -> None:
        """Let go of one session."""
        self.by_id.pop(session.id, None)
        self.new.discard(session.id)
        self[session.room_id][session.sender_key].pop(session.id, None)


class ForwardStore(SqliteStore):
    """nio's store on SQLite, and beside its tables when sessions came and what was read ahead of its turn."""

    models = [*SqliteStore.models, MegolmDates, MegolmAhead, FallbackEnd]  # noqa: RUF012  nio says so without types.
    own_key = ""

    def _create_database(self) -> KeyFile:
        return KeyFile(self.database_path)

    def load_account(self) -> OlmAccount | None:
        """Load the device's account, and know its key from then on."""
        account = super().load_account()
        if account is not None:
            self.own_key = account.identity_keys["curve25519"]
        return account

    def save_account(self, account: OlmAccount) -> None:
        """Save the device's account, and know its key from then on."""
        self.own_key = account.identity_keys["curve25519"]
        super().save_account(account)

    def load_inbound_group_sessions(self) -> ForwardOnly:
        """Load all sessions."""
        store = ForwardOnly(self.own_key)
        for session in super().load_inbound_group_sessions():
            store.add(session)
        return store

    def save_inbound_group_session(self, session: InboundGroupSession) -> None:
        """Save a session, unless it opens the bot's own words."""
        if session.sender_key != self.own_key:
            super().save_inbound_group_session(session)

    def dates(self) -> Mapping[str, Dates]:
        """Return when each session came and was used, as far as that is written."""
        with self._bound():
            return {
                row.session_id: Dates(
                    came=Instant.from_timestamp(row.came_at), used=Instant.from_timestamp(row.used_at)
                )
                for row in MegolmDates.select()
            }

    def ahead(self) -> Mapping[str, dict[int, Instant]]:
        """Return, by session, what was read ahead of its turn, and until when what comes before is waited for."""
        found: dict[str, dict[int, Instant]] = {}
        with self._bound():
            for row in MegolmAhead.select():
                found.setdefault(row.session_id, {})[row.index] = Instant.from_timestamp(row.until)
        return found

    def fallback_end(self) -> Instant | None:
        """Return when the fallback key that was used is to be gone, or None."""
        with self._bound():
            row = FallbackEnd.get_or_none()
        return None if row is None else Instant.from_timestamp(row.at)

    def keep_fallback_end(self, at: Instant | None) -> None:
        """Keep that moment in place of the earlier one."""
        with self._bound(), self.database.atomic():
            FallbackEnd.delete().execute()
            if at is not None:
                FallbackEnd.insert(at=at.timestamp()).execute()

    def write(self, changes: "Changes") -> None:
        """Write all of it in one transaction; what stood there is overwritten on the disk (`secure_delete`)."""
        with self._bound(), self.database.atomic():
            for session in changes.moved:
                self.save_inbound_group_session(session)
            for session_id, dates in changes.dates.items():
                came, used = dates.came.timestamp(), dates.used.timestamp()
                MegolmDates.replace(session_id=session_id, came_at=came, used_at=used).execute()
            gone = list(changes.gone)
            MegolmInboundSessions.delete().where(MegolmInboundSessions.session_id.in_(gone)).execute()
            MegolmDates.delete().where(MegolmDates.session_id.in_(gone)).execute()
            stale = [*gone, *changes.ahead]
            MegolmAhead.delete().where(MegolmAhead.session_id.in_(stale)).execute()
            for session_id, indexes in changes.ahead.items():
                for index, until in indexes.items():
                    MegolmAhead.insert(session_id=session_id, index=index, until=until.timestamp()).execute()
            EncryptedRooms.delete().where(EncryptedRooms.room_id.in_(list(changes.left))).execute()

    def _bound(self) -> Any:  # noqa: ANN401  peewee carries no types.
        return self.database.bind_ctx(self.models)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What is to be written about sessions: moved, dated, gone for good, read ahead of its turn; and rooms left."""

    moved: Iterable[InboundGroupSession]
    dates: Mapping[str, Dates]
    gone: Iterable[str]
    ahead: Mapping[str, Mapping[int, Instant]]
    left: Iterable[str]
