"""`alongside run`: the worlds of the settings file, served until stopped. A server that is away is waited for."""

from collections.abc import Callable, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy.exc import SQLAlchemyError
from whenever import TimeDelta

from bot import settings
from bot.clockwork.clock import RealClock
from bot.domain.commands import Trait
from bot.domain.saying import Look, line
from bot.house import House, InUse
from bot.journal import StructuredJournal
from bot.operator.calendar import feeds_served
from bot.operator.patience import Patient, Startable
from bot.operator.privacy import refuse_loose
from bot.operator.sentences import Stop, of_opening, of_storage
from bot.plan import Plan
from bot.settings import DiscordWorld, MatrixWorld, Read
from bot.store.database import InClear
from bot.store.packs import read_pack
from bot.store.tombstones import SECRET_FILE, Ground
from bot.words.catalogue import Catalogue, WordsError

if TYPE_CHECKING:
    from bot.adapters.discord import DiscordWorld as Discord
    from bot.adapters.matrix import MatrixWorld as Matrix

T = TypeVar("T")

READERS_MATRIX = (
    line("about-readers-matrix", Look.ITEM),
    line("about-readers-matrix-direct", Look.ITEM),
    line("about-readers-matrix-devices", Look.ITEM),
    line("about-readers-matrix-server", Look.ITEM),
    line("about-readers-matrix-reactions", Look.ITEM),
)


READERS_DISCORD = (
    line("about-readers-discord", Look.ITEM),
    line("about-readers-discord-nothing", Look.ITEM),
    line("about-readers-discord-rooms", Look.ITEM),
    line("about-readers-discord-company", Look.ITEM),
)
PLATFORM_MATRIX = (line("about-data-platform-matrix"),)
PLATFORM_DISCORD = (line("about-data-platform-discord"),)
_MATRIX_HAS = frozenset({Trait.DEVICES})
DISCORD_HAS = frozenset({Trait.CHANNELS, Trait.CLEARING, Trait.UNSEEN})
_LOCAL_HAS = frozenset({Trait.CLEARING})
_HAVE = {"matrix": _MATRIX_HAS, "discord": DISCORD_HAS, "local": _LOCAL_HAS}


def traits_of(kind: str) -> frozenset[Trait]:
    """Return what the worlds of a kind have; the kinds are those of the settings, and `local`."""
    return _HAVE[kind]


async def ready(plan: Plan) -> House:
    """Make the house. Raises `Stop` when the database cannot be used."""
    try:
        return await House.ready(plan)
    except InUse as error:
        raise Stop("a restore is under way: start it again when that is done") from error
    except (InClear, ModuleNotFoundError) as error:
        raise Stop(of_opening(error) or "") from error
    except (OSError, SQLAlchemyError) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        raise Stop(
            of_storage(error)
            or f"the database cannot be used ({why}): see that its place is right and can be written to"
        ) from error


async def serve(read: Read) -> None:
    """Serve every world. Raises `Stop` and `WorldStop`."""
    refuse_loose(read.data)
    journal = journal_of(read)
    house = await ready(plan_of(read, journal))
    try:
        for world in read.settings.worlds.matrix:
            await _alone_on(house, world.name, world.account, f"account:{world.account}")
            await _served(house, world, read, partial(_matrix, world, read, house))
        for discord in read.settings.worlds.discord:
            for shard in _shards_of(discord, read):
                await _alone_on(house, discord.name, "these shards", shard)
            await _served(house, discord, read, partial(_discord, discord, read, house))
        async with feeds_served(house, read.settings.calendar):
            journal.note("serving", worlds=len(house.worlds))
            await house.serve()
    finally:
        await house.close()


def journal_of(read: Read) -> StructuredJournal:
    """Return the log, written as the settings want it."""
    return StructuredJournal(json=read.settings.log == "json")


async def _served(house: House, world: MatrixWorld | DiscordWorld, read: Read, make: Callable[[], Startable]) -> None:
    patient = Patient(world.name, folder_of(world, read), make, house.plan.journal)
    house.worlds[world.name] = patient
    await patient.try_to_start()


def read_words(folders: Sequence[Path]) -> Catalogue:
    """Read every sentence there is. Raises `Stop`."""
    try:
        return Catalogue(folders)
    except WordsError as error:
        raise Stop(f"the words cannot be read: {' line '.join(map(str, error.args))}") from error


def plan_of(read: Read, journal: StructuredJournal) -> Plan:
    """Return what the house of these settings is made from. Raises `Stop` when the words cannot be read."""
    return Plan(
        database=read.database,
        words=read_words(read.words),
        pack=read_pack(settings.shipped() / "signposts" / "uk"),
        ways=settings.ways_of(read.settings),
        locales=settings.locales_of(read.settings),
        readers=_by_kind(read, READERS_MATRIX, READERS_DISCORD),
        platforms=_by_kind(read, PLATFORM_MATRIX, PLATFORM_DISCORD),
        traits=_by_kind(read, _MATRIX_HAS, DISCORD_HAS),
        clock=RealClock(),
        journal=journal,
        ground=ground_of(read),
        key=read.database_key,
        feeds_at=read.settings.calendar.address,
    )


def ground_of(read: Read) -> Ground:
    """Return what tombstones are laid with; its secret is made when there is none. Raises `Stop`."""
    backup = read.settings.backup
    beside = read.path(backup.folder) if backup.recipients else None
    try:
        return Ground.at(read.data, TimeDelta(hours=24 * backup.keep_days), beside)
    except (OSError, ValueError) as error:
        file = read.data / SECRET_FILE
        raise Stop(f"{file} cannot be read: put it back from a copy, or take it away, and a new one is made") from error


def folder_of(world: MatrixWorld | DiscordWorld, read: Read) -> Path:
    """Return the folder of a world's keys."""
    return read.data / world.name


def _by_kind(read: Read, of_matrix: T, of_discord: T) -> dict[str, T]:
    worlds = read.settings.worlds
    return {world.name: of_matrix for world in worlds.matrix} | {world.name: of_discord for world in worlds.discord}


def _shards_of(world: DiscordWorld, read: Read) -> Sequence[str]:
    """Return what stands for each shard of a bot that is served here; its token stands in none of them."""
    account = sha256(read.secret(world.token_file).encode()).hexdigest()
    return [f"account:{account}:{shard}" for shard in world.shard_ids or range(world.shard_count or 1)]


async def _alone_on(house: House, name: str, what: str, key: str) -> None:
    """Hold an account in the database: of two processes that serve the same, the second stops."""
    if not await house.database.keep_alone(key):
        raise Stop(
            f"{name}: another process, with the same database, is running on {what}: "
            "stop that one first, or leave this one"
        )


def _matrix(world: MatrixWorld, read: Read, house: House) -> "Matrix":
    from bot.adapters.matrix import Account  # noqa: PLC0415  A world not served is not loaded: 50 MB.
    from bot.adapters.matrix import MatrixWorld as Matrix  # noqa: PLC0415  As above.

    return Matrix(
        name=world.name,
        account=Account(
            homeserver=world.homeserver,
            user_id=world.account,
            device_id=world.device_id,
            access_token=read.secret(world.access_token_file) if world.access_token_file else None,
            password=read.secret(world.password_file) if world.password_file else None,
        ),
        store=folder_of(world, read),
        store_key=read.secret(world.store_key_file) if world.store_key_file else None,
        words=house.words,
        answering=house.switchboard,
        bookmarks=house.bookmarks,
        inbox=house.inbox,
        outbox=house.outbox,
        ledger=house.database,
        groups=house.groups,
        wants_verified=house.group_ways.verified_only,
        clock=house.plan.clock,
        journal=house.plan.journal,
        nudge=house.nudge,
        locale=world.defaults.locale,
        locale_of=house.locale_of,
    )


def _discord(world: DiscordWorld, read: Read, house: House) -> "Discord":
    from bot.adapters.discord import DiscordWorld as Discord  # noqa: PLC0415  A world not served is not loaded.

    return Discord(
        name=world.name,
        token=read.secret(world.token_file),
        words=house.words,
        locales=house.words.locales,
        answering=house.switchboard,
        outbox=house.outbox,
        ledger=house.database,
        groups=house.groups,
        choosing=house.group_ways,
        turns=house.turns,
        clock=house.plan.clock,
        journal=house.plan.journal,
        locale_of=house.locale_of,
        locale=world.defaults.locale,
        shard_count=world.shard_count,
        shard_ids=world.shard_ids,
    )
