"""Pictures of rotas as PNG: in greys alone, wide as a phone's screen, in letters that can be read there.

Fonts come from packages that carry them under the SIL Open Font License: Noto Sans, Noto Sans Arabic, Heebo. Letters
that none of them has are boxes; whoever reads them so has the words beside the picture.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from threading import Lock

from PIL import Image, ImageDraw, ImageFont

from bot.domain.ids import PersonId
from bot.domain.picture import Picture
from bot.domain.saying import File, Seen
from bot.ports.words import Words
from bot.words.picturing import Told, ToldRow, ToldWeek, letters_of, told

NAME = "rota.png"
WIDTH = 1080
# Of greys, 0 is black: WCAG 2.2, 1.4.3 asks for 4.5 to 1 between letters and what is behind them, 1.4.11 for 3 to 1
# around what has a meaning.
PAPER, SHADE, INK, SOFT, EDGE = 255, 240, 26, 74, 110
TITLE, HEADING, TEXT, SMALL = 50, 40, 36, 32
BOLD, REGULAR = 700, 400
# What does not fit is not drawn, and the picture says so.
TALLEST = 8000

_MARGIN, _GAP = 44, 18
_PLACES_AT, _PEOPLE_AT = 390, 605
_LEADING = 1.4
# Room for another heading, for the words that not all fitted, and for the margin.
_FOOT = 400
_FONTS = (
    ("fontpkg_noto_sans", "NotoSans[wdth,wght].ttf"),
    ("fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf"),
    ("fontpkg_heebo", "Heebo[wght].ttf"),
)
# No font has a letter here: it draws the box that it draws for all it does not have.
_NOWHERE = "\U0010ffff"
# FreeType's faces are not for two threads at once; and it bounds what pictures take of the memory.
_ONE_AT_A_TIME = Lock()
_WEIGHT = b"Weight"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How letters are drawn: size in pixels, weight, grey."""

    size: int
    weight: int = REGULAR
    grey: int = INK


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A PNG with its width and height in pixels."""

    content: bytes
    width: int
    height: int


async def pictured(picture: Picture, words: Words, locale: str, called: Callable[[PersonId], str]) -> File:
    """Return the picture in the language of that BCP 47 tag, as a file; drawn off the event loop."""
    put = told(picture, words, locale, called)
    one = await asyncio.to_thread(drawn, put)
    seen = Seen(alt=put.alt, width=one.width, height=one.height)
    return File(name=NAME, kind="image/png", content=one.content, seen=seen)


def drawn(picture: Told) -> Drawn:
    """Draw it. It takes a while: not for the event loop."""
    content = BytesIO()
    with _ONE_AT_A_TIME:
        canvas = Image.new("L", (WIDTH, TALLEST), PAPER)
        height = _Pen(ImageDraw.Draw(canvas)).all(picture)
        canvas.crop((0, 0, WIDTH, height)).save(content, "PNG")
    return Drawn(content=content.getvalue(), width=WIDTH, height=height)


class _Pen:
    """Draws from the top down; `_y` is where it has come to."""

    def __init__(self, draw: ImageDraw.ImageDraw) -> None:
        self._draw = draw
        self._y = _MARGIN

    def all(self, picture: Told) -> int:
        """Draw all of it and return where it ends."""
        self._paragraph(picture.title, Style(size=TITLE, weight=BOLD))
        for line in picture.lines:
            self._paragraph(line, Style(size=SMALL, grey=SOFT))
        if not all(self._week(week) for week in picture.weeks):
            self._y += _GAP
            self._paragraph(picture.more, Style(size=SMALL))
        return self._y + _MARGIN

    def _week(self, week: ToldWeek) -> bool:
        """Draw a week, and return whether all of it fitted."""
        self._y += 2 * _GAP
        self._paragraph(week.heading, Style(size=HEADING, weight=BOLD))
        fitted = all(self._row(row) for row in week.rows)
        self._draw.line((_MARGIN, self._y, WIDTH - _MARGIN, self._y), fill=EDGE, width=2)
        return fitted

    def _row(self, row: ToldRow) -> bool:
        """Draw a row if there is room for it, and return whether there was."""
        style = Style(size=TEXT)
        lines = wrapped(row.people, WIDTH - _MARGIN - _PEOPLE_AT, style)
        height = 2 * _GAP + _leading(style) * max(1, len(lines))
        if self._y + height > TALLEST - _FOOT:
            return False
        if row.short:
            self._draw.rectangle((_MARGIN, self._y, WIDTH - _MARGIN, self._y + height), fill=SHADE)
        self._draw.line((_MARGIN, self._y, WIDTH - _MARGIN, self._y), fill=EDGE, width=2)
        top = self._y + _GAP
        self._write(_MARGIN + 10, top, row.when, style)
        self._write(_PLACES_AT, top, row.places, Style(size=TEXT, weight=BOLD if row.short else REGULAR))
        for number, line in enumerate(lines):
            self._write(_PEOPLE_AT, top + number * _leading(style), line, style)
        self._y += height
        return True

    def _paragraph(self, text: str, style: Style) -> None:
        for line in wrapped(tuple(text.split()), WIDTH - 2 * _MARGIN, style, between=" "):
            self._write(_MARGIN, self._y, line, style)
            self._y += _leading(style)

    def _write(self, x: int, y: int, text: str, style: Style) -> None:
        """Write one line; letters of several fonts stand on the same line."""
        base, at = y + style.size, float(x)
        for font, part in runs(text):
            drawing = _font(font, style.size, style.weight)
            self._draw.text((at, base), part, fill=style.grey, font=drawing, anchor="ls")
            at += drawing.getlength(part)


def wrapped(pieces: Sequence[str], width: int, style: Style, between: str = ", ") -> list[str]:
    """Return the pieces in lines that are no wider, as many in each as go; one piece too wide for a line is broken."""
    lines: list[str] = []
    fitting = (part for piece in pieces for part in _broken(piece, width - wide(between, style), style))
    for piece in fitting:
        joined = f"{lines[-1]}{between}{piece}" if lines else piece
        if lines and wide(joined, style) <= width:
            lines[-1] = joined
        else:
            if lines:
                lines[-1] += between.rstrip()
            lines.append(piece)
    return lines


def _broken(piece: str, width: float, style: Style) -> Iterator[str]:
    """Give the piece in parts that are no wider: between words, and where one alone is wider, between its letters."""
    part = ""
    for word in piece.split(" "):
        for bit in _bits(word, width, style):
            joined = f"{part} {bit}" if part else bit
            if part and wide(joined, style) > width:
                yield part
                joined = bit
            part = joined
    yield part


def _bits(word: str, width: float, style: Style) -> Iterator[str]:
    bit = ""
    for letter in letters_of(word):
        if bit and wide(bit + letter, style) > width:
            yield bit
            bit = ""
        bit += letter
    yield bit


def wide(text: str, style: Style) -> float:
    """Return how wide the text is, in pixels."""
    return sum(_font(font, style.size, style.weight).getlength(part) for font, part in runs(text))


def _leading(style: Style) -> int:
    return round(style.size * _LEADING)


def runs(text: str) -> list[tuple[int, str]]:
    """Return the text in runs of one font each; a space between two runs of one font is of that font as well."""
    letters = [_in_font(letter) for letter in letters_of(text)]
    runs: list[tuple[int, str]] = []
    for number, (font, letter) in enumerate(letters):
        of = font
        if letter == " " and runs:
            after = next((each for each, following in letters[number:] if following != " "), 0)
            of = after if after == runs[-1][0] else 0
        if runs and runs[-1][0] == of:
            runs[-1] = (of, runs[-1][1] + letter)
        else:
            runs.append((of, letter))
    return runs


@lru_cache(maxsize=4096)
def _in_font(letter: str) -> tuple[int, str]:
    """Return the first font that has the letter, and the letter; a box where none has it."""
    for font in range(len(_FONTS)):
        if all(_has(font, part) for part in letter):
            return font, letter
    return 0, _NOWHERE


@lru_cache(maxsize=4096)
def _has(font: int, part: str) -> bool:
    drawing = _font(font, TEXT, REGULAR)
    return part.isspace() or bytes(drawing.getmask(part)) != bytes(drawing.getmask(_NOWHERE))


@lru_cache(maxsize=64)
def _font(font: int, size: int, weight: int) -> ImageFont.FreeTypeFont:
    package, name = _FONTS[font]
    drawing = ImageFont.truetype(str(files(package) / "files" / name), size)
    axes = drawing.get_variation_axes()
    drawing.set_variation_by_axes([weight if axis["name"] == _WEIGHT else axis["default"] or 0 for axis in axes])
    return drawing
