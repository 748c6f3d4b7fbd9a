"""The commands that set something up."""

from pathlib import Path
from typing import Annotated

import typer

from bot import settings

app = typer.Typer(help="Set up an account for the bot, or a key for backups.", no_args_is_help=True)


@app.command("backup-key", short_help="Make a key for backups, where age is not installed.")
def init_backup_key(
    file: Annotated[Path, typer.Argument(help="Where to write the private key, which opens backups.")],
) -> None:
    """Make a key for backups, as age-keygen does: the private key into a file, the public one shown."""
    from bot.operator import backing_up  # noqa: PLC0415  As below.

    settings.umask()
    typer.echo(backing_up.make_key(file))


@app.command("discord", short_help="Set up a bot on Discord.")
def init_discord(
    *,
    config: Annotated[Path, typer.Option(help="The settings file to write.")] = settings.USUAL,
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


@app.command("matrix", short_help="Set up an account on a Matrix homeserver.")
def init_matrix(  # noqa: PLR0913  Each is an option.
    *,
    config: Annotated[Path, typer.Option(help="The settings file to write.")] = settings.USUAL,
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
