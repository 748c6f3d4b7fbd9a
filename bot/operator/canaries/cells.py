"""The values of a SQLite file, one by one: a long value is spread over pages, and no run of bytes holds it whole.

A copy is opened, with what its log and journal hold, so that nothing is changed in what is searched.
"""

import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

# The table, the column and the value's bytes.
Cells: TypeAlias = Iterable[tuple[str, str, bytes]]

# How every SQLite file begins: sqlite.org/fileformat2.html, 1.3.
_BEGINS = b"SQLite format 3\0"
_BESIDE = ("-wal", "-journal")


def cells(file: Path, unread: list[str]) -> Cells:
    """Give every text and every blob of a SQLite file; nothing for another file. What fails is named in `unread`."""
    with file.open("rb") as opened:
        if opened.read(len(_BEGINS)) != _BEGINS:
            return
    with tempfile.TemporaryDirectory(prefix="alongside-") as folder:
        copy = Path(shutil.copyfile(file, Path(folder, "copy")))
        for beside in _BESIDE:
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(f"{file}{beside}", f"{copy}{beside}")
        try:
            with contextlib.closing(sqlite3.connect(copy)) as connection:
                connection.text_factory = bytes
                yield from _values(connection)
        except sqlite3.Error as error:
            unread.append(f"{file.name}: its values cannot be read ({type(error).__name__})")


def _values(connection: sqlite3.Connection) -> Iterator[tuple[str, str, bytes]]:
    tables = [
        str(name, "utf-8") for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    ]
    for table in ("sqlite_master", *tables):
        quoted = table.replace('"', '""')
        rows = connection.execute(f'SELECT * FROM "{quoted}"')  # noqa: S608  The file's own name for it, quoted.
        columns = [description[0] for description in rows.description]
        for row in rows:
            for column, value in zip(columns, row, strict=True):
                if isinstance(value, bytes):
                    yield table, column, value
