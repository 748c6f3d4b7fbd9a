"""Messages as Discord shows them."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whenever import Instant, TimeDelta

from bot import settings
from bot.adapters.discord.customids import Deed
from bot.adapters.discord.mentions import Mentions
from bot.adapters.discord.rendering import LONGEST_LABEL, LONGEST_PAGE, MOST_BUTTONS, Rendering, escaped
from bot.cogs.sit.messages import is_short, preview
from bot.domain.commands import Command
from bot.domain.ids import GroupId, PersonId
from bot.domain.saying import Choice, Line, Look, Say, choice, line, say
from bot.domain.sit.ask import Ask
from bot.domain.sit.wishes import Circle, Hearing, Terms, Tick, Wanted, Where
from bot.ports.words import DEFAULT_LOCALE
from bot.words.catalogue import Catalogue

GROUP = GroupId.of("discord", "1234567890123456789")
ASH = PersonId.of("discord", "42")


def called(person: PersonId, _group: GroupId) -> str:
    return f"name of {person.native}"


def rendering_of(*folders: Path) -> Rendering:
    words = Catalogue([settings.shipped() / "words", *folders])
    return Rendering(words=words, mentions=Mentions(COMMANDS, {"sit": 7}), called=called)


COMMANDS = (Command(name="help"), Command(name="sit"), Command(name="sit pause"), Command(name="sit ask", listed=False))
SHIPPED = rendering_of()
OWN = """
test-typed = You said: { $text }
test-with = With { $person }
test-label = { $text }
"""
# A call that Discord would act on: a mention, a channel, a command, a time, an emoji, everybody.
CALLS = re.compile(r"(?<!\\)(?:\\\\)*<(?:@|#|/|id:|t:|a?:)|@(?:everyone|here)", re.IGNORECASE)


@pytest.fixture
def rendering(tmp_path: Path) -> Rendering:
    (tmp_path / DEFAULT_LOCALE).mkdir()
    (tmp_path / DEFAULT_LOCALE / "test.ftl").write_text(OWN)
    return rendering_of(tmp_path)


def typed(text: str) -> Line:
    return line("test-typed", text=text)


def labelled(text: str, **options: str) -> Choice:
    return Choice(label=line("test-label", text=text), command="sit can", options=options)


@given(st.text())
def test_nothing_that_is_typed_calls_anybody(text: str) -> None:
    assert CALLS.search(escaped(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "<@123>",
        "<#1>",
        "</me:1>",
        "<t:0>",
        "<:x:1>",
        "<a:x:1>",
        "@everyone",
        "@HERE",
        "\\\\<@&7>",
        "<id:home>",
    ],
)
def test_none_of_these_calls_anybody(text: str) -> None:
    assert CALLS.search(text) is not None
    assert CALLS.search(escaped(text)) is None


def test_markup_is_shown_and_links_stay_whole() -> None:
    assert escaped("**b** `c` [a](http://b.org)") == r"\*\*b\*\* \`c\` \[a](http://b.org)"
    assert escaped("https://a.org/b_c?d=*e*") == "https://a.org/b_c?d=*e*"


def test_each_look_is_discords_own(rendering: Rendering) -> None:
    looks = [line("test-typed", look, text=look.value) for look in Look]
    [page] = rendering.of(Say(lines=tuple(looks)), GROUP, DEFAULT_LOCALE).pages

    assert page.split("\n") == [
        "You said: plain",
        "",
        "**You said: heading**",
        "- You said: item",
        "1. You said: step",
        "-# You said: quiet",
        "```",
        "You said: code",
        "```",
    ]


def test_what_is_to_be_copied_is_shown_as_it_is_on_every_page(rendering: Rendering) -> None:
    texts = [f"*{number}* @everyone ``` <@1>" for number in range(200)]
    lines = tuple(line("test-typed", Look.CODE, text=text) for text in texts)
    pages = rendering.of(say("test-typed", text="first").then(*lines), GROUP, DEFAULT_LOCALE).pages
    inside = [page.removeprefix("You said: first\n").split("\n") for page in pages]
    copied = "\n".join("\n".join(page[1:-1]) for page in inside)

    assert len(pages) > 1
    assert all(len(page) <= LONGEST_PAGE for page in pages)
    assert all((page[0], page[-1]) == ("```", "```") for page in inside)
    assert copied.replace("\\u0060", "`") == "\n".join(f"You said: {text}" for text in texts)


def test_people_are_named_by_mention_and_rung_only_when_it_is_meant_for_them(rendering: Rendering) -> None:
    named = say("test-with", person=ASH)
    silent, ringing = (rendering.of(one, GROUP, DEFAULT_LOCALE) for one in (named, named.ringing(ASH)))

    assert silent.pages == ("With <@42>",)
    assert (silent.rings, ringing.rings) == ((), (42,))


@given(st.lists(st.text(alphabet="ab ", min_size=1, max_size=4500), min_size=1, max_size=12))
def test_a_long_answer_comes_in_pages_that_fit_and_nothing_of_it_is_lost(texts: list[str]) -> None:
    lines = tuple(line("help-command", command="x", help=text) for text in texts)
    pages = SHIPPED.of(Say(lines=lines), GROUP, DEFAULT_LOCALE).pages
    whole = "\n".join("".join(SHIPPED.of(Say(lines=(one,)), GROUP, DEFAULT_LOCALE).pages) for one in lines)

    assert all(0 < len(page) <= LONGEST_PAGE for page in pages)
    assert re.sub(r"\s", "", "".join(pages)) == re.sub(r"\s", "", whole)


def test_choices_are_buttons_that_say_what_they_do(rendering: Rendering) -> None:
    offered = say("test-typed", text="x").offering(labelled("Yes", ask="abcdefgh"), labelled("y" * 200, ask="b"))
    rendered = rendering.of(offered, GROUP, DEFAULT_LOCALE)
    deeds = [Deed.read(button.custom_id, "discord") for button in rendered.buttons]

    assert deeds == [Deed.of(GROUP, each) for each in offered.choices]
    assert [len(button.label) for button in rendered.buttons] == [3, LONGEST_LABEL]
    assert rendered.pages == ("You said: x",)


def test_a_choice_without_room_for_a_button_shows_the_command(rendering: Rendering) -> None:
    many = [labelled(f"n{number}", ask=f"{number}") for number in range(MOST_BUTTONS + 1)]
    rendered = rendering.of(
        say("test-typed", text="x").offering(labelled("far", ask="z" * 90), *many), GROUP, DEFAULT_LOCALE
    )

    assert len(rendered.buttons) == MOST_BUTTONS
    assert rendered.pages[0].split("\n")[1:] == [f"- far: /sit can ask: {'z' * 90}", "- n25: /sit can ask: 25"]


@pytest.mark.parametrize("much", [False, True])
@pytest.mark.parametrize("where", Where)
@pytest.mark.parametrize("wanted", Wanted)
def test_every_ask_is_sent_by_a_button_however_much_it_says(wanted: Wanted, where: Where, *, much: bool) -> None:
    noon = Instant.from_utc(2026, 11, 23, 12)
    ticks, sitters, ahead = (frozenset(Tick), 3, tuple(Circle)) if much else (frozenset[Tick](), 1, (Circle.OPEN,))
    for starts_at in (None, noon + TimeDelta(hours=40)):
        ask = Ask(
            id="abcdefgh",
            group=GROUP,
            asker=ASH,
            place=None,
            terms=Terms(wanted=wanted, length=TimeDelta(hours=4), ticks=ticks, sitters=sitters, where=where),
            hearing=Hearing(ahead=ahead, every=TimeDelta(minutes=10)),
            asked_at=noon,
            starts_at=starts_at,
            answer_by=noon + TimeDelta(hours=24),
        )
        shown = preview(ask, None, None, "Europe/London", ())
        # What is too much for a button is held, and the button says under which code.
        held = None if is_short(shown) else "sdfghjkl"
        [button] = SHIPPED.of(preview(ask, held, None, "Europe/London", ()), GROUP, DEFAULT_LOCALE).buttons
        deed = Deed.read(button.custom_id, "discord")

        assert deed is not None
        assert deed.options.get("draft") == held
        if held is None:
            assert not much
            assert deed.options.get("where") == (None if where is Where.ROOM else where.value)
            assert ("at" in deed.options) == (starts_at is not None)


def test_the_same_choice_twice_is_one_button(rendering: Rendering) -> None:
    twice = (
        say("test-typed", text="x")
        .offering(choice("group-set-any", "group devices", devices="any"))
        .offering(choice("group-set-any", "group devices", devices="any"))
    )
    custom_ids = [button.custom_id for button in rendering.of(twice, GROUP, DEFAULT_LOCALE).buttons]

    assert len(custom_ids) == len(set(custom_ids)) == 1
