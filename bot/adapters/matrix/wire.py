"""Plain requests to the server, and the one place where its no becomes a `ChatError`.

Nothing that the server writes in a fault is kept: it may hold ids of people and rooms.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeAlias
from urllib.parse import quote

from aiohttp import ClientError, ClientResponse
from nio import (
    AsyncClient,
    EncryptionError,
    ErrorResponse,
    GroupEncryptionError,
    OlmTrustError,
    ProtocolError,
    Response,
    VerificationError,
)
from whenever import TimeDelta

from bot.adapters.matrix.quiet import RATE_LIMITED
from bot.ports.chat import ChatError

Body: TypeAlias = Mapping[str, Any]

_PREFIX = "/_matrix/client/v3"
_UPLOAD = "/_matrix/media/v3/upload"
# As the specification has it since 1.11, and as older servers do.
_DOWNLOADS = ("/_matrix/client/v1/media/download", "/_matrix/media/v3/download")
_ADDRESS = re.compile("mxc://([A-Za-z0-9.:-]+|\\[[0-9A-Fa-f:.]+\\](?::[0-9]+)?)/([A-Za-z0-9_-]+)")
_LONGEST_WAIT_SECONDS = 30
_AT_ONCE = 64 * 1024

TOKEN_REVOKED = "token-revoked"  # noqa: S105  The kind of a fault.
ROOM_IN_USE = "room-in-use"
NOT_FOUND = "not-found"
FORBIDDEN = "forbidden"
TOO_LARGE = "too-large"

# What malformed events and answers were seen to raise in nio and vodozemac (all of whose faults are a ValueError).
POISON = (
    AssertionError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
    RecursionError,
    EncryptionError,
    GroupEncryptionError,
    OlmTrustError,
    ProtocolError,
    VerificationError,
)

# What the server says (https://spec.matrix.org/latest/client-server-api/#standard-error-response): kind, permanent.
_KINDS = {
    "M_UNKNOWN_TOKEN": (TOKEN_REVOKED, True),
    "M_MISSING_TOKEN": (TOKEN_REVOKED, True),
    "M_USER_DEACTIVATED": (TOKEN_REVOKED, True),
    "M_FORBIDDEN": (FORBIDDEN, True),
    "M_NOT_FOUND": (NOT_FOUND, True),
    "M_ROOM_IN_USE": (ROOM_IN_USE, True),
    "M_LIMIT_EXCEEDED": (RATE_LIMITED, False),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the server says: `status` is the HTTP status."""

    status: int
    body: dict[str, Any]

    def settled(self) -> dict[str, Any]:
        """Return what is in it. Raises `ChatError` when it is a no."""
        if self.status >= HTTPStatus.BAD_REQUEST:
            raise refusal(str(self.body.get("errcode", "")), self.status, self.body.get("retry_after_ms"))
        return self.body


class Wire:
    """Asks the server for what nio has no words for, over nio's own connections."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def ask(
        self, method: str, path: str, body: Body | None = None, *, wait_seconds: float = _LONGEST_WAIT_SECONDS
    ) -> dict[str, Any]:
        """Return the server's answer to `path`, which begins after the version. Raises `ChatError`."""
        reply = await self.reply(method, path, body, wait_seconds=wait_seconds)
        return reply.settled()

    async def reply(
        self, method: str, path: str, body: Body | None = None, *, wait_seconds: float = _LONGEST_WAIT_SECONDS
    ) -> Reply:
        """Return what the server says, a no too, for one that says how to ask again. Raises `ChatError`."""
        headers = self._headers("application/json")
        data = None if body is None else json.dumps(dict(body))
        with reaching():
            response = await self._client.send(method, _PREFIX + path, data, headers, timeout=wait_seconds)
            return await _reply(response)

    async def upload(self, content: bytes, kind: str) -> str:
        """Put something on the server and return its `mxc:` address; `kind` is its media type. Raises `ChatError`."""
        with reaching():
            response = await self._client.send(
                "POST", _UPLOAD, content, self._headers(kind), timeout=_LONGEST_WAIT_SECONDS
            )
            # What stands before a server often says this, and not in JSON.
            if response.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
                response.release()
                raise ChatError(TOO_LARGE, permanent=True)
            reply = await _reply(response)
            return str(reply.settled()["content_uri"])

    async def download(self, address: str, *, most: int) -> bytes:
        """Return what is at an `mxc:` address, as the bot's own server has it. Raises `ChatError`."""
        found = _ADDRESS.fullmatch(address)
        if found is None:
            raise ChatError(NOT_FOUND, permanent=True)
        path, before = (f"{each}{route(*found.groups())}" for each in _DOWNLOADS)
        with reaching():
            response = await self._client.send("GET", path, None, self._who, timeout=_LONGEST_WAIT_SECONDS)
            if response.status == HTTPStatus.NOT_FOUND:
                response.release()
                response = await self._client.send("GET", before, None, self._who, timeout=_LONGEST_WAIT_SECONDS)
            if response.status >= HTTPStatus.BAD_REQUEST:
                (await _reply(response)).settled()
            return await _up_to(response, most)

    @property
    def _who(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._client.access_token}"} if self._client.access_token else {}

    def _headers(self, kind: str) -> dict[str, str]:
        return {"Content-Type": kind, **self._who}

    async def found(self, method: str, path: str) -> dict[str, Any]:
        """Ask for what may not be there; the answer is empty then. Raises `ChatError`."""
        try:
            return await self.ask(method, path)
        except ChatError as error:
            if error.kind != NOT_FOUND:
                raise
            return {}


async def _reply(response: ClientResponse) -> Reply:
    async with response:
        body = await response.json(content_type=None)
    if not isinstance(body, dict):
        raise ChatError("garbled", permanent=False)
    return Reply(status=response.status, body=body)


async def _up_to(response: ClientResponse, most: int) -> bytes:
    content = bytearray()
    async with response:
        async for chunk in response.content.iter_chunked(_AT_ONCE):
            content += chunk
            if len(content) > most:
                raise ChatError(TOO_LARGE, permanent=True)
    return bytes(content)


@contextmanager
def reaching() -> Iterator[None]:
    """Turn a server that cannot be reached or understood into a `ChatError` that passes."""
    try:
        yield
    except (ClientError, TimeoutError) as error:
        raise ChatError("unreachable", permanent=False) from error
    except POISON as error:
        raise ChatError("garbled", permanent=False) from error


def settled(response: Response) -> None:
    """Raise `ChatError` when nio brings back a fault in place of an answer."""
    if isinstance(response, ErrorResponse):
        status = getattr(response.transport_response, "status", HTTPStatus.INTERNAL_SERVER_ERROR)
        raise refusal(response.status_code or "", status, response.retry_after_ms)


def refusal(errcode: str, status: int, retry_after_ms: object = None) -> ChatError:
    """Return the fault that the server's code and HTTP status mean; a server in trouble may be well again later.

    `retry_after_ms` is what came with them: milliseconds, or anything else for not said.
    """
    fallback = ("refused", True) if status < HTTPStatus.INTERNAL_SERVER_ERROR else ("server-fault", False)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        fallback = _KINDS["M_LIMIT_EXCEEDED"]
    kind, permanent = _KINDS.get(errcode, fallback)
    wait = TimeDelta(milliseconds=retry_after_ms) if isinstance(retry_after_ms, int) and retry_after_ms > 0 else None
    return ChatError(kind, permanent=permanent, wait=wait)


def route(*parts: str) -> str:
    """Join the parts of a path, each quoted, with a slash before each."""
    return "".join(f"/{quote(part, safe='')}" for part in parts)
