"""`alongside backup`: everything that lasts into one sealed file, while the bot runs. No secret is ever in it.

The copy is made in memory and sealed there: no byte of it is on a disk before it is sealed.
"""

import asyncio
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from whenever import Instant, TimeDelta

from bot.files import keep_bytes, keep_secret
from bot.operator.privacy import refuse_loose
from bot.operator.sentences import Stop, of_backup, of_opening, of_storage
from bot.operator.serving import ground_of
from bot.settings import Read
from bot.store import backups, sealing, tombstones
from bot.store.database import Database, InClear, is_there
from bot.store.dumping import DumpError, Head, dumped
from bot.store.sealing import SealingError
from bot.store.tombstones import Ground, TombstoneStore

# The secret of the tombstones, beside them: on a new machine they could not be tested without it.
SEALED_SECRET = "forgotten.key.age"  # noqa: S105  The name of a file.

_NONE_SET = (
    "no backup is set: give the public keys of those who may open it as recipients, under [backup] in the settings; "
    "alongside init backup-key makes a key"
)


async def back_up(read: Read) -> str:
    """Keep a backup, let go of those whose days are over, and return a line about it. Raises `Stop`."""
    backup = read.settings.backup
    if not backup.recipients:
        raise Stop(_NONE_SET)
    refuse_loose(read.data)
    now, lasts = Instant.now(), TimeDelta(hours=24 * backup.keep_days)
    folder = read.path(backup.folder)
    try:
        sealing.check(backup.recipients)
        dump = await _dump(read, Head(at=now, until=now + lasts))
        return await asyncio.to_thread(_put, folder, dump, backup.recipients, ground_of(read), now)
    except SealingError as error:
        raise Stop(of_backup(error.kind, place=error.place)) from error
    except OSError as error:
        raise Stop(of_storage(error) or f"{folder} cannot be written to ({error.strerror})") from error


def make_key(file: Path) -> str:
    """Write a new private key into a file that is not there yet; return what to do with its public one."""
    if file.exists():
        raise Stop(f"{file} is there already, and nothing was changed: give another file")
    identity, recipient = sealing.new_identity()
    try:
        keep_secret(file, f"# public key: {recipient}\n{identity}\n")
    except OSError as error:
        raise Stop(f"{file} cannot be written ({error.strerror})") from error
    return (
        f"The private key is in {file}. Keep it away from the bot's machine, with at least two people of the group.\n"
        f'In the settings, under [backup]: recipients = ["{recipient}"]'
    )


async def _dump(read: Read, head: Head) -> bytes:
    """Return what lasts, with the tombstones beside the backups made whole again."""
    if not is_there(read.database):
        raise Stop(of_backup("empty"))
    database = Database.reading(read.database, read.database_key)
    try:
        dump = await dumped(database, head)
        async with database.transaction():
            laid = await TombstoneStore(database, None).all()
    except DumpError as error:
        raise Stop(of_backup(error.kind)) from error
    except (InClear, ModuleNotFoundError) as error:
        raise Stop(of_opening(error) or "") from error
    except (OSError, SQLAlchemyError) as error:
        raise Stop(of_storage(error) or f"the database cannot be read ({type(error).__name__})") from error
    finally:
        await database.close()
    folder = read.path(read.settings.backup.folder)
    await asyncio.to_thread(_complete, folder, laid)
    return dump


def _complete(folder: Path, laid: tombstones.Laid) -> None:
    """Write the tombstones that are rows and not lines yet: the folder may be new, or another than it was."""
    there = tombstones.written(folder)
    tombstones.write(folder, {digest: at for digest, at in laid.items() if digest not in there or at > there[digest]})


def _put(folder: Path, dump: bytes, recipients: tuple[str, ...], ground: Ground, now: Instant) -> str:
    file = backups.keep(folder, sealing.sealed(dump, recipients), now)
    keep_bytes(folder / SEALED_SECRET, sealing.sealed(ground.secret, recipients))
    backups.prune(folder, now - ground.lasts)
    tombstones.sweep(folder, now - ground.lasts)
    until = (now + ground.lasts).to_tz("UTC").date()
    return f"{file}, {_size(file.stat().st_size)}, until {until}"


def _size(count: int) -> str:
    return f"{max(1, round(count / 1000)):,} kB"
