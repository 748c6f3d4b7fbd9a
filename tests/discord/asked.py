"""What was asked for in a request, whichever way it was written."""

import json
from email import message_from_bytes
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
    parts = message_from_bytes(f"Content-Type: {request.headers['Content-Type']}\r\n\r\n".encode() + sent)
    for part in parts.walk():
        if part.get_param("name", header="content-disposition") == "payload_json":
            return _read(bytes(part.get_payload(decode=True)))
    return None


def _read(sent: bytes) -> Any:  # noqa: ANN401  JSON.
    try:
        return json.loads(sent)
    except ValueError:
        refuse(INVALID_JSON)
