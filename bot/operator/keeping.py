"""The commands about what is kept: what it is, that nothing else is, and a copy of it."""

import asyncio
import os
from pathlib import Path
from typing import Annotated

import typer

from bot import settings
from bot.journal import silence_libraries
from bot.operator import database_key
from bot.operator.sentences import FAULT

app = typer.Typer()


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


@app.command("sit-rules", short_help="Say all that can become of an ask for company.")
def sit_rules() -> None:
    """Say all that can become of an ask for company: who may do what, who hears what, and what is kept until when."""
    from bot.operator import rules_of_sits  # noqa: PLC0415  As above.
    from bot.words.catalogue import Catalogue  # noqa: PLC0415

    typer.echo(rules_of_sits.in_markdown(Catalogue([settings.shipped() / "words"])))


@app.command(short_help="Show that nothing that was said is kept.")
def verify_no_logs(  # noqa: PLR0913  Each is an option.
    *,
    config: Annotated[Path, typer.Option(help="The settings file; only --look-for reads it.")] = settings.USUAL,
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


@app.command(short_help="Keep a copy that only the group's keys open.")
def backup(
    config: Annotated[Path, typer.Option(help="The settings file.")] = settings.USUAL,
) -> None:
    """Keep a copy of everything that lasts, sealed to the keys of the settings. A bot may run meanwhile."""
    from bot.operator import backing_up  # noqa: PLC0415  As below.

    settings.umask()
    silence_libraries()
    typer.echo(asyncio.run(backing_up.back_up(database_key.read(config))))


@app.command(short_help="Put a backup in place of what is there.")
def restore(
    *,
    file: Annotated[Path, typer.Argument(help="The backup.")],
    identity: Annotated[Path, typer.Option(help="A file with a private key in it; - reads it from a pipe, or asks.")],
    config: Annotated[Path, typer.Option(help="The settings file.")] = settings.USUAL,
    force: Annotated[
        bool, typer.Option("--force", help="Also over a database that holds something, or past the backup's date.")
    ] = False,
) -> None:
    """Put a backup in place of what is there, while the bot is stopped. Whoever was forgotten since stays forgotten."""
    from bot.operator import restoring  # noqa: PLC0415  As below.

    settings.umask()
    silence_libraries()
    read = database_key.read(config)
    given = restoring.Given(file=file, identity=restoring.identity_in(identity), force=force)
    typer.echo(asyncio.run(restoring.restore(read, given)))


@app.command(short_help="Encrypt the database file that is there.")
def encrypt(
    config: Annotated[Path, typer.Option(help="The settings file.")] = settings.USUAL,
) -> None:
    """Encrypt the SQLite file under the key of the settings, while the bot is stopped: all of it or nothing."""
    settings.umask()
    silence_libraries()
    typer.echo(asyncio.run(database_key.encrypt(database_key.read(config))))
