"""`alongside init matrix`: asks, logs in, makes the device, and writes the settings and the token's file.

Nothing that is there is written over without being told, and a device's keys never. Broken off anywhere, it is
begun again: the device stays the same one.
"""

import asyncio
import os
from collections.abc import Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import typer

from bot import settings
from bot.adapters.matrix.crosssigning import Standing
from bot.adapters.matrix.folder import Session
from bot.adapters.matrix.session import Account
from bot.adapters.matrix.setup import Server, device_of, found, set_up
from bot.domain.saying import line
from bot.journal import StructuredJournal, silence_libraries
from bot.operator import settings_file
from bot.operator.giving import ask, data_folder, keep_token, refuse_to_write_over, secret_file, secret_in
from bot.operator.sentences import Stop, WorldStop, of_standing
from bot.ports.chat import ChatError
from bot.words.catalogue import Catalogue

T = TypeVar("T")

_NO_PASSWORDS = (
    "This server lets nobody in by password, only through a web page. So it takes an access token:\n"
    "ask whoever runs the server for one, for the bot's account and a new device. With Matrix Authentication\n"
    "Service that is: mas-cli manage issue-compatibility-token NAME\n"
    "A token copied out of an app will not do: that device's keys are in the app."
)
# By `ChatError.kind`.
_FAULTS = {
    "not-https": "its address is not https, so the token could be read on the way: give an address with https",
    "no-server": "no Matrix server answers there: see that the address is right",
    "not-found": "no Matrix server answers there: see that the address is right",
    "unreachable": "the server cannot be reached: see that the address is right and that it is up",
    "token-without-device": "this access token is for no device, so there can be no encryption: make one by logging in",
    "token-revoked": "the server does not know this access token: make a new one, and run this again",
    "forbidden": "the server says that the account or the password is wrong",
    "keys-gone": (
        "this token's device has keys already, in an app or in another folder: "
        "use a token of a new device, or put the folder with its keys back at {folder}"
    ),
    "folder-of-another": (
        "{folder} has the keys of another device or account. A new device would be a stranger to everybody, so none is "
        "made over them, also with --force: choose another --name, or, if those keys are to go, move that folder away"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was given on the command line; None is asked for. The secrets' files are never asked for."""

    config: Path
    name: str
    homeserver: str | None
    account: str | None
    password_file: Path | None
    token_file: Path | None
    data: str | None
    force: bool


def matrix(given: Given) -> None:
    """Set one account up. Raises `Stop` and `WorldStop`."""
    settings.umask()
    silence_libraries()
    refuse_to_write_over(given.config, given.name, given.data, force=given.force)
    domain = given.homeserver or ask("Homeserver, such as example.org or https://matrix.example.org")
    server = _found(domain)
    account = _account(given, server, domain)
    session, standing = _device_made(given, account)
    _written(given, server, session)
    _tell_what_next(given, session.user_id)
    if not standing.is_trusted:
        typer.echo(f"One thing is left: {of_standing(standing.value)}.")


def new_identity(given: Given) -> None:
    """Give an account that is set up new signing keys of its own. Raises `Stop`, `WorldStop` and `SettingsError`."""
    settings.umask()
    silence_libraries()
    read = settings.read(given.config, os.environ)
    world = next((world for world in read.settings.worlds.matrix if world.name == given.name), None)
    if world is None:
        raise Stop(f"{given.config}: there is no world called {given.name}: give its --name")
    password = secret_in(given.password_file) if given.password_file else ask("Password", hidden=True)
    account = Account(
        homeserver=world.homeserver,
        user_id=world.account,
        device_id=world.device_id,
        access_token=read.secret(world.access_token_file) if world.access_token_file else None,
        password=password,
    )
    store_key = read.secret(world.store_key_file) if world.store_key_file else None
    _device_made(given, account, store_key=store_key, new_identity=True)
    typer.echo("The account has new signing keys, and the bot's device is signed with them.")
    typer.echo("People who had verified the bot see once that its identity changed.")


def _found(domain: str) -> Server:
    try:
        return asyncio.run(found(domain))
    except ChatError as error:
        raise Stop(f"{domain}: {_FAULTS.get(error.kind, error.kind)}") from error


def _account(given: Given, server: Server, domain: str) -> Account:
    """Return who is to come in, and how: the token of a set-up that was broken off, one that was given, a password."""
    token = _token(given, server)
    if token is not None:
        device = _tried(given, device_of(server.address, token))
        if given.account and _full(given.account, domain) != device.user_id:
            raise Stop(f"this access token is not one of {_full(given.account, domain)}: nothing was changed")
        return Account(
            homeserver=server.address,
            user_id=device.user_id,
            device_id=device.device_id,
            access_token=token,
            renews=given.force,
        )
    user_id = _full(given.account or ask("The bot's account, such as @alongside:example.org"), domain)
    password = secret_in(given.password_file) if given.password_file else ask("Password", hidden=True)
    return Account(homeserver=server.address, user_id=user_id, password=password, renews=given.force)


def _token(given: Given, server: Server) -> str | None:
    if given.token_file:
        return secret_in(given.token_file)
    kept = secret_file(given.config, given.name)
    if kept.exists() and not given.force:
        # A set-up that was broken off: its device is taken up again.
        return secret_in(kept)
    if server.takes_passwords:
        return None
    if given.password_file:
        raise Stop(" ".join(_NO_PASSWORDS.split()))
    typer.echo(_NO_PASSWORDS)
    return ask("Access token", hidden=True)


def _device_made(
    given: Given, account: Account, *, store_key: str | None = None, new_identity: bool = False
) -> tuple[Session, Standing]:
    words = Catalogue((settings.shipped() / "words",))
    device_name = "".join(str(span) for span in words.spans(line("matrix-device-name"), "en-GB"))
    making = set_up(
        account,
        _data(given) / given.name,
        device_name,
        journal=StructuredJournal(),
        store_key=store_key,
        new_identity=new_identity,
    )
    return _tried(given, making)


def _tried(given: Given, doing: Coroutine[Any, Any, T]) -> T:
    folder = _data(given) / given.name
    try:
        return asyncio.run(doing)
    except ChatError as error:
        if error.kind in _FAULTS:
            raise Stop(f"{given.name}: {_FAULTS[error.kind].format(folder=folder)}") from error
        if error.kind in {standing.value for standing in Standing}:
            raise Stop(f"{given.name}: {of_standing(error.kind)}") from error
        raise WorldStop(given.name, folder, error) from error


def _written(given: Given, server: Server, session: Session) -> None:
    world = {
        "name": given.name,
        "homeserver": server.address,
        "account": session.user_id,
        "access_token_file": keep_token(given.config, given.name, session.access_token),
        "device_id": session.device_id,
    }
    settings_file.write(given.config, "matrix", world, given.data)
    settings.read(given.config, os.environ)


def _tell_what_next(given: Given, user_id: str) -> None:
    typer.echo(f"1. See that all is well: alongside check --config {given.config}")
    typer.echo(f"2. Start the bot: alongside run --config {given.config}")
    typer.echo(f"3. Invite {user_id} to your group's room. It says hello, and how to begin.")


def _data(given: Given) -> Path:
    return data_folder(given.config, given.data)


def _full(account: str, domain: str) -> str:
    """Return the whole id of an account that was given by its name alone."""
    if ":" in account:
        return account if account.startswith("@") else f"@{account}"
    if "://" in domain:
        raise Stop(f"{account}: give the whole account, such as @alongside:example.org")
    return f"@{account.removeprefix('@')}:{domain}"
