"""The sit's rows and values. An ask that is over is a deleted row; what hung on it goes with it."""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import RowMapping, Table, bindparam, delete, select
from whenever import TimeDelta

from bot.domain.ids import GroupId, PersonId
from bot.domain.sit.ask import Ask, Change, Offer
from bot.domain.sit.table import Stage
from bot.domain.sit.wishes import Circle, Hearing, Room, Terms, Tick, Wanted, Where
from bot.store.database import Database, Row
from bot.store.tables.sit import asks, invited, offers, sit_named, sit_words, sitters

_LONGER, _CHANGE, _UNHEARD = "longer", "change", "unheard"
_HANGING = (sit_named, invited, offers, sitters, sit_words)
_ALL = select(asks).where(asks.c.group_id == bindparam("group")).order_by(asks.c.asked_at, asks.c.id)


class AsksShelf:
    """Implements the port `Asks`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._keep = database.upsert(asks)

    async def one(self, group: GroupId, code: str) -> Ask | None:
        """Return the ask, its group held, or None when this group has none of that code."""
        await self._database.hold(group)
        found = select(asks).where(asks.c.group_id == group, asks.c.id == code)
        rows = (await self._database.execute(found)).mappings().all()
        return next(iter(await self._whole(rows)), None)

    async def all(self, group: GroupId) -> Sequence[Ask]:
        """Return every ask of the group, the oldest first, and the group is held, also when there is none."""
        await self._database.hold(group)
        rows = (await self._database.execute(_ALL, {"group": group})).mappings().all()
        return await self._whole(rows)

    async def keep(self, ask: Ask) -> None:
        """Keep the ask as it now is, or let it go when it is over."""
        if ask.over:
            await self._database.execute(delete(asks).where(asks.c.group_id == ask.group, asks.c.id == ask.id))
            return
        await self._database.execute(self._keep, _row(ask))
        for table, people in ((sit_named, ask.named), (invited, ask.invited)):
            await self._replace(table, ask.id, [{"person": person} for person in sorted(people)])
        await self._replace(offers, ask.id, [{"number": offer.number, "person": offer.person} for offer in ask.offers])
        picked = [{"number": number, "person": person} for number, person in enumerate(ask.sitters, start=1)]
        await self._replace(sitters, ask.id, picked)
        await self._replace(sit_words, ask.id, [{"word": word, "person": person} for word, person in _words(ask)])

    async def _replace(self, table: Table, ask_id: str, rows: Sequence[Row]) -> None:
        await self._database.execute(delete(table).where(table.c.ask_id == ask_id))
        if rows:
            await self._database.execute(self._database.insert(table), [{"ask_id": ask_id, **row} for row in rows])

    async def _whole(self, rows: Sequence[RowMapping]) -> Sequence[Ask]:
        """Return the asks of these rows, in as many statements however many there are."""
        hanging = {table: await self._hanging(table, rows) for table in _HANGING}
        return [_ask(row, {table: hanging[table].get(row["id"], ()) for table in _HANGING}) for row in rows]

    async def _hanging(self, table: Table, rows: Sequence[RowMapping]) -> Mapping[str, Sequence[RowMapping]]:
        """Return what hangs on each of these asks, in the order of its numbers where it has any."""
        found: dict[str, list[RowMapping]] = {}
        if rows:
            theirs = select(table).where(table.c.ask_id.in_([row["id"] for row in rows]))
            ordered = theirs.order_by(table.c.number) if "number" in table.c else theirs
            for one in (await self._database.execute(ordered)).mappings():
                found.setdefault(one["ask_id"], []).append(one)
        return found


def _ask(row: RowMapping, hanging: Mapping[Table, Sequence[RowMapping]]) -> Ask:
    words = hanging[sit_words]
    return Ask(
        id=row["id"],
        group=row["group_id"],
        asker=row["asker"],
        place=row["place"],
        terms=_terms(row),
        hearing=Hearing(
            ahead=_circles(row["ahead"]), every=TimeDelta(minutes=row["every"]), heard=_circles(row["heard"])
        ),
        asked_at=row["asked_at"],
        starts_at=row["starts_at"],
        answer_by=row["answer_by"],
        widens_at=row["widens_at"],
        stage=Stage(row["stage"]),
        named=_people(hanging[sit_named]),
        invited=_people(hanging[invited]),
        everyone=row["everyone"],
        noted=row["noted"],
        offers=tuple(Offer(number=one["number"], person=one["person"]) for one in hanging[offers]),
        sitters=tuple(one["person"] for one in hanging[sitters]),
        ends_at=row["ends_at"],
        room=row["room"],
        change=_change(row, _people(words, _CHANGE)),
        unheard=_people(words, _UNHEARD),
        longer=_people(words, _LONGER),
        after=row["again"],
    )


def _people(rows: Sequence[RowMapping], word: str | None = None) -> frozenset[PersonId]:
    """Return the people in these rows, or in those of one word."""
    return frozenset(row["person"] for row in rows if word is None or row["word"] == word)


def _row(ask: Ask) -> dict[str, object]:
    terms, hearing = ask.terms, ask.hearing
    return {
        "id": ask.id,
        "group_id": ask.group,
        "asker": ask.asker,
        "place": ask.place,
        "wanted": terms.wanted.value,
        "minutes": _minutes(terms.length),
        "ticks": _listed(terms.ticks),
        "company": terms.sitters,
        "meets": terms.where.value,
        "after_it": terms.room.value,
        "asked_at": ask.asked_at,
        "starts_at": ask.starts_at,
        "answer_by": ask.answer_by,
        "ahead": ",".join(hearing.ahead),
        "heard": ",".join(hearing.heard),
        "every": _minutes(hearing.every),
        "widens_at": ask.widens_at,
        "everyone": ask.everyone,
        "noted": ask.noted,
        "stage": ask.stage.value,
        "ends_at": ask.ends_at,
        "room": ask.room,
        "again": ask.after,
        "change": None if ask.change is None else _packed(ask.change),
        "change_by": None if ask.change is None else ask.change.by,
    }


def _terms(row: RowMapping) -> Terms:
    return Terms(
        wanted=Wanted(row["wanted"]),
        length=TimeDelta(minutes=row["minutes"]),
        ticks=_ticks(row["ticks"]),
        sitters=row["company"],
        where=Where(row["meets"]),
        room=Room(row["after_it"]),
    )


def _words(ask: Ask) -> Iterator[tuple[str, PersonId]]:
    for word, people in ((_LONGER, ask.longer), (_UNHEARD, ask.unheard)):
        for person in sorted(people):
            yield word, person
    for person in sorted(frozenset() if ask.change is None else ask.change.yes):
        yield _CHANGE, person


def _packed(change: Change) -> str:
    """Return a change as it is kept: a kind, minutes and ticks, each empty or with an equals sign before it."""
    wanted = "" if change.wanted is None else f"={change.wanted}"
    minutes = "" if change.length is None else f"={_minutes(change.length)}"
    ticks = "" if change.ticks is None else f"={_listed(change.ticks)}"
    return f"{wanted};{minutes};{ticks}"


def _change(row: RowMapping, yes: frozenset[PersonId]) -> Change | None:
    if row["change"] is None:
        return None
    wanted, minutes, ticks = row["change"].split(";")
    return Change(
        by=row["change_by"],
        wanted=Wanted(wanted[1:]) if wanted else None,
        length=TimeDelta(minutes=int(minutes[1:])) if minutes else None,
        ticks=_ticks(ticks[1:]) if ticks else None,
        yes=yes,
    )


def _minutes(length: TimeDelta) -> int:
    return round(length.total("minutes"))


def _listed(ticks: frozenset[Tick]) -> str:
    return ",".join(sorted(ticks))


def _ticks(text: str) -> frozenset[Tick]:
    return frozenset(Tick(one) for one in text.split(",") if one)


def _circles(text: str) -> tuple[Circle, ...]:
    return tuple(Circle(one) for one in text.split(",") if one)
