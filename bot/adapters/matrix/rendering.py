"""A message as Matrix shows it: plain text, and the same in HTML. Whatever people typed stays text in both.

Sent as `m.text`: clients stay silent for an `m.notice`, and a ping that makes no sound is none.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from itertools import groupby
from typing import Any, TypeAlias
from urllib.parse import quote

from bot.adapters.matrix.threads import Thread
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.saying import Choice, Line, Look, Say, line
from bot.ports.words import LocaleOf, Words

NameOf: TypeAlias = Callable[[PersonId], str]

# A word joiner between the two keeps a room from being rung, in clients that still go by the text.
_WHOLE_ROOM = re.compile(r"@(?=room)", re.IGNORECASE)
_JOINER = "\u2060"
_BREAK = "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """One message, ready to be sent. `mentions` are the people it is meant for, who may be rung for it.

    `thread` is where the command was typed that it answers, or None.
    """

    body: str
    html: str
    mentions: tuple[str, ...] = ()
    thread: Thread | None = None

    @property
    def content(self) -> dict[str, Any]:
        """The content of an `m.room.message` (https://spec.matrix.org/latest/client-server-api/#mroommessage)."""
        content: dict[str, Any] = {
            "msgtype": "m.text",
            "body": self.body,
            "format": "org.matrix.custom.html",
            "formatted_body": self.html,
            # Always there, also when empty: without it, clients ring for any name they find in the text.
            "m.mentions": {"user_ids": list(self.mentions)} if self.mentions else {},
        }
        if self.thread is not None:
            content["m.relates_to"] = dict(self.thread.relation)
        return content


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    text: str
    html: str


class Rendering:
    """Renders in the world's language, which is `locale`, or in that of the group that a message is about."""

    def __init__(self, *, words: Words, locale: str, locale_of: LocaleOf | None = None) -> None:
        self._words = words
        self._locale = locale
        self._locale_of = locale_of

    async def locale_of(self, group: GroupId | None) -> str:
        """Return the language in which something about the group is said."""
        return self._locale if group is None or self._locale_of is None else await self._locale_of(group)

    def of(self, say: Say, name_of: NameOf, *, private: bool, locale: str | None = None) -> Rendered:
        """Render a message. In private, choices are numbered; elsewhere each shows the line to type."""
        written = partial(self._written, name_of=name_of, locale=locale or self._locale)
        blocks = [
            _block(look, [written(each) for each in lines])
            for look, lines in groupby(say.lines, key=lambda each: each.look)
        ]
        blocks += [
            _block(look, [written(each) for each in lines]) for look, lines in _choices(say.choices, private=private)
        ]
        return Rendered(
            body="\n".join(block.text for block in blocks).strip(),
            html="".join(block.html for block in blocks),
            mentions=tuple(person.native for person in say.rings),
        )

    def title(self, name: Line) -> str:
        """Return a line as bare text, for a room's name."""
        return "".join(str(span) for span in self._words.spans(name, self._locale))

    def _written(self, each: Line, *, name_of: NameOf, locale: str) -> _Written:
        spans = self._words.spans(each, locale)
        return _Written(
            text="".join(_text(span, name_of) for span in spans),
            html="".join(_html(span, name_of) for span in spans),
        )


def _choices(choices: Sequence[Choice], *, private: bool) -> Iterable[tuple[Look, list[Line]]]:
    if not choices:
        return
    if private:
        yield Look.STEP, [choice.label for choice in choices]
        yield Look.PLAIN, [line("matrix-answer-number")]
        return
    yield Look.ITEM, [line("matrix-choice", label=choice.label, command=f"!{choice.typed}") for choice in choices]


def _text(span: str | PersonId | PlaceId, name_of: NameOf) -> str:
    match span:
        case PersonId():
            return _defused(name_of(span))
        case PlaceId():
            return span.native
        case _:
            return _defused(span)


def _html(span: str | PersonId | PlaceId, name_of: NameOf) -> str:
    inner = escape(_text(span, name_of)).replace("\n", "<br>")
    if isinstance(span, PersonId | PlaceId):
        return f'<a href="https://matrix.to/#/{quote(span.native, safe="")}">{inner}</a>'
    return inner


def _defused(text: str) -> str:
    return _WHOLE_ROOM.sub(f"@{_JOINER}", text)


def _block(look: Look, lines: Sequence[_Written]) -> _Written:
    texts, htmls = [each.text for each in lines], [each.html for each in lines]
    match look:
        case Look.HEADING:
            return _Written(text="\n" + "\n".join(texts), html=_wrapped(htmls, "p", "strong"))
        case Look.ITEM:
            text = "\n".join(f"- {text}" for text in texts)
            return _Written(text=text, html=f"<ul>{_wrapped(htmls, 'li')}</ul>")
        case Look.STEP:
            text = "\n".join(f"{number}. {text}" for number, text in enumerate(texts, start=1))
            return _Written(text=text, html=f"<ol>{_wrapped(htmls, 'li')}</ol>")
        case Look.CODE:
            return _Written(text="\n".join(texts), html=f"<pre><code>{_BREAK.join(htmls)}</code></pre>")
        case Look.PLAIN | Look.QUIET:
            return _Written(text="\n".join(texts), html=_wrapped(htmls, "p"))


def _wrapped(htmls: Sequence[str], *tags: str) -> str:
    opened = "".join(f"<{tag}>" for tag in tags)
    closed = "".join(f"</{tag}>" for tag in reversed(tags))
    return "".join(f"{opened}{html}{closed}" for html in htmls)
