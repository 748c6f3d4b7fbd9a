"""The HTML says what the plain body says, word for word and line for line, for every sentence there is."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import settings
from bot.adapters.matrix.rendering import Rendered, Rendering
from bot.domain.ids import PersonId
from bot.domain.saying import Choice, Line, Look, Say, line
from bot.ports.words import DEFAULT_LOCALE
from bot.words.catalogue import Catalogue
from tests.words.agreement import needed_in

SHIPPED = settings.shipped() / "words"
NEEDED = needed_in(SHIPPED / DEFAULT_LOCALE)
ANN = PersonId("mx:@ann:hs.test")
AWKWARD = "a < b & c > d\nsecond “line” 1. with - marks @room"


@pytest.fixture(scope="module")
def rendering() -> Rendering:
    return Rendering(words=Catalogue([SHIPPED]), locale=DEFAULT_LOCALE)


class _Shown(HTMLParser):
    """Reads HTML as a person sees it: a paragraph or an item is a line, items with their mark or number."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._number: int | None = None
        self._is_code = False

    def handle_endtag(self, tag: str) -> None:
        self._is_code = self._is_code and tag != "code"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._is_code = self._is_code or tag == "code"
        match tag:
            case "ol":
                self._number = 0
            case "ul":
                self._number = None
            case "li" if self._number is not None:
                self._number += 1
                self.lines.append(f"{self._number}. ")
            case "li":
                self.lines.append("- ")
            case "p" | "br" | "pre":
                self.lines.append("")
            case _:
                assert tag in {"strong", "a", "code"}

    def handle_data(self, data: str) -> None:
        first, *further = data.split("\n") if self._is_code else [data]
        self.lines[-1] += first
        self.lines += further


def shown(rendered: Rendered) -> list[str]:
    reader = _Shown()
    reader.feed(rendered.html)
    reader.close()
    return reader.lines


def written(rendered: Rendered) -> list[str]:
    """Return the lines of the plain body; the empty one before a heading is its way to stand apart."""
    return [each for each in rendered.body.split("\n") if each]


def render(rendering: Rendering, message: Say, *, private: bool = True) -> Rendered:
    return rendering.of(message, lambda _: "Ann <b>", private=private)


def sentence(id_: str, look: Look, value: str | int | PersonId) -> Line:
    return Line(id=id_, look=look, args=dict.fromkeys(NEEDED[id_], value))


@pytest.mark.parametrize("look", Look)
@pytest.mark.parametrize("value", [1, 30, AWKWARD, ANN], ids=["one", "many", "awkward", "person"])
def test_the_html_of_every_sentence_reads_as_its_plain_body(
    rendering: Rendering, look: Look, value: str | int | PersonId
) -> None:
    for id_ in NEEDED:
        rendered = render(rendering, Say(lines=(sentence(id_, look, value),)))
        assert shown(rendered) == written(rendered), id_


lines = st.builds(sentence, st.sampled_from(sorted(NEEDED)), st.sampled_from(Look), st.sampled_from([2, AWKWARD, ANN]))
choices = st.builds(lambda label: Choice(label=label, command="now"), lines)
says = st.builds(Say, lines=st.lists(lines, max_size=8).map(tuple), choices=st.lists(choices, max_size=3).map(tuple))


@given(message=says, private=st.booleans())
def test_the_html_of_every_message_reads_as_its_plain_body(
    rendering: Rendering, message: Say, *, private: bool
) -> None:
    rendered = render(rendering, message, private=private)

    assert shown(rendered) == written(rendered)


def test_a_long_list_is_numbered_alike_in_both_from_one_on(rendering: Rendering) -> None:
    steps = tuple(line("signpost-text", Look.STEP, text=f"step\n{number}") for number in range(1, 41))
    rendered = render(rendering, Say(lines=steps))

    assert [each for each in shown(rendered) if each.endswith(". step")] == [f"{n}. step" for n in range(1, 41)]
    assert shown(rendered) == written(rendered)


def test_two_lists_that_follow_each_other_both_begin_at_one(rendering: Rendering) -> None:
    steps = (line("signpost-text", Look.STEP, text="a"), line("signpost-text", Look.STEP, text="b"))
    choice = Choice(label=line("sit-i-can"), command="sit can")
    rendered = render(rendering, Say(lines=steps, choices=(choice,)))

    assert shown(rendered)[:3] == ["1. a", "2. b", "1. I can"]
    assert shown(rendered) == written(rendered)
