"""What Python says by id, what the catalogue holds, and where the two disagree. Both are read and nothing is run."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fluent.syntax import FluentParser
from fluent.syntax.ast import Message

from bot.domain.commands import Command
from bot.words.needs import needs

# Those that make a sentence: the first argument is its id, and the named ones are what it is given.
MAKERS = frozenset({"say", "line", "Refused"})
# Those that name a sentence which is given nothing, or given it elsewhere.
NAMERS = frozenset({"choice", "Line"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One place where a sentence is said. `args` of None means that they cannot be seen there."""

    id: str
    maker: str
    args: frozenset[str] | None
    where: str


@dataclass(slots=True)
class Uses:
    """Every sentence that is said, and every other text that may be the id of one."""

    said: list[Said] = field(default_factory=list)
    texts: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """What is used and missing, there and unused, and given other arguments than it needs."""

    missing: tuple[str, ...]
    unused: tuple[str, ...]
    differing: tuple[str, ...]


def uses_in(folder: Path) -> Uses:
    """Read every module of a folder."""
    uses = Uses()
    for file in sorted(folder.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                uses.said.extend(_said(node, f"{file.relative_to(folder)}:{node.lineno}"))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                uses.texts.add(node.value)
    return uses


def needed_in(folder: Path) -> Mapping[str, frozenset[str]]:
    """Return the arguments of each sentence of a locale's folder, by its id; an attribute is `message.attribute`."""
    needed: dict[str, frozenset[str]] = {}
    for file in sorted(folder.glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            if isinstance(entry, Message):
                needed |= needs(entry)
    return needed


def derived_from(commands: Iterable[Command]) -> frozenset[str]:
    """Return the ids that stand for commands and their options."""
    ids: set[str] = set()
    for command in commands:
        ids |= {command.slug, f"{command.slug}.help"}
        for option in command.options:
            ids |= {f"{command.slug}-{option.name}", f"{command.slug}-{option.name}.ask"}
    return frozenset(ids)


def disagreement(uses: Uses, needed: Mapping[str, frozenset[str]], derived: frozenset[str]) -> Disagreement:
    """Return where they disagree; each entry says which sentence, and where it is said."""
    used = {one.id for one in uses.said} | uses.texts | derived
    missing = [f"{one.id} ({one.where})" for one in uses.said if one.id not in needed]
    missing += [f"{id_} (a command)" for id_ in derived if id_ not in needed]
    differing = [
        f"{one.id} ({one.where}): given {sorted(one.args)}, needs {sorted(needed[one.id])}"
        for one in uses.said
        if one.args is not None and one.id in needed and one.args != needed[one.id]
    ]
    return Disagreement(
        missing=tuple(sorted(missing)),
        unused=tuple(sorted(set(needed) - used)),
        differing=tuple(sorted(differing)),
    )


def _said(call: ast.Call, where: str) -> Iterator[Said]:
    maker = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if maker not in MAKERS | NAMERS:
        return
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    first = call.args[0] if call.args else named.get("id")
    args = frozenset(name for name in named if name) if maker in MAKERS and None not in named else None
    for id_ in _texts(first):
        yield Said(id=id_, maker=maker, args=_given_by(maker, named, args), where=where)


def _given_by(maker: str, named: Mapping[str | None, ast.expr], args: frozenset[str] | None) -> frozenset[str] | None:
    """A choice's label, and a `Line` made without args, are given nothing."""
    nothing = maker == "choice" or (maker == "Line" and "args" not in named and None not in named)
    return frozenset() if nothing else args


def _texts(node: ast.expr | None) -> Iterator[str]:
    """Yield the id, or both of "one if … else the other"; nothing when it is not written there."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
