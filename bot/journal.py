"""The log, through structlog. What goes in is chosen here: types and places of faults, never their text."""

import asyncio
import logging
import sys
import threading
import traceback
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO


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
_NOWHERE = logging.NullHandler()
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


def speak_in_kinds(journal: StructuredJournal) -> None:
    """Let what nobody catches be noted by kind and place, in whichever thread, and what is warned of too.

    Python itself would show the error's text, and a line of source or the repr of whatever it is about.
    """

    def not_caught(_kind: type[BaseException], error: BaseException, _trace: object) -> None:
        journal.fault("not-caught", error)

    def thread_failed(args: threading.ExceptHookArgs) -> None:
        journal.fault("thread-failed", args.exc_value or args.exc_type())

    def not_raised(args: "sys.UnraisableHookArgs") -> None:
        journal.fault("unraisable", args.exc_value or args.exc_type())

    def warned(
        _message: Warning | str,
        kind: type[Warning],
        file: str,
        line: int,
        _to: TextIO | None = None,
        _source: str | None = None,
    ) -> None:
        journal.note("warning", error=kind.__name__, where=f"{Path(file).name}:{line}")

    sys.excepthook = not_caught
    threading.excepthook = thread_failed
    sys.unraisablehook = not_raised
    warnings.showwarning = warned  # type: ignore[assignment]  # Python gives all of it by place, and none by name.


def let_loop_speak_in_kinds(loop: asyncio.AbstractEventLoop, journal: StructuredJournal) -> None:
    """Let what fails in a task or a callback that nobody waits for be noted by kind and place."""

    def failed(_loop: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, BaseException):
            journal.fault("task-failed", error)
        else:
            journal.note("loop-warning")

    loop.set_exception_handler(failed)


def silence_libraries() -> None:
    """Stop the libraries' own logs, which may hold what people said; those not known here too."""
    # Where the root has no handler, Python shows what is logged as a warning or worse.
    logging.getLogger().addHandler(_NOWHERE)
    for name in _SILENCED:
        logging.getLogger(name).addHandler(logging.NullHandler())
        logging.getLogger(name).propagate = False
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _where(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).parent.parts.count("bot")] or frames
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "unknown"
