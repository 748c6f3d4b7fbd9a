"""What every set-up takes from whoever runs it, and where it puts that. No secret is ever an argument."""

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import typer

from bot import settings
from bot.files import keep_secret
from bot.operator.privacy import OTHERS, refuse_loose
from bot.operator.sentences import Stop

_SECRETS = "secrets"


def refuse_to_write_over(config: Path, name: str, data: str | None, *, force: bool) -> None:
    """Raise `Stop` when the settings are there already, the name is none, or a folder is not its owner's alone."""
    try:
        msgspec.convert(name, settings.Name)
    except msgspec.ValidationError as error:
        raise Stop(f"--name {name}: give a short name of small letters, digits and hyphens") from error
    if config.exists() and not force:
        raise Stop(
            f"{config} is there already, and nothing was changed: give another --config, or --force to write it "
            f"anew; the old one is kept beside it, and what is in the data folder stays"
        )
    refuse_loose(data_folder(config, data))
    folder = secret_file(config, name).parent
    if folder.exists() and stat.S_IMODE(folder.stat().st_mode) & OTHERS:
        raise Stop(f"{folder} can be read or written by others: chmod 700 {folder}")


def data_folder(config: Path, data: str | None) -> Path:
    """Return the data folder, as the settings file will have it."""
    written = os.environ.get("ALONGSIDE_DATA") or data or settings.Settings().data
    return (config.resolve().parent / Path(written).expanduser()).resolve()


def secret_file(config: Path, name: str) -> Path:
    """Return the file of a world's token."""
    return config.resolve().parent / _SECRETS / f"{name}-token.secret"


def keep_token(config: Path, name: str, token: str) -> str:
    """Write a world's token into its file; return that as the settings have it."""
    file = secret_file(config, name)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    keep_secret(file, token)
    return f"{_SECRETS}/{file.name}"


def secret_in(file: Path) -> str:
    """Return a secret from a file, or from what is piped in."""
    if str(file) == "-":
        secret = sys.stdin.readline().strip()
        if not secret:
            raise Stop("nothing was piped in: give the secret alone on one line")
        return secret
    return settings.Read(settings=settings.Settings(), folder=Path.cwd()).secret(str(file))


def ask(question: str, *, hidden: bool = False) -> str:
    """Return what is answered, asked for until it is."""
    prompt: Callable[..., Any] = typer.prompt
    answer = str(prompt(question, hide_input=hidden)).strip()
    return answer or ask(question, hidden=hidden)
