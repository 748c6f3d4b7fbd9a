"""How people are open, on both databases: it comes back as it was kept, of its own group alone, and last asked goes."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from whenever import Instant, Time, TimeDelta

from bot.domain.ids import GroupId, PersonId
from bot.domain.rota.pattern import Pattern
from bot.domain.rota.recurrence import Frequency, Rule
from bot.domain.sit.opening import Opening, RatherNot, spacing
from bot.store.database import Database
from bot.store.openings import OpeningsShelf
from bot.store.purging import Purge
from tests.domain.rota.said import TODAY, patterns

NOON = Instant.from_utc(2026, 11, 26, 12)
DAY = TimeDelta(hours=24)
GROUP, ELSEWHERE = GroupId.of("fake", "group"), GroupId.of("fake", "elsewhere")
ASH, BEA, CAI = PEOPLE = [PersonId.of("fake", name) for name in ("ash", "bea", "cai")]


def _numbered(lines: list[Pattern]) -> tuple[Pattern, ...]:
    return tuple(replace(line, number=number, fewest=1, most=1) for number, line in enumerate(lines, start=1))


moments = st.integers(0, 4_000_000_000_000).map(lambda number: Instant.from_timestamp(number, unit="millisecond"))
openings = st.builds(
    Opening,
    until=st.none() | moments,
    on_shifts=st.booleans(),
    times=st.lists(patterns(TODAY), max_size=3).map(_numbered),
    weekly=st.none() | st.integers(1, 20),
    rather_not=st.frozensets(st.sampled_from(RatherNot)),
) | st.builds(Opening, always=st.just(value=True))
slow = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(first=openings, then=openings)
@slow
async def test_it_comes_back_as_it_was_last_kept_and_nothing_of_it_stays(
    database: Database, first: Opening, then: Opening
) -> None:
    shelf, nothing = OpeningsShelf(database), Opening()
    read = []
    async with database.transaction():
        for before, after in ((nothing, first), (first, then), (then, nothing)):
            await shelf.keep(GROUP, ASH, before, after)
            read += [await shelf.one(GROUP, ASH), await shelf.held(GROUP, ASH)]
        left = await shelf.all(GROUP)

    assert read == [first, first, then, then, nothing, nothing]
    assert left == {}


async def test_it_is_there_for_its_own_group_and_person_alone(database: Database) -> None:
    shelf = OpeningsShelf(database)
    always, limited = Opening(always=True), Opening(weekly=2)
    async with database.transaction():
        await shelf.keep(GROUP, ASH, Opening(), always)
        await shelf.keep(GROUP, BEA, Opening(), limited)
        await shelf.keep(ELSEWHERE, CAI, Opening(), always)
        await shelf.remember(ELSEWHERE, [ASH, BEA], NOON)
        await shelf.keep(ELSEWHERE, CAI, always, Opening())
        here, there = await shelf.all(GROUP), await shelf.all(ELSEWHERE)

    assert here == {ASH: always, BEA: limited}
    assert there == {ASH: Opening(last_asked=NOON), BEA: Opening(last_asked=NOON)}


async def test_nothing_is_written_of_what_is_as_it_was(database: Database) -> None:
    shelf, opening = OpeningsShelf(database), Opening(always=True, weekly=2)
    async with database.transaction():
        await shelf.keep(GROUP, ASH, Opening(), opening)
    async with database.transaction() as second:
        await shelf.keep(GROUP, ASH, opening, replace(opening, last_asked=NOON))
        await shelf.remember(GROUP, [], NOON)

        assert not second.kept


async def test_when_somebody_was_last_asked_is_one_moment_and_goes_after_seven_days(database: Database) -> None:
    shelf, told = OpeningsShelf(database), Opening(always=True, weekly=1)
    reads = []
    async with database.transaction():
        await shelf.keep(GROUP, ASH, Opening(), told)
        await shelf.remember(GROUP, [ASH], NOON)
        await shelf.remember(GROUP, [ASH, BEA], NOON + DAY)
        for now in (NOON + DAY * 8 - TimeDelta(milliseconds=1), NOON + DAY * 8):
            await Purge(database)(now)
            reads.append(await shelf.all(GROUP))

    assert [each[ASH].last_asked for each in reads] == [NOON + DAY, None]
    assert [each.get(BEA) for each in reads] == [Opening(last_asked=NOON + DAY), None]
    assert reads[1][ASH] == told


async def test_what_a_row_cannot_hold_of_a_moment_never_undercuts_a_limit(database: Database) -> None:
    shelf, asked_at = OpeningsShelf(database), NOON + TimeDelta(nanoseconds=1)
    async with database.transaction():
        await shelf.keep(GROUP, ASH, Opening(), Opening(weekly=3))
        await shelf.remember(GROUP, [ASH], asked_at)
        kept = await shelf.one(GROUP, ASH)

    assert asked_at + spacing(3) <= kept.asked_again < asked_at + spacing(3) + TimeDelta(milliseconds=1)


async def test_a_while_that_is_over_and_times_that_are_go_and_others_stay(database: Database) -> None:
    shelf = OpeningsShelf(database)
    line = Pattern(recurrence=Rule(frequency=Frequency.DAILY), starts=TODAY, time=Time(19), ends=Time(21))
    over = replace(line, number=2, last=TODAY)
    opening = Opening(until=NOON, times=(line, over), on_shifts=True)
    async with database.transaction():
        await shelf.keep(GROUP, ASH, Opening(), opening)
        await Purge(database)(NOON + DAY * 5)
        left = await shelf.one(GROUP, ASH)

    assert left == Opening(times=(line,), on_shifts=True)


async def test_all_are_read_in_as_many_statements_however_many_they_are(database: Database) -> None:
    shelf, statements = OpeningsShelf(database), list[str]()
    crowd = [PersonId.of("fake", f"person-{number}") for number in range(30)]
    async with database.transaction():
        for person in crowd:
            await shelf.keep(GROUP, person, Opening(), Opening(always=True, weekly=2))
        await shelf.remember(GROUP, crowd, NOON)
        event.listen(
            database.engine.sync_engine, "before_cursor_execute", lambda *told: statements.append(str(told[2]))
        )
        read = await shelf.all(GROUP)

    assert read == dict.fromkeys(crowd, Opening(always=True, weekly=2, last_asked=NOON))
    assert len(statements) == 4
