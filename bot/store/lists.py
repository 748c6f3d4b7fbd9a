"""Lists to choose from, by the message they stand in, and what reactions answered; rows and values."""

from collections.abc import Mapping, Sequence

from sqlalchemy import RowMapping, delete, select, update
from whenever import Instant

from bot.domain.dialogue import Offered
from bot.domain.ids import PersonId
from bot.ports.lists import Answered
from bot.store.database import Database
from bot.store.sayings import packed_choices, unpacked_choices
from bot.store.tables.lists import list_answers, lists


class ListsShelf:
    """Implements the port `ListShelf`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, given: Sequence[Offered], last: Mapping[PersonId, str | None]) -> None:
        """Keep these lists; one that was kept before stays as it is, but for whether a number means it."""
        rows = {offered.message: _row(offered) for offered in given if offered.message is not None}
        if rows:
            await self._database.execute(self._database.insert(lists).on_conflict_do_nothing(), list(rows.values()))
        earlier = lists.c.person.in_(sorted(last)) & lists.c.last
        await self._database.execute(update(lists).where(earlier).values(last=False))
        messages = sorted(message for message in last.values() if message is not None)
        if messages:
            await self._database.execute(update(lists).where(lists.c.message.in_(messages)).values(last=True))

    async def last(self, person: PersonId, now: Instant) -> Offered | None:
        """Return the list that a number typed by this person means, or None."""
        theirs = select(lists).where(lists.c.person == person, lists.c.last, lists.c.until > now)
        row = (await self._database.execute(theirs)).mappings().first()
        return None if row is None else _offered(row)

    async def under(self, message: str, now: Instant) -> Offered | None:
        """Return the list that stands in a message, or None."""
        found = select(lists).where(lists.c.message == message, lists.c.until > now)
        row = (await self._database.execute(found)).mappings().first()
        return None if row is None else _offered(row)

    async def note(self, answered: Answered) -> None:
        """Keep what a reaction answered."""
        row = {"reaction": answered.reaction, "message": answered.offered.message, "number": answered.number}
        await self._database.execute(self._database.insert(list_answers).values(row).on_conflict_do_nothing())

    async def by(self, reaction: str, now: Instant) -> Answered | None:
        """Return what that reaction answered, or None."""
        both = select(lists, list_answers.c.number).join(list_answers, list_answers.c.message == lists.c.message)
        found = both.where(list_answers.c.reaction == reaction, lists.c.until > now)
        row = (await self._database.execute(found)).mappings().first()
        return None if row is None else Answered(reaction=reaction, offered=_offered(row), number=row["number"])

    async def forget(self, reaction: str) -> None:
        """Let it go."""
        await self._database.execute(delete(list_answers).where(list_answers.c.reaction == reaction))

    async def purge(self, now: Instant) -> None:
        """Let go of lists whose time is over; the answers to them go too."""
        await self._database.execute(delete(lists).where(lists.c.until <= now))


def _row(offered: Offered) -> dict[str, object]:
    return {
        "message": offered.message,
        "person": offered.person,
        "group_id": offered.group,
        "choices": packed_choices(offered.choices),
        "last": False,
        "until": offered.until,
    }


def _offered(row: RowMapping) -> Offered:
    return Offered(
        person=row["person"],
        group=row["group_id"],
        choices=unpacked_choices(row["choices"]),
        until=row["until"],
        message=row["message"],
    )
