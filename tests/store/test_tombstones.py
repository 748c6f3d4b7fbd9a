"""Whoever was forgotten leaves a digest: it holds no id, stands for nobody without its secret, and ends."""

import stat
from pathlib import Path

import pytest
from sqlalchemy import select
from whenever import Instant, TimeDelta

from bot.domain.ids import GroupId, PersonId
from bot.store.belongings import BelongingsStore
from bot.store.database import Database
from bot.store.tables.house import forgotten
from bot.store.tombstones import Ground, TombstoneStore, among, digest_of, secret_in, since, sweep, write, written

NOON = Instant.from_utc(2026, 11, 23, 12)
DAY = TimeDelta(hours=24)
MONTH = 30 * DAY
GROUP, ELSEWHERE = GroupId.of("fake", "room"), GroupId.of("fake", "other")
ASH, BEA = PersonId.of("fake", "ash"), PersonId.of("fake", "bea")


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    """Return one whose files have a folder of their own."""
    return Ground.at(tmp_path / "data", MONTH, tmp_path / "backups")


async def test_who_is_forgotten_leaves_a_digest_in_a_row_and_in_a_line_and_no_id_in_either(
    database: Database, ground: Ground
) -> None:
    belongings = BelongingsStore(database, TombstoneStore(database, ground))
    async with database.transaction():
        await belongings.part(GROUP, ASH, NOON)
        await belongings.forget(ELSEWHERE, NOON + DAY)
    async with database.transaction():
        rows = await TombstoneStore(database, ground).all()
    assert ground.beside
    lines = "".join(file.read_text() for file in sorted(ground.beside.iterdir()))
    expected = {
        digest_of(ground.secret, GROUP, ASH): NOON,
        digest_of(ground.secret, ELSEWHERE, None): NOON + DAY,
    }

    assert rows == written(ground.beside) == expected
    assert not [name for name in ("ash", "room", "other", "fake") if name in lines + repr(rows)]
    assert {stat.S_IMODE(file.stat().st_mode) for file in ground.beside.iterdir()} == {0o600}
    assert stat.S_IMODE(ground.beside.stat().st_mode) == 0o700


async def test_where_no_backup_can_be_made_nothing_is_laid(database: Database) -> None:
    async with database.transaction():
        await BelongingsStore(database, TombstoneStore(database, None)).part(GROUP, ASH, NOON)
        found = (await database.execute(select(forgotten))).all()

    assert found == []


async def test_they_end_with_the_longest_lived_backup_in_rows_and_in_files(database: Database, ground: Ground) -> None:
    store = TombstoneStore(database, ground)
    assert ground.beside
    async with database.transaction():
        await store.lay(GROUP, ASH, NOON)
        await store.lay(GROUP, BEA, NOON + 2 * DAY)
        await store.purge(NOON + MONTH - TimeDelta(milliseconds=1))
        before = len(await store.all()), len(written(ground.beside))
        await store.purge(NOON + MONTH + DAY)
        after = await store.all(), written(ground.beside)

    later = {digest_of(ground.secret, GROUP, BEA): NOON + 2 * DAY}
    assert (before, after) == ((2, 2), (later, later))


async def test_a_person_who_is_forgotten_again_has_the_later_moment(database: Database, ground: Ground) -> None:
    store = TombstoneStore(database, ground)
    assert ground.beside
    async with database.transaction():
        for at in (NOON, NOON + DAY):
            await store.lay(GROUP, ASH, at)
        rows = await store.all()

    assert list(rows.values()) == list(written(ground.beside).values()) == [NOON + DAY]


def test_only_what_was_laid_after_what_the_backup_knew_is_to_be_forgotten_again() -> None:
    known = {"before": NOON, "came back": NOON}
    laid = ({"before": NOON, "since": NOON + DAY}, {"came back": NOON + DAY, "before": NOON - DAY})

    assert since(laid, known) == {"since", "came back"}


def test_a_digest_stands_for_one_person_in_one_group_under_one_secret() -> None:
    digests = frozenset({digest_of(b"a" * 32, GROUP, ASH)})
    asked = ((GROUP, ASH), (GROUP, BEA), (ELSEWHERE, ASH), (GROUP, None))
    right = [among([b"b" * 32, b"a" * 32], digests)(*each) for each in asked]
    wrong = [among([b"b" * 32], digests)(*each) for each in asked]

    assert (right, wrong) == ([True, False, False, False], [False] * 4)


def test_a_line_that_was_cut_short_spoils_none_after_it(tmp_path: Path, ground: Ground) -> None:
    file = tmp_path / "forgotten-2026-11-23.lines"
    digest = digest_of(ground.secret, GROUP, ASH)
    file.write_text(f"\n{NOON.timestamp(unit='millisecond')} {digest[:20]}", encoding="ascii")
    write(tmp_path, {digest: NOON})
    with file.open("a", encoding="ascii") as opened:
        opened.write(f"\x00\n{digest}\n")

    assert written(tmp_path) == {digest: NOON}


def test_files_of_others_are_neither_read_nor_taken_away(tmp_path: Path) -> None:
    names = ("forgotten-2026-11-23.lines.old", "forgotten.lines", "notes", "forgotten-20261123.lines")
    for name in names:
        (tmp_path / name).write_text(f"1763899200000 {'a' * 64}\n")
    sweep(tmp_path, NOON + 2 * MONTH)

    assert written(tmp_path) == {}
    assert {file.name for file in tmp_path.iterdir()} == set(names)


def test_the_secret_is_made_once_and_is_the_owners_alone(tmp_path: Path) -> None:
    first, second = (Ground.at(tmp_path / "data", MONTH, None) for _ in range(2))
    file = tmp_path / "data" / "forgotten.secret"

    assert first.secret == second.secret == secret_in(tmp_path / "data")
    assert (len(first.secret), stat.S_IMODE(file.stat().st_mode)) == (32, 0o600)
    assert first.secret.hex() not in repr(first)
    file.write_text("abcd")
    with pytest.raises(ValueError, match=r"forgotten\.secret"):
        Ground.at(tmp_path / "data", MONTH, None)
