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
_CLOSED_KINDS = {CLOSED_TO_US: "direct-messages-closed", NOTHING_SHARED: "nothing-shared"}
_SERVER_FAULTS = 500
_TIMED_OUT, _TOO_MANY = 408, 429


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
        again = error.status >= _SERVER_FAULTS or error.status in {_TIMED_OUT, _TOO_MANY}
        raise ChatError(f"discord-{error.status}-{error.code}", permanent=not again) from error
    except (discord.GatewayNotFound, aiohttp.ClientError, OSError, TimeoutError) as error:
        raise ChatError("unreachable", permanent=False) from error
