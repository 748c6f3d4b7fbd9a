"""The sit's shelves, on both databases: an ask comes back whole, to its own group alone, and goes at its end."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import booleans, builds, frozensets, integers, lists, none, sampled_from
from sqlalchemy import Table, func, select
from whenever import Instant, TimeDelta

from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.sit.ask import Ask, Change, Offer
from bot.domain.sit.table import ENDS, Stage
from bot.domain.sit.wishes import MOST_SITTERS, Circle, Hearing, Room, Terms, Tick, Wanted, Where
from bot.store.database import Database
from bot.store.sit import AsksShelf
from bot.store.tables.sit import invited, offers, sit_named, sit_words, sitters

NOON = Instant.from_utc(2026, 11, 23, 12)
HOUR = TimeDelta(hours=1)
GROUP, ELSEWHERE = GroupId.of("fake", "group"), GroupId.of("fake", "elsewhere")
PEOPLE = [PersonId.of("fake", name) for name in ("ash", "bea", "cai", "dee")]

people = sampled_from(PEOPLE)
moments = integers(0, 4_000_000_000_000).map(lambda number: Instant.from_timestamp(number, unit="millisecond"))
offering = lists(people, unique=True).map(
    lambda who: tuple(Offer(number=number, person=person) for number, person in enumerate(who, start=1))
)
places = sampled_from([PlaceId.of("fake", name) for name in ("room", "thread")])
lengths = integers(5, 240).map(lambda minutes: TimeDelta(minutes=minutes))
ticks = frozensets(sampled_from(Tick))
circles = lists(sampled_from(Circle), unique=True).map(tuple)
terms = builds(
    Terms,
    wanted=sampled_from(Wanted),
    length=lengths,
    ticks=ticks,
    sitters=integers(1, MOST_SITTERS),
    where=sampled_from(Where),
    room=sampled_from(Room),
)
changes = builds(
    Change,
    by=people,
    wanted=none() | sampled_from(Wanted),
    length=none() | lengths,
    ticks=none() | ticks,
    yes=frozensets(people),
)
open_asks = builds(
    Ask,
    id=sampled_from(["aaaaaaaa", "bbbbbbbb"]),
    group=sampled_from([GROUP, ELSEWHERE]),
    asker=people,
    place=none() | places,
    terms=terms,
    hearing=builds(Hearing, ahead=circles, every=lengths, heard=circles),
    asked_at=moments,
    starts_at=none() | moments,
    answer_by=moments,
    widens_at=none() | moments,
    stage=sampled_from(sorted(set(Stage) - ENDS)),
    named=frozensets(people),
    invited=frozensets(people),
    noted=booleans(),
    everyone=booleans(),
    offers=offering,
    sitters=lists(people, unique=True, max_size=MOST_SITTERS).map(tuple),
    ends_at=none() | moments,
    room=none() | places,
    change=none() | changes,
    longer=frozensets(people),
    after=none() | sampled_from(["cccccccc"]),
)
AN_ASK = Ask(
    id="aaaaaaaa",
    group=GROUP,
    asker=PEOPLE[0],
    place=None,
    terms=Terms(wanted=Wanted.TALK, length=HOUR),
    hearing=Hearing(ahead=(), every=TimeDelta(minutes=10), heard=(Circle.OPEN,)),
    asked_at=NOON,
    starts_at=None,
    answer_by=NOON + HOUR,
    named=frozenset(PEOPLE[2:]),
    invited=frozenset(PEOPLE[1:]),
    offers=(Offer(number=1, person=PEOPLE[1]),),
    sitters=(PEOPLE[1],),
    change=Change(by=PEOPLE[0], ticks=frozenset(), yes=frozenset({PEOPLE[1]})),
    longer=frozenset(PEOPLE[:2]),
)
HANGING = (invited, offers, sitters, sit_named, sit_words)
slow = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(ask=open_asks, then=open_asks)
@slow
async def test_an_ask_comes_back_as_it_was_last_kept(database: Database, ask: Ask, then: Ask) -> None:
    shelf = AsksShelf(database)
    later = replace(then, id=ask.id, group=ask.group)
    async with database.transaction():
        await shelf.keep(ask)
        first = await shelf.one(ask.group, ask.id)
        await shelf.keep(later)
        second = await shelf.one(ask.group, ask.id)
        await shelf.keep(replace(later, stage=Stage.WITHDRAWN))
        left = [*await shelf.all(GROUP), *await shelf.all(ELSEWHERE)]

    assert (first, second, left) == (ask, later, [])


async def test_an_ask_is_there_for_its_own_group_alone(database: Database) -> None:
    shelf = AsksShelf(database)
    async with database.transaction():
        await shelf.keep(AN_ASK)
        elsewhere = (await shelf.one(ELSEWHERE, AN_ASK.id), await shelf.all(ELSEWHERE))
        await shelf.keep(replace(AN_ASK, group=ELSEWHERE, stage=Stage.WITHDRAWN))
        here = await shelf.one(GROUP, AN_ASK.id)

    assert elsewhere == (None, [])
    assert here == AN_ASK


async def test_what_no_longer_hangs_on_an_ask_goes_though_the_ask_stays(database: Database) -> None:
    shelf = AsksShelf(database)
    less = replace(AN_ASK, named=frozenset(), invited=frozenset(), offers=(), sitters=(), change=None)
    async with database.transaction():
        await shelf.keep(AN_ASK)
        await shelf.keep(replace(less, longer=frozenset()))
        counts = [await _rows(database, table) for table in HANGING]

    assert counts == [0] * 5


async def test_asks_come_the_oldest_first(database: Database) -> None:
    shelf = AsksShelf(database)
    async with database.transaction():
        for code, hours in (("bbbbbbbb", 2), ("cccccccc", 1), ("aaaaaaaa", 1)):
            await shelf.keep(replace(AN_ASK, id=code, asked_at=NOON + HOUR * hours))
        codes = [ask.id for ask in await shelf.all(GROUP)]

    assert codes == ["aaaaaaaa", "cccccccc", "bbbbbbbb"]


async def test_what_hangs_on_an_ask_goes_with_it(database: Database) -> None:
    shelf = AsksShelf(database)
    counts = []
    async with database.transaction():
        for ask in (AN_ASK, replace(AN_ASK, stage=Stage.NOBODY)):
            await shelf.keep(ask)
            counts += [await _rows(database, table) for table in HANGING]

    assert counts == [3, 1, 1, 2, 3, *[0] * 5]


async def _rows(database: Database, table: Table) -> int:
    return int((await database.execute(select(func.count()).select_from(table))).scalar_one())
