"""A rota as a picture, before anybody has put it in words: its weeks, and a row for each shift."""

from dataclasses import dataclass

from bot.domain.saying import Arg, Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One shift: when it is, how much of it is open, and each of those who are on. `short` marks it as open."""

    when: Line
    places: Line
    people: tuple[Arg, ...]
    short: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What a week is called, and its shifts."""

    heading: Line
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A whole picture. `more` is said where not all of it can be drawn, `alt` for whoever does not see it."""

    title: Line
    lines: tuple[Line, ...]
    weeks: tuple[Week, ...]
    more: Line
    alt: Line
