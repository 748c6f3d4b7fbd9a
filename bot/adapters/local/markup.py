"""Text into HTML. Everything is escaped when it is poured, unless it is `Html`, which pouring alone makes.

A sentence is a line of the catalogue; people stand in it by name.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from pathlib import Path
from string import Template
from typing import TypeAlias

from bot.domain.ids import PersonId
from bot.domain.saying import Line
from bot.ports.words import Words

PAGE = Path(__file__).parent / "page"


class Html(str):
    """Markup that may stand in a page as it is."""

    __slots__ = ()


Poured: TypeAlias = Html | Line | PersonId | str


class Markup:
    """Pours words into the forms of `page/*.html`, in one locale."""

    def __init__(self, *, words: Words, names: Mapping[PersonId, str], locale: str) -> None:
        self._words = words
        self._names = names
        self.locale = locale

    def text(self, what: Poured) -> str:
        """Return it as plain text, people by their names."""
        if isinstance(what, Line):
            return "".join(self.text(span) for span in self._words.spans(what, self.locale))
        if isinstance(what, PersonId):
            return self._names.get(what, "")
        return what

    def pour(self, form: str, **holes: Poured) -> Html:
        """Fill the form of that name; every `${hole}` in it must be given."""
        return Html(_form(form).substitute({hole: self._html(what) for hole, what in holes.items()}))

    def _html(self, what: Poured) -> str:
        return what if isinstance(what, Html) else escape(self.text(what))


def joined(parts: Iterable[Html]) -> Html:
    """Return the parts one after the other."""
    return Html("\n".join(parts))


@lru_cache
def _form(name: str) -> Template:
    return Template((PAGE / f"{name}.html").read_text(encoding="utf-8").strip())
