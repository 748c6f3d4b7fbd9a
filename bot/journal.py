"""The log, through structlog. What goes in is chosen here: types and places of faults, never their text."""

import logging
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


@contextmanager
def _without_rich() -> Iterator[None]:
    """Let structlog load as where rich is not installed: it takes 5 MB, for coloured tracebacks that this log has not.

    Typer brings rich along. None in `sys.modules` makes an import fail: docs.python.org/3/reference/import.html.
    """
    if "rich" in sys.modules:
        yield
        return
    sys.modules["rich"] = None  # type: ignore[assignment]  # As documented there.
    try:
        yield
    finally:
        del sys.modules["rich"]


with _without_rich():
    import structlog

# These write room names, ids, tokens or message bodies at some level; nothing of theirs is let through.
_SILENCED = ("nio", "discord", "peewee", "aiohttp", "aiosqlite", "sqlalchemy", "apscheduler", "asyncio")


class StructuredJournal:
    """Notes kinds of events as one line each, to `stream`."""

    def __init__(self, *, stream: TextIO = sys.stderr, json: bool = False) -> None:
        renderer = structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer(colors=False)
        self._log: structlog.typing.FilteringBoundLogger = structlog.wrap_logger(
            structlog.PrintLogger(stream),
            processors=[
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.stdlib.add_log_level,
                renderer,
            ],
            wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        )

    def note(self, kind: str, **facts: str | int) -> None:
        """Note that something happened."""
        self._log.info(kind, **facts)

    def fault(self, kind: str, error: BaseException, **facts: str | int) -> None:
        """Note a fault by its type and the place it came from."""
        self._log.error(kind, error=type(error).__name__, where=_where(error), **facts)


def silence_libraries() -> None:
    """Stop the libraries' own logs, which may hold what people said."""
    for name in _SILENCED:
        logging.getLogger(name).addHandler(logging.NullHandler())
        logging.getLogger(name).propagate = False
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _where(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).parent.parts.count("bot")] or frames
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "unknown"
