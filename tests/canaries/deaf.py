"""`python -m tests.canaries.deaf WORDS`: the real command line, of a bot that says nothing to whatever it is asked."""

import asyncio

from bot.domain.commands import Asking, Typed
from bot.domain.saying import Say
from bot.switchboard import Switchboard
from tests.soak import bot


async def _hears(self: Switchboard, typed: Typed) -> Say | None:
    del self, typed
    return None


async def _asks(self: Switchboard, asking: Asking) -> Say | None:
    """Never come to an end, as a world may say by itself that a thing is done."""
    del self, asking
    await asyncio.Event().wait()
    return None


if __name__ == "__main__":
    Switchboard.hear, Switchboard.ask = _hears, _asks  # type: ignore[method-assign]  # It is broken on purpose.
    bot.main()
