"""A message as Discord shows it: Markdown, in as many pages as it needs. Whatever people typed stays text."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from typing import TypeAlias

from discord.utils import escape_markdown

from bot.adapters.discord.customids import Deed
from bot.adapters.discord.fitting import cut
from bot.adapters.discord.mentions import CLOSE, OPEN, Mentions
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.saying import Arg, Choice, File, Line, Look, Say, line
from bot.ports.words import Words

# https://discord.com/developers/docs/resources/message#create-message and
# https://discord.com/developers/docs/components/reference#button
LONGEST_PAGE = 2000
LONGEST_LABEL = 80
MOST_BUTTONS = 25
# For each file, https://discord.com/developers/docs/reference#uploading-files
LARGEST_FILE = 10 * 1024 * 1024

# A joiner keeps what people typed from calling anybody, also where an app goes by the text alone.
_JOINER = "\u2060"
_CALLS = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
# Mentions, channels, commands, times and emojis all begin with it; escape_markdown leaves it, and no backslash alone.
_MARKS = re.compile(r"<(?=[@#/a:it])")
# Around what is shown as it is; in JSON, which it is, a tick can be written so.
_FENCE = "```"
_TICK = "\\u0060"
# What a sentence is given under this name is a command, as it is called in the house.
_COMMAND = "command"

# Gives what a person is called in the group, for where nobody can be mentioned.
Called: TypeAlias = Callable[[PersonId, GroupId], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """One button: what stands on it, and what it does."""

    label: str
    custom_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """One message, ready to be sent: its pages in order, and the buttons under the last. `rings` are people's ids.

    `menu` is what the buttons are called when they are so many that they become a menu. `files` come with the last
    page; where Discord does not take them, `instead` is said, which is None without any.
    """

    pages: tuple[str, ...]
    buttons: tuple[Button, ...] = ()
    rings: tuple[int, ...] = ()
    menu: str = ""
    files: tuple[File, ...] = field(default=(), repr=False)
    instead: "Rendered | None" = field(default=None, repr=False)


class Rendering:
    """Renders with the words of one catalogue."""

    def __init__(self, *, words: Words, mentions: Mentions, called: Called) -> None:
        self._words = words
        self._mentions = mentions
        self._called = called

    def of(self, say: Say, group: GroupId, locale: str) -> Rendered:
        """Render a message about a group, in the language of that BCP 47 tag; in text where a file is too large.

        What cannot be a button, for there are too many or its options are too long, shows the command to use.
        """
        if say.files:
            return self._with_files(say, group, locale)
        text = partial(self._text, locale=locale)
        # One message may not have two buttons that do the same.
        different = {Deed.of(group, choice).custom_id or choice.typed: choice for choice in say.choices}.values()
        fitting = [(choice, Deed.of(group, choice).custom_id) for choice in different]
        buttons = [
            Button(label=cut(self.plain(choice.label, group, locale), LONGEST_LABEL), custom_id=custom_id)
            for choice, custom_id in fitting
            if custom_id is not None
        ][:MOST_BUTTONS]
        shown = {button.custom_id for button in buttons}
        left = [choice for choice, custom_id in fitting if custom_id not in shown]
        lines = [*say.lines, *map(self._typed, left)]
        blocks = [_block(look, [text(one) for one in alike]) for look, alike in _by_look(lines)]
        return Rendered(
            pages=tuple(_pages("\n".join(blocks).strip())),
            buttons=tuple(buttons),
            rings=tuple(int(person.native) for person in say.rings),
            menu=self.plain(line("discord-menu"), group, locale) if buttons else "",
        )

    def _with_files(self, say: Say, group: GroupId, locale: str) -> Rendered:
        instead = self.of(say.in_text, group, locale)
        if any(len(file.content) > LARGEST_FILE for file in say.files):
            return instead
        told = say.with_files
        # A picture shows nothing that its message does not say.
        if not all(file.seen for file in say.files):
            told = told.then(line("discord-files", Look.ITEM))
        return replace(self.of(told, group, locale), files=say.files, instead=instead)

    def plain(self, text: Line, group: GroupId, locale: str) -> str:
        """Return a line for where nothing is markup: people by their names there, commands as they are typed."""
        spans = self._words.spans(text, locale)
        named = (self._called(span, group) if isinstance(span, PersonId) else span for span in spans)
        return self._mentions.typed("".join(named)).strip()

    def _text(self, text: Line, locale: str) -> str:
        if text.look is Look.CODE:
            return "".join(self._words.spans(text, locale))
        spans = self._words.spans(_quoted(text), locale)
        return "".join(self._span(span) for span in spans)

    def _span(self, span: str | PersonId | PlaceId) -> str:
        match span:
            case PersonId():
                return f"<@{span.native}>"
            case PlaceId():
                return f"<#{span.native}>"
            case _:
                return self._mentions.linked(escaped(span))

    def _typed(self, choice: Choice) -> Line:
        written = self._mentions.with_options(choice.command, choice.options)
        return line("discord-choice", Look.ITEM, label=choice.label, typed=written)


def escaped(text: str) -> str:
    """Return text that Discord shows as it is: no markup, no mention, and links left whole."""
    quiet = _CALLS.sub(f"@{_JOINER}", escape_markdown(text))
    return _MARKS.sub(r"\\<", quiet)


def _quoted(text: Line) -> Line:
    """Return the line with the command it names between quotes, which makes a link of it."""
    command = text.args.get(_COMMAND)
    if not isinstance(command, str):
        return text
    args: Mapping[str, Arg] = {**text.args, _COMMAND: f"{OPEN}{command}{CLOSE}"}
    return replace(text, args=args)


def _by_look(lines: Iterable[Line]) -> Iterator[tuple[Look, Iterator[Line]]]:
    return groupby(lines, key=lambda line: line.look)


def _block(look: Look, texts: Sequence[str]) -> str:
    match look:
        case Look.HEADING:
            return "\n" + "\n".join(f"**{text}**" for text in texts)
        case Look.ITEM:
            return "\n".join(f"- {text}" for text in texts)
        case Look.STEP:
            return "\n".join(f"{number}. {text}" for number, text in enumerate(texts, start=1))
        case Look.CODE:
            return "\n".join((_FENCE, *(text.replace("`", _TICK) for text in texts), _FENCE))
        case Look.QUIET:
            return "\n".join(f"-# {text}" for text in texts)
        case Look.PLAIN:
            return "\n".join(texts)


def _pages(text: str) -> Iterator[str]:
    """Cut between lines, and within a line only where it alone is longer than a page; a fence ends with its page."""
    page, fenced = "", False
    for line_ in text.split("\n"):
        rest = line_
        room = LONGEST_PAGE - (len(_FENCE) + 1 if fenced else 0)
        if page and len(page) + 1 + len(rest) > room:
            yield f"{page}\n{_FENCE}" if fenced else page
            page = _FENCE if fenced else ""
        fenced ^= line_ == _FENCE
        while len(rest) > LONGEST_PAGE:
            yield rest[:LONGEST_PAGE]
            rest = rest[LONGEST_PAGE:]
        page = f"{page}\n{rest}" if page else rest
    if page:
        yield page
