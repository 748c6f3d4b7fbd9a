"""Files for one person: put on the server first, sealed where the chat is encrypted, and then told of in the chat.

https://spec.matrix.org/latest/client-server-api/#mfile, #mimage and, sealed, #sending-encrypted-attachments there.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nio.crypto.attachments import encrypt_attachment

from bot.adapters.matrix.threads import Thread
from bot.adapters.matrix.wire import Wire
from bot.domain.saying import File, Seen

_SEALED = "application/octet-stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """A file that is on the server. `there` says where, and how it is opened; `thread` is as in `Rendered`."""

    name: str
    kind: str
    size: int
    seen: Seen | None = None
    there: Mapping[str, Any] = field(repr=False)
    thread: Thread | None = None

    @property
    def content(self) -> dict[str, Any]:
        """The content of an `m.room.message`."""
        info: dict[str, Any] = {"mimetype": self.kind, "size": self.size}
        content: dict[str, Any] = {
            "msgtype": "m.file",
            "body": self.name,
            "filename": self.name,
            "info": info,
            "m.mentions": {},
            **self.there,
        }
        if self.seen is not None:
            # With a name beside it, the body is what stands with the picture, and what is read out for it.
            content |= {"msgtype": "m.image", "body": self.seen.alt}
            info |= {"w": self.seen.width, "h": self.seen.height}
        if self.thread is not None:
            content["m.relates_to"] = dict(self.thread.relation)
        return content


class Enclosing:
    """Puts files on the server, which is not told what they are called."""

    def __init__(self, *, wire: Wire) -> None:
        self._wire = wire

    async def put(self, file: File, *, sealed: bool) -> Enclosed:
        """Put one there, for a chat that is encrypted or is not. Raises `ChatError`."""
        there = await (self._sealed(file) if sealed else self._open(file))
        return Enclosed(name=file.name, kind=file.kind, size=len(file.content), seen=file.seen, there=there)

    async def _sealed(self, file: File) -> Mapping[str, Any]:
        sealed, keys = await asyncio.to_thread(encrypt_attachment, file.content)
        return {"file": {**keys, "url": await self._wire.upload(sealed, _SEALED)}}

    async def _open(self, file: File) -> Mapping[str, Any]:
        return {"url": await self._wire.upload(file.content, file.kind)}
