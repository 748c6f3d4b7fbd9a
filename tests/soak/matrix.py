"""`python -m tests.soak.matrix --commands N --kills K`: nothing lost, nothing doubled, shown on a real Synapse.

Several people type commands in plain and encrypted rooms and chats, while the bot is killed at random and at each
named step, the server is restarted, and its replies are cut off after it acted. Every command must be answered once,
and every ping said once.
"""

import asyncio
import logging
import sys
from collections.abc import Sequence

from bot.journal import silence_libraries
from tests.soak.on_matrix import OnMatrix
from tests.soak.result import parser, plan_of, run, tell


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a soak and print what came of it; return the status to end with."""
    reading = parser("python -m tests.soak.matrix", __doc__)
    reading.add_argument("--synapse-restarts", type=int, default=None, help="one for every fifteen kills if left out")
    asked = reading.parse_args(arguments)
    restarts = asked.synapse_restarts if asked.synapse_restarts is not None else max(1, asked.kills // 15)
    silence_libraries()
    logging.getLogger("nio").setLevel(logging.CRITICAL + 1)
    result, is_well = asyncio.run(run(plan_of(asked, restarts), OnMatrix))
    tell(result, as_json=asked.json)
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
