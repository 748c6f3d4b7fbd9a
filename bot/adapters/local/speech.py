"""What was said, as HTML: the lines by their look, then what may be answered, each a button and a thing to type."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from itertools import groupby

from markupsafe import Markup as Html

from bot.adapters.local.markup import Markup, joined
from bot.adapters.local.said import Said
from bot.domain.ids import PersonId, PlaceId
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

    def html(self, said: Said, reader: PersonId | None, log: str, meeting: PlaceId | None = None) -> Html:
        """Return it as `reader` sees it in the log of that id: in their own talk, or in a meeting room they are in.

        In the group's room there is no reader: who presses something there cannot be told.
        """
        return self._markup.pour(
            "said",
            id=element_of(log, said.number),
            by="bot" if said.by is None else "person",
            name=line("local-bot") if said.by is None else said.by,
            at=line("local-at", time=said.at.to_tz(self._zone).time()),
            lines=self._body(said.what, alone=reader is not None and meeting is None),
            choices=self._choices(said.what, reader, meeting),
        )

    def _body(self, what: Say | str, *, alone: bool) -> Html:
        if isinstance(what, str):
            return self._markup.pour("typed", text=what)
        # Files are for the person they were handed to, and for nobody else's eyes.
        shown = what if alone else what.to_be_kept
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

    def _choices(self, what: Say | str, reader: PersonId | None, meeting: PlaceId | None) -> Html:
        if isinstance(what, str) or not what.choices:
            return Html()
        if reader is None:
            return self._markup.pour("items", items=joined(map(self._typed, what.choices)))
        choices = joined(self._choice(choice, reader, meeting) for choice in what.choices)
        return self._markup.pour("choices", label=line("local-choices"), choices=choices)

    def _typed(self, choice: Choice) -> Html:
        return self._markup.pour("item", text=line("local-type-instead", label=choice.label, typed=choice.typed))

    def _choice(self, choice: Choice, reader: PersonId, meeting: PlaceId | None) -> Html:
        hidden = {f"option-{name}": value for name, value in choice.options.items()}
        # What is typed in a meeting room is read by those who are in it, and not by the bot.
        hint = "local-or-type" if meeting is None else "local-or-type-to-bot"
        return self._markup.pour(
            "choice",
            person=reader.native,
            command=choice.command,
            hidden=joined(
                self._markup.pour("hidden", name=name, value=value)
                for name, value in (hidden if meeting is None else hidden | {"place": meeting.native}).items()
            ),
            label=choice.label,
            hint=line(hint, typed=choice.typed),
        )
