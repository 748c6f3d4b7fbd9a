"""Files that people send with a command, fetched into memory and no further.

https://discord.com/developers/docs/resources/message#attachment-object
"""

import asyncio
from collections.abc import Mapping

import discord

from bot.adapters.discord.reaching import reaching
from bot.domain.reading.files import refuse_large, words_of
from bot.domain.saying import Refused
from bot.ports.chat import ChatError

_PATIENCE_SECONDS = 20


async def words_in(files: Mapping[str, discord.Attachment]) -> Mapping[str, str]:
    """Return what is in them as words, by the names of their options. Refuses what is too large, or is not there."""
    for file in files.values():
        refuse_large(file.size)
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            with reaching():
                return {name: words_of(await file.read()) for name, file in files.items()}
    except (ChatError, TimeoutError) as error:
        raise Refused("file-gone") from error
