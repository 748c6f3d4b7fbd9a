"""A SQLite file that is encrypted as a whole, by SQLCipher: the same driver under another name, with a key.

A fault of its is given as sqlite3's of the same name, so that nobody else has to know of two.
"""

import os
import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from bot.files import PRIVATE

# A key of 256 bits as it is; whatever else is given, SQLCipher makes one of it, which takes a while at each start.
_RAW = re.compile(r"[0-9a-fA-F]{64}", re.ASCII)
_CHUNK = 1 << 20


def opened(file: str, key: str, connections: type, cursors: type, *, begin: str) -> sqlite3.Connection:
    """Open a file under its key, with what a connection and a cursor of ours do besides."""

    class _Cursor(cursors, dbapi2.Cursor):  # type: ignore[misc]  # Both are given.
        def execute(self, sql: str, parameters: Any = (), /) -> Any:  # noqa: ANN401  As the driver has it.
            try:
                return super().execute(sql, parameters)
            except dbapi2.Error as error:
                raise _same(error) from error

    class _File(connections, dbapi2.Connection):  # type: ignore[misc]  # As above.
        def executemany(self, sql: str, parameters: Iterable[Any], /) -> Any:  # noqa: ANN401  As above.
            try:
                return super().executemany(sql, parameters)
            except dbapi2.Error as error:
                raise _same(error) from error

        def commit(self) -> None:
            try:
                super().commit()
            except dbapi2.Error as error:
                raise _same(error) from error

    _File.cursors, _File.begin = _Cursor, begin
    connection: sqlite3.Connection = dbapi2.connect(file, factory=_File, isolation_level=None)
    connection.execute(f"PRAGMA key = {_quoted(key)}")
    return connection


def encrypt(file: Path, key: str) -> None:
    """Put an encrypted file in the place of one in clear, whole or not at all, and overwrite the one in clear.

    Nobody else may have it open. Raises `sqlite3.Error`.
    """
    new = file.with_name(f"{file.name}.new")
    new.unlink(missing_ok=True)
    os.close(os.open(new, os.O_CREAT | os.O_WRONLY, PRIVATE))
    try:
        with closing(dbapi2.connect(str(file), isolation_level=None)) as clear:
            # What stands in the log beside the file goes into it, and no log is left.
            clear.execute("PRAGMA journal_mode = DELETE")
            clear.execute(f"ATTACH DATABASE ? AS sealed KEY {_quoted(key)}", (str(new),))
            clear.execute("SELECT sqlcipher_export('sealed')").fetchall()
            clear.execute("DETACH DATABASE sealed")
    except dbapi2.Error as error:
        new.unlink(missing_ok=True)
        raise _same(error) from error
    with file.open("r+b") as old, new.open("rb") as sealed:
        os.fsync(sealed.fileno())
        new.replace(file)
        _overwrite(old.fileno())


def _overwrite(descriptor: int) -> None:
    left = os.fstat(descriptor).st_size
    while left > 0:
        left -= os.write(descriptor, bytes(min(left, _CHUNK)))
    os.fsync(descriptor)


def _quoted(key: str) -> str:
    if _RAW.fullmatch(key):
        return f"\"x'{key}'\""
    escaped = key.replace("'", "''")
    return f"'{escaped}'"


def _same(error: dbapi2.Error) -> sqlite3.Error:
    """Return the fault of sqlite3 of the same name, without its text when it may hold a statement with the key."""
    kind: type[sqlite3.Error] = getattr(sqlite3, type(error).__name__, sqlite3.DatabaseError)
    same = kind(*error.args)
    for fact in ("sqlite_errorcode", "sqlite_errorname"):
        if hasattr(error, fact):
            setattr(same, fact, getattr(error, fact))
    return same
