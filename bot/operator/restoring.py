"""`alongside restore`: a backup in place of what is there, all of it or nothing. No key is ever an argument."""

import asyncio
import sys
from dataclasses import dataclass, field
from pathlib import Path

import typer
from sqlalchemy.exc import SQLAlchemyError
from whenever import Instant

from bot import settings
from bot.operator.backing_up import SEALED_SECRET
from bot.operator.privacy import refuse_loose
from bot.operator.sentences import Stop, of_backup, of_opening, of_storage
from bot.settings import Read
from bot.store import sealing, tombstones
from bot.store.database import Database, InClear, is_there
from bot.store.dumping import DumpError, Head, load, read_head
from bot.store.migrating import migrate, migration
from bot.store.restoring import forget_again, is_empty, put_in_place, settle
from bot.store.sealing import SealingError
from bot.store.tombstones import Laid, TombstoneStore

_IN_MEMORY = "sqlite+aiosqlite:///:memory:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was given on the command line; the identity is what its file holds."""

    file: Path
    identity: str = field(repr=False)
    force: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    head: Head
    dump: bytes


def identity_in(file: Path) -> str:
    """Return a private key from a file that only its owner can read, from a pipe, or as it is typed."""
    if str(file) != "-":
        return settings.Read(settings=settings.Settings(), folder=Path.cwd()).secret(str(file))
    text = str(typer.prompt("Private key", hide_input=True)) if sys.stdin.isatty() else sys.stdin.read()
    if not text.strip():
        raise Stop("nothing was piped in: give the private key alone")
    return text


async def restore(read: Read, given: Given) -> str:
    """Restore, and return a line about it. Raises `Stop` with nothing changed."""
    refuse_loose(read.data)
    try:
        opened = await asyncio.to_thread(_opened, given)
    except (SealingError, DumpError) as error:
        raise Stop(of_backup(error.kind, file=given.file)) from error
    if opened.head.until <= Instant.now() and not given.force:
        raise Stop(of_backup("over", file=given.file, date=str(opened.head.until.to_tz("UTC").date())))
    staged = Database.at(_IN_MEMORY)
    try:
        await _staged(opened, staged, given.file)
        return await _restored(read, given, opened, staged)
    except (InClear, ModuleNotFoundError) as error:
        raise Stop(of_opening(error) or "") from error
    except (OSError, SQLAlchemyError) as error:
        raise Stop(of_storage(error) or of_backup("no-place", why=type(error).__name__)) from error
    finally:
        await staged.close()


def _opened(given: Given) -> _Opened:
    try:
        data = given.file.read_bytes()
    except OSError as error:
        raise Stop(f"{given.file} cannot be read ({error.strerror})") from error
    dump = sealing.opened(data, given.identity)
    return _Opened(head=read_head(dump), dump=dump)


async def _staged(opened: _Opened, staged: Database, file: Path) -> None:
    try:
        await load(opened.dump, staged)
    except DumpError as error:
        raise Stop(of_backup(error.kind, file=file)) from error
    except SQLAlchemyError as error:
        raise Stop(of_backup("broken", file=file)) from error
    await settle(staged, opened.head.at)


async def _restored(read: Read, given: Given, opened: _Opened, staged: Database) -> str:
    was_there = await asyncio.to_thread(is_there, read.database)
    database = Database.at(read.database, read.database_key)
    try:
        if not await database.take(alone=True):
            raise Stop("the bot is running on this database: stop it first. Nothing was changed")
        there = await _tombstones_there(database, given) if was_there else {}
        laid, gone = await _forgotten_since(read, given, staged, there, opened.head)
        await migrate(database)
        rows = await put_in_place(staged, database, laid)
    finally:
        await database.close()
    when = opened.head.at.to_tz("UTC").format("YYYY-MM-DD HH:mm")
    since = f", and of {gone} who were forgotten since, nothing" if gone else ""
    return f"restored as it was on {when} UTC: {rows} rows{since}. The next start goes on from there"


async def _tombstones_there(database: Database, given: Given) -> Laid:
    """Return those that are rows of the database; none when it has no tables yet, and is left so."""
    if await migration(database) is None:
        return {}
    await migrate(database)
    if not given.force and not await is_empty(database):
        raise Stop(of_backup("not-empty"))
    async with database.transaction():
        return await TombstoneStore(database, None).all()


async def _forgotten_since(read: Read, given: Given, staged: Database, rows: Laid, head: Head) -> tuple[Laid, int]:
    """Forget again whoever was forgotten since; return every tombstone there is, and how many that were."""
    async with staged.transaction():
        known = await TombstoneStore(staged, None).all()
    folders = {given.file.resolve().parent, read.path(read.settings.backup.folder)}
    lines = [tombstones.written(folder) for folder in folders]
    digests = tombstones.since((rows, *lines), known)
    secrets = _secrets(read, given, folders)
    if digests and not secrets and not given.force:
        raise Stop(of_backup("no-secret", file=given.file))
    gone = await forget_again(staged, tombstones.among(secrets, digests), head.at)
    if secrets and tombstones.secret_in(read.data) is None:
        tombstones.keep_secret_in(read.data, secrets[0])
    return _latest(rows, *lines, known), gone


def _secrets(read: Read, given: Given, folders: set[Path]) -> list[bytes]:
    """Return the secrets of tombstones that are there: the data folder's own, and what was sealed beside backups."""
    own = tombstones.secret_in(read.data)
    found = [] if own is None else [own]
    for file in (folder / SEALED_SECRET for folder in sorted(folders)):
        if file.exists():
            try:
                found.append(sealing.opened(file.read_bytes(), given.identity))
            except SealingError as error:
                raise Stop(of_backup(error.kind, file=file)) from error
    return found


def _latest(*several: Laid) -> Laid:
    found: dict[str, Instant] = {}
    for laid in several:
        for digest, at in laid.items():
            found[digest] = max(at, found.get(digest, at))
    return found
