"""`alongside run`: the worlds of the settings file, served until stopped. A server that is away is waited for."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from bot import settings
from bot.clockwork.clock import RealClock
from bot.domain.commands import Trait
from bot.domain.saying import Look, line
from bot.house import House, Plan
from bot.journal import StructuredJournal
from bot.operator.patience import Patient
from bot.operator.privacy import refuse_loose
from bot.operator.sentences import Stop, of_storage
from bot.settings import MatrixWorld, Read
from bot.words.catalogue import WordsError

if TYPE_CHECKING:
    from bot.adapters.matrix import MatrixWorld as Matrix

READERS_MATRIX = (
    line("about-readers-matrix", Look.ITEM),
    line("about-readers-matrix-direct", Look.ITEM),
    line("about-readers-matrix-devices", Look.ITEM),
    line("about-readers-matrix-server", Look.ITEM),
    line("about-readers-matrix-reactions", Look.ITEM),
)


_MATRIX_HAS = frozenset({Trait.DEVICES})


async def ready(plan: Plan) -> House:
    """Make the house. Raises `Stop` when the words or the database cannot be used."""
    try:
        return await House.ready(plan)
    except ModuleNotFoundError as error:
        raise Stop(f"{error.name} is not installed: put it in with: pip install 'alongside[postgres]'") from error
    except WordsError as error:
        raise Stop(f"the words cannot be read: {' line '.join(map(str, error.args))}") from error
    except (OSError, SQLAlchemyError) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        raise Stop(
            of_storage(error)
            or f"the database cannot be used ({why}): see that its place is right and can be written to"
        ) from error


async def serve(read: Read) -> None:
    """Serve every world. Raises `Stop` and `WorldStop`."""
    refuse_loose(read.data)
    journal = StructuredJournal(json=read.settings.log == "json")
    house = await ready(plan_of(read, journal))
    try:
        for world in read.settings.worlds.matrix:
            await _alone_on(house, world)
            patient = Patient(world.name, folder_of(world, read), partial(_matrix, world, read, house), journal)
            house.worlds[world.name] = patient
            await patient.try_to_start()
        journal.note("serving", worlds=len(house.worlds))
        await house.serve()
    finally:
        await house.close()


def plan_of(read: Read, journal: StructuredJournal) -> Plan:
    """Return what the house of these settings is made from."""
    return Plan(
        database=read.database,
        words=read.words,
        pack=settings.shipped() / "signposts" / "uk",
        ways=settings.ways_of(read.settings),
        locales=settings.locales_of(read.settings),
        readers=dict.fromkeys(read.settings.names, READERS_MATRIX),
        traits=dict.fromkeys((world.name for world in read.settings.worlds.matrix), _MATRIX_HAS),
        clock=RealClock(),
        journal=journal,
    )


def folder_of(world: MatrixWorld, read: Read) -> Path:
    """Return the folder of a world's keys."""
    return read.data / world.name


async def _alone_on(house: House, world: MatrixWorld) -> None:
    """Hold the account in the database: of two machines with copies of one folder, the second stops."""
    if not await house.database.keep_alone(f"account:{world.account}"):
        raise Stop(
            f"{world.name}: another process, with the same database, is running on {world.account}: "
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
