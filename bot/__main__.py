"""The command line. It ends with status 2 for wrong use and 1 for a fault, with one plain sentence on stderr."""

import asyncio
import contextlib
import errno
import os
import resource
import signal
import sys
import tempfile
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from sqlalchemy.exc import SQLAlchemyError
from typer.exceptions import TyperException

from bot import settings
from bot.clockwork.clock import MovableClock, RealClock
from bot.domain.people import Ways
from bot.domain.saying import Look, line
from bot.house import House, Plan
from bot.journal import StructuredJournal, silence_libraries
from bot.ports.chat import ChatError
from bot.settings import MatrixWorld, Read, SettingsError
from bot.words.catalogue import WordsError

if TYPE_CHECKING:
    from bot.adapters.matrix import MatrixWorld as Matrix

WRONG_USE = 2
FAULT = 1
INTERRUPTED = 128 + signal.SIGINT
READERS_LOCAL = (line("about-readers-local", Look.ITEM),)
READERS_MATRIX = (
    line("about-readers-matrix", Look.ITEM),
    line("about-readers-matrix-direct", Look.ITEM),
    line("about-readers-matrix-devices", Look.ITEM),
)

app = typer.Typer(
    name="alongside",
    help="Rotas, company and practical signposts for peer-support groups. It keeps no conversation logs.",
    add_completion=False,
    invoke_without_command=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class Stop(Exception):  # noqa: N818  The end of the programme, in one sentence.
    """A fault to end with: its text is the sentence that is shown."""


def _show_version(wanted: bool) -> None:  # noqa: FBT001  Typer hands the flag over as it is.
    if wanted:
        typer.echo(f"alongside {version('alongside')}")
        raise typer.Exit


@app.callback()
def alongside(
    context: typer.Context,
    *,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and end.")
    ] = False,
) -> None:
    """Rotas, company and practical signposts for peer-support groups. It keeps no conversation logs."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command("try", short_help="Try everything in a room on this machine.")
def try_(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where the page is served; 0 picks a free port.")] = 8017,
    keep: Annotated[Path | None, typer.Option(help="Keep what is kept in this SQLite file; else it is gone.")] = None,
) -> None:
    """Try everything in a room on this machine: a web page on which you are several people at once."""
    asyncio.run(_until_stopped(_local_room(keep, port)))


@app.command()
def run(
    config: Annotated[Path, typer.Option(help="The settings file.")] = Path("config/alongside.toml"),
) -> None:
    """Serve the worlds of the settings file, until stopped."""
    read = settings.read(config, os.environ)
    if not read.settings.names:
        raise SettingsError(f"{config}: no world is set: fill in a [[worlds.matrix]] block")
    settings.umask()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    asyncio.run(_until_stopped(_worlds(read)))


@contextlib.contextmanager
def _database_file(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        yield keep.expanduser().resolve()
        return
    with tempfile.TemporaryDirectory(prefix="alongside-") as folder:
        yield Path(folder) / "alongside.db"


async def _local_room(keep: Path | None, port: int) -> None:
    # Only once signals end the task and not the process, so that no folder stays behind.
    with _database_file(keep) as file:
        await _local_room_on(file, port)


async def _local_room_on(file: Path, port: int) -> None:
    from bot.adapters.local import LocalWorld  # noqa: PLC0415  A world that is not served is not loaded.

    clock = MovableClock()
    plan = Plan(
        database=f"sqlite+aiosqlite:///{file}",
        words=(settings.shipped() / "words",),
        pack=settings.shipped() / "signposts" / "uk",
        ways={"local": Ways()},
        readers={"local": READERS_LOCAL},
        clock=clock,
        journal=StructuredJournal(),
    )
    house = await _ready(plan)
    local = LocalWorld(name="local", words=house.words, answering=house.switchboard, clock=clock, nudge=house.nudge)
    house.worlds["local"] = local
    try:
        address = await _listening(local.serve, port)
        typer.echo(f"The local room is open on this machine alone:\n\n  {address}\n\nTo end it, press Ctrl-C.")
        await house.serve()
    finally:
        await house.close()


async def _ready(plan: Plan) -> House:
    try:
        return await House.ready(plan)
    except ModuleNotFoundError as error:
        raise Stop(f"{error.name} is not installed: put it in with: pip install 'alongside[postgres]'") from error
    except WordsError as error:
        raise Stop(f"the words cannot be read: {' line '.join(map(str, error.args))}") from error
    except (OSError, SQLAlchemyError) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        raise Stop(f"the database cannot be used ({why}): see that its place is right and can be written to") from error


async def _listening(serve: Callable[[int], Awaitable[str]], port: int) -> str:
    try:
        return await serve(port)
    except OSError as error:
        why = "is taken" if error.errno == errno.EADDRINUSE else f"cannot be used ({error.strerror})"
        raise Stop(f"port {port} {why}: choose another with --port, or 0 for any that is free") from error


async def _worlds(read: Read) -> None:
    journal = StructuredJournal(json=read.settings.log == "json")
    plan = Plan(
        database=read.database,
        words=read.words,
        pack=settings.shipped() / "signposts" / "uk",
        ways=settings.ways_of(read.settings),
        readers=dict.fromkeys(read.settings.names, READERS_MATRIX),
        clock=RealClock(),
        journal=journal,
    )
    house = await _ready(plan)
    try:
        for world in read.settings.worlds.matrix:
            matrix = _matrix(world, read, house)
            house.worlds[world.name] = matrix
            await _started(world.name, matrix.start())
        journal.note("serving", worlds=len(house.worlds))
        await house.serve()
    finally:
        await house.close()


async def _started(name: str, starting: Awaitable[None]) -> None:
    """Start a world. One that is away ends the programme, in words: whatever runs it may start it again."""
    try:
        await starting
    except ChatError as error:
        does = "refuses the bot" if error.permanent else "is not there; see that its address is right and that it is up"
        raise Stop(f"{name}: the chat server {does} ({error.kind})") from error


def _matrix(world: MatrixWorld, read: Read, house: House) -> "Matrix":
    from bot.adapters.matrix import MatrixWorld as Matrix  # noqa: PLC0415  As above: nio alone takes 50 MB.

    return Matrix(
        name=world.name,
        homeserver=world.homeserver,
        user_id=world.account,
        device_id=world.device_id,
        access_token=read.secret(world.access_token_file) if world.access_token_file else None,
        password=read.secret(world.password_file) if world.password_file else None,
        store=read.data / world.name,
        words=house.words,
        answering=house.switchboard,
        bookmarks=house.bookmarks,
        inbox=house.inbox,
        outbox=house.outbox,
        ledger=house.database,
        clock=house.plan.clock,
        journal=house.plan.journal,
        nudge=house.nudge,
        locale=world.defaults.locale,
    )


async def _until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Run until it ends, or until a signal asks the programme to end; what was begun is put away first."""
    silence_libraries()
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for wanted in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(wanted, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        return
    except BaseExceptionGroup as several:
        raise _first(several) from several


def _first(several: BaseExceptionGroup[BaseException]) -> BaseException:
    inner = several.exceptions[0]
    return _first(inner) if isinstance(inner, BaseExceptionGroup) else inner


def main() -> None:
    """Run the command line."""
    try:
        status = app(standalone_mode=False)
    except TyperException as error:
        _end(error.format_message(), WRONG_USE)
    except SettingsError as error:
        _end(str(error), WRONG_USE)
    except ChatError as error:
        _end(f"the chat server refused to go on ({error.kind})", FAULT)
    except (Stop, OSError) as error:
        _end(str(error), FAULT)
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(INTERRUPTED)
    except Exception as error:  # noqa: BLE001  The last boundary: the kind and the place, never the words.
        StructuredJournal().fault("stopped", error)
        _end("something went wrong; the line above says where", FAULT)
    else:
        sys.exit(status if isinstance(status, int) else 0)


def _end(sentence: str, status: int) -> None:
    typer.echo(f"alongside: {' '.join(sentence.split())}", err=True)
    sys.exit(status)


if __name__ == "__main__":
    main()
