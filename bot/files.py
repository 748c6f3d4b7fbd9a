"""Files for their owner's eyes alone, and holding one so that no two processes do what only one may."""

import fcntl
import os
from pathlib import Path

PRIVATE = 0o600


def keep_secret(file: Path, text: str) -> None:
    """Write a file for its owner's eyes, whole or not at all."""
    keep_bytes(file, text.encode())


def keep_bytes(file: Path, data: bytes) -> None:
    """Write a file of any kind in the same way."""
    new = file.with_name(f"{file.name}.new")
    with os.fdopen(os.open(new, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, PRIVATE), "wb") as opened:
        opened.write(data)
        opened.flush()
        os.fsync(opened.fileno())
    new.replace(file)


def add_line(file: Path, line: str) -> None:
    """Add a line to a file for its owner's eyes, on the disk when this returns.

    It begins with a line end, so that one which a lost supply cut short spoils none after it.
    """
    opened = os.open(file, os.O_CREAT | os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC, PRIVATE)
    try:
        os.write(opened, f"\n{line}\n".encode())
        os.fsync(opened)
    finally:
        os.close(opened)


def held(file: Path, *, alone: bool) -> int | None:
    """Hold a file, alone or together with others; return its descriptor, or None when another process is in the way.

    The kernel lets go of it when the descriptor is closed, or the process ends in any way.
    """
    opened = os.open(file, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC, PRIVATE)
    try:
        fcntl.flock(opened, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(opened)
        return None
    return opened
