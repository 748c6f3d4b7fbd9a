"""Forms that bring a file (RFC 7578), read a piece at a time into memory: nothing of one is ever on the disk."""

from aiohttp import BodyPartReader, web

from bot.adapters.local.forms import Fields
from bot.domain.reading.files import LARGEST, refuse_large, words_of
from bot.domain.saying import Refused

WITH_FILES = "multipart/form-data"
# A file, the same pasted beside it, and the other fields.
MOST_BYTES = 2 * LARGEST + 16 * 1024


async def fields_with_files(request: web.Request, *, most: int) -> Fields:
    """Return the fields of such a form, a file as words. Refuses what is not one, or is too large."""
    fields: dict[str, str] = {}
    left = MOST_BYTES
    try:
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or part.name is None or len(fields) >= most:
                raise Refused("local-form-unclear")
            content = await _content(part, left)
            left -= len(content)
            if part.filename is None:
                fields.setdefault(part.name, content.decode())
            elif part.filename:
                fields[part.name] = words_of(content)
    except ValueError as error:
        raise Refused("local-form-unclear") from error
    return fields


async def _content(part: BodyPartReader, most: int) -> bytes:
    """Return what is in a part. Refuses what no file may be, and raises for more than is left for the form."""
    content = bytearray()
    while chunk := await part.read_chunk():
        content += chunk
        refuse_large(len(content))
        if len(content) > most:
            raise web.HTTPRequestEntityTooLarge(most, len(content))
    return bytes(content)
