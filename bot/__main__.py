"""The command line. It ends with status 2 for wrong use and 1 for a fault, with one plain sentence on stderr."""

import asyncio
import contextlib
import errno
import faulthandler
import os
import resource
import signal
import sys
import tempfile
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from bot import settings
from bot.clockwork.clock import MovableClock
from bot.domain.people import Ways
from bot.domain.saying import Look, line
from bot.journal import StructuredJournal, let_loop_speak_in_kinds, silence_libraries, speak_in_kinds
from bot.operator import beginning, database_key, keeping, serving
from bot.operator.sentences import FAULT, Stop, WorldStop, of_storage, of_world
from bot.plan import Plan
from bot.settings import SettingsError
from bot.store.packs import read_pack

WRONG_USE = 2
INTERRUPTED = 128 + signal.SIGINT
READERS_LOCAL = (line("about-readers-local", Look.ITEM),)

app = typer.Typer(
    name="alongside",
    help="Rotas, company and practical signposts for peer-support groups. It keeps no conversation logs.",
    add_completion=False,
    invoke_without_command=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(keeping.app)
app.add_typer(beginning.app, name="init")


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
    asyncio.run(_until_stopped(_local_room(keep, port), StructuredJournal()))


@app.command()
def run(
    config: Annotated[Path, typer.Option(help="The settings file.")] = settings.USUAL,
) -> None:
    """Serve the worlds of the settings file, until stopped."""
    read = database_key.read(config)
    if not read.settings.names:
        raise SettingsError(f"{config}: no world is set: fill in a [[worlds.matrix]] or a [[worlds.discord]] block")
    settings.umask()
    asyncio.run(_until_stopped(serving.serve(read), serving.journal_of(read)))


@app.command(short_help="Say what is missing and what is fine.")
def check(
    *,
    config: Annotated[Path, typer.Option(help="The settings file.")] = settings.USUAL,
    json: Annotated[bool, typer.Option("--json", help="Say it as JSON.")] = False,
    measure: Annotated[bool, typer.Option(help="Find out the message limit, by sending in a room of its own.")] = True,
) -> None:
    """Say what is missing and what is fine, a line each; end with status 0 when all is well."""
    from bot.operator import checking, report  # noqa: PLC0415  A world not used is not loaded: nio alone takes 50 MB.

    settings.umask()
    silence_libraries()
    found = asyncio.run(checking.check(config, database_key.read(config), measure=measure))
    typer.echo(report.as_json(found) if json else report.in_words(found))
    if not report.is_well(found):
        raise typer.Exit(FAULT)


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
    from bot.adapters.local import LocalWorld  # noqa: PLC0415  As above.

    clock = MovableClock()
    plan = Plan(
        database=f"sqlite+aiosqlite:///{file}",
        words=serving.read_words((settings.shipped() / "words",)),
        pack=read_pack(settings.shipped() / "signposts" / "uk"),
        ways={"local": Ways()},
        readers={"local": READERS_LOCAL},
        traits={"local": serving.traits_of("local")},
        clock=clock,
        journal=StructuredJournal(),
    )
    house = await serving.ready(plan)
    local = LocalWorld(
        name="local",
        words=house.words,
        answering=house.switchboard,
        clock=clock,
        nudge=house.nudge,
        locale_of=house.locale_of,
    )
    house.worlds["local"] = local
    try:
        address = await _listening(local.serve, port)
        typer.echo(f"The local room is open on this machine alone:\n\n  {address}\n\nTo end it, press Ctrl-C.")
        await house.serve()
    finally:
        await house.close()


async def _listening(serve: Callable[[int], Awaitable[str]], port: int) -> str:
    try:
        return await serve(port)
    except OSError as error:
        why = "is taken" if error.errno == errno.EADDRINUSE else f"cannot be used ({error.strerror})"
        raise Stop(f"port {port} {why}: choose another with --port, or 0 for any that is free") from error


def _leave_no_trace() -> None:
    """Let a process that crashes put its memory nowhere, and its stack on no terminal, whatever Python was told.

    A core that is piped to a collector heeds no limit, but holds only what the filter lets through, which is nothing
    here. `PR_SET_DUMPABLE` would do as much, and take /proc away from the operator's own tools as well.
    """
    faulthandler.disable()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError):
        # There on Linux alone: docs.kernel.org/filesystems/proc.html, 3.4.
        Path("/proc/self/coredump_filter").write_text("0", encoding="ascii")


async def _until_stopped(work: Coroutine[Any, Any, None], journal: StructuredJournal) -> None:
    """Run until it ends, or until a signal asks the programme to end; what was begun is put away first."""
    silence_libraries()
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    speak_in_kinds(journal)
    let_loop_speak_in_kinds(loop, journal)
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
    """Run the command line. What is said passes through memory, so that no command leaves a picture of it behind."""
    _leave_no_trace()
    speak_in_kinds(StructuredJournal())
    try:
        # The app itself, when called, would put a hook of its own in place of ours.
        status = typer.main.get_command(app)(standalone_mode=False)
    except TyperException as error:
        _end(error.format_message(), WRONG_USE)
    except SettingsError as error:
        _end(str(error), WRONG_USE)
    except WorldStop as stop:
        _end(of_world(stop.name, stop.folder, stop.error), FAULT)
    except Stop as stop:
        _end(str(stop), FAULT)
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(INTERRUPTED)
    except Exception as error:  # noqa: BLE001  The last boundary: the kind and the place, never the words.
        _end(_sentence(error), FAULT)
    else:
        sys.exit(status if isinstance(status, int) else 0)


def _sentence(error: Exception) -> str:
    if (storage := of_storage(error)) is not None:
        return storage
    if isinstance(error, OSError) and error.errno is not None:
        # Its own text may be anybody's, and no operating system's.
        return f"{os.strerror(error.errno)}: {error.filename}" if error.filename else os.strerror(error.errno)
    StructuredJournal().fault("stopped", error)
    return "something went wrong; the line above says where"


def _end(sentence: str, status: int) -> None:
    typer.echo(f"alongside: {' '.join(sentence.split())}", err=True)
    sys.exit(status)


if __name__ == "__main__":
    main()
