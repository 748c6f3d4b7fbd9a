"""Packs of cards, read from YAML into values. A key that no card has is refused, so that no fact is lost to a slip."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import msgspec
import yaml
from whenever import Date

from bot.domain.signpost.cards import Card, Pack
from bot.domain.signpost.now import missing_now

HEAD = "pack.yaml"

# The same in C, where PyYAML has it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

T = TypeVar("T")


class PackError(Exception):
    """A pack that cannot be used: the file or folder, and what is wrong in it."""

    def __init__(self, where: Path, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where = where
        self.what = what


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    id: str
    now: tuple[str, ...]


def read_pack(folder: Path) -> Pack:
    """Read `pack.yaml` and every other YAML file of `folder`, each named after its category. Raises `PackError`."""
    head = _made(folder / HEAD, _yaml(folder / HEAD), _Head)
    files = sorted(file for file in folder.glob("*.yaml") if file.name != HEAD)
    pack = Pack(id=head.id, now=head.now, cards=tuple(card for file in files for card in _cards(file)))
    for what in _faults(pack):
        raise PackError(folder, what)
    return pack


def _cards(file: Path) -> Iterator[Card]:
    rows = _yaml(file)
    if not isinstance(rows, list):
        raise PackError(file, "a list of cards is wanted")
    for row in rows:
        if not isinstance(row, dict):
            raise PackError(file, "a card is a list of names and values")
        yield _made(file, {**row, "category": file.stem}, Card)


def _faults(pack: Pack) -> Iterator[str]:
    ids = [card.id for card in pack.cards]
    yield from (f"two cards have the id {id_}" for id_ in ids if ids.count(id_) > 1)
    yield from (f"no crisis card has the round-the-clock number {number}" for number in missing_now(pack))


def _yaml(file: Path) -> object:
    try:
        return yaml.load(file.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506  The safe one, either way.
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise PackError(file, str(error)) from error


def _made(file: Path, row: object, kind: type[T]) -> T:
    try:
        made = msgspec.convert(row, kind, dec_hook=_day)
    except msgspec.ValidationError as error:
        raise PackError(file, str(error)) from error
    for key in _unknown(row, msgspec.to_builtins(made, enc_hook=str)):
        raise PackError(file, f"{key} is not a part of a card")
    return made


def _unknown(row: object, made: object) -> Iterator[str]:
    """Find the keys that were written and that the value has no field for."""
    match row, made:
        case dict(), dict():
            for key, part in row.items():
                yield from _unknown(part, made[key]) if key in made else [str(key)]
        case list(), list() | tuple():
            for part, made_part in zip(row, made, strict=True):
                yield from _unknown(part, made_part)


def _day(kind: type, raw: object) -> Date:
    if kind is Date and isinstance(raw, date):
        return Date(raw)
    raise ValueError("a day is written like 2026-11-22")
