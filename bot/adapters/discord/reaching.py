"""What can go wrong between here and Discord, in the words of the house."""

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord
from whenever import TimeDelta

from bot.ports.chat import ChatError, ClosedError

# https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
CLOSED_TO_US = 50007
NOTHING_SHARED = 50278
NO_CHANNEL = "discord-404-10003"
_CLOSED_KINDS = {CLOSED_TO_US: "direct-messages-closed", NOTHING_SHARED: "nothing-shared"}
# "The past few minutes": https://discord.com/developers/docs/resources/message#create-message, `enforce_nonce`.
NONCE_IS_KNOWN = TimeDelta(minutes=1)
_SERVER_FAULTS = 500
_NOT_KNOWN, _TIMED_OUT, _TOO_MANY = 401, 408, 429
_NO_INTERACTION = 50027


@contextmanager
def reaching() -> Iterator[None]:
    """Turn discord.py's faults into `ChatError`: what Discord refuses is refused for good, all else is tried again."""
    try:
        yield
    except discord.RateLimited as error:
        raise ChatError("rate-limited", permanent=False, wait=TimeDelta(seconds=error.retry_after)) from error
    except discord.HTTPException as error:
        if error.code in _CLOSED_KINDS:
            raise ClosedError(_CLOSED_KINDS[error.code]) from error
        within = NONCE_IS_KNOWN if error.status >= _SERVER_FAULTS else None
        kind = f"discord-{error.status}-{error.code}"
        raise ChatError(kind, permanent=not _again(error), within=within) from error
    except (discord.GatewayNotFound, aiohttp.ClientError, OSError, TimeoutError) as error:
        raise ChatError("unreachable", permanent=False, within=NONCE_IS_KNOWN) from error


def _again(error: discord.HTTPException) -> bool:
    """Whether it may be taken later: where the bot itself is not known, that is once it has a new token."""
    if error.status == _NOT_KNOWN:
        return error.code != _NO_INTERACTION
    return error.status >= _SERVER_FAULTS or error.status in {_TIMED_OUT, _TOO_MANY}
