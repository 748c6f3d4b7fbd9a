"""A guard at the door of a process: each address that it reaches for, and each name it looks up, is written to a file.

`python -m tests.apart.guard run --config FILE` is the real bot, with the file named in `GUARD_WRITES_TO`. Python tells
of every connection and every look-up through its audit events, whichever library asks:
https://docs.python.org/3/library/audit_events.html. What a library of C does by itself, it cannot tell of.
"""

import os
import sys
from pathlib import Path
from typing import Any

WRITES_TO = "GUARD_WRITES_TO"
_WATCHED = {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"}


def watch(file: Path) -> None:
    """Write what this process reaches for from now on."""
    file.touch()

    def heard(event: str, args: tuple[Any, ...]) -> None:
        if event in _WATCHED:
            where = args[1] if event.startswith(("socket.connect", "socket.send")) else args[:2]
            with file.open("a", encoding="utf-8") as written:
                written.write(f"{event.removeprefix('socket.')} {_named(where)}\n")

    sys.addaudithook(heard)


def reached(file: Path) -> set[str]:
    """Return what was written: hosts and ports reached for, or looked up, and paths of sockets."""
    return {line.partition(" ")[2] for line in file.read_text(encoding="utf-8").splitlines()}


def _named(where: object) -> str:
    if isinstance(where, tuple):
        host, port, *_ = (*where, None)
        return f"{host.decode() if isinstance(host, bytes) else host}:{port}"
    return f"a socket at {where!r}"


def main() -> None:
    """Run the command line, watched; on a loopback Discord where its address is in the environment."""
    watch(Path(os.environ[WRITES_TO]))
    if "DISCORD_ON_LOOPBACK" in os.environ:
        from tests.discord import pointing  # noqa: PLC0415  It loads discord.py.

        pointing.main()
    else:
        from bot.__main__ import main as run  # noqa: PLC0415  Only once it is watched.

        run()


if __name__ == "__main__":
    main()
