"""What was asked for in a request, whichever way it was written."""

import json
from collections.abc import Sequence
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiohttp import web

from tests.discord.refusing import INVALID_JSON, refuse


async def body_of(request: web.Request) -> Any:  # noqa: ANN401  JSON.
    """Return the JSON of a request, which stands among the files when there are some; None for none. Refuses."""
    sent = await request.read()
    if not sent:
        return None
    if not request.content_type.startswith("multipart/"):
        return _read(sent)
    for part in await parts_of(request):
        if part.get_param("name", header="content-disposition") == "payload_json":
            return _read(bytes(part.get_payload(decode=True)))
    return None


async def parts_of(request: web.Request) -> Sequence[Message]:
    """Return the parts of a request; none where it has no files."""
    if not request.content_type.startswith("multipart/"):
        return ()
    written = f"Content-Type: {request.headers['Content-Type']}\r\n\r\n".encode()
    return list(message_from_bytes(written + await request.read()).walk())


def _read(sent: bytes) -> Any:  # noqa: ANN401  JSON.
    try:
        return json.loads(sent)
    except ValueError:
        refuse(INVALID_JSON)
