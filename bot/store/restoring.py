"""A dump becomes a database again: first in memory, where what was forgotten since goes, then in place in one step.

So what is forgotten never touches the file that it is restored into, and whatever is wrong changes nothing.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, func, insert, or_, select, text, true, update
from whenever import Instant

from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.store.belongings import BelongingsStore
from bot.store.database import Database
from bot.store.dumping import lasting, reset_numbers
from bot.store.tables.house import dues, forgotten, outbox
from bot.store.tombstones import IsForgotten, Laid, TombstoneStore

_MESSAGES = ('{"person":', '{"place":')  # How a message begins when it is packed: bot.store.sayings.

Json = Any


async def forget_again(staged: Database, is_forgotten: IsForgotten, now: Instant) -> int:
    """Let go of every group and person that was forgotten since; return how many those are."""
    # Their tombstones are there already.
    belongings = BelongingsStore(staged, TombstoneStore(staged, None))
    count = 0
    async with staged.transaction():
        for world in sorted(await belongings.worlds()):
            for group, places in (await belongings.known(world)).items():
                for place in sorted({PlaceId(group), *places}):
                    if is_forgotten(GroupId(place), None):
                        count += 1
                        await _forget(staged, belongings, GroupId(place), now)
                count += await _part(staged, belongings, group, is_forgotten, now)
    return count


async def settle(staged: Database, at: Instant) -> None:
    """Bring what was to be said up to the moment after the backup.

    What a process had in hand just then was said a moment later, and is not said again. A room, and the going from
    one, are found by their keys, so doing those again does no harm.
    """
    said = or_(*(outbox.c.body.startswith(kind, autoescape=True) for kind in _MESSAGES))
    in_hand = and_(outbox.c.done_at.is_(None), outbox.c.claimed_until > at, said)
    async with staged.transaction():
        await staged.execute(update(outbox).where(in_hand).values(body=None, done_at=at))
        await staged.execute(update(outbox).values(claimed_until=None))


async def is_empty(database: Database) -> bool:
    """Whether nothing of any group is kept in it; the house's own moments and tombstones do not count."""
    async with database.transaction():
        for table in lasting():
            counted = select(func.count()).select_from(table).where(_of_groups(table))
            if (await database.execute(counted)).scalar_one():
                return False
    return True


async def put_in_place(staged: Database, database: Database, laid: Laid) -> int:
    """Put all that was staged in the place of what is there, with these tombstones; return how many rows that is.

    What passes within hours is left as it is.
    """
    rows = await _rows(staged)
    async with database.transaction():
        for table in reversed(lasting()):
            await database.execute(delete(table))
        for table in lasting():
            if rows[table.name]:
                await database.execute(insert(table), rows[table.name])
            if not database.alone and (renumbering := reset_numbers(table)):
                await database.execute(text(renumbering))
        if laid:
            told = [{"digest": digest, "at": at} for digest, at in laid.items()]
            await database.execute(database.upsert(forgotten), told)
    return sum(len(each) for each in rows.values())


async def _rows(staged: Database) -> Mapping[str, list[dict[str, Any]]]:
    found = {}
    async with staged.transaction():
        for table in lasting():
            found[table.name] = [dict(row) for row in (await staged.execute(select(table))).mappings()]
    return found


def _of_groups(table: Table) -> ColumnElement[bool]:
    if table is forgotten:
        return forgotten.c.digest.is_(None)
    return dues.c.group_id != GroupId.of("house", "all") if table is dues else true()


async def _forget(staged: Database, belongings: BelongingsStore, group: GroupId, now: Instant) -> None:
    await belongings.forget(group, now)
    await belongings.forget_place(PlaceId(group))
    # Those in a room for two were told when it was forgotten.
    await staged.execute(delete(outbox).where(outbox.c.group_id == group))


async def _part(
    staged: Database, belongings: BelongingsStore, group: GroupId, is_forgotten: IsForgotten, now: Instant
) -> int:
    """Let go of the people of one group who were forgotten in it, also where only what was said names them."""
    said = (
        await staged.execute(select(outbox.c.id, outbox.c.key, outbox.c.body).where(outbox.c.group_id == group))
    ).all()
    named = {row.id: set(_named(row.key, row.body, group.world)) for row in said}
    everybody = await belongings.people(group) | frozenset().union(*named.values())
    gone = {person for person in everybody if is_forgotten(group, person)}
    for person in sorted(gone):
        await belongings.part(group, person, now)
    about = [id_ for id_, people in named.items() if people & gone]
    if about:
        await staged.execute(delete(outbox).where(outbox.c.id.in_(about)))
    return len(gone)


def _named(key: str, body: str | None, world: str) -> Iterator[PersonId]:
    """Give whatever could be the id of a person in the key of something to be said, or in what is said."""
    for told in (key, *_texts(_read(body))):
        yield from _within(told, f"{world}:")


def _read(body: str | None) -> Json:
    try:
        return json.loads(body or "null")
    except ValueError:
        return body


def _texts(read: Json) -> Iterator[str]:
    match read:
        case str():
            yield read
        case Mapping():
            yield from (text_ for each in read.values() for text_ in _texts(each))
        case list():
            yield from (text_ for each in read for text_ in _texts(each))


def _within(told: str, begins: str) -> Iterator[PersonId]:
    """Give every part that begins as an id does and ends where a part of a key can end."""
    ends: Iterable[int] = (*(place for place, letter in enumerate(told) if letter == ":"), len(told))
    start = told.find(begins)
    while start >= 0:
        yield from (PersonId(told[start:end]) for end in ends if end > start + len(begins))
        start = told.find(begins, start + 1)
