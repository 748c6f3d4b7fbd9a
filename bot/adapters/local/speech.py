"""What was said, as HTML: the lines by their look, then what may be answered, each a button and a thing to type."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from itertools import groupby

from markupsafe import Markup as Html

from bot.adapters.local.markup import Markup, joined
from bot.adapters.local.said import Said
from bot.domain.ids import PersonId
from bot.domain.saying import Choice, File, Line, Look, Say, line

_LISTS = {Look.ITEM: "items", Look.STEP: "steps", Look.CODE: "code"}
_IN_LISTS = {Look.ITEM: "item", Look.STEP: "item", Look.CODE: "code-line"}
_LINES = {Look.PLAIN: "line", Look.HEADING: "line-heading", Look.QUIET: "line-quiet"}


def element_of(log: str, number: int) -> str:
    """Return the id of the element of what was said, in the log of that id."""
    return f"{log}-{number}"


class Speech:
    """Renders what was said. `zone` is the IANA name of the zone whose time of day stands beside it."""

    def __init__(self, *, markup: Markup, zone: str) -> None:
        self._markup = markup
        self._zone = zone

    def html(self, said: Said, reader: PersonId | None, log: str) -> Html:
        """Return it as `reader` sees it in the log of that id; only in their own talk is there one who can answer."""
        return self._markup.pour(
            "said",
            id=element_of(log, said.number),
            by="bot" if said.by is None else "person",
            name=line("local-bot") if said.by is None else said.by,
            at=line("local-at", time=said.at.to_tz(self._zone).time()),
            lines=self._body(said.what, reader),
            choices=self._choices(said.what, reader),
        )

    def _body(self, what: Say | str, reader: PersonId | None) -> Html:
        if isinstance(what, str):
            return self._markup.pour("typed", text=what)
        # Files are for the person they were handed to, and for nobody else's eyes.
        shown = what if reader is not None else what.to_be_kept
        looks = groupby(shown.with_files.lines, key=lambda one: one.look)
        first, *rest = [self._lines(look, list(lines)) for look, lines in looks]
        return joined([first, *self._files(shown.files), *rest])

    def _files(self, files: Sequence[File]) -> Iterator[Html]:
        """Give links that hold the files themselves, so that the room keeps none and needs no script for them."""
        if files:
            yield self._markup.pour("items", items=joined(map(self._file, files)))

    def _file(self, file: File) -> Html:
        href, text = f"data:{file.kind};base64,{b64encode(file.content).decode()}", line("local-file", name=file.name)
        if file.seen is None:
            return self._markup.pour("file", href=href, name=file.name, text=text)
        size = {"width": str(file.seen.width), "height": str(file.seen.height)}
        return self._markup.pour("picture", href=href, name=file.name, text=text, alt=file.seen.alt, **size)

    def _lines(self, look: Look, lines: list[Line]) -> Html:
        if look not in _LISTS:
            return joined(self._markup.pour(_LINES[look], text=one) for one in lines)
        items = joined(self._markup.pour(_IN_LISTS[look], text=one) for one in lines)
        return self._markup.pour(_LISTS[look], items=items)

    def _choices(self, what: Say | str, reader: PersonId | None) -> Html:
        if isinstance(what, str) or reader is None or not what.choices:
            return Html()
        choices = joined(self._choice(choice, reader) for choice in what.choices)
        return self._markup.pour("choices", label=line("local-choices"), choices=choices)

    def _choice(self, choice: Choice, reader: PersonId) -> Html:
        return self._markup.pour(
            "choice",
            person=reader.native,
            command=choice.command,
            options=joined(
                self._markup.pour("hidden", name=f"option-{name}", value=value)
                for name, value in choice.options.items()
            ),
            label=choice.label,
            hint=line("local-or-type", typed=choice.typed),
        )
