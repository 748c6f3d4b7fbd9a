"""Tombstones: that somebody was forgotten, as a digest that holds no id and that nobody can test without its secret.

A backup from before brings rows back; what has a tombstone since goes again as it comes. Each is a row, and a line in
a file beside the backups, for a machine that is lost with its database.
"""

import asyncio
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Self

from sqlalchemy import delete, select
from whenever import Instant, TimeDelta

from bot.domain.ids import GroupId, PersonId
from bot.files import add_line, keep_secret
from bot.store.database import Database
from bot.store.tables.house import forgotten

SECRET_FILE = "forgotten.secret"  # noqa: S105  The name of a file.
SECRET_BYTES = 32

_LINE = re.compile(r"(?P<at>\d{13}) (?P<digest>[0-9a-f]{64})", re.ASCII)
_OF_A_DAY = re.compile(r"forgotten-(?P<day>\d{4}-\d{2}-\d{2})\.lines", re.ASCII)

# When each was laid, by its digest.
Laid = Mapping[str, Instant]
IsForgotten = Callable[[GroupId, PersonId | None], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What tombstones are made with: the secret, how long they last, and the folder beside the backups, if any."""

    secret: bytes = field(repr=False)
    lasts: TimeDelta
    beside: Path | None

    @classmethod
    def at(cls, data: Path, lasts: TimeDelta, beside: Path | None) -> Self:
        """Return that of a data folder; its secret is made when there is none. Raises `OSError` and `ValueError`."""
        return cls(secret=secret_in(data) or _made_in(data), lasts=lasts, beside=beside)


def secret_in(data: Path) -> bytes | None:
    """Return the secret of a data folder, or None. Raises `ValueError` when it is none."""
    file = data / SECRET_FILE
    secret = bytes.fromhex(file.read_text(encoding="utf-8")) if file.exists() else None
    if secret is not None and len(secret) != SECRET_BYTES:
        raise ValueError(SECRET_FILE)
    return secret


def keep_secret_in(data: Path, secret: bytes) -> None:
    """Keep a secret as that of a data folder."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    keep_secret(data / SECRET_FILE, secret.hex())


def _made_in(data: Path) -> bytes:
    made = secrets.token_bytes(SECRET_BYTES)
    keep_secret_in(data, made)
    return made


class TombstoneStore:
    """Implements the port `Tombstones`; without a ground none is laid, as where no backup could ever be made."""

    def __init__(self, database: Database, ground: Ground | None) -> None:
        self._database = database
        self._ground = ground
        self._lay = database.upsert(forgotten)

    async def lay(self, group: GroupId, person: PersonId | None, now: Instant) -> None:
        """Keep that a person, or the whole group, was forgotten.

        Beside the backups it is written first: should the machine end before the row is kept, the worst is that a
        restore forgets somebody whose forgetting was just under way.
        """
        if self._ground is None:
            return
        digest = digest_of(self._ground.secret, group, person)
        if self._ground.beside is not None:
            await asyncio.to_thread(write, self._ground.beside, {digest: now})
        await self._database.execute(self._lay, {"digest": digest, "at": now})

    async def all(self) -> Laid:
        """Return every one that is a row; inside a transaction."""
        rows = await self._database.execute(select(forgotten))
        return {row.digest: row.at for row in rows}

    async def purge(self, now: Instant) -> None:
        """Let go of those that no backup can be older than, in rows and in files."""
        if self._ground is None:
            return
        await self._database.execute(delete(forgotten).where(forgotten.c.at <= now - self._ground.lasts))
        if self._ground.beside is not None:
            await asyncio.to_thread(sweep, self._ground.beside, now - self._ground.lasts)


def digest_of(secret: bytes, group: GroupId, person: PersonId | None) -> str:
    """Return what stands for a person in a group, or for the group; the same under the same secret alone."""
    return blake2b(f"{group}\0{person or ''}".encode(), key=secret, digest_size=32).hexdigest()


def since(laid: Iterable[Laid], known: Laid) -> frozenset[str]:
    """Return the digests that were laid after what the backup knew of: those are to be forgotten again.

    Whoever was forgotten before the backup and came back is in it by their own will.
    """
    all_of_them = ((digest, at) for each in laid for digest, at in each.items())
    return frozenset(digest for digest, at in all_of_them if digest not in known or at > known[digest])


def among(secrets_known: Iterable[bytes], digests: frozenset[str]) -> IsForgotten:
    """Return what says of a person in a group, or of a group, whether they are among the digests."""
    each = tuple(secrets_known)
    return lambda group, person: any(digest_of(secret, group, person) in digests for secret in each)


def write(folder: Path, laid: Laid) -> None:
    """Write a line for each into the file of its day."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for digest, at in laid.items():
        day = at.to_tz("UTC").date()
        add_line(folder / f"forgotten-{day}.lines", f"{at.timestamp(unit='millisecond')} {digest}")


def written(folder: Path) -> Laid:
    """Return all that stand in the files of a folder, each as it was laid last; a line that was cut short is none."""
    found: dict[str, Instant] = {}
    for file in files(folder):
        for line in file.read_text(encoding="ascii", errors="replace").splitlines():
            if match := _LINE.fullmatch(line):
                at = Instant.from_timestamp(int(match["at"]), unit="millisecond")
                found[match["digest"]] = max(at, found.get(match["digest"], at))
    return found


def files(folder: Path) -> Iterator[Path]:
    """Give the files of days in a folder, in their order."""
    if folder.is_dir():
        yield from sorted(file for file in folder.iterdir() if _OF_A_DAY.fullmatch(file.name) and file.is_file())


def sweep(folder: Path, before: Instant) -> None:
    """Take away the files of days that are wholly over before that moment."""
    last = before.to_tz("UTC").date()
    for file in files(folder):
        match = _OF_A_DAY.fullmatch(file.name)
        if match and match["day"] < str(last):
            file.unlink(missing_ok=True)
