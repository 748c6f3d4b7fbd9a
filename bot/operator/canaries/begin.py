"""`python -m bot.operator.canaries.begin MODULE WORDS`: a module as a programme, loud or not.

`CANARY_LOUDNESS` is how loud: 0 as it is; 1 with all that libraries log, at every level, and all that Python warns of.
What a crash would leave behind is allowed to be left, unless the programme itself sees to that.
"""

import faulthandler
import logging
import os
import resource
import runpy
import sys

LOUDNESS = "CANARY_LOUDNESS"
LOUDEST = 1


def main() -> None:
    """Begin it, as if it had been begun by itself."""
    module, *words = sys.argv[1:]
    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    faulthandler.enable()
    if os.environ.get(LOUDNESS) == str(LOUDEST):
        logging.basicConfig(level=1, format="%(asctime)s %(levelname)s %(name)s %(message)s %(args)s")
        logging.captureWarnings(capture=True)
    sys.argv = [module, *words]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
