"""Setting up an account: the server is found, the device is made and its keys are put on the server.

Every step may be done again, so a set-up that was broken off is simply begun once more.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout
from nio import AsyncClient

from bot.adapters.matrix.crosssigning import CrossSigning, Standing
from bot.adapters.matrix.devices import Devices
from bot.adapters.matrix.folder import Folder, Session
from bot.adapters.matrix.keys import Keys
from bot.adapters.matrix.pieces import Pieces
from bot.adapters.matrix.seeds import Seeds
from bot.adapters.matrix.session import Account, come_in, new_client
from bot.adapters.matrix.wire import Wire, refusal
from bot.ports.chat import ChatError
from bot.ports.journal import Journal

NOT_HTTPS = "not-https"
NO_SERVER = "no-server"
NO_DEVICE = "token-without-device"
_PASSWORD_LOGIN = "m.login.password"  # noqa: S105  The name of a way to log in.
_PATIENCE = ClientTimeout(total=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A homeserver that answers. `takes_passwords` is false where people log in through a web page."""

    address: str
    takes_passwords: bool


async def found(given: str) -> Server:
    """Return the server of an address or of a bare domain, which says where it is. Raises `ChatError`.

    https://spec.matrix.org/latest/client-server-api/#well-known-uris
    """
    address = given.rstrip("/") if "://" in given else await _told_by(given.rstrip("/"))
    if not is_safe(address):
        raise ChatError(NOT_HTTPS, permanent=True)
    if not isinstance((await _asked(f"{address}/_matrix/client/versions")).get("versions"), list):
        raise ChatError(NO_SERVER, permanent=True)
    flows = (await _asked(f"{address}/_matrix/client/v3/login")).get("flows", [])
    return Server(address=address, takes_passwords=any(flow.get("type") == _PASSWORD_LOGIN for flow in flows))


def is_safe(address: str) -> bool:
    """Whether what is sent there can be read by nobody on the way: https, or this machine itself."""
    parts = urlsplit(address)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(address)))


async def device_of(address: str, token: str) -> Session:
    """Return the account and device of an access token. Raises `ChatError`."""
    me = await _asked(f"{address}/_matrix/client/v3/account/whoami", token)
    if not me.get("device_id"):
        raise ChatError(NO_DEVICE, permanent=True)
    return Session(user_id=str(me["user_id"]), device_id=str(me["device_id"]), access_token=token)


async def set_up(
    account: Account,
    path: Path,
    device_name: str,
    *,
    journal: Journal,
    store_key: str | None = None,
    new_identity: bool = False,
) -> tuple[Session, Standing]:
    """Make the device, or take up the one whose keys are in the folder, and sign it. Raises `ChatError`.

    `new_identity` gives the account new keys of its own in place of any others; everybody is told that it changed.
    """
    async with _held(account, path, store_key) as (folder, client):
        session = await come_in(client, account, folder, device_name)
        wire = Wire(client)
        pieces = Pieces(client)
        devices = Devices(client=client, wire=wire, pieces=pieces)
        await Keys(client=client, wire=wire, devices=devices).publish()
        seeds = Seeds(folder.path, folder.secret, account.user_id)
        own = CrossSigning(client=client, wire=wire, seeds=seeds, password=account.password, journal=journal)
        return session, await (own.reset() if new_identity else own.establish())


@asynccontextmanager
async def _held(account: Account, path: Path, store_key: str | None) -> AsyncIterator[tuple[Folder, AsyncClient]]:
    folder = Folder.taken(path, store_key)
    client = new_client(account, path, folder.secret)
    try:
        yield folder, client
    finally:
        await client.close()
        if client.store is not None:
            client.store.database.close()
        folder.free()


async def _told_by(domain: str) -> str:
    """Return the address that a domain gives; one that gives none is the server itself."""
    itself = f"{'http' if _is_loopback(f'//{domain}') else 'https'}://{domain}"
    try:
        told = await _asked(f"{itself}/.well-known/matrix/client")
    except ChatError as error:
        if error.kind != "not-found":
            raise
        return itself
    base = told.get("m.homeserver", {}).get("base_url")
    if not isinstance(base, str):
        raise ChatError(NO_SERVER, permanent=True)
    return base.rstrip("/")


async def _asked(url: str, token: str | None = None) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        async with (
            ClientSession(timeout=_PATIENCE) as session,
            session.get(url, headers=headers, allow_redirects=token is None) as response,
        ):
            answer = await response.json(content_type=None)
    except (ClientError, TimeoutError) as error:
        raise ChatError("unreachable", permanent=False) from error
    except ValueError as error:
        kind = "not-found" if response.status == HTTPStatus.NOT_FOUND else NO_SERVER
        raise ChatError(kind, permanent=True) from error
    if response.status == HTTPStatus.NOT_FOUND:
        raise ChatError("not-found", permanent=True)
    if response.status >= HTTPStatus.BAD_REQUEST:
        raise refusal(str(answer.get("errcode", "")), response.status)
    return dict(answer)


def _is_loopback(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
