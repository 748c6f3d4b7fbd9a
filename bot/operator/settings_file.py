"""The settings file that a set-up writes: the one that comes with Alongside, comments and all, filled in."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from bot import settings
from bot.files import keep_secret


def filled_in(template: str, kind: str, world: Mapping[str, str], data: str | None) -> str:
    """Return the template with its one world of a kind set; whatever is not named stays a comment.

    Raises `ValueError` when the template has no such line.
    """
    block = f"[[worlds.{kind}]]"
    before, header, after = template.partition(f"# {block}\n")
    if not header:
        raise ValueError(block)
    if data:
        before = _put(before, "data", data)
    for name, value in world.items():
        after = _put(after, name, value)
    return f"{before}{block}\n{after}"


def write(file: Path, kind: str, world: Mapping[str, str], data: str | None) -> None:
    """Write it; a file that is there already is kept beside it."""
    text = filled_in((settings.shipped() / "alongside.toml").read_text(encoding="utf-8"), kind, world, data)
    if file.exists():
        file.replace(file.with_name(f"{file.name}.old"))
    keep_secret(file, text)


def _put(text: str, name: str, value: str) -> str:
    # A TOML basic string is written as JSON writes one (https://toml.io/en/v1.0.0#string).
    filled = f"{name} = {json.dumps(value, ensure_ascii=False)}"
    put, count = re.subn(rf"(?m)^# {name} = .*$", lambda _: filled, text, count=1)
    if not count:
        raise ValueError(name)
    return put
