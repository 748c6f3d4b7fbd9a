"""A file that somebody sends in their direct chat, fetched into memory and opened there. It is never on the disk.

https://spec.matrix.org/latest/client-server-api/#mfile and, sealed, #sending-encrypted-attachments there.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nio import Event, RoomEncryptedFile, RoomMessageFile
from nio.crypto.attachments import decrypt_attachment

from bot.adapters.matrix.wire import POISON, TOO_LARGE, Wire
from bot.domain.reading.files import LARGEST, refuse_large, words_of
from bot.domain.saying import Refused
from bot.ports.chat import ChatError


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Where a file is, and how it is opened: `key`, `hash` and `iv` are None for one that is not sealed.

    `size` is what is said of it, in bytes; None where nothing is.
    """

    address: str = field(repr=False)
    size: int | None = None
    key: str | None = field(default=None, repr=False)
    hash: str | None = field(default=None, repr=False)
    iv: str | None = field(default=None, repr=False)


def sent_in(event: Event) -> Sent | None:
    """Return the file that an event tells of; None for any other."""
    if isinstance(event, RoomEncryptedFile):
        key, hash_ = event.key.get("k"), event.hashes.get("sha256")
        return Sent(address=event.url, size=_size(event.source), key=str(key), hash=str(hash_), iv=str(event.iv))
    if isinstance(event, RoomMessageFile):
        return Sent(address=event.url, size=_size(event.source))
    return None


def _size(source: Mapping[str, Any]) -> int | None:
    info = source.get("content", {}).get("info")
    size = info.get("size") if isinstance(info, dict) else None
    return size if isinstance(size, int) else None


class Receiving:
    """Fetches files from the server."""

    def __init__(self, *, wire: Wire) -> None:
        self._wire = wire

    async def words(self, sent: Sent) -> str:
        """Return what is in it. Refuses what is too large, and what cannot be fetched or opened."""
        refuse_large(sent.size or 0)
        try:
            content = await self._wire.download(sent.address, most=LARGEST)
            opened = await asyncio.to_thread(_opened, content, sent)
        except ChatError as error:
            if error.kind == TOO_LARGE:
                refuse_large(LARGEST + 1)
            raise Refused("file-gone") from error
        except POISON as error:
            raise Refused("file-gone") from error
        return words_of(opened)


def _opened(content: bytes, sent: Sent) -> bytes:
    if sent.key is None or sent.hash is None or sent.iv is None:
        return content
    return bytes(decrypt_attachment(content, sent.key, sent.hash, sent.iv))
