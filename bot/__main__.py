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
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from bot import settings
from bot.clockwork.clock import MovableClock
from bot.domain.people import Ways
from bot.domain.saying import Look, line
from bot.house import Plan
from bot.journal import StructuredJournal, silence_libraries
from bot.operator import database_key, serving
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
    asyncio.run(_until_stopped(_local_room(keep, port)))


@app.command()
def run(
    config: Annotated[Path, typer.Option(help="The settings file.")] = CONFIG,
) -> None:
    """Serve the worlds of the settings file, until stopped."""
    read = _read(config)
    if not read.settings.names:
        raise SettingsError(f"{config}: no world is set: fill in a [[worlds.matrix]] or a [[worlds.discord]] block")
    settings.umask()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    asyncio.run(_until_stopped(serving.serve(read)))


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
    found = asyncio.run(checking.check(config, _read(config), measure=measure))
    typer.echo(report.as_json(found) if json else report.in_words(found))
    if not report.is_well(found):
        raise typer.Exit(FAULT)


@app.command(short_help="Keep a copy that only the group's keys open.")
def backup(
    config: Annotated[Path, typer.Option(help="The settings file.")] = CONFIG,
) -> None:
    """Keep a copy of everything that lasts, sealed to the keys of the settings. A bot may run meanwhile."""
    from bot.operator import backing_up  # noqa: PLC0415  As below.

    settings.umask()
    silence_libraries()
    typer.echo(asyncio.run(backing_up.back_up(_read(config))))


@app.command(short_help="Put a backup in place of what is there.")
def restore(
    *,
    file: Annotated[Path, typer.Argument(help="The backup.")],
    identity: Annotated[Path, typer.Option(help="A file with a private key in it; - reads it from a pipe, or asks.")],
    config: Annotated[Path, typer.Option(help="The settings file.")] = CONFIG,
    force: Annotated[
        bool, typer.Option("--force", help="Also over a database that holds something, or past the backup's date.")
    ] = False,
) -> None:
    """Put a backup in place of what is there, while the bot is stopped. Whoever was forgotten since stays forgotten."""
    from bot.operator import restoring  # noqa: PLC0415  As below.

    settings.umask()
    silence_libraries()
    read = _read(config)
    given = restoring.Given(file=file, identity=restoring.identity_in(identity), force=force)
    typer.echo(asyncio.run(restoring.restore(read, given)))


@app.command(short_help="Encrypt the database file that is there.")
def encrypt(
    config: Annotated[Path, typer.Option(help="The settings file.")] = CONFIG,
) -> None:
    """Encrypt the SQLite file under the key of the settings, while the bot is stopped: all of it or nothing."""
    settings.umask()
    silence_libraries()
    typer.echo(asyncio.run(database_key.encrypt(_read(config))))


def _read(config: Path) -> settings.Read:
    """Return the settings, with the database's key typed, if it is to be."""
    return database_key.with_key(settings.read(config, os.environ))


@init.command("backup-key", short_help="Make a key for backups, where age is not installed.")
def init_backup_key(
    file: Annotated[Path, typer.Argument(help="Where to write the private key, which opens backups.")],
) -> None:
    """Make a key for backups, as age-keygen does: the private key into a file, the public one shown."""
    from bot.operator import backing_up  # noqa: PLC0415  As below.

    settings.umask()
    typer.echo(backing_up.make_key(file))


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
    if isinstance(error, OSError):
        return str(error)
    StructuredJournal().fault("stopped", error)
    return "something went wrong; the line above says where"


def _end(sentence: str, status: int) -> None:
    typer.echo(f"alongside: {' '.join(sentence.split())}", err=True)
    sys.exit(status)


if __name__ == "__main__":
    main()
