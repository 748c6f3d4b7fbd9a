"""Points discord.py at a loopback Discord: here, or in another process by its environment.

`python -m tests.discord.pointing run --config FILE` is the real bot, on the Discord whose address is in
`DISCORD_ON_LOOPBACK`. Nothing but this machine can be pointed at.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

import bot.__main__

WHERE = "DISCORD_ON_LOOPBACK"
VERSION = "/api/v10"


def point(url: str) -> None:
    """Let discord.py find Discord at such as `http://127.0.0.1:8123`, before any client starts."""
    base = yarl.URL(url)
    if base.host != "127.0.0.1":
        raise ValueError(f"{url} is not on loopback")
    Route.BASE = str(base.with_path(VERSION))
    DiscordWebSocket.DEFAULT_GATEWAY = base.with_scheme("ws").with_path("/gateway")


@contextmanager
def pointed(url: str) -> Iterator[None]:
    """Let discord.py find Discord there until the end."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    point(url)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before


def environment(url: str) -> dict[str, str]:
    """Return the environment of a process that is to find Discord there."""
    return {**os.environ, WHERE: url}


def main() -> None:
    """Run the command line."""
    point(os.environ[WHERE])
    bot.__main__.main()


if __name__ == "__main__":
    main()
