"""What there is to be typed into, and what may be kept of it: found from the declarations of commands and tables."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypedDict

from bot import settings
from bot.clockwork.clock import RealClock
from bot.domain.commands import Command, Trait
from bot.house import House
from bot.journal import StructuredJournal
from bot.operator import serving
from bot.plan import Plan
from bot.settings import Worlds
from bot.store.packs import read_pack
from bot.store.tables.base import metadata

LOCAL = "local"


def kinds() -> frozenset[str]:
    """Return every kind of world: those of the settings, and the local room."""
    return frozenset({LOCAL, *Worlds.__struct_fields__})


def commands_of(kind: str) -> Sequence[Command]:
    """Return every command that there is in a kind of world. Of the unlisted, those that can be typed there."""
    with tempfile.TemporaryDirectory(prefix="alongside-") as folder:
        commands = House(_plan(kind, Path(folder))).switchboard.commands(kind)
    typed = Trait.UNSEEN not in serving.traits_of(kind)
    return [command for command in commands if command.listed or typed]


def _plan(kind: str, folder: Path) -> Plan:
    return Plan(
        database=f"sqlite+aiosqlite:///{folder / 'alongside.db'}",
        words=serving.read_words((settings.shipped() / "words",)),
        pack=read_pack(settings.shipped() / "signposts" / "uk"),
        ways={},
        readers={},
        traits={kind: serving.traits_of(kind)},
        clock=RealClock(),
        journal=StructuredJournal(),
    )


def columns_of_words() -> Mapping[str, frozenset[tuple[str, str]]]:
    """Return each column that holds words on purpose, as `table.column`, with the commands and options they are of."""
    return {name: words_of for name, info in _columns().items() if (words_of := info["words_of"]) is not None}


def columns_on_the_way() -> frozenset[str]:
    """Return the columns that may hold such words until they are sent."""
    return frozenset(name for name, info in _columns().items() if info["on_its_way"])


def database_files(database: Path) -> frozenset[str]:
    """Return the names of the files that make up a SQLite database."""
    return frozenset(f"{database.name}{end}" for end in ("", "-wal", "-shm", "-journal"))


class _Info(TypedDict):
    """What `bot.store.tables.base.column` tells of a column."""

    words_of: frozenset[tuple[str, str]] | None
    on_its_way: bool


def _columns() -> Mapping[str, _Info]:
    return {
        f"{table.name}.{column.name}": _Info(words_of=column.info["words_of"], on_its_way=column.info["on_its_way"])
        for table in metadata.sorted_tables
        for column in table.columns
    }
