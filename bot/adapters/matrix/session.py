"""Coming in at the server's door: a token that was kept, one that was given, or a password.

The device's id and token are kept beside its keys, in a folder that only its owner can read.
"""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from nio import AsyncClient, AsyncClientConfig

from bot.adapters.matrix.client import Client
from bot.adapters.matrix.trust import KeyStore
from bot.adapters.matrix.wire import TOKEN_REVOKED, Wire, reaching, settled
from bot.ports.chat import ChatError

_KEYS_FILE = "keys.db"
_SESSION_FILE = "session.json"
_SECRET_FILE = "store.secret"  # noqa: S105  The name of a file.


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who the bot is on a server. A `device_id` of None means the one that was kept, or a new one."""

    homeserver: str
    user_id: str
    device_id: str | None = None
    access_token: str | None = None
    password: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A device that is logged in."""

    user_id: str
    device_id: str
    access_token: str


def own_secret(folder: Path) -> str:
    """Return the secret of this folder, made on first use: nio's own would be the same for everybody."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    file = folder / _SECRET_FILE
    if not file.exists():
        _keep(file, secrets.token_urlsafe(32))
    return file.read_text(encoding="utf-8")


def new_client(account: Account, folder: Path, pickle_key: str) -> Client:
    """Make nio's client, its keys in the folder; nothing is asked of the server yet."""
    # SQLite gives its journals the mode of the database, so making it first keeps them all private.
    os.close(os.open(folder / _KEYS_FILE, os.O_CREAT | os.O_RDWR, 0o600))
    config = AsyncClientConfig(
        store=KeyStore,
        store_name=_KEYS_FILE,
        pickle_key=pickle_key,
        encryption_enabled=True,
        # A server that asks for a wait is given it by the outbox, where others go by meanwhile.
        max_limit_exceeded=0,
        max_timeouts=2,
        request_timeout=30,
    )
    return Client(account.homeserver, account.user_id, store_path=str(folder), config=config)


async def come_in(client: AsyncClient, account: Account, folder: Path, device_name: str) -> None:
    """Log in and open the key store. Raises `ChatError`, permanent when neither token nor password is good."""
    kept = _kept(folder / _SESSION_FILE, account.user_id)
    token = account.access_token or (kept.access_token if kept else None)
    device = account.device_id or (kept.device_id if kept else None)
    if token is None or not await _restored(client, token, account):
        await _logged_in(client, account, device, device_name)
    session = Session(user_id=client.user_id, device_id=client.device_id or "", access_token=client.access_token)
    _keep(folder / _SESSION_FILE, json.dumps(asdict(session)))


async def _restored(client: AsyncClient, token: str, account: Account) -> bool:
    """Try the token; one that is no longer good matters only when there is no password."""
    client.access_token = token
    try:
        me = await Wire(client).ask("GET", "/account/whoami")
    except ChatError as error:
        if error.kind == TOKEN_REVOKED and account.password is not None:
            client.access_token = ""
            return False
        raise
    if me["user_id"] != account.user_id:
        raise ChatError("token-of-another", permanent=True)
    client.restore_login(me["user_id"], me["device_id"], token)
    return True


async def _logged_in(client: AsyncClient, account: Account, device: str | None, device_name: str) -> None:
    if account.password is None:
        raise ChatError("no-password", permanent=True)
    # A random id: nio skips the devices of anyone whose device has the same id as its own.
    client.device_id = device or secrets.token_hex(8).upper()
    with reaching():
        response = await client.login(account.password, device_name=device_name)
    settled(response)


def _kept(file: Path, user_id: str) -> Session | None:
    if not file.exists():
        return None
    kept = Session(**json.loads(file.read_text(encoding="utf-8")))
    return kept if kept.user_id == user_id else None


def _keep(file: Path, text: str) -> None:
    """Write it whole or not at all, for the owner's eyes."""
    new = file.with_suffix(".new")
    with os.fdopen(os.open(new, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as opened:
        opened.write(text)
    new.replace(file)
