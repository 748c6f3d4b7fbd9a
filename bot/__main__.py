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
from bot.house import Plan
from bot.journal import StructuredJournal, let_loop_speak_in_kinds, silence_libraries, speak_in_kinds
from bot.operator import serving
from bot.operator.sentences import Stop, WorldStop, of_storage, of_world
from bot.settings import SettingsError
from bot.store.packs import read_pack

CONFIG = Path("config/alongside.toml")
WRONG_USE = 2
FAULT = 1
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
init = typer.Typer(help="Set up an account for the bot.", no_args_is_help=True)
app.add_typer(init, name="init")


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
    config: Annotated[Path, typer.Option(help="The settings file.")] = CONFIG,
) -> None:
    """Serve the worlds of the settings file, until stopped."""
    read = settings.read(config, os.environ)
    if not read.settings.names:
        raise SettingsError(f"{config}: no world is set: fill in a [[worlds.matrix]] or a [[worlds.discord]] block")
    settings.umask()
    asyncio.run(_until_stopped(serving.serve(read), serving.journal_of(read)))


@app.command(short_help="Say what is missing and what is fine.")
def check(
    *,
    config: Annotated[Path, typer.Option(help="The settings file.")] = CONFIG,
    json: Annotated[bool, typer.Option("--json", help="Say it as JSON.")] = False,
    measure: Annotated[bool, typer.Option(help="Find out the message limit, by sending in a room of its own.")] = True,
) -> None:
    """Say what is missing and what is fine, a line each; end with status 0 when all is well."""
    from bot.operator import checking, report  # noqa: PLC0415  A world not used is not loaded: nio alone takes 50 MB.

    settings.umask()
    silence_libraries()
    found = asyncio.run(checking.check(config, settings.read(config, os.environ), measure=measure))
    typer.echo(report.as_json(found) if json else report.in_words(found))
    if not report.is_well(found):
        raise typer.Exit(FAULT)


@app.command("data-map", short_help="Say everything that is kept, and for how long.")
def data_map(
    *,
    json: Annotated[bool, typer.Option("--json", help="Say it as JSON.")] = False,
    html: Annotated[bool, typer.Option("--html", help="Say it as a page to be opened in a browser.")] = False,
) -> None:
    """Say everything that is kept: what it holds, what for, for how long, and who can see it."""
    from bot.operator import datamap  # noqa: PLC0415  As above.

    if json and html:
        raise typer.BadParameter("give either --json or --html")
    written = datamap.as_json if json else datamap.as_html if html else datamap.in_words
    typer.echo(written(datamap.data_map()))


@app.command(short_help="Show that nothing that was said is kept.")
def verify_no_logs(  # noqa: PLR0913  Each is an option.
    *,
    config: Annotated[Path, typer.Option(help="The settings file; only --look-for reads it.")] = CONFIG,
    seed: Annotated[int | None, typer.Option(help="Live the same life again; else another each time.")] = None,
    steps: Annotated[int, typer.Option(min=1, help="How much happens at least in that life.")] = 300,
    json: Annotated[bool, typer.Option("--json", help="Say it as JSON.")] = False,
    keep_folder: Annotated[bool, typer.Option(help="Leave the folder there when something is found in it.")] = False,
    look_for: Annotated[
        str | None, typer.Option(help="-: look for words from the terminal or a pipe in what your own bot keeps.")
    ] = None,
    also: Annotated[
        list[Path] | None, typer.Option(help="With --look-for: a log or a backup to search as well.")
    ] = None,
) -> None:
    """Show that nothing that was said is kept.

    A throw-away bot lives a random life with a marker in all that can be typed, and every byte it left is searched; or,
    with --look-for, your own bot's data is searched for words that you have just said. Ends with status 0 when nothing
    was found.
    """
    from bot.operator.canaries import asking  # noqa: PLC0415  As above.

    settings.umask()
    if look_for is not None:
        verdict = asking.looked_for(look_for, settings.read(config, os.environ), also or [])
    else:
        verdict = asking.lived(seed=seed, steps=steps, keep=keep_folder)
    typer.echo(asking.told(verdict, as_json=json))
    if not verdict.is_well:
        raise typer.Exit(FAULT)


@init.command("discord", short_help="Set up a bot on Discord.")
def init_discord(
    *,
    config: Annotated[Path, typer.Option(help="The settings file to write.")] = CONFIG,
    name: Annotated[
        str, typer.Option(help="What to call this world in the settings and in the data folder.")
    ] = "discord",
    token_file: Annotated[
        Path | None, typer.Option(help="A file with the bot's token alone in it; - reads it from a pipe.")
    ] = None,
    data: Annotated[str | None, typer.Option(help="Where everything is kept, from the settings file's folder.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Write settings and token anew.")] = False,
) -> None:
    """Set up a bot on Discord: what is not given is asked for, and no secret is ever an argument."""
    from bot.operator import discord_setup  # noqa: PLC0415  A world not used is not loaded.

    discord_setup.discord(discord_setup.Given(config=config, name=name, token_file=token_file, data=data, force=force))


@init.command("matrix", short_help="Set up an account on a Matrix homeserver.")
def init_matrix(  # noqa: PLR0913  Each is an option.
    *,
    config: Annotated[Path, typer.Option(help="The settings file to write.")] = CONFIG,
    name: Annotated[
        str, typer.Option(help="What to call this world in the settings and in the data folder.")
    ] = "matrix",
    homeserver: Annotated[str | None, typer.Option(help="A domain, such as example.org, or an https address.")] = None,
    account: Annotated[str | None, typer.Option(help="The bot's account, such as @alongside:example.org.")] = None,
    password_file: Annotated[
        Path | None, typer.Option(help="A file with the password alone in it; - reads it from a pipe.")
    ] = None,
    token_file: Annotated[
        Path | None, typer.Option(help="A file with an access token in place of a password; - as above.")
    ] = None,
    data: Annotated[str | None, typer.Option(help="Where everything is kept, from the settings file's folder.")] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write settings and token anew. A device whose keys are there stays.")
    ] = False,
    new_identity: Annotated[
        bool,
        typer.Option("--new-identity", help="Only give an account that is set up new signing keys. Asks its password."),
    ] = False,
) -> None:
    """Set up an account on a Matrix homeserver: what is not given is asked for, and no secret is ever an argument."""
    from bot.operator import setting_up  # noqa: PLC0415  As above.

    (setting_up.new_identity if new_identity else setting_up.matrix)(
        setting_up.Given(
            config=config,
            name=name,
            homeserver=homeserver,
            account=account,
            password_file=password_file,
            token_file=token_file,
            data=data,
            force=force,
        )
    )


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
