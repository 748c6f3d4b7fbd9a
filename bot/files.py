"""Files for their owner's eyes alone."""

import os
from pathlib import Path

PRIVATE = 0o600


def keep_secret(file: Path, text: str) -> None:
    """Write a file for its owner's eyes, whole or not at all."""
    new = file.with_name(f"{file.name}.new")
    with os.fdopen(os.open(new, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, PRIVATE), "w", encoding="utf-8") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    new.replace(file)
