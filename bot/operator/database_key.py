"""The key of an encrypted database: typed at the start where it stands in no file, and `alongside encrypt`."""

import asyncio
import os
import sqlite3
import sys
from pathlib import Path

import typer
from msgspec.structs import replace
from sqlalchemy.engine import make_url

from bot import settings
from bot.operator.privacy import refuse_loose
from bot.operator.sentences import Stop, of_opening, of_storage
from bot.settings import Read
from bot.store.database import Database, is_encrypted, is_there


def read(config: Path) -> Read:
    """Return the settings, with the database's key typed, if it is to be. Raises `SettingsError` and `Stop`."""
    return with_key(settings.read(config, os.environ))


def with_key(read: Read) -> Read:
    """Return the settings with the key that is typed now, if it is to be asked for. Raises `Stop`."""
    if read.settings.database_key is None or read.database_key is not None:
        return read
    typed = str(typer.prompt("Key of the database", hide_input=True)) if sys.stdin.isatty() else sys.stdin.readline()
    if not typed.strip():
        raise Stop("the key of the database is asked for at each start, and nothing was typed or piped in")
    return replace(read, typed_key=typed.strip())


async def encrypt(read: Read) -> str:
    """Encrypt the database file that is there; return a line about it. Raises `Stop`."""
    key, file = read.database_key, Path(make_url(read.database).database or "")
    refuse_loose(read.data)
    if key is None:
        raise Stop("no key is set: name a file that holds one as database_key_file in the settings")
    if not await asyncio.to_thread(is_there, read.database):
        raise Stop("there is no database yet: the first start makes it encrypted")
    if await asyncio.to_thread(is_encrypted, file):
        raise Stop("the database file is encrypted already, and nothing was changed")
    holding = Database.at(read.database)
    try:
        if not await holding.take(alone=True):
            raise Stop("the bot is running on this database: stop it first. Nothing was changed")
        await asyncio.to_thread(_encrypt, file, key)
    finally:
        await holding.close()
    return f"{file} is encrypted, and no copy in clear is left beside it. Without its key nobody can open it again"


def _encrypt(file: Path, key: str) -> None:
    try:
        from bot.store.encrypted import encrypt as encrypted  # noqa: PLC0415  An extra that few have.

        encrypted(file, key)
    except ModuleNotFoundError as error:
        raise Stop(of_opening(error) or "") from error
    except (OSError, sqlite3.Error) as error:
        raise Stop(of_storage(error) or f"the database cannot be encrypted ({type(error).__name__})") from error
