"""The catalogue: lines become sentences, a group's own words replace ours, and a broken file is named."""

from pathlib import Path

import pytest
from whenever import Date, Instant, Time, TimeDelta

from bot import settings
from bot.domain.ids import PersonId, PlaceId
from bot.domain.saying import Arg, Held, Line, line
from bot.words.catalogue import Catalogue, WordsError

SHIPPED = settings.shipped() / "words"
BEA, CAI = PersonId.of("fake", "bea:example.org"), PersonId.of("fake", "cai")
PATTERNS = """
pattern-day = EEEE d MMMM
pattern-time = HH:mm
pattern-moment = EEEE d MMMM, HH:mm
length-days = { $count } d
length-hours = { $count } h
length-minutes = { $count } min
it = { $it }
only-here = Only here
held-no-more = no more
"""


def catalogue(folder: Path, **files: str) -> Catalogue:
    """Return a catalogue of made-up files: `en_GB` stands for `en-GB/words.ftl`."""
    for locale, text in files.items():
        (folder / locale.replace("_", "-")).mkdir(parents=True)
        (folder / locale.replace("_", "-") / "words.ftl").write_text(text, encoding="utf-8")
    return Catalogue([folder])


@pytest.mark.parametrize(
    ("arg", "expected"),
    [
        ("Soup", "Soup"),
        (3, "3"),
        (Date(2026, 12, 1), "Tuesday 1 December"),
        (Time(20), "20:00"),
        (Instant.from_utc(2027, 6, 1, 19).to_tz("Europe/London"), "Tuesday 1 June, 20:00"),
        (TimeDelta(minutes=90), "1 h and 30 min"),
        (TimeDelta(hours=24), "1 d"),
        (TimeDelta(hours=49, minutes=5), "2 d, 1 h and 5 min"),
        (TimeDelta(), "0 min"),
        (("a", "b", "c"), "a, b and c"),
        ((), ""),
        (line("only-here"), "Only here"),
        ("{ $it } { only-here }", "{ $it } { only-here }"),
    ],
)
def test_an_argument_is_written_as_the_locale_writes_it(tmp_path: Path, arg: Arg, expected: str) -> None:
    assert catalogue(tmp_path, en_GB=PATTERNS).text(line("it", it=arg), "en-GB") == expected


def test_what_is_held_in_memory_is_written_where_it_is_read_and_not_once_it_is_held_no_more(tmp_path: Path) -> None:
    words = catalogue(tmp_path, en_GB=PATTERNS)
    said = [words.text(line("it", it=Held(code="abcdefgh")), "en-GB")]
    for typed in ("with tea", "{ $it }"):
        words.memory.hold("abcdefgh", typed)
        said.append(words.text(line("it", it=Held(code="abcdefgh")), "en-GB"))
    said.append(words.text(line("it", it=("a", Held(code="other"))), "en-GB"))
    words.memory.drop("abcdefgh")
    said.append(words.text(line("it", it=Held(code="abcdefgh")), "en-GB"))

    assert said == ["no more", "with tea", "{ $it }", "a and no more", "no more"]


def test_people_come_apart_from_the_text_around_them(tmp_path: Path) -> None:
    words = catalogue(tmp_path, en_GB="both = { $people } are here\n")

    assert words.spans(line("both", people=(BEA, CAI)), "en-GB") == [BEA, " and ", CAI, " are here"]


def test_a_groups_own_words_replace_ours_and_the_rest_stays(tmp_path: Path) -> None:
    own = tmp_path / "en-GB"
    own.mkdir()
    (own / "ours.ftl").write_text("sit-paused = Rest well.\n", encoding="utf-8")
    words = Catalogue([SHIPPED, tmp_path])

    assert words.text(line("sit-paused"), "en-GB") == "Rest well."
    assert words.text(line("sit-open-now"), "en-GB").startswith("You are open")


@pytest.mark.parametrize(
    "text",
    [
        "sit-open-until = Until { $untl }.\n",
        "sit-paused = { $name } rests.\n",
        "sit = Company\n",
        "sit = Company\n    .hlp = Ask for it.\n",
    ],
)
@pytest.mark.parametrize("locale", ["en-GB", "cy"])
def test_words_that_would_fail_when_they_are_said_are_refused_at_the_start(
    tmp_path: Path, text: str, locale: str
) -> None:
    own = tmp_path / locale
    own.mkdir()
    (own / "ours.ftl").write_text(f"# Ours.\n\n{text}", encoding="utf-8")

    with pytest.raises(WordsError) as caught:
        Catalogue([SHIPPED, tmp_path])
    assert caught.value.args == (own / "ours.ftl", 3)


def test_own_words_may_say_less_and_may_add_sentences(tmp_path: Path) -> None:
    own = tmp_path / "en-GB"
    own.mkdir()
    (own / "ours.ftl").write_text("-us = Tea club\nsit-open-until = Open, { -us }.\nmore = More\n", encoding="utf-8")

    assert Catalogue([SHIPPED, tmp_path]).text(line("sit-open-until", until="x"), "en-GB") == "Open, Tea club."


@pytest.mark.parametrize("locale", ["xx-YY", "", "en_GB", "en-US", "../en-GB"])
def test_a_locale_that_is_not_there_is_answered_in_british_english(tmp_path: Path, locale: str) -> None:
    words = catalogue(tmp_path, en_GB=PATTERNS)

    assert (
        words.text(line("it", it=(Date(2026, 12, 1), TimeDelta(minutes=5))), locale) == "Tuesday 1 December and 5 min"
    )


def test_a_sentence_that_a_locale_lacks_is_said_in_british_english(tmp_path: Path) -> None:
    words = catalogue(tmp_path, en_GB=PATTERNS, cy="it = Dyma { $it }\n")

    assert words.text(line("it", it="x"), "cy") == "Dyma x"
    assert words.text(line("only-here"), "cy") == "Only here"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a = A\nb { broken\nc = C\n", 2), ("a = { $x\n", 1), ("# fine\n\na = A\n\n= no id\n", 5)],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, text: str, expected: int) -> None:
    with pytest.raises(WordsError) as caught:
        catalogue(tmp_path, en_GB=text)

    assert caught.value.args == (tmp_path / "en-GB" / "words.ftl", expected)


def test_a_folder_without_british_english_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WordsError):
        catalogue(tmp_path, cy="a = A\n")


@pytest.mark.parametrize("broken", [line("no-such-sentence"), line("it"), line("it.help"), Line(id="only-here.ask")])
def test_a_sentence_that_is_not_there_or_not_given_its_words_is_a_bug(tmp_path: Path, broken: Line) -> None:
    words = catalogue(tmp_path, en_GB=PATTERNS)

    with pytest.raises(LookupError):
        words.text(broken, "en-GB")


def test_places_come_apart_from_the_text_around_them(tmp_path: Path) -> None:
    words = catalogue(tmp_path, en_GB="here = Under { $channel }, not { $person }.")
    args: dict[str, Arg] = {"channel": PlaceId.of("discord", "1"), "person": PersonId.of("discord", "2")}
    spans = words.spans(Line(id="here", args=args), "en-GB")

    assert spans == ["Under ", PlaceId.of("discord", "1"), ", not ", PersonId.of("discord", "2"), "."]
    assert [type(span) for span in spans] == [str, PlaceId, str, PersonId, str]
