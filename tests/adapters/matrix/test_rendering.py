"""What a message looks like on Matrix, and what typed text cannot do in it."""

from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.matrix.company import LONGEST_NAME, seen
from bot.adapters.matrix.rendering import Rendered, Rendering
from bot.adapters.matrix.threads import Thread
from bot.domain.ids import PersonId
from bot.domain.saying import Look, Say, choice, line, say
from bot.words.catalogue import Catalogue

CONFIG = Path(__file__).parents[3] / "config" / "words"
OWN = """
heading = Tuesday
echo = { $text }
person = { $who } is on.
two-lines = One
    Two
label = I can
"""
ANN = PersonId("mx:@ann:hs.test")
BOB = PersonId("mx:@bob:hs.test")


@pytest.fixture(scope="module")
def rendering(tmp_path_factory: pytest.TempPathFactory) -> Rendering:
    folder = tmp_path_factory.mktemp("words")
    (folder / "en-GB").mkdir()
    (folder / "en-GB" / "own.ftl").write_text(OWN)
    return Rendering(words=Catalogue([CONFIG, folder]), locale="en-GB")


def _name_of(_person: PersonId) -> str:
    return "Ann @room <b>"


def _rendered(rendering: Rendering, message: Say, *, private: bool = True) -> Rendered:
    return rendering.of(message, _name_of, private=private)


class _Tags(HTMLParser):
    """Collects what tags there are."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.found.append(tag)


def test_lines_are_paragraphs(rendering: Rendering) -> None:
    rendered = _rendered(rendering, say("echo", text="a").then(line("echo", Look.QUIET, text="b")))

    assert rendered.body == "a\nb"
    assert rendered.html == "<p>a</p><p>b</p>"


def test_what_is_to_be_copied_stands_as_it_is(rendering: Rendering) -> None:
    lines = (line("echo", Look.CODE, text="{"), line("echo", Look.CODE, text=' "<b>": 1'))
    rendered = _rendered(rendering, Say(lines=lines))

    assert rendered.body == '{\n "<b>": 1'
    assert rendered.html == "<pre><code>{\n &quot;&lt;b&gt;&quot;: 1</code></pre>"


def test_a_heading_stands_out_and_items_are_a_list(rendering: Rendering) -> None:
    message = Say(lines=(line("heading", Look.HEADING), *(line("echo", Look.ITEM, text=text) for text in "ab")))
    rendered = _rendered(rendering, message)

    assert rendered.body == "Tuesday\n- a\n- b"
    assert rendered.html == "<p><strong>Tuesday</strong></p><ul><li>a</li><li>b</li></ul>"


def test_steps_are_numbered(rendering: Rendering) -> None:
    rendered = _rendered(rendering, Say(lines=tuple(line("echo", Look.STEP, text=text) for text in "ab")))

    assert rendered.body == "1. a\n2. b"
    assert rendered.html == "<ol><li>a</li><li>b</li></ol>"


def test_a_sentence_of_two_lines_keeps_them(rendering: Rendering) -> None:
    rendered = _rendered(rendering, say("two-lines"))

    assert rendered.body == "One\nTwo"
    assert rendered.html == "<p>One<br>Two</p>"


def test_in_private_choices_are_numbered(rendering: Rendering) -> None:
    rendered = _rendered(rendering, say("heading").offering(choice("label", "sit can", ask="K7")))

    assert rendered.body.splitlines()[:2] == ["Tuesday", "1. I can"]
    assert rendered.body.splitlines()[2].startswith("To answer, type the number or the words")
    assert "<ol><li>I can</li></ol>" in rendered.html


def test_in_a_room_a_choice_shows_the_line_to_type(rendering: Rendering) -> None:
    rendered = _rendered(rendering, say("heading").offering(choice("label", "sit can", ask="K7")), private=False)

    assert rendered.body == "Tuesday\n- I can: !sit can K7"


def test_a_person_is_a_link_and_who_it_is_meant_for_is_the_only_one_rung(rendering: Rendering) -> None:
    message = say("person", who=ANN).then(line("person", who=BOB))
    rendered = _rendered(rendering, message.ringing(ANN), private=False)

    assert 'href="https://matrix.to/#/%40ann%3Ahs.test"' in rendered.html
    assert 'href="https://matrix.to/#/%40bob%3Ahs.test"' in rendered.html
    assert rendered.content["m.mentions"] == {"user_ids": ["@ann:hs.test"]}


def test_a_message_that_is_meant_for_nobody_in_particular_rings_nobody_it_names(rendering: Rendering) -> None:
    assert _rendered(rendering, say("person", who=ANN), private=False).content["m.mentions"] == {}


def test_an_answer_in_a_thread_is_a_part_of_it_and_a_reply_for_apps_without_threads(rendering: Rendering) -> None:
    thread = Thread(room_id="!chat", root="$root", event_id="$line")
    content = replace(_rendered(rendering, say("heading")), thread=thread).content

    assert content["m.relates_to"] == {
        "rel_type": "m.thread",
        "event_id": "$root",
        "is_falling_back": True,
        "m.in_reply_to": {"event_id": "$line"},
    }
    assert "m.relates_to" not in _rendered(rendering, say("heading")).content


def test_a_name_cannot_ring_the_room_or_bring_markup(rendering: Rendering) -> None:
    rendered = _rendered(rendering, say("person", who=ANN))

    assert "@room" not in rendered.body + rendered.html
    assert "<b>" not in rendered.html


@given(
    text=st.text(alphabet=st.one_of(st.sampled_from("<>&\"'@romRM/ab \n"), st.characters(exclude_categories=["Co"])))
)
def test_nothing_typed_becomes_markup_or_rings_the_room(rendering: Rendering, text: str) -> None:
    rendered = _rendered(rendering, say("echo", text=f"@room {text} @ROOM"))
    tags = _Tags()
    tags.feed(rendered.html)

    assert set(tags.found) <= {"p", "br"}
    assert "@room" not in rendered.body.casefold()
    assert "@room" not in rendered.html.casefold()


def test_a_name_loses_what_cannot_be_seen() -> None:
    assert seen("\u202eevil\u200b \x07name\n") == "evil name"


@given(name=st.text())
def test_a_name_is_never_long_and_never_has_two_lines(name: str) -> None:
    assert len(seen(name)) <= LONGEST_NAME
    assert "\n" not in seen(name)
