"""Pictures of rotas put in words: each name shortened, and nothing in it that turns the letters of others round."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import regex

from bot.domain.ids import PersonId, PlaceId
from bot.domain.picture import Picture, Row
from bot.domain.saying import Arg, Line
from bot.ports.words import Words

LONGEST_NAME = 16
LONGEST_TITLE = 60
# What people see as one letter is longer than this only where somebody made it so.
LONGEST_LETTER = 16
CUT = "…"

_LETTERS = regex.compile(r"\X")
# Joiners stay: letters and emoji are made with them.
_JOINERS = "\u200c\u200d"
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldRow:
    """One shift in words; `short` marks it as open."""

    when: str
    places: str
    people: tuple[str, ...]
    short: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldWeek:
    """A week in words."""

    heading: str
    rows: tuple[ToldRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A picture in words, people by their names."""

    title: str
    lines: tuple[str, ...]
    weeks: tuple[ToldWeek, ...]
    more: str
    alt: str


def told(picture: Picture, words: Words, locale: str, called: Callable[[PersonId], str]) -> Told:
    """Return the picture in the language of that BCP 47 tag."""

    def text(arg: Arg) -> str:
        match arg:
            case Line():
                return "".join(_span(span, called) for span in words.spans(arg, locale))
            case PersonId():
                return _span(arg, called)
            case _:
                return str(arg)

    def row(one: Row) -> ToldRow:
        people = tuple(text(each) for each in one.people)
        return ToldRow(when=text(one.when), places=text(one.places), people=people, short=one.short)

    return Told(
        title=shortened(text(picture.title), LONGEST_TITLE),
        lines=tuple(text(line) for line in picture.lines),
        weeks=tuple(ToldWeek(heading=text(week.heading), rows=tuple(map(row, week.rows))) for week in picture.weeks),
        more=text(picture.more),
        alt=text(picture.alt),
    )


def shortened(text: str, longest: int) -> str:
    """Return the text in at most so many letters as people see them, none of them cut through."""
    seen = "".join(each for each in text if each in _JOINERS or unicodedata.category(each) not in _UNSEEN)
    letters = [each if len(each) <= LONGEST_LETTER else CUT for each in letters_of(seen.strip())]
    return "".join(letters if len(letters) <= longest else [*letters[: longest - 1], CUT])


def letters_of(text: str) -> list[str]:
    """Return the text in letters as people see them (UAX #29)."""
    return [str(letter) for letter in _LETTERS.findall(text)]


def _span(span: str | PersonId | PlaceId, called: Callable[[PersonId], str]) -> str:
    match span:
        case PersonId():
            return shortened(called(span), LONGEST_NAME)
        case PlaceId():
            return span.native
        case _:
            return span
