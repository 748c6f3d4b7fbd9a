"""Bad input: every option of every command answers once, to the one who typed it alone, and changes nothing."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whenever import TimeDelta

from bot.domain.reading.plain import mentions, showable
from tests.scenarios.badness import ONLY_TEXT, OTHER_GROUP, UNREADABLE, Outcome, Trier, as_seen, options_of, typed_parts
from tests.scenarios.memory import ROOM, MemoryStage
from tests.scenarios.stage import BEA

LONGEST_ANSWER = 600


@pytest.fixture
async def trier(memory: MemoryStage) -> Trier:
    trier = Trier(stage=memory)
    await trier.prepare()
    return trier


def clear(outcome: Outcome) -> None:
    """One message, not a fault; a refusal changes nothing and is nobody else's to hear."""
    assert len(outcome.answers) == 1, outcome.asked
    assert outcome.answers[0].lines[0].id != "fault", outcome.asked
    if outcome.refused:
        assert not outcome.changed, outcome.asked
        assert list(outcome.others) == [], outcome.asked


@pytest.mark.parametrize("badness", UNREADABLE)
async def test_what_nobody_should_read_is_refused_by_every_option_of_every_command(trier: Trier, badness: str) -> None:
    tried = [
        outcome
        for command, option in options_of(trier.stage)
        for outcome in await trier.every_way(command, option, UNREADABLE[badness])
    ]

    assert len(tried) > 60
    for outcome in tried:
        clear(outcome)
        assert outcome.refused, outcome.asked
        assert UNREADABLE[badness] not in typed_parts(outcome.answers[0]), outcome.asked


@pytest.mark.parametrize("badness", ONLY_TEXT)
async def test_what_is_fine_only_as_text_is_text_or_refused(trier: Trier, badness: str) -> None:
    tried = [
        outcome
        for command, option in options_of(trier.stage)
        for outcome in await trier.every_way(command, option, ONLY_TEXT[badness])
    ]

    assert len(tried) > 60
    for outcome in tried:
        clear(outcome)


@pytest.mark.parametrize("badness", ["markup", "a script"])
async def test_markup_that_goes_into_the_room_stays_text(trier: Trier, badness: str) -> None:
    outcome = await trier.types(f"rota new {ONLY_TEXT[badness]}, daily 20:00, words: {ONLY_TEXT[badness]}")
    await trier.stage.goes_by(TimeDelta(hours=9))
    said = [as_seen(trier.stage, heard).html for heard in trier.stage.world.public[ROOM]]

    assert not outcome.refused
    assert sum("&lt;" in html for html in said) >= 2
    assert not any("<b>" in html or "<script" in html or "<code" in html for html in said)


@pytest.mark.parametrize("empty", ["", "   ", "\t\n", "-", "skip"])
async def test_what_is_empty_is_left_out_or_asked_for(trier: Trier, empty: str) -> None:
    for command, option in options_of(trier.stage):
        outcome = await trier.asks(command.name, {option.name: empty})

        assert len(outcome.answers) == 1, outcome.asked
        assert outcome.answers[0].lines[0].id != "fault", outcome.asked
        if option.required:
            assert outcome.answers[0].lines[0].id.endswith(".ask"), outcome.asked
            assert not outcome.changed, outcome.asked


async def test_a_refusal_is_short_and_reads_as_a_sentence(trier: Trier) -> None:
    for command, option in options_of(trier.stage):
        for outcome in await trier.every_way(command, option, UNREADABLE["right to left"]):
            [text] = [as_seen(trier.stage, said).body for said in outcome.answers]

            assert len(text) < LONGEST_ANSWER, outcome.asked
            assert text.endswith((".", "?")), text


async def test_another_groups_rota_ask_and_offer_are_as_if_they_were_not_there(trier: Trier) -> None:
    theirs = await trier.types("rota show 1", who=BEA, group=OTHER_GROUP)
    tried = [
        await trier.types(line)
        for line in (
            "rota show Their rota",
            "rota join Their rota tomorrow",
            "rota end Their rota",
            "sit can",
            "sit pick 1",
        )
    ]

    assert theirs.answers[0].lines[0].args["name"] == "Their rota"
    for outcome in tried:
        clear(outcome)
        assert outcome.refused, outcome.asked
        assert "Their rota" not in typed_parts(outcome.answers[0])


async def test_a_bad_answer_to_a_question_is_refused_and_may_be_given_again(trier: Trier) -> None:
    for bad in UNREADABLE.values():
        await trier.types("rota new")
        outcome = await trier.types(bad)

        clear(outcome)
        assert outcome.refused, outcome.asked
    await trier.types("rota new")
    asked_next = await trier.types("Soup")

    assert asked_next.answers[0].lines[0].id == "rota-new-when.ask"


async def test_bad_words_in_the_room_bring_nothing_into_the_room(trier: Trier) -> None:
    for bad in (*UNREADABLE.values(), *ONLY_TEXT.values()):
        for line in (bad, f"rota new {bad}", f"sit {bad}", f"now {bad}"):
            outcome = await trier.types(line, private=False)

            assert len(outcome.answers) <= 1, outcome.asked
            assert list(outcome.others) == [], outcome.asked


_PIECES = (
    *("rota new", "rota join 1", "rota show", "rota leave", "rota end 7", "sit", "sit ask", "sit open", "sit can"),
    *("sit pick", "find", "help", "me zone", "me nation", "rota remind", "card", "now", "stop", "skip", "1", "2"),
    *("daily 20:00", "tomorrow", "30m", "quiet", "every week", "2 people", "dublin", "room", ",", ":", "name:"),
    *("@everyone", "@room", "\u202e", "\x00", "<b>", "{ $name }", "\ue000", "words:", "where:", "9999-12-31"),
)
LINES = st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=30)), min_size=1, max_size=8).map(" ".join)


@settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    # One house for all: what earlier lines left behind is part of what the later ones meet.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(lines=st.lists(st.tuples(LINES, st.booleans(), st.booleans()), min_size=1, max_size=4))
async def test_whatever_is_typed_is_answered_once_and_a_refusal_never_repeats_it(
    trier: Trier, lines: list[tuple[str, bool, bool]]
) -> None:
    for line, first, private in lines:
        await trier.stage.settled()
        marker = f"zz{trier.keys}marker"
        outcome = await trier.types(f"{marker} {line}" if first else f"{line} {marker}", private=private)

        if private or outcome.answers:
            clear(outcome)
        if outcome.refused:
            assert marker not in " ".join(map(typed_parts, outcome.answers))
        for heard in outcome.others:
            assert showable(typed_parts(heard))
            assert not mentions(typed_parts(heard))
            assert "@room" not in as_seen(trier.stage, heard).body
