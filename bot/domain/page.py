"""A page to be read outside any chat: headings, sentences and tables, before anybody has put it in words."""

from dataclasses import dataclass

from bot.domain.saying import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows that are alike. The first cell of a row is what it goes by."""

    caption: Line
    heads: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part with a heading of its own: sentences, then a list of them, then tables."""

    heading: Line
    lines: tuple[Line, ...] = ()
    items: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A whole page."""

    title: Line
    lines: tuple[Line, ...] = ()
    sections: tuple[Section, ...] = ()
