"""What is wanted of a sit, as a tired person types it."""

import pytest

from bot.domain.commands import Reading
from bot.domain.saying import Refused
from bot.domain.sit.reading import Ticks
from bot.domain.sit.wishes import Tick
from tests.domain.reading.examples import NOON

READING = Reading(now=NOON, zone="Europe/London")


@pytest.mark.parametrize(
    ("text", "ticks"),
    [
        ("no advice", {Tick.NO_ADVICE}),
        ("No advice no questions", {Tick.NO_ADVICE, Tick.NO_QUESTIONS}),
        ("no advice and no fixing, humour is fine", {Tick.NO_ADVICE, Tick.NO_FIXING, Tick.HUMOUR}),
        ("no details please no advising", {Tick.NO_DETAILS, Tick.NO_ADVICE}),
        ("none", set()),
    ],
)
def test_ticks_need_no_commas_before_a_no(text: str, ticks: set[Tick]) -> None:
    assert Ticks().read(text, READING) == ticks


@pytest.mark.parametrize("text", ["no advise", "no advice no", "no", "", "advice", "no advice humour"])
def test_what_is_no_tick_is_refused_with_all_that_are(text: str) -> None:
    with pytest.raises(Refused) as refused:
        Ticks().read(text, READING)

    [said] = refused.value.say.lines
    assert (said.id, said.args["ticks"]) == ("sit-ticks-unclear", tuple(Tick))
