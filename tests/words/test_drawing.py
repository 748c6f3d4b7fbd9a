"""A rota as a picture: what is on it can be read on a phone, in greys, whatever people are called."""

import asyncio
import threading
from dataclasses import replace
from io import BytesIO

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image, ImageChops

from bot.domain.picture import Picture
from bot.domain.saying import line
from bot.words import drawing, picturing
from bot.words.drawing import EDGE, HEADING, INK, PAPER, SHADE, SMALL, SOFT, TALLEST, TEXT, TITLE, WIDTH, Style
from bot.words.picturing import LONGEST_LETTER, Told, ToldRow, ToldWeek, shortened
from tests.cogs.rota.desk import WORDS

# WCAG 2.2, 1.4.3 and 1.4.11, at level AA.
LETTERS, MARKS = 4.5, 3.0
SMALLEST = 28
FAMILY = "👩‍👩‍👧‍👦"
NAMES = (
    "bee",
    "محمد علي",
    "דוד בן",
    f"{FAMILY}🌻",
    "नेहा",
    "Zoe\u0308",
    "李小龍",
    "W" * 16,
    "\u202egnorw",
    "a" + "\u0301" * 500,
    "",
)


def luminance(grey: int) -> float:
    """Return the relative luminance, as WCAG 2.2 defines it."""
    part = grey / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def contrast(one: int, other: int) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def row(*people: str, places: str = "2 open") -> ToldRow:
    return ToldRow(when="Tue 24 Nov, 19:00", places=places, people=people, short=places != "full")


def told(*rows: ToldRow) -> Told:
    week = ToldWeek(heading="Week of Monday 23 November", rows=rows)
    return Told(title="1. Evening check-in", lines=("Every Tuesday.",), weeks=(week,), more="Not all.", alt="A rota.")


def image(picture: Told) -> Image.Image:
    return Image.open(BytesIO(drawing.drawn(picture).content))


def test_the_contrast_of_all_letters_and_edges_is_as_wcag_asks() -> None:
    assert contrast(0, 255) == pytest.approx(21)
    assert min(contrast(letters, behind) for letters in (INK, SOFT) for behind in (PAPER, SHADE)) >= LETTERS
    assert min(contrast(EDGE, behind) for behind in (PAPER, SHADE)) >= MARKS


def test_it_has_those_greys_and_no_others_but_for_what_lies_between() -> None:
    picture = image(told(row("bee"), row("cat", places="full")))

    greys = {grey for _, grey in picture.getcolors() or []}
    assert picture.mode == "L"
    assert min(greys) == INK
    assert {PAPER, SHADE, EDGE, INK} <= greys


def test_it_is_as_wide_as_a_phone_and_its_letters_are_large() -> None:
    one = drawing.drawn(told(row("bee")))

    assert one.width == WIDTH == 1080
    assert image(told(row("bee"))).size == (one.width, one.height)
    assert min(TITLE, HEADING, TEXT, SMALL) >= SMALLEST


def test_what_is_open_is_said_in_words_and_not_by_a_grey_alone() -> None:
    shaded, same = (
        row("bee", places="2 open"),
        ToldRow(when="Tue 24 Nov, 19:00", places="full", people=("bee",), short=True),
    )

    assert ImageChops.difference(image(told(shaded)), image(told(same))).getbbox() is not None


@pytest.mark.parametrize("name", NAMES)
def test_no_name_breaks_it_or_reaches_over_its_edge(name: str) -> None:
    picture = image(told(row(shortened(name, picturing.LONGEST_NAME), "cat", "dan (19:00 to 20:00)")))

    margin = picture.crop((WIDTH - 40, 0, WIDTH, picture.height))
    assert margin.getextrema() == (PAPER, PAPER)


def test_a_name_of_two_words_is_read_from_the_right_where_its_letters_are() -> None:
    arabic = drawing.runs("محمد علي (20:00 to 21:00), דוד בן")

    assert [part for _, part in arabic] == ["محمد علي", " (20:00 to 21:00), ", "דוד בן"]


def test_letters_that_no_font_has_are_one_box_each() -> None:
    box = drawing.runs("\U0010fffe")

    assert drawing.runs(f"{FAMILY}李") == [(0, box[0][1] * 2)]


@given(text=some.text(max_size=60), longest=some.integers(1, 20))
def test_a_name_is_never_cut_within_what_people_see_as_one_letter(text: str, longest: int) -> None:
    short = shortened(text, longest)

    letters, whole = regex.findall(r"\X", short), regex.findall(r"\X", shortened(text, 1000))
    assert len(letters) <= longest
    assert letters == whole or (letters[-1] == "…" and letters[:-1] == whole[: len(letters) - 1])
    assert all(len(letter) <= LONGEST_LETTER for letter in letters)


def test_a_family_of_four_counts_as_one_letter() -> None:
    assert shortened(FAMILY * 3, 2) == f"{FAMILY}…"
    assert shortened("\u202eabc\u0007", 9) == "abc"


def test_lines_are_no_wider_than_there_is_room_and_hold_all_that_was_to_be_said() -> None:
    style = Style(size=TEXT)
    pieces = ("bee", "W" * 40, "cat (20:00 to 21:00)", "dan")

    lines = drawing.wrapped(pieces, 400, style)

    assert max(drawing.wide(line, style) for line in lines) <= 400
    assert regex.sub(r"[ ,]", "", "".join(lines)) == regex.sub(r"[ ,]", "", "".join(pieces))


def test_what_does_not_fit_is_left_out_and_the_picture_says_so() -> None:
    many, fewer = told(*[row("bee")] * 400), told(*[row("bee")] * 399)
    silent = replace(many, more="")

    whole = drawing.drawn(many)

    assert whole.height <= TALLEST
    assert drawing.drawn(fewer).content == whole.content
    assert drawing.drawn(silent).height < whole.height


async def test_it_is_drawn_off_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[int] = []

    def watched(_picture: Told) -> drawing.Drawn:
        threads.append(threading.get_ident())
        return drawing.Drawn(content=b"", width=1, height=1)

    monkeypatch.setattr(drawing, "drawn", watched)
    words = line("rota-nobody-yet")
    await drawing.pictured(Picture(title=words, lines=(), weeks=(), more=words, alt=words), WORDS, "en-GB", str)

    assert len(threads) == 1
    assert threading.get_ident() not in threads


async def test_several_that_are_drawn_at_once_come_out_whole() -> None:
    picture = told(row(*NAMES))

    several = await asyncio.gather(*(asyncio.to_thread(drawing.drawn, picture) for _ in range(4)))

    assert {one.content for one in several} == {drawing.drawn(picture).content}
