"""`alongside check`: what is missing and what is fine, a line each. It changes nothing, and a bot may run meanwhile."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Mapping, Sequence
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from whenever import Instant

from bot import settings
from bot.adapters.matrix.folder import Folder, Session
from bot.adapters.matrix.looking import Looking, looking, session_in
from bot.adapters.matrix.setup import is_safe
from bot.domain.ids import GroupId, PlaceId
from bot.domain.rota.busiest import most_in_a_minute
from bot.journal import StructuredJournal
from bot.operator.backup_lines import backup_line
from bot.operator.discord_lines import discord_lines
from bot.operator.extra_lines import extra_lines
from bot.operator.privacy import loose
from bot.operator.report import Found, State, fine, missing, note
from bot.operator.secrecy import secrets_in
from bot.operator.sentences import of_opening, of_storage, of_world
from bot.operator.world_lines import AFTER_KEYS, limit_lines, server_lines
from bot.ports.chat import ChatError
from bot.settings import MatrixWorld, Read
from bot.store.database import Database, InClear, is_there
from bot.store.groups import GroupStore
from bot.store.house import PeopleShelf
from bot.store.migrating import NEWEST, migration
from bot.store.rota import RotaStore

Lines = AsyncIterator[Found]


async def check(config: Path, read: Read, *, measure: bool) -> Sequence[Found]:
    """Look at everything. `measure` says whether to find out the server's message limit, by sending."""
    found = [
        fine("settings", f"{config} is read, its worlds: {', '.join(read.settings.names) or 'none yet'}"),
        *await asyncio.to_thread(_told_in, config),
        *_secrets(read),
        *_data(read),
        await _database(read),
        await asyncio.to_thread(backup_line, read, Instant.now()),
        *extra_lines(read.settings.calendar),
    ]
    if not read.settings.names:
        found.append(missing("settings", "no world is set: alongside init matrix, or init discord, does that"))
    for world in read.settings.worlds.matrix:
        found += [each async for each in _world(world, read, measure=measure)]
    for discord in read.settings.worlds.discord:
        chosen = await _chosen(discord.name, read)
        found += [each async for each in discord_lines(discord, read, chosen)]
    return found


def _told_in(config: Path) -> Sequence[Found]:
    """Return a line for each line of the settings that holds a secret itself."""
    return [
        missing(
            "secrets", f"line {number} of {config} looks like a secret: use {instead}, and change the secret itself"
        )
        for number, instead in secrets_in(config.read_text(encoding="utf-8"))
    ]


def _secrets(read: Read) -> Sequence[Found]:
    """Return a line; secrets that are not safe did not let the settings be read at all."""
    worlds = read.settings.worlds
    files = [
        *(each for world in worlds.matrix for each in (world.access_token_file, world.password_file)),
        *(world.store_key_file for world in worlds.matrix),
        *(world.token_file for world in worlds.discord),
    ]
    count = len([file for file in (*files, read.settings.database_file) if file])
    return [fine("secrets", f"files of secrets that only their owner can read: {count}")] if count else []


def _data(read: Read) -> Sequence[Found]:
    if not read.data.exists():
        return [note("data", f"{read.data} is not there yet: the first start makes it")]
    wrong = [missing("data", sentence) for sentence in loose(read.data)]
    return wrong or [fine("data", f"{read.data} is its owner's alone")]


async def _database(read: Read) -> Found:
    if not is_there(read.database):
        return note("database", "there is none yet: the first start makes it")
    database = None
    try:
        database = Database.at(read.database, read.database_key)
        at = await migration(database)
    except (InClear, ModuleNotFoundError) as error:
        return missing("database", of_opening(error) or "")
    except (OSError, SQLAlchemyError) as error:
        return missing("database", of_storage(error) or f"it cannot be reached ({type(error).__name__})")
    finally:
        if database is not None:
            await database.close()
    if at == NEWEST:
        return fine("database", f"it can be used, its tables are the newest ({NEWEST})")
    return note("database", f"its tables are at {at or 'nothing'}: the next start brings them to {NEWEST}")


async def _world(world: MatrixWorld, read: Read, *, measure: bool) -> Lines:
    path = read.data / world.name
    try:
        folder = Folder.seen(path, read.secret(world.store_key_file) if world.store_key_file else None)
        token = read.secret(world.access_token_file) if world.access_token_file else None
        session = session_in(folder, world.account, world.device_id, token)
    except ChatError as error:
        yield missing(world.name, _why(world, path, error))
        return
    running = path.exists() and folder.is_held
    yield note(world.name, "the bot is running") if running else fine(world.name, "the bot is not running just now")
    if not is_safe(world.homeserver):
        yield note(world.name, f"{world.homeserver} is not https: right only where nobody can listen on the way")
    async with looking(world.homeserver, session, StructuredJournal()) as look:
        async for each in _on_server(world, read, look, folder, session):
            yield each
            if each.state is State.MISSING and each.about.endswith(" server"):
                return
        if measure and not running:
            yield await _asked(world, path, _limit(world, read, look))
        elif running:
            yield note(f"{world.name} limit", "not measured while the bot runs: its own words would have to wait")


async def _on_server(world: MatrixWorld, read: Read, look: Looking, folder: Folder, session: Session) -> Lines:
    path = read.data / world.name
    try:
        for each in await server_lines(world.name, look, Instant.now(), session):
            yield each
    except ChatError as error:
        yield missing(f"{world.name} server", _why(world, path, error))
        return
    for line_of in AFTER_KEYS:
        yield await _asked(world, path, line_of(world.name, look, folder))


async def _asked(world: MatrixWorld, path: Path, asking: Awaitable[Found]) -> Found:
    """Return the line, or what kept it from being found out."""
    try:
        return await asking
    except ChatError as error:
        return missing(world.name, _why(world, path, error))


def _why(world: MatrixWorld, path: Path, error: ChatError) -> str:
    if error.kind == "never-started":
        return "it has not logged in yet: start it once, or set it up with alongside init matrix"
    return of_world(world.name, path, error).removeprefix(f"{world.name}: ")


async def _chosen(world: str, read: Read) -> Mapping[GroupId, PlaceId]:
    """Return the channels that groups chose; none when the tables cannot tell."""
    if not is_there(read.database):
        return {}
    database = Database.at(read.database, read.database_key)
    try:
        if await migration(database) != NEWEST:
            return {}
        async with database.transaction():
            return await GroupStore(database).channels(world)
    except (InClear, OSError, SQLAlchemyError):
        return {}
    finally:
        await database.close()


async def _limit(world: MatrixWorld, read: Read, look: Looking) -> Found:
    return limit_lines(world, await look.limit(), await _busiest(world, read))


async def _busiest(world: MatrixWorld, read: Read) -> int | None:
    """Return how many pings the busiest minute of the coming weeks has; None when the tables cannot tell."""
    if not is_there(read.database):
        return 0
    database = Database.at(read.database, read.database_key)
    try:
        return await _most(database, read, world.name) if await migration(database) == NEWEST else None
    except (InClear, OSError, SQLAlchemyError):
        return None
    finally:
        await database.close()


async def _most(database: Database, read: Read, world: str) -> int:
    ways = settings.ways_of(read.settings)
    people, store = PeopleShelf(database, lambda group: ways[group.world]), RotaStore(database)
    rotas = []
    async with database.transaction():
        for group in await store.groups(world):
            sheets = await store.sheets(group)
            rotas += [(sheet, await people.ways_of(group, sheet.roster.people)) for sheet in sheets]
    return most_in_a_minute(rotas, Instant.now())
