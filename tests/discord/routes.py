"""What an answer to a request is, to whoever gives some."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from aiohttp import web

Replying: TypeAlias = Callable[[web.Request], Awaitable[web.Response]]
# The method, the path with the names that Discord's description has in it, and what answers.
Route: TypeAlias = tuple[str, str, Replying]
