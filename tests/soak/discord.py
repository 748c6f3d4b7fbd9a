"""`python -m tests.soak.discord --commands N --kills K`: nothing lost, nothing doubled, shown on a loopback Discord.

Several people use slash commands, buttons and forms in servers and direct messages, while the bot is killed at random
and at each named step, replies and requests are lost, limits are met, and the gateway drops the bot. Every command
that the bot took must be answered once, and every ping said once. What Discord showed as failed, because the bot was
away, is asked again.
"""

import asyncio
import logging
import sys
from collections.abc import Sequence

from bot.journal import silence_libraries
from tests.discord.described import missing
from tests.soak.on_discord import OnDiscord
from tests.soak.result import parser, plan_of, run, tell


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a soak and print what came of it; return the status to end with."""
    reads = parser("python -m tests.soak.discord", __doc__)
    asked = reads.parse_args(arguments)
    if why := missing():
        print(f"Requests are not checked. {why}", file=sys.stderr)
    silence_libraries()
    logging.getLogger("aiohttp").setLevel(logging.CRITICAL + 1)
    result, is_well = asyncio.run(run(plan_of(asked), OnDiscord))
    tell(result, as_json=asked.json)
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
