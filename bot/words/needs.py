"""What each sentence of a catalogue needs to be given; who rewrites one may leave that out, and not ask for more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from fluent.syntax.ast import BaseNode, Message, VariableReference
from fluent.syntax.visitor import Visitor


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A message where it stands in a file. `needs` holds the arguments by id; an attribute's is `message.attribute`."""

    file: Path
    line: int
    needs: Mapping[str, frozenset[str]]


def needs(message: Message) -> Mapping[str, frozenset[str]]:
    """Return the arguments of a message and of its attributes, by id."""
    attributes = {f"{message.id.name}.{one.id.name}": _variables(one) for one in message.attributes}
    return {message.id.name: _variables(message.value), **attributes}


def misfits(messages: Iterable[Written], ours: Mapping[str, frozenset[str]]) -> Iterable[Written]:
    """Yield the messages that ask for more than `ours` are given, or lack an attribute that ours have."""
    for written in messages:
        own = {id_ for id_ in ours if id_.partition(".")[0] in written.needs}
        if own - set(written.needs) or any(written.needs[id_] - ours[id_] for id_ in own):
            yield written


class _Variables(Visitor):
    """Collects the names of variables, however deep they stand."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: VariableReference) -> None:  # noqa: N802  The library's own naming.
        """Take one name down."""
        self.names.add(node.id.name)


def _variables(node: BaseNode | None) -> frozenset[str]:
    visitor = _Variables()
    if node is not None:
        visitor.visit(node)
    return frozenset(visitor.names)
