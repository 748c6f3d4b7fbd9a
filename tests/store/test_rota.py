"""Rotas in rows, on both databases: what is kept comes back, each group has its own, and dates end."""

import asyncio
from dataclasses import replace

from whenever import Date, TimeDelta, Weekday

from bot.domain.ids import GroupId, PersonId
from bot.domain.rota.roster import Once, Roster, Sheet, Standing
from bot.store.database import Database
from bot.store.rota import RotaStore
from tests.domain.rota.examples import ASH, BEE, GROUP, NOW, THURSDAY, TUESDAY, rota, sheet

ELM = GroupId.of("local", "elm")
EVERYTHING = Roster(
    standing=frozenset({Standing(person=ASH, day=Weekday.TUESDAY), Standing(person=BEE, day=Weekday.SUNDAY)}),
    single=frozenset({Once(person=BEE, date=THURSDAY)}),
    away=frozenset({Once(person=ASH, date=TUESDAY)}),
    told=frozenset({TUESDAY}),
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
    whole = sheet(EVERYTHING, words="The lights are on", length=TimeDelta(minutes=90))

    await kept(database, whole)

    assert await held(database) == whole


async def test_only_what_changed_is_written_and_what_was_taken_back_is_gone(database: Database) -> None:
    before = sheet(EVERYTHING)
    store = await kept(database, before)
    after = Sheet(
        rota=replace(before.rota, watermark=NOW + TimeDelta(hours=1)),
        roster=replace(
            EVERYTHING, single=frozenset({Once(person=ASH, date=THURSDAY)}), standing=frozenset(), away=frozenset()
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
    store = await kept(database, sheet(people=1))

    async def take(person: PersonId, date: Date) -> bool:
        async with database.transaction():
            now = await store.hold(GROUP, "r1")
            assert now is not None
            await asyncio.sleep(0)
            if now.roster.on(date):
                return False
            await store.keep(now, replace(now, roster=now.roster.with_once(person, date)))
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
