"""Migrations and the tables say the same, on both databases."""

import asyncio

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from whenever import Date, Instant, Time, TimeDelta

from bot.domain.ids import GroupId, PersonId
from bot.domain.people import Pause, Ways, Wish
from bot.domain.rota.rota import ShiftId
from bot.domain.sit.ask import Ask, Offer
from bot.domain.sit.table import Stage
from bot.domain.sit.wishes import Circle, Hearing, Room, Terms, Wanted, Where
from bot.store.database import Database
from bot.store.house import PeopleShelf
from bot.store.migrating import NEWEST, alembic_config, migrate
from bot.store.rota import RotaStore
from bot.store.sit import AsksShelf
from bot.store.tables import metadata
from bot.store.tables.base import limit_of


async def test_migrations_make_exactly_the_tables_that_the_code_declares(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    async with database.engine.begin() as connection:
        found = await connection.run_sync(differences)

    assert found == []


async def test_migrating_twice_changes_nothing_the_second_time(empty_database: Database) -> None:
    first = await migrate(empty_database)
    second = await migrate(empty_database)

    assert (first, second) == (True, False)


async def test_two_processes_that_migrate_at_once_end_with_one_set_of_tables(empty_database: Database) -> None:
    done = await asyncio.gather(migrate(empty_database), migrate(empty_database))

    assert sorted(done) == [False, True]


async def test_the_newest_revision_is_the_one_that_starting_looks_for(database: Database) -> None:
    def head(connection: Connection) -> str | None:
        return ScriptDirectory.from_config(alembic_config(connection)).get_current_head()

    async with database.engine.begin() as connection:
        found = await connection.run_sync(head)

    assert found == NEWEST


async def test_every_step_back_can_be_taken(database: Database) -> None:
    def back(connection: Connection) -> list[str]:
        from alembic import command  # noqa: PLC0415  Beside the one use of it.

        command.downgrade(alembic_config(connection), "base")
        return inspect(connection).get_table_names()

    async with database.engine.begin() as connection:
        left = await connection.run_sync(back)

    assert left == ["alembic_version"]


async def migrated_from(database: Database, step: str, *rows: str) -> None:
    """Bring the tables to an earlier step, put rows there, and migrate."""

    def before(connection: Connection) -> None:
        from alembic import command  # noqa: PLC0415  Beside the one use of it.

        command.upgrade(alembic_config(connection), step)
        for row in rows:
            connection.execute(text(row))

    async with database.engine.begin() as connection:
        await connection.run_sync(before)
    await migrate(database)


async def test_an_ask_from_before_there_was_a_choice_is_for_a_room(empty_database: Database) -> None:
    await migrated_from(empty_database, "0005", _AN_ASK_BEFORE)
    async with empty_database.transaction():
        ask = await AsksShelf(empty_database).one(GroupId("fake:group"), "aaaaaaaa")

    assert ask is not None
    assert (ask.terms.where, ask.terms.wanted) == (Where.ROOM, Wanted.QUIET)


async def test_an_ask_that_was_picked_for_later_before_sits_had_an_end_keeps_whom_it_was_picked_with(
    empty_database: Database,
) -> None:
    await migrated_from(empty_database, "0018", *_A_PICKED_ASK_BEFORE)
    async with empty_database.transaction():
        asks = await AsksShelf(empty_database).all(GroupId("fake:group"))

    bea, cai = PersonId("fake:bea"), PersonId("fake:cai")
    assert asks == [
        Ask(
            id="aaaaaaaa",
            group=GroupId("fake:group"),
            asker=PersonId("fake:ash"),
            place=None,
            terms=Terms(
                wanted=Wanted.TALK, length=TimeDelta(minutes=45), sitters=1, where=Where.DIRECT, room=Room.GOES
            ),
            hearing=Hearing(ahead=(), every=TimeDelta(minutes=10), heard=(Circle.OPEN,)),
            asked_at=Instant.from_timestamp(0),
            starts_at=Instant.from_timestamp(3600),
            answer_by=Instant.from_timestamp(1800),
            stage=Stage.PICKED,
            invited=frozenset({bea, cai}),
            offers=(Offer(number=1, person=bea),),
            sitters=(bea,),
        )
    ]


async def test_an_ask_that_nobody_was_picked_for_before_sits_had_an_end_has_no_sitter(empty_database: Database) -> None:
    await migrated_from(empty_database, "0018", _AN_ASK_BEFORE)
    async with empty_database.transaction():
        [ask] = await AsksShelf(empty_database).all(GroupId("fake:group"))

    assert (ask.stage, ask.sitters) == (Stage.ASKED, ())


async def test_a_step_back_keeps_the_first_sitter_of_an_ask_and_lets_open_sits_go(empty_database: Database) -> None:
    await migrated_from(empty_database, "0018", *_A_PICKED_ASK_BEFORE, _AN_ASK_BEFORE.replace("aaaaaaaa", "bbbbbbbb"))

    def back(connection: Connection) -> list[tuple[object, ...]]:
        from alembic import command  # noqa: PLC0415  Beside the one use of it.

        connection.execute(text("INSERT INTO sitters (ask_id, number, person) VALUES ('aaaaaaaa', 2, 'fake:cai')"))
        connection.execute(text("UPDATE asks SET stage = 'open' WHERE id = 'bbbbbbbb'"))
        command.downgrade(alembic_config(connection), "0018")
        return [tuple(row) for row in connection.execute(text("SELECT id, stage, sitter FROM asks"))]

    async with empty_database.engine.begin() as connection:
        left = await connection.run_sync(back)

    assert left == [("aaaaaaaa", "picked", "fake:bea")]


async def test_who_told_something_before_they_could_agree_to_be_named_in_a_room_did_not(
    empty_database: Database,
) -> None:
    await migrated_from(empty_database, "0006", _A_WISH_BEFORE)
    people, group, ash = PeopleShelf(empty_database, lambda _: Ways()), GroupId("fake:group"), PersonId("fake:ash")
    async with empty_database.transaction():
        wish, ways = await people.wish(group, ash), await people.ways(group, ash)

    assert (wish, ways) == (Wish(zone="UTC"), Ways(zone="UTC"))


async def test_who_told_something_before_they_could_say_when_they_may_be_asked_is_not_asked(
    empty_database: Database,
) -> None:
    await migrated_from(empty_database, "0009", _A_WISH_BEFORE)
    people, group, ash = PeopleShelf(empty_database, lambda _: Ways()), GroupId("fake:group"), PersonId("fake:ash")
    async with empty_database.transaction():
        before = await people.ways(group, ash)
        await people.keep(group, ash, Wish(gaps=True, pause=Pause()))
        after = await people.ways(group, ash)

    assert (before, after) == (Ways(zone="UTC"), Ways(gaps=True, pause=Pause()))


async def test_a_rota_of_one_rule_has_one_line_and_everybody_is_where_they_were(empty_database: Database) -> None:
    await migrated_from(empty_database, "0010", *_A_ROTA_BEFORE)
    async with empty_database.transaction():
        [sheet] = await RotaStore(empty_database).sheets(GroupId("fake:group"))
    shifts = [sheet.rota.shift(ShiftId(date=Date(2026, 11, day))) for day in (24, 26, 30)]

    [line] = sheet.rota.patterns
    assert (str(line.recurrence), line.starts, line.time, line.ends) == (
        *("FREQ=WEEKLY;BYDAY=MO,TU,TH", Date(2026, 11, 22)),
        *(Time(23, 30), Time(1)),
    )
    # Nobody ever said how many it needs.
    assert (line.fewest, line.most, sheet.rota.lines, sheet.rota.opens) == (1, 3, 1, TimeDelta(hours=24 * 56))
    assert [sheet.on(shift) for shift in shifts if shift] == [("fake:ash", "fake:bea"), ("fake:bea",), ()]
    assert sheet.roster.told == {ShiftId(date=Date(2026, 11, 26))}


async def test_a_step_back_lets_a_rota_be_as_it_was(empty_database: Database) -> None:
    await migrated_from(empty_database, "0010", *_A_ROTA_BEFORE)

    def back(connection: Connection) -> list[list[tuple[object, ...]]]:
        from alembic import command  # noqa: PLC0415  Beside the one use of it.

        command.downgrade(alembic_config(connection), "0010")
        tables = ("rotas", "rota_standing", "rota_single", "rota_away", "rota_told")
        return [[tuple(row) for row in connection.execute(text(f"SELECT * FROM {table}"))] for table in tables]  # noqa: S608  Ours.

    async with empty_database.engine.begin() as connection:
        rota, *rows = await connection.run_sync(back)

    assert {"FREQ=WEEKLY;BYDAY=MO,TU,TH", "2026-11-22", "23:30:00", 5400, 3} <= set(rota[0])
    assert rows == [
        [("r1", "fake:ash", 2), ("r1", "fake:bea", 2)],
        [("r1", "fake:bea", "2026-11-26")],
        [("r1", "fake:ash", "2026-12-01")],
        [("r1", "2026-11-26")],
    ]


_A_ROTA_BEFORE = (
    """
    INSERT INTO rotas (id, group_id, number, name, rule, starts, wall_time, zone, length_seconds, people, place, words,
        watermark)
    VALUES ('r1', 'fake:group', 1, 'Tea', 'FREQ=WEEKLY;BYDAY=MO,TU,TH', '2026-11-22', '23:30:00', 'Europe/London', 5400,
        3, 'fake:room', NULL, 0)
    """,
    "INSERT INTO rota_standing (rota, person, weekday) VALUES ('r1', 'fake:ash', 2), ('r1', 'fake:bea', 2)",
    "INSERT INTO rota_single (rota, person, date) VALUES ('r1', 'fake:bea', '2026-11-26')",
    "INSERT INTO rota_away (rota, person, date) VALUES ('r1', 'fake:ash', '2026-12-01')",
    "INSERT INTO rota_told (rota, date) VALUES ('r1', '2026-11-26')",
)
_A_WISH_BEFORE = """
INSERT INTO wishes (group_id, person, zone, nation, leads) VALUES ('fake:group', 'fake:ash', 'UTC', NULL, NULL)
"""
_AN_ASK_BEFORE = """
INSERT INTO asks (id, group_id, asker, wanted, minutes, asked_at, starts_at, answer_by, stage, sitter)
VALUES ('aaaaaaaa', 'fake:group', 'fake:ash', 'quiet', 30, 0, NULL, 1800000, 'asked', NULL)
"""
_A_PICKED_ASK_BEFORE = (
    """
    INSERT INTO asks (id, group_id, asker, wanted, minutes, meets, asked_at, starts_at, answer_by, stage, sitter)
    VALUES ('aaaaaaaa', 'fake:group', 'fake:ash', 'talk', 45, 'direct', 0, 3600000, 1800000, 'picked', 'fake:bea')
    """,
    "INSERT INTO invited (ask_id, person) VALUES ('aaaaaaaa', 'fake:bea'), ('aaaaaaaa', 'fake:cai')",
    "INSERT INTO offers (ask_id, number, person) VALUES ('aaaaaaaa', 1, 'fake:bea')",
)


def test_every_column_says_what_it_holds_what_for_for_how_long_and_who_sees_it() -> None:
    silent = [
        str(column)
        for table in metadata.tables.values()
        for column in table.columns
        if not all((table.info | column.info).get(each) for each in ("holds", "purpose", "ends", "seen"))
    ]

    assert silent == []


def test_every_row_has_an_end_by_the_clock_or_with_what_it_hangs_on() -> None:
    """A group's rows go thirteen months after it used anything; marks of where reading goes on end with the world."""
    endless = {
        table.name
        for table in metadata.tables.values()
        if limit_of(table) is None and "group_id" not in table.c and not table.foreign_keys
    }

    assert {name: metadata.tables[name].info["latest"] for name in endless} == {
        "bookmarks": "with the world",
        "forgotten": "when every backup from before it is past its date: [backup] keep_days",
    }
