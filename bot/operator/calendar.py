"""The server of calendar feeds, beside the worlds: there where the settings say, and not otherwise."""

import errno
import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from bot.house import House
from bot.operator.sentences import Stop
from bot.settings import Calendar

# Where a server of this machine that speaks TLS finds it, and nobody else does.
LOOPBACK = "127.0.0.1"


@asynccontextmanager
async def feeds_served(house: House, calendar: Calendar) -> AsyncGenerator[None]:
    """Serve them until the end of the block, if the settings want it. Raises `Stop`."""
    if calendar.port is None:
        yield
        return
    from bot.feeds.site import Site  # noqa: PLC0415  No server is loaded where none is wanted.

    site, host = Site(house.feed, house.plan.journal), calendar.host or LOOPBACK
    try:
        await site.listen(host, calendar.port)
    except OSError as error:
        why = "is taken" if error.errno == errno.EADDRINUSE else f"cannot be used ({os.strerror(error.errno or 0)})"
        raise Stop(f"calendar: port {calendar.port} on {host} {why}: choose another, or leave both out") from error
    try:
        yield
    finally:
        await site.stop()
