"""Words that an operator has just said in a room of their own, looked for in all that their own bot keeps.

They come from the terminal or a pipe, are in no argument, and are never repeated.
"""

import getpass
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sqlalchemy import inspect, make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.operator.canaries.cells import Cells
from bot.operator.canaries.declared import database_files
from bot.operator.canaries.judging import Found, Verdict
from bot.operator.canaries.searching import Finding, Search
from bot.operator.canaries.spelling import SHORTEST
from bot.operator.sentences import Stop
from bot.settings import Read
from bot.store.database import Database

_ASK = "Words you have just said in a room of yours, a line at a time; then an empty line (they are not shown): "


def asked_for() -> Sequence[str]:
    """Return the words that were typed, a line each. Raises `Stop` when there are none, or one is too short."""
    given = iter(lambda: getpass.getpass(_ASK), "") if sys.stdin.isatty() else sys.stdin.read().splitlines()
    words = [" ".join(line.split()) for line in given if line.strip()]
    if not words:
        raise Stop("nothing to look for: type some words that were said, a line each")
    if any(len(line.encode()) < SHORTEST for line in words):
        raise Stop(f"one line is too short to look for: give {SHORTEST} letters or more, as little else reads like it")
    return words


async def look_for(words: Sequence[str], read: Read, also: Iterable[Path]) -> Verdict:
    """Look for the words in the data folder, the database, and whatever else is named. Raises `Stop`."""
    places = [read.data, *also, *_files_elsewhere(read)]
    for place in places:
        if not place.exists():
            raise Stop(f"{place} is not there: give a folder or a file that is")
    search = Search(words, cut=False)
    found = [*search.folders(places)]
    if make_url(read.database).get_backend_name() != "sqlite":
        found += search.values(await _values(read.database, search.unread), "the database")
    return Verdict(
        markers=len(words),
        bytes_searched=search.searched,
        found=tuple(dict.fromkeys(map(_told, found))),
        asked=0,
        answered=0,
        kept=0,
        unread=tuple(dict.fromkeys(search.unread)),
    )


def _told(finding: Finding) -> Found:
    line = f"line {finding.number + 1}"
    return Found(typed=line, sort="looked for", file=finding.file, at=finding.at, how=finding.how)


def _files_elsewhere(read: Read) -> Iterator[Path]:
    """Give the files of a SQLite database that is not in the data folder."""
    address = make_url(read.database)
    file = Path(address.database or "").resolve()
    if address.get_backend_name() == "sqlite" and not file.is_relative_to(read.data.resolve()):
        yield from (beside for name in sorted(database_files(file)) if (beside := file.with_name(name)).exists())


async def _values(url: str, unread: list[str]) -> Cells:
    """Return every value that a server keeps for the bot; its own files and logs are not to be seen from here."""
    database = Database.at(url)
    try:
        async with database.engine.connect() as connection:
            tables = await connection.run_sync(lambda there: inspect(there).get_table_names())
            return [cell for table in tables for cell in await _cells(connection, table)]
    except (OSError, SQLAlchemyError) as error:
        unread.append(f"the database: {type(error).__name__}")
        return ()
    finally:
        await database.close()


async def _cells(connection: AsyncConnection, table: str) -> Sequence[tuple[str, str, bytes]]:
    rows = (await connection.execute(text(f'SELECT * FROM "{table}"'))).mappings()  # noqa: S608  The server's own name.
    return [(table, column, str(value).encode()) for row in rows for column, value in row.items()]
