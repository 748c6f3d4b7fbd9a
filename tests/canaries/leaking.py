"""`python -m tests.canaries.leaking WORDS`: the real command line, of a bot that keeps in one way what it must not.

`LEAK` names the ways, none of them or several. Nothing but the tests of the canaries runs it.
"""

import base64
import gzip
import logging
import os
import resource
import secrets
import tempfile
import traceback
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import bot.__main__
from bot.domain.commands import Asking, Typed
from bot.domain.saying import Say
from bot.journal import StructuredJournal
from bot.store.database import Database
from bot.store.tables.house import bookmarks
from bot.switchboard import Switchboard

WAY = "LEAK"
_JOURNAL = StructuredJournal()


def _journal(words: str) -> None:
    _JOURNAL.note("heard", words=words)


def _debug(words: str) -> None:
    logging.getLogger("peers").debug("heard %r", words)


def _temporary(words: str) -> None:
    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(gzip.compress(words.encode("utf-16")))


def _traceback(words: str) -> None:
    traceback.print_exception(ValueError(words))


def _name(words: str) -> None:
    Path(tempfile.gettempdir(), words.replace("/", "-")[:60]).touch()


def _by_hearing(leak: Callable[[Switchboard, str], Awaitable[None]]) -> None:
    """Hand on everything that is heard."""
    hear, ask = Switchboard.hear, Switchboard.ask

    async def hears(self: Switchboard, typed: Typed) -> Say | None:
        await leak(self, typed.text)
        return await hear(self, typed)

    async def asks(self: Switchboard, asking: Asking) -> Say | None:
        await leak(self, " ".join(asking.options.values()))
        return await ask(self, asking)

    Switchboard.hear, Switchboard.ask = hears, asks  # type: ignore[method-assign]  # It is broken on purpose.


def _at_once(leak: Callable[[str], None]) -> Callable[[], None]:
    async def leaks(_: Switchboard, words: str) -> None:
        leak(words)

    return lambda: _by_hearing(leaks)


async def _row(switchboard: Switchboard, words: str) -> None:
    database: Database = vars(switchboard)["_ledger"]
    row = {"world": "local", "name": secrets.token_hex(8), "mark": base64.b64encode(words.encode()).decode()}
    async with database.transaction():
        await database.execute(bookmarks.insert(), row)


def _core() -> None:
    """Let a crash leave a picture of the memory."""
    resource.setrlimit = lambda *_: None


_WAYS: Mapping[str, Callable[[], None]] = {
    "journal": _at_once(_journal),
    "debug": _at_once(_debug),
    "temporary": _at_once(_temporary),
    "traceback": _at_once(_traceback),
    "name": _at_once(_name),
    "row": lambda: _by_hearing(_row),
    "core": _core,
}

if __name__ == "__main__":
    for way in os.environ[WAY].split():
        _WAYS[way]()
    bot.__main__.main()
