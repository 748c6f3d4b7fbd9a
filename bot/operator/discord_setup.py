"""`alongside init discord`: asks for the token, tries it, and writes the settings and the token's file."""

import asyncio
import os
from dataclasses import dataclass
from pathlib import Path

import typer

from bot import settings
from bot.adapters.discord.looking import Account, looking
from bot.journal import silence_libraries
from bot.operator import settings_file
from bot.operator.giving import ask, data_folder, keep_token, refuse_to_write_over, secret_in
from bot.operator.sentences import WorldStop
from bot.ports.chat import ChatError

_HOW = (
    "A bot has a token, which is its password. In Discord's Developer Portal (https://discord.com/developers),\n"
    "make an application, go to Bot, and press Reset Token. None of the three privileged intents is needed."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was given on the command line; the token is asked for when its file is not given."""

    config: Path
    name: str
    token_file: Path | None
    data: str | None
    force: bool


def discord(given: Given) -> None:
    """Set one bot up. Raises `Stop` and `WorldStop`."""
    settings.umask()
    silence_libraries()
    refuse_to_write_over(given.config, given.name, given.data, force=given.force)
    if given.token_file is None:
        typer.echo(_HOW)
    token = secret_in(given.token_file) if given.token_file else ask("Token", hidden=True)
    account = asyncio.run(_account(given, token))
    file = keep_token(given.config, given.name, token)
    settings_file.write(given.config, "discord", {"name": given.name, "token_file": file}, given.data)
    settings.read(given.config, os.environ)
    typer.echo(f"1. Start the bot: alongside run --config {given.config}")
    typer.echo(f"2. Add it to your group's server, with this link: {account.link}")
    typer.echo(f"3. See what it may do there: alongside check --config {given.config}")
    typer.echo("4. In the server, type /group show. Only you see the answer.")


async def _account(given: Given, token: str) -> Account:
    try:
        async with looking(token, given.name) as look:
            return look.account
    except ChatError as error:
        raise WorldStop(given.name, data_folder(given.config, given.data) / given.name, error) from error
