"""Pages as HTML that needs nothing else: no script, nothing to load. Whatever stands in a sentence is text there."""

from pathlib import Path

from babel import Locale
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.domain.ids import PersonId, PlaceId
from bot.domain.page import Page
from bot.domain.saying import Line
from bot.ports.words import Words

PAGES = Path(__file__).parent / "pages"


class Printing:
    """Prints pages with the words of one catalogue."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._pages = Environment(
            loader=FileSystemLoader(PAGES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def html(self, page: Page, locale: str) -> str:
        """Return the page in the language of that BCP 47 tag; people and places by the platform's ids."""

        def text(line: Line) -> str:
            spans = self._words.spans(line, locale)
            return "".join(span.native if isinstance(span, PersonId | PlaceId) else span for span in spans)

        direction = Locale.parse(locale, sep="-").text_direction
        return self._pages.get_template("page.html").render(page=page, text=text, locale=locale, direction=direction)
