"""A world's folder: the device's keys, the secret they are kept under, who is logged in, and the lock on all of it.

What is there and does not fit together is never made to fit: a device made in its place would be a stranger to
everybody. Whoever reads the folder says so, with nothing changed.
"""

import fcntl
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import msgspec
from nio.crypto import OlmAccount

from bot.files import PRIVATE, keep_secret
from bot.ports.chat import ChatError

KEYS_FILE = "keys.db"
SESSION_FILE = "session.json"
SECRET_FILE = "store.secret"  # noqa: S105  The name of a file.
LOCK_FILE = "lock"

IN_USE = "in-use"
KEYS_BROKEN = "keys-broken"
SECRET_MISSING = "secret-missing"  # noqa: S105  The kind of a fault, as is the next.
SECRET_WRONG = "secret-wrong"  # noqa: S105
SESSION_BROKEN = "session-broken"
FOLDER_OF_ANOTHER = "folder-of-another"

# The tables are nio's: nio.store.models.
_ITS_KEYS = "SELECT account, shared FROM accounts WHERE user_id = ? AND device_id = ?"
_ALL_DEVICES = "SELECT user_id, device_id FROM accounts"

_WAIT_SECONDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A device of an account. An empty token stands for one that is not kept here, or not given yet."""

    user_id: str
    device_id: str
    access_token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnKeys:
    """A device's two public keys; `published` says that the server was given them."""

    ed25519: str
    curve25519: str
    published: bool


class Folder:
    """One world's folder, held by this process from `taken` until it is freed or the process ends in any way."""

    def __init__(self, path: Path, secret: str, lock: int | None = None) -> None:
        self.path = path
        self.secret = secret
        self._lock = lock

    @classmethod
    def taken(cls, path: Path, secret: str | None = None) -> Self:
        """Hold the folder, made when it is not there; a `secret` of None means the folder's own, made on first use.

        Raises `ChatError` when another process holds it, or when its keys are not sound or have no secret.
        """
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = _locked(path / LOCK_FILE)
        try:
            _check_sound(path / KEYS_FILE)
            return cls(path, secret or _own_secret(path), lock)
        except BaseException:
            os.close(lock)
            raise

    @classmethod
    def seen(cls, path: Path, secret: str | None = None) -> Self:
        """Look at the folder without holding it or making anything. Raises `ChatError` as above."""
        _check_sound(path / KEYS_FILE)
        return cls(path, secret or _kept_secret(path) or "")

    @property
    def is_held(self) -> bool:
        """Whether a process holds it just now."""
        try:
            os.close(_locked(self.path / LOCK_FILE, fcntl.LOCK_SH, os.O_RDONLY))
        except FileNotFoundError:
            return False
        except ChatError:
            return True
        return False

    def free(self) -> None:
        """Let go of it."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def session(self, user_id: str) -> Session | None:
        """Return who is logged in here, or whose keys are here; None when nobody is. Raises `ChatError`."""
        kept = self._session() or self._of_keys()
        if kept is not None and kept.user_id != user_id:
            raise ChatError(FOLDER_OF_ANOTHER, permanent=True)
        return kept

    def keep(self, session: Session) -> None:
        """Keep who is logged in."""
        keep_secret(self.path / SESSION_FILE, msgspec.json.encode(session).decode())

    def own_keys(self, session: Session) -> OwnKeys | None:
        """Return the keys of this device, or None when it has none yet. Raises `ChatError`."""
        with _opened(self.path / KEYS_FILE) as database:
            found = database.execute(_ITS_KEYS, (session.user_id, session.device_id)).fetchone() if database else None
        if found is None:
            return None
        try:
            account = OlmAccount.from_pickle(found[0], self.secret, bool(found[1]))
        except (ValueError, TypeError, AttributeError) as error:
            raise ChatError(SECRET_WRONG, permanent=True) from error
        keys = account.identity_keys
        return OwnKeys(ed25519=keys["ed25519"], curve25519=keys["curve25519"], published=account.shared)

    def _session(self) -> Session | None:
        try:
            return msgspec.json.decode((self.path / SESSION_FILE).read_bytes(), type=Session)
        except FileNotFoundError:
            return None
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise ChatError(SESSION_BROKEN, permanent=True) from error

    def _of_keys(self) -> Session | None:
        """Return whose keys these are, for a folder whose session was taken away."""
        with _opened(self.path / KEYS_FILE) as database:
            found = database.execute(_ALL_DEVICES).fetchall() if database else []
        return Session(user_id=found[0][0], device_id=found[0][1]) if len(found) == 1 else None


def _locked(file: Path, how: int = fcntl.LOCK_EX, mode: int = os.O_CREAT | os.O_RDWR) -> int:
    """Return the open lock; the kernel lets go of it when the process ends, killed or not."""
    lock = os.open(file, mode | os.O_NOFOLLOW | os.O_CLOEXEC, PRIVATE)
    try:
        fcntl.flock(lock, how | fcntl.LOCK_NB)
    except OSError as error:
        os.close(lock)
        raise ChatError(IN_USE, permanent=True) from error
    return lock


def _own_secret(path: Path) -> str:
    kept = _kept_secret(path)
    if kept is not None:
        return kept
    made = secrets.token_urlsafe(32)
    keep_secret(path / SECRET_FILE, made)
    return made


def _kept_secret(path: Path) -> str | None:
    """Return the folder's secret; None when there is nothing yet that it could be the secret of."""
    file = path / SECRET_FILE
    try:
        text = "" if file.is_symlink() else file.read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        text = ""
    if not text and _size(path / KEYS_FILE):
        raise ChatError(SECRET_MISSING, permanent=True)
    return text or None


def _check_sound(file: Path) -> None:
    with _opened(file) as database:
        if database is not None and database.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
            raise ChatError(KEYS_BROKEN, permanent=True)


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection | None]:
    """Open the keys to read, or give None when there are none. SQLite itself undoes what a crash left half done."""
    if not _size(file):
        yield None
        return
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=rw", uri=True, timeout=_WAIT_SECONDS)) as opened:
            has_table = opened.execute("SELECT 1 FROM sqlite_master WHERE name = 'accounts'").fetchone()
            yield opened if has_table else None
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", None) not in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
            raise
        raise ChatError(KEYS_BROKEN, permanent=True) from error


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0
