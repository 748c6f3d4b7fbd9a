"""Who is asked for which shift in rows, on both databases: each group has its own, and all of it ends."""

from dataclasses import replace

from whenever import Date, Instant, Time, TimeDelta, Weekday

from bot.domain.ids import GroupId, PersonId
from bot.domain.people import Pause, Ways, Wish
from bot.domain.rota.asks import Asked, Asks, Waiting, held, vacancies
from bot.domain.rota.recurrence import Dates
from bot.domain.rota.roster import Roster
from bot.domain.rota.rota import ShiftId
from bot.domain.rota.sheet import Sheet
from bot.store.asking import AskingStore
from bot.store.database import Database
from bot.store.house import PeopleShelf
from bot.store.purging import Purge
from bot.store.rota import RotaStore
from tests.domain.rota.examples import ASH, BEE, DAILY, GROUP, NOW, TUESDAY, rota, sheet
from tests.store.rows import filled

ELM = GroupId.of("local", "elm")
CAT = PersonId.of("local", "cat")
HOUR = TimeDelta(hours=1)
FIRST, SECOND = ShiftId(date=TUESDAY), ShiftId(date=TUESDAY, pattern=2)
EVERYTHING = Asks(
    asked=frozenset(
        {Asked(shift=FIRST, person=ASH, until=NOW), Asked(shift=FIRST, person=BEE), Asked(shift=SECOND, person=ASH)}
    ),
    reserve=frozenset(
        {Waiting(shift=SECOND, person=CAT, since=NOW), Waiting(shift=SECOND, person=BEE, since=NOW + HOUR)}
    ),
)


async def begun(database: Database, *sheets: Sheet) -> AskingStore:
    async with database.transaction():
        for each in sheets:
            await RotaStore(database).begin(each.rota)
            await RotaStore(database).keep(Sheet(rota=each.rota, roster=Roster()), each)
    return AskingStore(database)


async def asks_of(database: Database, group: GroupId = GROUP) -> Asks:
    async with database.transaction():
        return await AskingStore(database).of(group, "r1")


async def kept(database: Database, before: Asks, after: Asks, group: GroupId = GROUP) -> None:
    async with database.transaction():
        await AskingStore(database).keep(group, "r1", before, after)


async def test_what_is_kept_comes_back_and_only_what_changed_is_written(database: Database) -> None:
    await begun(database, sheet())
    after = EVERYTHING.asking(Asked(shift=FIRST, person=ASH)).not_awaiting(SECOND, CAT)

    await kept(database, Asks(), EVERYTHING)
    first = await asks_of(database)
    await kept(database, EVERYTHING, after)

    assert first == EVERYTHING
    assert await asks_of(database) == after


async def test_another_group_neither_reads_nor_changes_it(database: Database) -> None:
    await begun(database, sheet())
    await kept(database, Asks(), EVERYTHING)

    await kept(database, EVERYTHING, Asks(), ELM)

    assert await asks_of(database, ELM) == Asks()
    assert await asks_of(database) == EVERYTHING


async def test_it_goes_with_the_rota(database: Database) -> None:
    await begun(database, sheet())
    await kept(database, Asks(), EVERYTHING)

    async with database.transaction():
        await RotaStore(database).end(GROUP, "r1")

    rows = await filled(database)
    assert (rows["rota_asked"], rows["rota_reserve"]) == (0, 0)


async def test_the_willing_are_those_who_said_so_in_that_group(database: Database) -> None:
    people = PeopleShelf(database, lambda _group: Ways())
    wishes = {BEE: Wish(gaps=True, pause=Pause()), ASH: Wish(gaps=True), CAT: Wish(gaps=False)}
    async with database.transaction():
        for person, wish in wishes.items():
            await people.keep(GROUP, person, wish)
        await people.keep(ELM, CAT, Wish(gaps=True))
        found = await AskingStore(database).willing(GROUP), await AskingStore(database).willing(ELM)

    assert found == ([ASH, BEE], [CAT])


async def test_when_somebody_was_last_asked_is_kept_once_in_each_group_and_goes_after_seven_days(
    database: Database,
) -> None:
    store = AskingStore(database)
    async with database.transaction():
        for at in (NOW - HOUR, NOW):
            await store.remember(GROUP, ASH, at)
        await store.remember(GROUP, BEE, NOW - HOUR)
        before = await store.last_asked(GROUP), await store.last_asked(ELM)
        await Purge(database)(NOW + HOUR * (24 * 7 - 1))
        after = await store.last_asked(GROUP)

    assert before == ({ASH: NOW, BEE: NOW - HOUR}, {})
    assert after == {ASH: NOW}


async def test_on_the_last_day_of_a_week_its_first_shift_is_still_known_wherever_people_and_rotas_are(
    database: Database,
) -> None:
    # On Kiritimati it is Monday, where the rota is it is Saturday; a week later it is still Sunday there.
    monday = Instant.from_utc(2026, 11, 22, 10)
    late = replace(DAILY, recurrence=Dates(days_on=(Date(2026, 11, 21),)), starts=Date(2026, 11, 21), time=Time(22))
    late = replace(late, ends=Time(23))
    far = rota(late, zone="Etc/GMT+12")
    was = Sheet(rota=far, roster=Roster())
    [shift] = was.rota.shifts(monday - HOUR, monday)
    await begun(database, was.with_roster(was.roster.with_part(ASH, shift)))
    sunday = monday + HOUR * 24 * 7 - HOUR * 0.75
    near = sheet(pattern=replace(DAILY, time=Time(9, 45), ends=Time(10, 45)), id="r2", number=2)

    async with database.transaction():
        await Purge(database)(sunday)
        sheets = await RotaStore(database).sheets(GROUP)
    on = held(sheets, [ASH], vacancies(near, Asks(), sunday))

    assert shift.begins.to_tz("Pacific/Kiritimati").date().day_of_week() is Weekday.MONDAY
    assert [each.begins for each in on[ASH]] == [monday]
