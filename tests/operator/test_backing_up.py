"""`alongside backup` and `restore`, as they are typed: what they say, what they leave behind, and what they refuse."""

import asyncio
import os
import re
import sqlite3
import stat
import subprocess
import sys
import zlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select
from whenever import Instant, TimeDelta

from bot import settings
from bot.domain.ids import GroupId
from bot.operator import backing_up, restoring
from bot.operator.restoring import Given
from bot.operator.sentences import Stop
from bot.settings import Read
from bot.store import backups
from bot.store.belongings import BelongingsStore
from bot.store.database import Database
from bot.store.dumping import Head, dumped
from bot.store.sealing import new_identity, opened, sealed
from bot.store.tables.group import invitations
from bot.store.tables.house import bookmarks, forgotten, inbox, wishes
from bot.store.tombstones import Ground, TombstoneStore
from tests.store.rows import ASH, fill
from tests.store.test_belongings import BEA, OTHER, ROOM
from tests.tables import with_tables

# What is written there stays nowhere.
NO_FILES = {Path(os.devnull), Path("/proc/self/coredump_filter")}
LONGEST = 60
DAY = TimeDelta(hours=24)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Settings, data and backups of one bot, and the key to the backups."""

    folder: Path
    identity: str
    recipient: str

    @property
    def read(self) -> Read:
        return settings.read(self.folder / "alongside.toml", {})

    @property
    def backups(self) -> list[Path]:
        return sorted((self.folder / "backups").glob("alongside-*.age"))

    @property
    def data(self) -> Path:
        return self.folder / "data"

    async def back_up(self) -> Path:
        """Back up, and return the file."""
        told = await backing_up.back_up(self.read)
        return Path(told.partition(",")[0])

    async def restore(self, file: Path, *, force: bool = False, identity: str | None = None) -> str:
        given = Given(file=file, identity=identity or self.identity, force=force)
        return await restoring.restore(self.read, given)

    async def refused(self, file: Path, *, identity: str | None = None) -> str:
        """Return why a restore is refused; nothing of the data folder may be another after it."""
        before = contents(self.data)
        with pytest.raises(Stop) as caught:
            await self.restore(file, identity=identity)
        assert contents(self.data) == before
        return str(caught.value)

    @property
    def database(self) -> Database:
        return Database.at(self.read.database)

    async def fill(self, *groups: str) -> None:
        database = Database.at(with_tables(self.data / "alongside.db"))
        for group in groups:
            await fill(database, group, ASH if group == ROOM else BEA)
        async with database.transaction():
            for table in (bookmarks, forgotten, inbox, invitations):
                await database.execute(delete(table))
        await database.close()

    async def people(self) -> list[frozenset[str]]:
        """Return who told something about themselves in either group."""
        database = self.database
        async with database.transaction():
            told = [select(wishes.c.person).where(wishes.c.group_id == group) for group in (ROOM, OTHER)]
            found = [frozenset((await database.execute(one)).scalars()) for one in told]
        await database.close()
        return found

    async def forget(self, now: Instant) -> None:
        """Let Ash be forgotten, as the bot does it."""
        ground = Ground.at(self.data, 30 * DAY, self.folder / "backups")
        database = self.database
        async with database.transaction():
            await BelongingsStore(database, TombstoneStore(database, ground)).part(GroupId(ROOM), ASH, now)
        await database.close()


def contents(folder: Path) -> dict[str, bytes]:
    """Return what is in a folder, but for the lock, which holds nothing, and SQLite's own notes on readers."""
    if not folder.exists():
        return {}
    files = (file for file in sorted(folder.iterdir()) if file.suffix not in {".lock", ".db-shm"})
    return {file.name: file.read_bytes() for file in files if file.read_bytes()}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    identity, recipient = new_identity()
    (tmp_path / "data").mkdir(mode=0o700)
    text = f'data = "data"\n[backup]\nrecipients = ["{recipient}"]\n'
    (tmp_path / "alongside.toml").write_text(text, encoding="utf-8")
    (tmp_path / "key.txt").touch(mode=0o600)
    (tmp_path / "key.txt").write_text(f"# public key: {recipient}\n{identity}\n", encoding="utf-8")
    return Place(folder=tmp_path, identity=identity, recipient=recipient)


def alongside(*words: str, stdin: str = "") -> tuple[int, str, str]:
    """Run it to its end; return status, stdout and stderr."""
    done = subprocess.run(  # noqa: S603  The words are the tests' own.
        [sys.executable, "-m", "bot", *words],
        capture_output=True,
        check=False,
        encoding="utf-8",
        input=stdin,
        timeout=LONGEST,
    )
    return done.returncode, done.stdout, done.stderr


async def test_a_backup_is_one_sealed_file_and_one_line_and_comes_back_on_an_empty_machine(place: Place) -> None:
    await place.fill(ROOM, OTHER)
    config = str(place.folder / "alongside.toml")
    status, told, errors = alongside("backup", "--config", config)
    (file,) = place.backups
    for each in place.data.iterdir():
        each.unlink()
    again = alongside("restore", str(file), "--identity", str(place.folder / "key.txt"), "--config", config)

    assert (status, errors) == (0, "")
    assert re.fullmatch(rf"{re.escape(str(file))}, \d+ kB, until \d{{4}}-\d\d-\d\d\n", told)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert (again[0], again[2], again[1].count("\n")) == (0, "", 1)
    assert again[1].startswith("restored as it was on ")
    assert await place.people() == [{ASH}, {BEA}]


async def test_the_key_may_be_piped_in_and_is_never_said(place: Place) -> None:
    await place.fill(ROOM)
    file = await place.back_up()
    words = ("restore", str(file), "--identity", "-", "--force", "--config", str(place.folder / "alongside.toml"))
    right = alongside(*words, stdin=place.identity)
    wrong = [alongside(*words, stdin=told) for told in ("", place.identity[:-1], new_identity()[0])]

    assert right[0] == 0
    assert [status for status, _, _ in wrong] == [1, 1, 1]
    assert all(errors.count("\n") == 1 and errors.startswith("alongside: ") for _, _, errors in wrong)
    assert "AGE-SECRET" not in repr((right, wrong)).upper()


async def test_a_key_that_others_can_read_is_refused(place: Place) -> None:
    await place.fill(ROOM)
    file = await place.back_up()
    (place.folder / "key.txt").chmod(0o640)
    words = ("restore", str(file), "--identity", str(place.folder / "key.txt"))
    status, _, errors = alongside(*words, "--config", str(place.folder / "alongside.toml"))

    assert (status, "chmod 600" in errors) == (2, True)


async def test_nothing_but_sealed_bytes_is_ever_written_outside_the_data_folder(place: Place) -> None:
    await place.fill(ROOM, OTHER)
    trace = place.folder / "trace"
    code = (
        "import sys\n"
        f"out = open({str(trace)!r}, 'w')\n"
        "def hook(event, args):\n"
        "    if event == 'open' and isinstance(args[0], str) and isinstance(args[2], int) and args[2] & 3:\n"
        "        print(args[0], file=out, flush=True)\n"
        "sys.addaudithook(hook)\n"
        "sys.argv = ['alongside', 'backup', '--config', sys.argv[1]]\n"
        "from bot.__main__ import main\n"
        "main()\n"
    )
    command = [sys.executable, "-B", "-c", code, str(place.folder / "alongside.toml")]
    await asyncio.to_thread(subprocess.run, command, check=True, timeout=LONGEST, capture_output=True)
    written = {Path(line) for line in trace.read_text().splitlines()}
    outside = {path for path in written if not path.is_relative_to(place.data) and path not in NO_FILES}
    everything = b"".join(file.read_bytes() for file in (place.folder / "backups").iterdir())

    assert {re.sub(r"\d{8}T\d{6}", "NOW", path.name) for path in outside} == {
        "alongside-NOWZ.age.new",
        "forgotten.key.age.new",
    }
    assert not [text for text in (b"ash", b"bea", b"fake:", b"evening") if text in everything]


async def test_no_secret_of_the_settings_or_of_the_data_folder_is_in_a_backup(place: Place) -> None:
    await place.fill(ROOM)
    (place.data / "matrix").mkdir(mode=0o700)
    for name in ("keys.db", "store.secret", "session.json", "signing.seeds"):
        (place.data / "matrix" / name).touch(mode=0o600)
        (place.data / "matrix" / name).write_text("s3cret-of-mine")
    file = await place.back_up()
    inside = zlib.decompress(opened(file.read_bytes(), place.identity))

    assert b"s3cret-of-mine" not in inside
    assert (place.data / "forgotten.secret").read_bytes() not in inside


async def test_old_ones_go_with_each_new_one(place: Place) -> None:
    await place.fill(ROOM)
    old = backups.keep(place.folder / "backups", sealed(b"", [place.recipient]), Instant.now() - 30 * DAY)
    young = backups.keep(place.folder / "backups", sealed(b"", [place.recipient]), Instant.now() - 29 * DAY)
    file = await place.back_up()

    assert place.backups == [young, file]
    assert not old.exists()


async def test_without_recipients_or_a_database_there_is_no_backup_and_nothing_is_made(place: Place) -> None:
    with pytest.raises(Stop, match="start the bot once"):
        await place.back_up()
    (place.folder / "alongside.toml").write_text('data = "data"\n')
    with pytest.raises(Stop, match="no backup is set"):
        await place.back_up()

    assert [*place.data.iterdir()] == []
    assert not (place.folder / "backups").exists()


async def test_a_key_that_is_none_is_told_by_its_place(place: Place) -> None:
    await place.fill(ROOM)
    text = f'data = "data"\n[backup]\nrecipients = ["{place.recipient}", "age1aaaaaa"]\n'
    (place.folder / "alongside.toml").write_text(text)
    with pytest.raises(Stop, match="number 2 of the recipients"):
        await place.back_up()

    assert not (place.folder / "backups").exists()


def cut(data: bytes) -> bytes:
    return data[:-20]


def turned(data: bytes) -> bytes:
    return data[:-20] + bytes([data[-20] ^ 1]) + data[-19:]


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (cut, "is damaged or cut short"),
        (turned, "is damaged or cut short"),
        (lambda _: b"", "is no backup"),
        (lambda _: b"a letter to somebody", "is no backup"),
    ],
)
async def test_what_is_harmed_is_told_in_a_sentence_and_nothing_is_changed(
    place: Place, harm: Callable[[bytes], bytes], says: str
) -> None:
    await place.fill(ROOM)
    file = await place.back_up()
    file.write_bytes(harm(file.read_bytes()))
    sentence = await place.refused(file)

    assert says in sentence
    assert sentence.endswith("Nothing was changed")


async def test_another_key_opens_nothing(place: Place) -> None:
    await place.fill(ROOM)
    file = await place.back_up()

    assert "does not open with this private key" in await place.refused(file, identity=new_identity()[0])
    assert "no private key" in await place.refused(file, identity="nothing")


async def test_a_backup_of_a_newer_alongside_and_one_past_its_date_are_refused(place: Place) -> None:
    await place.fill(ROOM)
    with closing(sqlite3.connect(place.data / "alongside.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    newer = await place.back_up()
    for file in place.data.glob("alongside.db*"):
        file.unlink()
    await place.fill(ROOM)
    database_ = place.database
    over = Head(at=Instant.now() - 31 * DAY, until=Instant.now() - DAY)
    old = place.folder / "old.age"
    old.write_bytes(sealed(await dumped(database_, over), [place.recipient]))
    await database_.close()

    assert "newer Alongside" in await place.refused(newer)
    assert "was to be gone on" in await place.refused(old)
    assert (await place.restore(old, force=True)).startswith("restored as it was")


async def test_a_database_that_holds_something_is_written_over_only_when_told_to(place: Place) -> None:
    await place.fill(ROOM)
    file = await place.back_up()
    await place.fill(OTHER)

    assert "give --force" in await place.refused(file)
    assert await place.people() == [{ASH}, {BEA}]
    await place.restore(file, force=True)
    assert await place.people() == [{ASH}, frozenset()]


async def test_nothing_is_restored_while_a_bot_runs_and_no_bot_starts_meanwhile(place: Place) -> None:
    await place.fill(ROOM)
    file = await place.back_up()
    running, other = place.database, place.database
    taken = [await running.take(alone=False), await other.take(alone=False)]
    with pytest.raises(Stop, match="stop it first"):
        await place.restore(file, force=True)
    await running.close()
    with pytest.raises(Stop, match="stop it first"):
        await place.restore(file, force=True)
    await other.close()
    restoring_ = place.database
    taken += [await restoring_.take(alone=True), await place.database.take(alone=False)]
    await restoring_.close()

    assert taken == [True, True, True, False]
    assert await place.restore(file, force=True)


async def test_a_bot_that_is_started_during_a_restore_ends_in_one_line(place: Place) -> None:
    await place.fill(ROOM)
    holding = place.database
    await holding.take(alone=True)
    words = ("try", "--port", "0", "--keep", str(place.data / "alongside.db"))
    status, told, errors = await asyncio.to_thread(alongside, *words)
    await holding.close()

    assert (status, told) == (1, "")
    assert errors == "alongside: a restore is under way: start it again when that is done\n"


async def test_two_machines_on_one_postgresql_notice_a_restore_and_each_other(postgresql_with_tables: str) -> None:
    one, other, third, fourth = (Database.at(postgresql_with_tables) for _ in range(4))
    running = [await one.take(alone=False), await other.take(alone=False), await third.take(alone=True)]
    await one.close()
    await other.close()
    after = [await third.take(alone=True), await fourth.take(alone=False)]
    for database in (third, fourth):
        await database.close()

    assert (running, after) == ([True, True, False], [True, False])


@pytest.mark.parametrize("lost", ["nothing", "the database", "the data folder"])
async def test_who_was_forgotten_since_is_forgotten_again_whatever_was_lost(place: Place, lost: str) -> None:
    await place.fill(ROOM, OTHER)
    file = await place.back_up()
    await place.forget(Instant.now())
    for each in place.data.iterdir() if lost != "nothing" else ():
        if lost == "the data folder" or each.name.startswith("alongside.db"):
            each.unlink()
    told = await place.restore(file, force=True)
    bytes_ = b"".join(each.read_bytes() for each in place.data.iterdir())

    assert "of 1 who were forgotten since, nothing" in told
    assert await place.people() == [frozenset(), {BEA}]
    assert b"fake:bea" in bytes_
    # The rota of the room is named, by the filling, after who made it.
    assert not re.search(rb"(?<!fake:room )fake:ash", bytes_)


async def test_who_came_back_before_the_backup_is_in_it_by_their_own_will(place: Place) -> None:
    await place.fill(OTHER)
    await place.forget(Instant.now() - DAY)
    database = place.database
    async with database.transaction():
        await database.execute(insert(wishes).values(group_id=GroupId(ROOM), person=ASH, zone="UTC"))
    await database.close()
    told = await place.restore(await place.back_up(), force=True)

    assert "forgotten since" not in told
    assert await place.people() == [{ASH}, {BEA}]


async def test_tombstones_that_nobody_can_test_are_told_of_and_not_passed_over(place: Place) -> None:
    await place.fill(ROOM)
    file = await place.back_up()
    await place.forget(Instant.now())
    for each in (*place.data.iterdir(), place.folder / "backups" / "forgotten.key.age"):
        each.unlink()

    assert "cannot be known without forgotten.key.age" in await place.refused(file)
    assert "forgotten since" not in await place.restore(file, force=True)


async def test_a_lost_line_is_written_again_with_the_next_backup(place: Place) -> None:
    await place.fill(ROOM)
    await place.back_up()
    await place.forget(Instant.now())
    lines = sorted((place.folder / "backups").glob("forgotten-*.lines"))
    before = sorted(line for file in lines for line in file.read_text().split("\n") if line)
    for file in lines:
        file.unlink()
    await place.back_up()
    await place.back_up()
    lines = sorted((place.folder / "backups").glob("forgotten-*.lines"))

    assert sorted(line for file in lines for line in file.read_text().split("\n") if line) == before


def test_a_key_is_made_once_and_only_its_public_half_is_shown(tmp_path: Path) -> None:
    file = tmp_path / "key.txt"
    status, told, errors = alongside("init", "backup-key", str(file))
    again = alongside("init", "backup-key", str(file))
    recipient = re.search(r'recipients = \["(age1[a-z0-9]+)"\]', told)

    assert (status, errors, "AGE-SECRET" in told) == (0, "", False)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert recipient
    assert opened(sealed(b"x", [recipient[1]]), restoring.identity_in(file)) == b"x"
    assert (again[0], "nothing was changed" in again[2]) == (1, True)
