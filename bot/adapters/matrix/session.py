"""Coming in at the server's door: a token that was kept, one that was given, or a password.

The device's id is kept before the server hears of it, so that a crash never leaves two. Before its keys are opened,
they are compared with what the server has: a device that was lost on either side is never silently made anew.
"""

import os
import secrets
import sqlite3
from dataclasses import dataclass, field, replace
from pathlib import Path

from nio import AsyncClient, AsyncClientConfig
from peewee import PeeweeException

from bot.adapters.matrix.client import Client
from bot.adapters.matrix.folder import FOLDER_OF_ANOTHER, KEYS_BROKEN, KEYS_FILE, Folder, OwnKeys, Session
from bot.adapters.matrix.trust import KeyStore
from bot.adapters.matrix.wire import POISON, TOKEN_REVOKED, Body, Wire
from bot.ports.chat import ChatError

TOKEN_OF_ANOTHER = "token-of-another"  # noqa: S105  The kind of a fault, as is the next.
NO_PASSWORD = "no-password"  # noqa: S105
DEVICE_GONE = "device-gone"
KEYS_GONE = "keys-gone"
KEYS_DIFFER = "keys-differ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who the bot is on a server. A `device_id` of None means the one that was kept, or a new one.

    `renews` says that a person wants a device that was deleted on the server to be published there again.
    """

    homeserver: str
    user_id: str
    device_id: str | None = None
    access_token: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    renews: bool = False


def new_client(account: Account, folder: Path, pickle_key: str) -> Client:
    """Make nio's client, its keys in the folder; nothing is asked of the server yet."""
    # SQLite gives its journals the mode of the database, so making it first keeps them all private.
    os.close(os.open(folder / KEYS_FILE, os.O_CREAT | os.O_RDWR, 0o600))
    config = AsyncClientConfig(
        store=KeyStore,
        store_name=KEYS_FILE,
        pickle_key=pickle_key,
        encryption_enabled=True,
        # A server that asks for a wait is given it by the outbox, where others go by meanwhile.
        max_limit_exceeded=0,
        max_timeouts=2,
        request_timeout=30,
    )
    return Client(account.homeserver, account.user_id, store_path=str(folder), config=config)


async def come_in(client: AsyncClient, account: Account, folder: Folder, device_name: str) -> Session:
    """Log in and open the key store. Raises `ChatError`, permanent when neither token nor password is good."""
    kept = folder.session(account.user_id)
    session = _begun(account, kept)
    folder.keep(session)
    session = await _let_in(client, account, folder, session, device_name)
    if account.access_token is None:
        folder.keep(session)
    _open_store(client, session, renews=account.renews)
    return session


async def _let_in(client: AsyncClient, account: Account, folder: Folder, session: Session, device_name: str) -> Session:
    """Come in by token or password, to the device whose keys are here."""
    wire = Wire(client)
    client.access_token = account.access_token or session.access_token
    by_password = not (client.access_token and await _is_good(client, wire, account, session))
    if by_password:
        await _log_in(client, wire, account, session, device_name)
    try:
        await _recognise(wire, account, folder, session)
    except ChatError as error:
        if by_password and error.kind == DEVICE_GONE:
            # The login made that device anew, without keys.
            await wire.ask("POST", "/logout", {})
        raise
    return replace(session, access_token=client.access_token)


def _begun(account: Account, kept: Session | None) -> Session:
    """Return the device to come in as: the one whose keys are here, the one that was told, or a new one."""
    if kept is None:
        # A random id: nio skips the devices of anyone whose device has the same id as its own.
        return Session(user_id=account.user_id, device_id=account.device_id or secrets.token_hex(8).upper())
    if account.device_id not in {None, kept.device_id}:
        raise ChatError(FOLDER_OF_ANOTHER, permanent=True)
    # A token of the settings is not kept a second time.
    return replace(kept, access_token="") if account.access_token else kept


async def _is_good(client: AsyncClient, wire: Wire, account: Account, session: Session) -> bool:
    """Try the token; one that is no longer good matters only when there is no password."""
    try:
        me = await wire.ask("GET", "/account/whoami")
    except ChatError as error:
        if error.kind == TOKEN_REVOKED and account.password is not None:
            client.access_token = ""
            return False
        raise
    if (me["user_id"], me.get("device_id")) != (session.user_id, session.device_id):
        raise ChatError(TOKEN_OF_ANOTHER, permanent=True)
    return True


async def _log_in(client: AsyncClient, wire: Wire, account: Account, session: Session, device_name: str) -> None:
    if account.password is None:
        raise ChatError(NO_PASSWORD, permanent=True)
    wanted = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": session.user_id},
        "password": account.password,
        "device_id": session.device_id,
        "initial_device_display_name": device_name,
    }
    answer = await wire.ask("POST", "/login", wanted)
    client.access_token = str(answer["access_token"])


async def _recognise(wire: Wire, account: Account, folder: Folder, session: Session) -> None:
    """Compare the keys here with those on the server; raise `ChatError` when one side lost its own."""
    ours, theirs = folder.own_keys(session), await keys_on_server(wire, session)
    if theirs is None:
        if ours is not None and ours.published and not account.renews:
            raise ChatError(DEVICE_GONE, permanent=True)
        return
    if ours is None:
        raise ChatError(KEYS_GONE, permanent=True)
    if not is_same(ours, theirs, session.device_id):
        raise ChatError(KEYS_DIFFER, permanent=True)


async def keys_on_server(wire: Wire, session: Session) -> Body | None:
    """Return the public keys that the server has of this device, or None. Raises `ChatError`."""
    answer = await wire.ask("POST", "/keys/query", {"device_keys": {session.user_id: [session.device_id]}})
    device = answer.get("device_keys", {}).get(session.user_id, {}).get(session.device_id)
    return None if device is None else dict(device["keys"])


def is_same(ours: OwnKeys, theirs: Body, device_id: str) -> bool:
    """Whether the server has our keys."""
    return theirs == {f"ed25519:{device_id}": ours.ed25519, f"curve25519:{device_id}": ours.curve25519}


def _open_store(client: AsyncClient, session: Session, *, renews: bool) -> None:
    try:
        client.restore_login(session.user_id, session.device_id, session.access_token)
    except (*POISON, sqlite3.DatabaseError, PeeweeException) as error:
        raise ChatError(KEYS_BROKEN, permanent=True) from error
    if renews and client.olm is not None:
        client.olm.account.shared = False
