"""A message as Discord shows it: Markdown, in as many pages as it needs. Whatever people typed stays text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from discord.utils import escape_markdown

from bot.adapters.discord.customids import Deed
from bot.domain.ids import GroupId, PersonId
from bot.domain.saying import Choice, Line, Look, Say
from bot.ports.words import Words

# https://discord.com/developers/docs/resources/message#create-message and
# https://discord.com/developers/docs/components/reference#button
LONGEST_PAGE = 2000
LONGEST_LABEL = 80
MOST_BUTTONS = 25

# A joiner keeps what people typed from calling anybody, also where an app goes by the text alone.
_JOINER = "\u2060"
_CALLS = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
# Mentions, channels, commands, times and emojis all begin with it; escape_markdown leaves it, and no backslash alone.
_MARKS = re.compile(r"<(?=[@#/a:it])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """One button: what stands on it, and what it does."""

    label: str
    custom_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """One message, ready to be sent: its pages in order, and the buttons under the last. `rings` are people's ids."""

    pages: tuple[str, ...]
    buttons: tuple[Button, ...] = ()
    rings: tuple[int, ...] = ()


class Rendering:
    """Renders with the words of one catalogue."""

    def __init__(self, *, words: Words) -> None:
        self._words = words

    def of(self, say: Say, group: GroupId, locale: str) -> Rendered:
        """Render a message about a group, in the language of that BCP 47 tag.

        What cannot be a button, for there are too many or its options are too long, shows the command to use.
        """
        text = partial(self._text, locale=locale)
        # One message may not have two buttons that do the same.
        different = {Deed.of(group, choice).custom_id or choice.typed: choice for choice in say.choices}.values()
        fitting = [(choice, Deed.of(group, choice).custom_id) for choice in different]
        buttons = [
            Button(label=cut(self._plain(choice.label, locale), LONGEST_LABEL), custom_id=custom_id)
            for choice, custom_id in fitting
            if custom_id is not None
        ][:MOST_BUTTONS]
        shown = {button.custom_id for button in buttons}
        left = [choice for choice, custom_id in fitting if custom_id not in shown]
        blocks = [_block(look, [text(line) for line in lines]) for look, lines in _by_look([*say.lines, *_typed(left)])]
        return Rendered(
            pages=tuple(_pages("\n".join(blocks).strip())),
            buttons=tuple(buttons),
            rings=tuple(int(person.native) for person in say.rings),
        )

    def _text(self, line: Line, locale: str) -> str:
        return "".join(
            f"<@{span.native}>" if isinstance(span, PersonId) else escaped(span)
            for span in self._words.spans(line, locale)
        )

    def _plain(self, line: Line, locale: str) -> str:
        """Return a line for a button, where nothing is markup and people cannot be named."""
        return "".join(span for span in self._words.spans(line, locale) if not isinstance(span, PersonId)).strip()


def escaped(text: str) -> str:
    """Return text that Discord shows as it is: no markup, no mention, and links left whole."""
    quiet = _CALLS.sub(f"@{_JOINER}", escape_markdown(text))
    return _MARKS.sub(r"\\<", quiet)


def _by_look(lines: Iterable[Line]) -> Iterator[tuple[Look, Iterator[Line]]]:
    return groupby(lines, key=lambda line: line.look)


def _typed(choices: Sequence[Choice]) -> list[Line]:
    return [
        Line(id="discord-choice", args={"label": choice.label, "command": choice.typed}, look=Look.ITEM)
        for choice in choices
    ]


def _block(look: Look, texts: Sequence[str]) -> str:
    match look:
        case Look.HEADING:
            return "\n" + "\n".join(f"**{text}**" for text in texts)
        case Look.ITEM:
            return "\n".join(f"- {text}" for text in texts)
        case Look.STEP:
            return "\n".join(f"{number}. {text}" for number, text in enumerate(texts, start=1))
        case Look.QUIET:
            return "\n".join(f"-# {text}" for text in texts)
        case Look.PLAIN:
            return "\n".join(texts)


def _pages(text: str) -> Iterator[str]:
    """Cut between lines, and within a line only where it alone is longer than a page."""
    page = ""
    for line in text.split("\n"):
        rest = line
        if page and len(page) + 1 + len(rest) > LONGEST_PAGE:
            yield page
            page = ""
        while len(rest) > LONGEST_PAGE:
            yield rest[:LONGEST_PAGE]
            rest = rest[LONGEST_PAGE:]
        page = f"{page}\n{rest}" if page else rest
    if page:
        yield page


def cut(text: str, longest: int) -> str:
    """Return the text, its end left out where it is longer."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
