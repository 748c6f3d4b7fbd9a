"""The other process: a line of JSON in, a line of JSON out, and it is gone. It ends when the one who asked does."""

import contextlib
import os
import sys
import threading

import msgspec

from bot.solving.numbers import Asked, Found

NOT_INSTALLED = 3
TOO_LONG = 4
_POLITE = 10
_IN, _OUT, _ERROR = 0, 1, 2


def main() -> int:
    """Answer what is asked on standard input; return the status to end with."""
    os.nice(_POLITE)
    asked = msgspec.json.decode(sys.stdin.buffer.readline(), type=Asked)
    threading.Thread(target=_leave_with_the_other, daemon=True).start()
    # HiGHS prints its name before it can be told to be quiet, and nothing that is printed is part of the answer.
    answers = os.dup(_OUT)
    os.dup2(_ERROR, _OUT)
    try:
        from bot.solving import highs  # noqa: PLC0415  It is an extra, and loaded in this process alone.
    except ImportError:
        return NOT_INSTALLED
    try:
        found: Found = highs.solve(asked)
    except highs.UnprovenError:
        return TOO_LONG
    with os.fdopen(answers, "wb") as out:
        out.write(msgspec.json.encode(found))
    return 0


def _leave_with_the_other() -> None:
    """End at once when standard input does: whoever asked is gone, or wants no answer any more."""
    with contextlib.suppress(OSError):
        while os.read(_IN, 1):
            pass
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
