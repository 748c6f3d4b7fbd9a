"""The bot's sentences as patterns, read from its own catalogue: who rewrites a sentence need not come here."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from fluent.syntax import FluentParser
from fluent.syntax.ast import Message, Pattern, TextElement, VariableReference

from bot import settings

# What no command of the soak may be answered with.
WRONG = (
    "fault",
    "too-fast",
    "not-understood",
    "not-understood-near",
    "option-unknown",
    "line-unclear",
    "line-long",
    "question-dropped",
    "matrix-no-group",
    "matrix-which-group",
    "rota-none",
    "rota-unknown",
    "rota-which",
    "rota-gone",
    "rota-name-taken",
    "rota-no-shift",
    "rota-shift-over",
    "rota-join-already",
    "rota-leave-not-on",
    "card-unknown",
    "help-no-such-topic",
)


class Sentences:
    """Every sentence of the shipped British English catalogue."""

    def __init__(self) -> None:
        self._messages = dict(_messages(settings.shipped() / "words" / "en-GB"))
        self.wrong = {id_: self.line(id_) for id_ in WRONG}

    def line(self, id_: str, **known: str) -> re.Pattern[str]:
        """Return what a line of this sentence looks like, with what is `known` in its places."""
        return re.compile("".join(_pieces(self._messages[id_], known)))

    def either(self, *ids: str) -> re.Pattern[str]:
        return re.compile("|".join(self.line(id_).pattern for id_ in ids))

    def nearest(self, line: str) -> str:
        """Return the id of the sentence with most letters of its own in it that the line could be."""
        fitting = [
            (sum(map(len, _texts(pattern))), id_)
            for id_, pattern in self._messages.items()
            if self.line(id_).fullmatch(line)
        ]
        return max(fitting, default=(0, "unknown"))[1]

    def wrong_in(self, line: str) -> str | None:
        """Return the id of the sentence that says what went wrong, if that is what the line says."""
        return next((id_ for id_, pattern in self.wrong.items() if pattern.fullmatch(line)), None)


def _messages(folder: Path) -> Iterator[tuple[str, Pattern]]:
    for file in sorted(folder.glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            if isinstance(entry, Message) and entry.value is not None:
                yield entry.id.name, entry.value


def _texts(pattern: Pattern) -> list[str]:
    return [element.value for element in pattern.elements if isinstance(element, TextElement)]


def _pieces(pattern: Pattern, known: Mapping[str, str]) -> Iterator[str]:
    for element in pattern.elements:
        if isinstance(element, TextElement):
            yield re.escape(element.value)
        elif isinstance(element.expression, VariableReference):
            yield re.escape(known[name]) if (name := element.expression.id.name) in known else ".*"
        else:
            yield ".*"
