"""What a bot asked of the simulated Discord, put to Discord's own description of its API.

simcord takes what it understands; the description says what Discord takes.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import simcord

from tests.discord.described import missing, request_faults


def recorded_faults(env: simcord.Env) -> list[str]:
    """Return what is wrong with each request that was recorded so far; nothing where there is no description."""
    if missing():
        return []
    return [fault for asked in env.http_requests for fault in _faults(asked)]


def _faults(asked: Any) -> Iterator[str]:  # noqa: ANN401  simcord's record of a request.
    query = [pair for name, value in asked.params.items() for pair in _written(name, value)]
    for fault in request_faults(asked.method, asked.path, asked.json, query):
        yield f"{asked.method} {asked.path}: {fault}"


def _written(name: str, value: object) -> Sequence[tuple[str, str]]:
    """Return a query's parameter as it stands in a URL."""
    values = value if isinstance(value, list | tuple) else [value]
    return [(name, str(each).lower() if isinstance(each, bool) else str(each)) for each in values]
