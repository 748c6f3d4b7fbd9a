"""The outbox: everything said to others is a row first. Claims are conditional, so several processes may pump."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import RowMapping, bindparam, delete, func, or_, select, tuple_, update
from sqlalchemy.sql.dml import ReturningUpdate
from whenever import Instant

from bot.domain.ids import GroupId, PersonId
from bot.domain.outgoing import Message, Sending, Tidying
from bot.domain.saying import Say
from bot.ports.chat import Posted
from bot.ports.keeping import AlreadyKept
from bot.ports.queues import Claimed
from bot.store.database import Database
from bot.store.sayings import beginning, packed, unpacked
from bot.store.tables.house import outbox

# No platform has it in an id.
_BETWEEN = "\n"
_HOLDS = select(outbox.c.id).where(outbox.c.key == bindparam("of_key"))
# SQLite gives the number of the last row to the next one, once that was withdrawn: the key says which of them it is.
_THESE = tuple_(outbox.c.id, outbox.c.key).in_(bindparam("sent", expanding=True))
_THERE = select(outbox.c.key).where(_THESE)
_STANDS = (
    update(outbox)
    .where(outbox.c.id == bindparam("of_id"), outbox.c.key == bindparam("of_key"))
    .values(stands=bindparam("told"))
)
_DONE = update(outbox).where(_THESE).values(body=None, claimed_until=None, done_at=bindparam("at"))


class OutboxShelf:
    """Implements the ports `Outbox`, `Receipts` and `Sendings`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._insert = database.insert(outbox).on_conflict_do_nothing().returning(outbox.c.id)

    async def put(self, sending: Sending) -> None:
        """Put it out to be sent. Raises `AlreadyKept` when its key was put before."""
        await self._put_one(sending, claimed_until=None)
        self._database.stir()

    async def put_new(self, sendings: Sequence[Sending]) -> None:
        """Put them out to be sent in this order, but for those whose keys were put before."""
        if sendings:
            await self._database.execute(self._insert, [_row(sending, claimed_until=None) for sending in sendings])
            self._database.stir()

    async def put_claimed(self, sending: Message, until: Instant) -> Claimed:
        """Put it out, claimed until `until` by whoever puts it. Raises `AlreadyKept` when its key was put before."""
        return Claimed(id=await self._put_one(sending, claimed_until=until), sending=sending, failures=0, until=until)

    async def _put_one(self, sending: Sending, claimed_until: Instant | None) -> int:
        put = await self._database.execute(self._insert, _row(sending, claimed_until))
        id_: int | None = put.scalar()
        if id_ is None:
            raise AlreadyKept(sending.key)
        return id_

    async def withdraw(self, key: str) -> None:
        """Take back what was not sent yet."""
        await self._database.execute(delete(outbox).where(outbox.c.key == key, outbox.c.done_at.is_(None)))

    async def reword(self, key: str, group: GroupId, said: Say, now: Instant) -> bool:
        """Say this in place of what is to be said later, and now, unless it is being said already."""
        waits = (outbox.c.key == key, outbox.c.group_id == group, outbox.c.done_at.is_(None), outbox.c.not_before > now)
        to_come = select(outbox).where(*waits, outbox.c.claimed_until.is_(None))
        row = (await self._database.execute(to_come)).mappings().first()
        if row is None or not isinstance(there := sending_in(row), Message):
            return False
        now_said = replace(there, say=said, not_before=now, since=None)
        new = {"body": packed(now_said), "not_before": now}
        await self._database.execute(update(outbox).where(outbox.c.id == row["id"]).values(new))
        self._database.stir()
        return True

    async def holds(self, key: str) -> bool:
        """Return whether the key was put before."""
        return (await self._database.execute(_HOLDS, {"of_key": key})).first() is not None

    async def claim(
        self, now: Instant, until: Instant, most: int, *, also: frozenset[int] = frozenset()
    ) -> Sequence[Claimed]:
        """Claim what is to be sent now, in the order it was put; `also` those whose time is to come."""
        free = or_(outbox.c.claimed_until.is_(None), outbox.c.claimed_until <= now)
        waiting = (
            select(outbox.c.id)
            .where(outbox.c.done_at.is_(None), or_(outbox.c.not_before <= now, outbox.c.id.in_(also)), free)
            .order_by(outbox.c.id)
            .limit(most)
            .with_for_update(skip_locked=True)
        )
        claim = update(outbox).where(outbox.c.id.in_(waiting)).values(claimed_until=until).returning(outbox)
        return await self._taken(claim)

    async def begun(self, person: PersonId, now: Instant, until: Instant, *, but: frozenset[int]) -> Sequence[Claimed]:
        """Claim what may have reached this person already, whoever has it, in the order it was put."""
        tried = or_(outbox.c.not_before <= now, outbox.c.failures > 0, outbox.c.claimed_until.is_not(None))
        theirs = outbox.c.body.startswith(beginning(person), autoescape=True)
        found = await self._database.execute(select(outbox.c.id).where(outbox.c.done_at.is_(None), tried, theirs))
        ids = set(found.scalars()) - but
        if not ids:
            return ()
        open_still = (outbox.c.id.in_(sorted(ids)), outbox.c.done_at.is_(None))
        return await self._taken(update(outbox).where(*open_still).values(claimed_until=until).returning(outbox))

    async def hold(self, claimed: Claimed, until: Instant) -> Claimed | None:
        """Claim it for longer, if it is still claimed as it was and not done."""
        ours = (outbox.c.id == claimed.id, outbox.c.claimed_until == claimed.until, outbox.c.done_at.is_(None))
        held = await self._database.execute(update(outbox).where(*ours).values(claimed_until=until))
        return replace(claimed, until=until) if held.rowcount else None

    async def done(self, sent: Sequence[Claimed], now: Instant) -> None:
        """Empty their rows, and keep their keys; what was tidied by them stands no longer."""
        await self._database.execute(_DONE, {"sent": [_named(claimed) for claimed in sent], "at": now})
        for tidied in [claimed.sending for claimed in sent if isinstance(claimed.sending, Tidying)]:
            which = outbox.c.key == tidied.of, outbox.c.group_id == tidied.group
            await self._database.execute(update(outbox).where(*which).values(stands=None))

    async def stands(self, posted: Sequence[tuple[Claimed, Posted]]) -> Sequence[tuple[Claimed, Posted]]:
        """Keep which messages these became; return those whose rows are there no longer."""
        told = [
            {"of_id": claimed.id, "of_key": claimed.sending.key, "told": _BETWEEN.join(each.messages) or None}
            for claimed, each in posted
        ]
        await self._database.execute(_STANDS, told)
        there = await self._database.execute(_THERE, {"sent": [_named(claimed) for claimed, _ in posted]})
        keys = set(there.scalars())
        return [(claimed, each) for claimed, each in posted if claimed.sending.key not in keys]

    async def standing(self, key: str, group: GroupId) -> Sequence[str]:
        """Return which messages were sent under that key in the group."""
        kept = select(outbox.c.stands).where(outbox.c.key == key, outbox.c.group_id == group)
        stands: str | None = (await self._database.execute(kept)).scalar()
        return stands.split(_BETWEEN) if stands else ()

    async def later(self, claimed: Claimed, at: Instant, failures: int) -> None:
        """Let it be tried again at `at`, unless another process has it by now."""
        moved = {"not_before": at, "claimed_until": None, "failures": failures}
        ours = (outbox.c.id == claimed.id, outbox.c.claimed_until == claimed.until)
        await self._database.execute(update(outbox).where(*ours).values(moved))
        self._database.stir()

    async def next_at(self) -> Instant | None:
        """Return when something is to be sent next; what another process is sending counts when its claim ends."""
        when = func.coalesce(outbox.c.claimed_until, outbox.c.not_before)
        found = await self._database.execute(select(func.min(when)).where(outbox.c.done_at.is_(None)))
        moment: Instant | None = found.scalar()
        return moment

    async def release(self) -> None:
        """Free every claim: right only when no other process can be sending, as on SQLite at start."""
        claimed = outbox.c.claimed_until.is_not(None)
        await self._database.execute(update(outbox).where(claimed).values(claimed_until=None))

    async def _taken(self, claim: ReturningUpdate[Any]) -> Sequence[Claimed]:
        rows = (await self._database.execute(claim)).mappings()
        return sorted((_claimed(row) for row in rows), key=lambda claimed: claimed.id)


def _row(sending: Sending, claimed_until: Instant | None) -> dict[str, Any]:
    return {
        "key": sending.key,
        "group_id": sending.group,
        "body": packed(sending),
        "not_before": sending.not_before,
        "expires_at": sending.expires_at,
        "claimed_until": claimed_until,
        "failures": 0,
    }


def _named(claimed: Claimed) -> tuple[int, str]:
    return claimed.id, claimed.sending.key


def _claimed(row: RowMapping) -> Claimed:
    return Claimed(id=row["id"], sending=sending_in(row), failures=row["failures"], until=row["claimed_until"])


def sending_in(row: RowMapping) -> Sending:
    """Return what a row holds that was not sent yet."""
    about = {
        "key": row["key"],
        "group": row["group_id"],
        "not_before": row["not_before"],
        "expires_at": row["expires_at"],
    }
    return unpacked(row["body"], about)
