"""Rotas in rows, on both databases: what is kept comes back, each group has its own, and dates end."""

import asyncio
from dataclasses import replace

from whenever import Date, Time, TimeDelta, Weekday

from bot.domain.ids import GroupId, PersonId
from bot.domain.people import Nation
from bot.domain.rota.changing import Shape
from bot.domain.rota.closing import Closure
from bot.domain.rota.covers import Offer
from bot.domain.rota.drafting import Draft
from bot.domain.rota.parts import Part
from bot.domain.rota.proposing import Proposal
from bot.domain.rota.recurrence import Dates, recurrence
from bot.domain.rota.roster import Absence, Once, Roster
from bot.domain.rota.rota import ShiftId
from bot.domain.rota.sheet import Sheet
from bot.store.database import Database
from bot.store.drafts import DraftStore
from bot.store.proposals import ProposalStore
from bot.store.purging import Purge
from bot.store.rota import RotaStore
from tests.domain.rota.examples import (
    ASH,
    BEE,
    DAILY,
    GROUP,
    NOW,
    ROOM,
    STARTS,
    THURSDAY,
    TUESDAY,
    TUESDAYS_AND_THURSDAYS,
    once,
    place,
    rota,
    sheet,
    shift_of,
)
from tests.store.asked import statements

ELM = GroupId.of("local", "elm")
EVERYTHING = Roster(
    standing=frozenset(
        {
            place(ASH, Weekday.TUESDAY),
            place(BEE, Weekday.SUNDAY, every=2),
            replace(place(BEE, Weekday.MONDAY), day=None, pattern=2, since=THURSDAY),
        }
    ),
    single=frozenset(
        {
            once(BEE, THURSDAY),
            Once(person=ASH, shift=ShiftId(date=THURSDAY, pattern=2), part=Part(starts=0, ends=30)),
            Once(person=ASH, shift=ShiftId(date=THURSDAY, pattern=2), part=Part(starts=45)),
        }
    ),
    away=frozenset({once(ASH, TUESDAY)}),
    absent=frozenset({Absence(person=BEE, first=TUESDAY, last=THURSDAY)}),
    offers=frozenset(
        {
            Offer(code="one", person=BEE, shifts=(ShiftId(date=THURSDAY),), part=Part(starts=15), to=ASH),
            Offer(code="two", person=ASH, shifts=(ShiftId(date=TUESDAY), ShiftId(date=TUESDAY.add(days=7)))),
            Offer(
                code="swap",
                person=ASH,
                shifts=(ShiftId(date=TUESDAY.add(days=14)),),
                to=BEE,
                back=ShiftId(date=THURSDAY, pattern=2),
            ),
        }
    ),
    told=frozenset({ShiftId(date=TUESDAY), ShiftId(date=TUESDAY, pattern=2)}),
)


async def kept(database: Database, *sheets: Sheet) -> RotaStore:
    store = RotaStore(database)
    async with database.transaction():
        for each in sheets:
            await store.begin(each.rota)
            await store.keep(Sheet(rota=each.rota, roster=Roster()), each)
    return store


async def held(database: Database, id_: str = "r1", group: GroupId = GROUP) -> Sheet | None:
    async with database.transaction():
        return await RotaStore(database).hold(group, id_)


async def test_a_rota_and_all_its_roster_come_back_as_they_were(database: Database) -> None:
    monthly = replace(DAILY, number=2, recurrence=recurrence("FREQ=MONTHLY;INTERVAL=2;BYDAY=1TU,-1TU"), last=THURSDAY)
    dates = replace(DAILY, number=4, recurrence=Dates(days_on=(TUESDAY, THURSDAY)), time=Time(23), fewest=2, most=4)
    lines = rota(
        DAILY,
        monthly,
        dates,
        lines=4,
        words="The lights are on",
        closed=(Closure(first=STARTS, last=TUESDAY), Closure(first=THURSDAY, last=THURSDAY)),
        holidays=Nation.NI,
        opens=TimeDelta(hours=24 * 21),
    )
    whole = Sheet(rota=lines, roster=EVERYTHING)

    await kept(database, whole)

    assert await held(database) == whole


async def test_only_what_changed_is_written_and_what_was_taken_back_is_gone(database: Database) -> None:
    before = sheet(EVERYTHING, closed=(Closure(first=STARTS, last=TUESDAY),))
    store = await kept(database, before)
    after = Sheet(
        rota=replace(before.rota, watermark=NOW + TimeDelta(hours=1), patterns=(DAILY,), closed=(), lines=7),
        roster=replace(
            EVERYTHING,
            single=frozenset({once(ASH, THURSDAY)}),
            standing=frozenset(),
            away=frozenset(),
            offers=frozenset(each for each in EVERYTHING.offers if each.code == "two"),
        ),
    )

    async with database.transaction():
        await store.keep(before, after)

    assert await held(database) == after


async def test_each_group_sees_its_own_rotas_by_number(database: Database) -> None:
    second, first = sheet(EVERYTHING, id="r2", number=2), sheet(number=1)
    store = await kept(database, second, first, sheet(id="r3", group=ELM))

    async with database.transaction():
        mine, theirs = await store.sheets(GROUP), await store.sheets(ELM)

    assert list(mine) == [first, second]
    assert [each.rota.id for each in theirs] == ["r3"]


async def test_all_of_a_groups_rotas_are_read_in_two_statements(database: Database) -> None:
    store = await kept(database, *(sheet(EVERYTHING, id=f"r{number}", number=number) for number in (1, 2, 3)))
    asked = statements(database)

    async with database.transaction():
        found = await store.sheets(GROUP)

    assert [each.roster for each in found] == [EVERYTHING] * 3
    assert len(asked) == 2


async def test_another_groups_rota_can_neither_be_held_nor_ended(database: Database) -> None:
    store = await kept(database, sheet(EVERYTHING))

    async with database.transaction():
        await store.end(ELM, "r1")

    assert await held(database, group=ELM) is None
    assert await held(database) == sheet(EVERYTHING)


async def test_a_rota_that_ends_takes_every_row_of_it_along(database: Database) -> None:
    store = await kept(database, sheet(EVERYTHING))

    async with database.transaction():
        await store.end(GROUP, "r1")
        await store.begin(rota())

    assert await held(database) == sheet()


async def test_numbers_count_up_in_each_group_and_none_comes_twice(database: Database) -> None:
    store = RotaStore(database)

    async def number(group: GroupId) -> int:
        async with database.transaction():
            return await store.next_number(group)

    assert sorted(await asyncio.gather(number(GROUP), number(GROUP), number(GROUP))) == [1, 2, 3]
    assert await number(ELM) == 1


async def test_two_people_who_take_the_last_place_at_once_do_not_both_get_it(database: Database) -> None:
    store = await kept(database, sheet())

    async def take(person: PersonId, date: Date) -> bool:
        async with database.transaction():
            now = await store.hold(GROUP, "r1")
            assert now is not None
            await asyncio.sleep(0)
            shift = shift_of(now, date)
            if now.on(shift):
                return False
            await store.keep(now, replace(now, roster=now.roster.with_part(person, shift)))
            return True

    assert sorted(await asyncio.gather(take(ASH, TUESDAY), take(BEE, TUESDAY))) == [False, True]


async def test_the_groups_of_a_world_that_have_a_rota_are_found_each_once(database: Database) -> None:
    other = GroupId.of("elsewhere", "oak")
    store = await kept(
        database,
        sheet(Roster()),
        *(sheet(Roster(), id=f"e{number}", number=number, group=ELM) for number in (1, 2)),
        sheet(Roster(), id="o", group=other),
    )
    async with database.transaction():
        found = await store.groups("local"), await store.groups("elsewhere"), await store.groups("none")

    assert found == (sorted([GROUP, ELM]), [other], [])


WAITING = Proposal(
    code="abcdefgh",
    rota="r1",
    person=ASH,
    shape=Shape(
        patterns=(
            TUESDAYS_AND_THURSDAYS,
            replace(DAILY, number=4, recurrence=recurrence("FREQ=MONTHLY;BYDAY=2TU"), last=THURSDAY, fewest=1, most=3),
        ),
        lines=4,
        zone="Europe/Dublin",
        closed=(Closure(first=TUESDAY, last=THURSDAY), Closure(first=Date(2027, 1, 1), last=Date(2027, 1, 1))),
        holidays=Nation.NI,
    ),
    stamp="0123456789abcdef",
    until=NOW,
)


async def proposed(database: Database, code: str, group: GroupId = GROUP) -> Proposal | None:
    async with database.transaction():
        return await ProposalStore(database).proposal(group, code)


async def test_a_change_that_waits_comes_back_as_it_was_to_its_own_group_alone(database: Database) -> None:
    await kept(database, sheet())
    plain = replace(WAITING, code="qwertyui", person=BEE, shape=Shape.of(sheet().rota))
    async with database.transaction():
        for each in (WAITING, plain):
            await ProposalStore(database).propose(GROUP, each)

    assert [await proposed(database, code) for code in ("abcdefgh", "qwertyui")] == [WAITING, plain]
    assert [await proposed(database, "abcdefgh", ELM), await proposed(database, "zzzzzzzz")] == [None, None]


async def test_of_one_person_and_rota_only_the_last_change_waits_and_it_goes_with_its_rota(database: Database) -> None:
    store = await kept(database, sheet())
    newer, others = replace(WAITING, code="newernew"), replace(WAITING, code="othersot", person=BEE)
    async with database.transaction():
        for each in (WAITING, others, newer):
            await ProposalStore(database).propose(GROUP, each)

    assert [await proposed(database, each.code) for each in (WAITING, newer, others)] == [None, newer, others]
    async with database.transaction():
        await ProposalStore(database).let_go(GROUP, "r1", ASH)
    assert [await proposed(database, each.code) for each in (newer, others)] == [None, others]
    async with database.transaction():
        await store.end(GROUP, "r1")
    assert await proposed(database, "othersot") is None


async def test_a_change_that_waits_goes_at_the_end_of_its_day(database: Database) -> None:
    await kept(database, sheet())
    async with database.transaction():
        await ProposalStore(database).propose(GROUP, WAITING)
        await Purge(database)(NOW - TimeDelta(milliseconds=1))
    assert await proposed(database, "abcdefgh") == WAITING

    async with database.transaction():
        await Purge(database)(NOW)

    assert await proposed(database, "abcdefgh") is None


DRAFT = Draft(
    code="abcdefgh",
    person=ASH,
    name="Tea",
    patterns=WAITING.shape.patterns,
    zone="Europe/Dublin",
    closed=WAITING.shape.closed,
    place=ROOM,
    until=NOW,
)


async def drafted(database: Database, code: str, group: GroupId = GROUP) -> Draft | None:
    async with database.transaction():
        return await DraftStore(database).draft(group, code)


async def test_a_rota_from_a_file_waits_as_it_was_in_its_own_group_and_for_each_person_only_the_last(
    database: Database,
) -> None:
    newer = replace(DRAFT, code="newernew", closed=(), patterns=DRAFT.patterns[:1])
    others, elsewhere = replace(DRAFT, code="othersot", person=BEE), replace(DRAFT, code="elsewher")
    async with database.transaction():
        for group, each in ((GROUP, DRAFT), (GROUP, others), (ELM, elsewhere)):
            await DraftStore(database).put(group, each)
    assert [await drafted(database, each.code) for each in (DRAFT, others, elsewhere)] == [DRAFT, others, None]

    async with database.transaction():
        await DraftStore(database).put(GROUP, newer)
    assert [await drafted(database, each.code) for each in (DRAFT, newer, others)] == [None, newer, others]
    async with database.transaction():
        await DraftStore(database).let_go(GROUP, ASH)
    assert [await drafted(database, each.code) for each in (newer, others)] == [None, others]
    assert await drafted(database, "elsewher", ELM) == elsewhere


async def test_a_rota_from_a_file_goes_at_the_end_of_its_day(database: Database) -> None:
    async with database.transaction():
        await DraftStore(database).put(GROUP, DRAFT)
        await Purge(database)(NOW - TimeDelta(milliseconds=1))
    assert await drafted(database, "abcdefgh") == DRAFT

    async with database.transaction():
        await Purge(database)(NOW)
    assert await drafted(database, "abcdefgh") is None
