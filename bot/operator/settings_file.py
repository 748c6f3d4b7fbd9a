"""The settings file that a set-up writes: the one that comes with Alongside, comments and all, filled in."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from bot import settings
from bot.adapters.matrix.folder import keep_secret

_BLOCK = "[[worlds.matrix]]"


def filled_in(template: str, world: Mapping[str, str], data: str | None) -> str:
    """Return the template with its one world set; whatever is not named stays a comment.

    Raises `ValueError` when the template has no such line.
    """
    wanted = {**({"data": data} if data else {}), **world}
    text = _put(template, rf"# {re.escape(_BLOCK)}", _BLOCK)
    for name, value in wanted.items():
        # A TOML basic string is written as JSON writes one (https://toml.io/en/v1.0.0#string).
        text = _put(text, rf"# {name} = .*", f"{name} = {json.dumps(value, ensure_ascii=False)}")
    return text


def write(file: Path, world: Mapping[str, str], data: str | None) -> None:
    """Write it; a file that is there already is kept beside it."""
    text = filled_in((settings.shipped() / "alongside.toml").read_text(encoding="utf-8"), world, data)
    if file.exists():
        file.replace(file.with_name(f"{file.name}.old"))
    keep_secret(file, text)


def _put(text: str, line: str, filled: str) -> str:
    put, count = re.subn(rf"(?m)^{line}$", lambda _: filled, text, count=1)
    if not count:
        raise ValueError(line)
    return put
