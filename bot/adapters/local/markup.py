"""Text into HTML, through Jinja. Everything is escaped when it is poured, but `Html`, which pouring alone makes.

A sentence is a line of the catalogue; people stand in it by name.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup as Html

from bot.domain.ids import PersonId, PlaceId
from bot.domain.reading.plain import plain
from bot.domain.saying import Line
from bot.ports.words import DEFAULT_LOCALE, Words

PAGE = Path(__file__).parent / "page"

Poured: TypeAlias = Html | Line | PersonId | PlaceId | str


class Markup:
    """Pours words into the forms of `page/*.html`, in the group's language, as the world says."""

    def __init__(self, *, words: Words, names: Mapping[PersonId, str]) -> None:
        self._words = words
        self._names = names
        self.locale = DEFAULT_LOCALE
        # Not a hole may be left, and nobody's text may turn into markup.
        self._forms = Environment(loader=FileSystemLoader(PAGE), autoescape=True, undefined=StrictUndefined)

    def text(self, what: Poured) -> str:
        """Return it as plain text, people by their names."""
        if isinstance(what, Line):
            return "".join(self.text(span) for span in self._words.spans(what, self.locale))
        if isinstance(what, PersonId):
            return self._names.get(what, "")
        return what.native if isinstance(what, PlaceId) else what

    def named(self, text: str) -> PersonId | None:
        """Return the person of that name, however it is written."""
        words = plain(text).casefold()
        return next((person for person, name in self._names.items() if name.casefold() == words), None)

    def pour(self, form: str, **holes: Poured) -> Html:
        """Fill the form of that name; every hole in it must be given."""
        filled = {hole: what if isinstance(what, Html) else self.text(what) for hole, what in holes.items()}
        return Html(self._forms.get_template(f"{form}.html").render(filled))  # noqa: S704  Jinja has just escaped it.


def joined(parts: Iterable[Html]) -> Html:
    """Return the parts one after the other."""
    return Html("\n").join(parts)
