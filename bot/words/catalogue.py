"""Fluent catalogues, read once; lines become sentences with times and lists written as the locale writes them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_datetime, format_time
from babel.lists import format_list
from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser
from fluent.syntax.ast import Junk, Message
from whenever import Date, Time, TimeDelta, ZonedDateTime

from bot.domain.ids import PersonId, PlaceId
from bot.domain.memory import Memory
from bot.domain.saying import Arg, Held, Line
from bot.ports.words import DEFAULT_LOCALE
from bot.words.needs import Written, misfits, needs

# People and places stand in a sentence between two private-use characters, which nothing that is typed may hold.
_MARKS: Mapping[type[PersonId | PlaceId], str] = {PersonId: "\ue000", PlaceId: "\ue001"}
_NAMED = re.compile("([\ue000\ue001].*?)\ue002", re.DOTALL)
_SECONDS_A_MINUTE = 60
_MINUTES_A_DAY = 24 * 60


class WordsError(Exception):
    """A catalogue that cannot be read: the file, or the locale that is not there, and the line in it."""


class Catalogue:
    """Every sentence, by locale. A locale that is not there is answered in British English.

    `memory` holds what people typed that stands in sentences and in no row.
    """

    def __init__(self, folders: Iterable[Path]) -> None:
        """Read `<folder>/<locale>/*.ftl` of each folder; a later folder's sentences replace an earlier one's.

        Raises `WordsError` for a file that is not Fluent, and for a sentence that ours cannot be replaced by.
        """
        self.memory: Memory[str] = Memory()
        self._bundles: dict[str, FluentBundle] = {}
        self._messages: list[Written] = []
        for folder in folders:
            for file in sorted(folder.glob("*/*.ftl")):
                self._read(file)
        if DEFAULT_LOCALE not in self._bundles:
            raise WordsError(DEFAULT_LOCALE)
        for misfit in misfits(self._messages, self._ours()):
            raise WordsError(misfit.file, misfit.line)
        self._without_args = lru_cache(maxsize=512)(self._format)

    @property
    def locales(self) -> tuple[str, ...]:
        """The locales that there are words for."""
        return tuple(self._bundles)

    def spans(self, line: Line, locale: str) -> Sequence[str | PersonId | PlaceId]:
        """Return the sentence in pieces, people and places apart. Raises `LookupError` for an unknown id: a bug."""
        return [_span(piece) for piece in _NAMED.split(self.text(line, locale)) if piece]

    def sketch(self, id_: str) -> str:
        """Return a sentence as it is shipped, with the names of what is put into it. Raises `KeyError`."""
        names = {name: needed for written in self._messages for name, needed in written.needs.items()}[id_]
        return self._format(id_, DEFAULT_LOCALE, {name: f"[{name}]" for name in names})

    def text(self, line: Line, locale: str) -> str:
        """Return the sentence as one string, people and places still as marked ids."""
        spoken = locale if locale in self._bundles else DEFAULT_LOCALE
        if not line.args:
            return self._without_args(line.id, spoken)
        return self._format(line.id, spoken, {name: self._written(arg, spoken) for name, arg in line.args.items()})

    def _format(self, id_: str, locale: str, args: Mapping[str, str | int] | None = None) -> str:
        bundle = self._bundles[locale]
        name, _, attribute = id_.partition(".")
        if not bundle.has_message(name):
            bundle = self._bundles[DEFAULT_LOCALE]
        message = bundle.get_message(name)
        pattern = message.attributes[attribute] if attribute else message.value
        if pattern is None:
            raise LookupError(id_)
        text, errors = bundle.format_pattern(pattern, dict(args or {}))
        if errors:
            raise LookupError(id_)
        return str(text)

    def _written(self, arg: Arg, locale: str) -> str | int:
        match arg:
            case PersonId() | PlaceId():
                return f"{_MARKS[type(arg)]}{arg}\ue002"
            case str() | int():
                return arg
            case Line():
                return self.text(arg, locale)
            case tuple():
                return format_list([str(self._written(one, locale)) for one in arg], locale=_babel(locale))
            case _:
                return self._value(arg, locale)

    def _value(self, arg: Held | TimeDelta | ZonedDateTime | Date | Time, locale: str) -> str:
        babel = _babel(locale)
        match arg:
            case Held():
                return self.memory.recall(arg.code) or self._format("held-no-more", locale)
            case TimeDelta():
                return self._length(arg, locale)
            case ZonedDateTime():
                return format_datetime(arg.to_plain().to_stdlib(), self._format("pattern-moment", locale), locale=babel)
            case Date():
                return format_date(arg.to_stdlib(), self._format("pattern-day", locale), locale=babel)
            case Time():
                return format_time(arg.to_stdlib(), self._format("pattern-time", locale), locale=babel)

    def _length(self, length: TimeDelta, locale: str) -> str:
        minutes = round(length.total("seconds")) // _SECONDS_A_MINUTE
        days, minutes = divmod(minutes, _MINUTES_A_DAY)
        hours, minutes = divmod(minutes, 60)
        parts = (("length-days", days), ("length-hours", hours), ("length-minutes", minutes))
        written = [self._format(id_, locale, {"count": count}) for id_, count in parts if count]
        return format_list(written or [self._format("length-minutes", locale, {"count": 0})], locale=_babel(locale))

    def _read(self, file: Path) -> None:
        text = file.read_text(encoding="utf-8")
        parsed = FluentParser().parse(text)
        for entry in parsed.body:
            line = text.count("\n", 0, entry.span.start) + 1 if entry.span else 1
            if isinstance(entry, Junk):
                raise WordsError(file, line)
            if isinstance(entry, Message):
                self._messages.append(Written(file=file, line=line, needs=needs(entry)))
        bundle = self._bundles.setdefault(file.parent.name, FluentBundle([file.parent.name], use_isolating=False))
        bundle.add_resource(parsed, allow_overrides=True)

    def _ours(self) -> Mapping[str, frozenset[str]]:
        """Return the arguments of every sentence as it was first written in British English."""
        ours: dict[str, frozenset[str]] = {}
        for written in self._messages:
            if written.file.parent.name == DEFAULT_LOCALE and ours.keys().isdisjoint(written.needs):
                ours |= written.needs
        return ours


def _span(piece: str) -> str | PersonId | PlaceId:
    return next((kind(piece[1:]) for kind, mark in _MARKS.items() if piece.startswith(mark)), piece)


@lru_cache
def _babel(locale: str) -> Locale:
    return Locale.parse(locale, sep="-")
