"""`python -m tests.bench [NAME…] [--json]`: run the benches of those names, or all; one line for each result."""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping

from tests.bench import commands, encrypted, footprint, interactions, pings, rotas, sits, solving, stall
from tests.bench.result import Result

BENCHES: Mapping[str, Callable[[], Iterator[Result]]] = {
    "footprint": footprint.run,
    "commands": commands.run,
    "pings": pings.run,
    "stall": stall.run,
    "interactions": interactions.run,
    "encrypted": encrypted.run,
    "solving": solving.run,
    "rotas": rotas.run,
    "sits": sits.run,
}


def main() -> int:
    """Run what was asked for; return the status to end with."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHES)}; all when left out")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    asked = parser.parse_args()
    unknown = set(asked.names) - set(BENCHES)
    if unknown:
        parser.error(f"there is no bench {', '.join(sorted(unknown))}: there is {', '.join(BENCHES)}")
    for name in asked.names or BENCHES:
        for result in BENCHES[name]():
            print(result.as_json() if asked.json else result.as_text(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
