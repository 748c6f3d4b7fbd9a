"""Who is named in the outbox, in what is packed there and in keys, and how that ends."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, RowMapping, delete, func, or_, select, update
from whenever import Instant

from bot.domain.forgetting import without
from bot.domain.ids import PersonId
from bot.domain.outgoing import Departure, Sending
from bot.store.database import Database
from bot.store.outbox import sending_in
from bot.store.sayings import packed
from bot.store.tables.house import outbox

Predicate = ColumnElement[bool]


class SayingsStore:
    """What is to be said, by who is named in it. Inside a transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def unname(self, person: PersonId, now: Instant, which: Predicate) -> None:
        """Let no row of those name the person any more; keys of what was said to them go too."""
        named = select(outbox).where(which, outbox.c.done_at.is_(None), names(person))
        for row in (await self._database.execute(named)).mappings().all():
            await self._put_right(row, without(sending_in(row), person, now))
        told = or_(
            outbox.c.key.contains(person.mark, autoescape=True),
            # As an earlier version made them.
            outbox.c.key.contains(f":{person}:", autoescape=True),
            outbox.c.key.endswith(f":{person}", autoescape=True),
        )
        done = outbox.c.done_at.is_not(None)
        await self._database.execute(delete(outbox).where(which, done, told))

    async def _put_right(self, row: RowMapping, after: Sequence[Sending]) -> None:
        """Put what is left in place of the row; a row that goes on keeps its claim and its failures."""
        this = outbox.c.id == row["id"]
        if [one.key for one in after] == [row["key"]]:
            await self._database.execute(update(outbox).where(this).values(body=packed(after[0])))
            return
        await self._database.execute(delete(outbox).where(this))
        for one in after:
            waits = row["claimed_until"] if isinstance(one, Departure) else None
            values = {
                "key": one.key,
                "group_id": one.group,
                "body": packed(one),
                # What is being opened just now is closed when that is over.
                "not_before": one.not_before if waits is None else max(waits, one.not_before),
                "expires_at": one.expires_at,
                "failures": 0,
            }
            await self._database.execute(self._database.insert(outbox).values(values).on_conflict_do_nothing())
        self._database.stir()


def names(person: PersonId) -> Predicate:
    """Return what holds for rows of the outbox that name the person, as reader or in what is said."""
    return func.coalesce(outbox.c.body, "").contains(f'"{person}"', autoescape=True)
