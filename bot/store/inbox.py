"""The inbox: what worlds heard and have not dealt with, as places where the platform can be asked again."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, select
from whenever import Instant

from bot.ports.inbox import Received
from bot.store.database import Database
from bot.store.tables.house import inbox

_DONE = delete(inbox).where(
    inbox.c.world == bindparam("of_world"), inbox.c.event.in_(bindparam("events", expanding=True))
)


class InboxShelf:
    """Implements the port `Inbox`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._keep = database.insert(inbox).on_conflict_do_nothing()

    async def keep(self, world: str, received: Sequence[Received], now: Instant) -> None:
        """Keep these in order."""
        rows = [{"world": world, "event": one.event, "room": one.room, "heard_at": now} for one in received]
        await self._database.execute(self._keep, rows)

    async def waiting(self, world: str) -> Sequence[Received]:
        """Return what was not dealt with, in order."""
        here = select(inbox.c.room, inbox.c.event).where(inbox.c.world == world).order_by(inbox.c.id)
        return [Received(room=row.room, event=row.event) for row in await self._database.execute(here)]

    async def done(self, world: str, events: Sequence[str]) -> None:
        """Let go of what was dealt with."""
        await self._database.execute(_DONE, {"of_world": world, "events": events})
