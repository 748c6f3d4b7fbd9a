"""A typed line becomes a command and the words of each option, whatever the order; what is left over is refused."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whenever import TimeDelta

from bot.domain.commands import Command, Option, Reading
from bot.domain.reading import Leads, Length, Moment, OneOf, Place, Text, Whole, Zone
from bot.domain.rota.said import When
from bot.domain.saying import Refused, line
from bot.domain.sit.reading import Hearers, HowLong, HowMany, Ticks
from bot.domain.typed import LONGEST_LINE, command_in, options_in
from tests.domain.reading.examples import NOON, ROOM

READING = Reading(now=NOON, zone="Europe/London", places={"room": ROOM, "kitchen": ROOM})
SIT = Command(
    name="sit",
    options=(
        Option(name="wanted", kind=OneOf(choices=("quiet", "talk"))),
        Option(name="length", kind=Length()),
        Option(name="at", kind=Moment()),
        Option(name="wait", kind=Length(most=TimeDelta(hours=24))),
    ),
)
SIT_OPEN = Command(name="sit open", options=(Option(name="length", kind=Length()),))
NEW = Command(
    name="rota new",
    options=(
        Option(name="name", kind=Text(), required=True),
        Option(name="when", kind=When(), required=True),
        Option(name="length", kind=Length()),
        Option(name="people", kind=Whole(least=1, most=20)),
        Option(name="zone", kind=Zone()),
        Option(name="where", kind=Place()),
        Option(name="words", kind=Text(longest=200)),
    ),
)
CHANGE = Command(
    name="rota change",
    options=(
        Option(name="rota", kind=Text(), required=True, looked_up=True),
        Option(name="name", kind=Text()),
        Option(name="when", kind=When()),
        Option(name="people", kind=Whole(least=1, most=20)),
    ),
)
FIND = Command(name="find", options=(Option(name="need", kind=Text(longest=200), required=True),))
REMIND = Command(name="rota remind", options=(Option(name="leads", kind=Leads(), required=True),))
PAUSE = Command(name="sit pause")
COMPANY = Command(
    name="sit",
    options=(
        Option(name="wanted", kind=OneOf(choices=("quiet", "talk"))),
        Option(name="length", kind=HowLong(most=TimeDelta(hours=4))),
        Option(name="wait", kind=Length(most=TimeDelta(hours=24))),
        Option(name="people", kind=HowMany(least=1, most=3)),
        Option(name="ticks", kind=Ticks()),
        Option(name="who", kind=Hearers()),
    ),
)
NOTED = Command(
    name="sit",
    options=(
        Option(name="wanted", kind=OneOf(choices=("quiet", "talk"))),
        Option(name="length", kind=Length()),
        Option(name="note", kind=Text(longest=140), named=True),
    ),
)
CODED = Command(
    name="sit",
    options=(Option(name="code", kind=OneOf(choices=("aaaaaaaa",)), named=True), Option(name="length", kind=Length())),
)
COMMANDS = (SIT, SIT_OPEN, NEW, FIND, REMIND, PAUSE)


def options(line: str) -> Mapping[str, str]:
    split = command_in(line, COMMANDS)
    assert split is not None
    return options_in(split.rest, split.command, READING)


@pytest.mark.parametrize(
    "line",
    [
        "sit 30m quiet",
        "sit quiet 30m",
        "SIT Quiet, for 30m",
        "sit, quiet, 30m",
        "sit 30m; quiet",
        "sit please quiet for 30m",
        "sit length: 30m, wanted: quiet",
        "sit length:30m, quiet",
    ],
)
def test_the_order_and_the_little_words_do_not_matter(line: str) -> None:
    found = {name: words.casefold() for name, words in options(line).items()}

    assert found == {"wanted": "quiet", "length": "30m"}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("sit 30m 1h", {"length": "30m", "wait": "1h"}),
        ("sit 30 minutes 30 minutes", {"length": "30 minutes", "wait": "30 minutes"}),
        ("sit 1 hour 30 minutes", {"length": "1 hour 30 minutes"}),
        ("sit wait: 1h, 30m", {"length": "30m", "wait": "1h"}),
        ("sit 1h, length: 30m", {"length": "30m", "wait": "1h"}),
        ("sit talk tomorrow at 20:00 for an hour", {"wanted": "talk", "at": "tomorrow at 20:00", "length": "an hour"}),
        ("sit in an hour", {"at": "in an hour"}),
        ("sit", {}),
        ("sit open 2 hours", {"length": "2 hours"}),
        ("rota remind a day, 15 minutes", {"leads": "a day, 15 minutes"}),
    ],
)
def test_each_option_takes_the_longest_run_it_can_read(line: str, expected: Mapping[str, str]) -> None:
    assert options(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "rota new Soup, mon, wed and fri 18:00, 1 hour, 2 people",
            {"name": "Soup", "when": "mon, wed and fri 18:00, 1 hour, 2 people"},
        ),
        (
            "rota new mon, wed 18:00, Soup",
            {"name": "Soup", "when": "mon, wed 18:00"},
        ),
        (
            "rota new Soup for all, daily 20:00, kitchen, words: The kettle is on.",
            {"name": "Soup for all", "when": "daily 20:00", "where": "kitchen", "words": "The kettle is on."},
        ),
        (
            "rota new Soup, daily 20:00, The kettle is on.",
            {"name": "Soup", "when": "daily 20:00", "words": "The kettle is on."},
        ),
        ("rota new name: Daily 20:00, when: daily 20:00", {"name": "Daily 20:00", "when": "daily 20:00"}),
        ("rota new Soup daily 20:00", {"name": "Soup daily 20:00"}),
    ],
)
def test_text_stands_between_commas_and_days_may_have_commas_in_them(line: str, expected: Mapping[str, str]) -> None:
    assert options(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Tea, tuesday 19:00; friday 9am", {"name": "Tea", "when": "tuesday 19:00; friday 9am"}),
        ("Tea; daily 20:00; 2 people", {"name": "Tea", "when": "daily 20:00, 2 people"}),
        ("Tea; mon; wed 18:00; 90 minutes", {"name": "Tea", "when": "mon, wed 18:00, 90 minutes"}),
    ],
)
def test_a_semicolon_stands_between_lines_where_there_can_be_several_and_is_a_comma_elsewhere(
    line: str, expected: Mapping[str, str]
) -> None:
    assert options_in(line, NEW, READING) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1 2 people", {"rota": "1", "people": "2 people"}),
        ("2, people: 3", {"rota": "2", "people": "3"}),
        ("1 name: Late", {"rota": "1", "name": "Late"}),
        ("tea, 2", {"rota": "tea", "people": "2"}),
    ],
)
def test_a_number_that_comes_first_names_what_is_to_change(line: str, expected: Mapping[str, str]) -> None:
    assert options_in(line, CHANGE, READING) == expected


@pytest.mark.parametrize("line", ["1, tusday 20:00", "1 places 2", "tea, wibble"])
def test_stray_words_are_no_new_name_for_what_is_to_change(line: str) -> None:
    with pytest.raises(Refused):
        options_in(line, CHANGE, READING)


@pytest.mark.parametrize("need", ["they stopped my money", "a, b: 30m, quiet; and the rest", "find", "need: money"])
def test_find_keeps_every_word(need: str) -> None:
    assert options(f"find {need}") == {"need": need}


@pytest.mark.parametrize(
    "line",
    [
        "sit quiet talk",
        "sit with elephants",
        "sit 30m 1h 2h",
        "sit length: 30m, length: 1h",
        "sit pause now",
        "rota new Soup, daily 20:00, one thing, another thing",
    ],
)
def test_what_is_left_over_is_refused(line: str) -> None:
    with pytest.raises(Refused) as caught:
        options(line)

    assert caught.value.say.lines[0].id == "line-unclear"


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("quiet, people 9", {"wanted": "quiet", "people": "9"}),
        ("people 2", {"people": "2"}),
        ("quiet 9 people", {"wanted": "quiet", "people": "9 people"}),
        ("9 hours, quiet", {"wanted": "quiet", "length": "9 hours"}),
        ("30m, 9 hours", {"length": "30m", "wait": "9 hours"}),
        ("no advise", {"ticks": "no advise"}),
        ("quiet no advise and tears", {"wanted": "quiet", "ticks": "no advise and tears"}),
        ("no advice no questions", {"ticks": "no advice no questions"}),
        ("who nobody, quiet", {"wanted": "quiet", "who": "nobody"}),
    ],
)
def test_what_is_plainly_meant_for_an_option_is_given_to_it_so_that_its_own_refusal_says_what_would_work(
    rest: str, expected: Mapping[str, str]
) -> None:
    assert options_in(rest, COMPANY, READING) == expected


@pytest.mark.parametrize("rest", ["people", "quiet quiet", "9", "no", "who", "advise"])
def test_what_may_be_meant_for_several_or_none_is_given_to_none(rest: str) -> None:
    with pytest.raises(Refused) as refused:
        options_in(rest, COMPANY, READING)

    assert [each.id for each in refused.value.say.lines] == ["line-unclear"]


def test_a_line_that_is_too_long_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        options("find " + "x" * (LONGEST_LINE + 1))

    assert caught.value.say.lines[0].id == "line-long"


@pytest.mark.parametrize(
    ("line", "expected"),
    [("sit open", SIT_OPEN), ("Sit  Open now", SIT_OPEN), ("sit", SIT), ("sit opening", SIT), ("SIT, 30m", SIT)],
)
def test_the_command_with_most_words_comes_first(line: str, expected: Command) -> None:
    split = command_in(line, COMMANDS)

    assert split is not None
    assert split.command == expected


@pytest.mark.parametrize("line", ["", "  ", "sitting", "s it", "!sit", "s\u200bit", "rota"])
def test_what_begins_with_no_command_is_none(line: str) -> None:
    assert command_in(line, COMMANDS) is None


WORDS = st.sampled_from(
    ["30m", "quiet", "talk", "tomorrow", "20:00", "daily", "mon", "and", "for", "2", "people", "length:", "name:", ","]
)


@settings(deadline=None)
@given(
    st.sampled_from((*COMMANDS, COMPANY)),
    st.one_of(st.text(max_size=500), st.lists(WORDS, max_size=40).map(" ".join)),
)
def test_any_line_gives_options_of_the_command_or_is_refused(command: Command, rest: str) -> None:
    try:
        found = options_in(rest, command, READING)
    except Refused as refused:
        found = {}
        assert set(refused.say.lines[0].args) <= {"command", "longest"}  # noqa: PT017  Either outcome is right.

    assert set(found) <= {option.name for option in command.options}


@settings(deadline=None)
@given(st.lists(WORDS, max_size=20).map(" ".join), st.sampled_from([SIT, NEW, COMPANY]))
def test_every_typed_word_that_carries_meaning_ends_up_in_an_option(rest: str, command: Command) -> None:
    try:
        found = options_in(rest, command, READING)
    except Refused:
        return
    kept, typed = (words.replace(",", " ").split() for words in (" ".join(found.values()), rest))
    # Small words, and names of options, which say only what the words beside them are.
    little = {"and", "for", "length:", "name:", "people"}

    assert sorted(word for word in kept if word not in little) == sorted(word for word in typed if word not in little)


@given(st.permutations(["quiet", "30m", "tomorrow 20:00"]), st.sampled_from([", ", " ", "; "]))
@settings(deadline=None)
def test_any_order_means_the_same(parts: list[str], between: str) -> None:
    assert options("sit " + between.join(parts)) == {"wanted": "quiet", "length": "30m", "at": "tomorrow 20:00"}


@pytest.mark.parametrize(
    ("line", "given_to_it"),
    [
        ("sit open 3 years", {"length": "3 years"}),
        ("sit open, for ever and a day", {"length": "for ever and a day"}),
        ("rota remind a day, bananas", {"leads": "a day, bananas"}),
    ],
)
def test_what_the_only_option_cannot_read_is_given_to_it_so_that_its_own_refusal_says_what_would_work(
    line: str, given_to_it: Mapping[str, str]
) -> None:
    assert options(line) == given_to_it


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("note: with tea, please; and quiet", {"note": "with tea, please; and quiet"}),
        ("quiet, Note: with tea, length: 30m", {"wanted": "quiet", "note": "with tea, length: 30m"}),
        ("30m, quiet, note: note: twice", {"length": "30m", "wanted": "quiet", "note": "note: twice"}),
        ("quiet note: with tea, 30m", {"wanted": "quiet", "note": "with tea, 30m"}),
        ("for 30m NOTE : with tea", {"length": "30m", "note": "with tea"}),
    ],
)
def test_what_is_only_meant_by_its_name_takes_all_that_is_typed_after_it(
    rest: str, expected: Mapping[str, str]
) -> None:
    assert options_in(rest, NOTED, READING) == expected


@pytest.mark.parametrize("rest", ["with tea", "quiet, with tea", "quiet, 30m, note", "quiet footnote: with tea"])
def test_what_is_only_meant_by_its_name_is_never_taken_without_it(rest: str) -> None:
    with pytest.raises(Refused) as refused:
        options_in(rest, NOTED, READING)

    assert [each.id for each in refused.value.say.lines] == ["line-unclear"]


@pytest.mark.parametrize("rest", ["note:", "quiet, note:", "quiet note: "])
def test_a_name_with_nothing_after_it_is_refused_by_what_it_names(rest: str) -> None:
    with pytest.raises(Refused) as refused:
        options_in(rest, NOTED, READING)

    [said] = refused.value.say.lines
    assert (said.id, said.args["option"]) == ("option-unclear", line("sit-note"))


def test_what_is_only_meant_by_its_name_is_not_taken_without_it_though_it_could_be_read() -> None:
    with pytest.raises(Refused):
        options_in("aaaaaaaa", CODED, READING)

    assert options_in("30m, code: aaaaaaaa", CODED, READING) == {"length": "30m", "code": "aaaaaaaa"}
