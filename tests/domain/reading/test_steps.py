"""A first step, as a group types it."""

import pytest

from bot.domain.firststep import FirstStep
from bot.domain.reading import Step
from tests.domain.reading.examples import READING, why_not


@pytest.mark.parametrize(
    ("typed", "step"),
    [
        *((typed, FirstStep(days=14)) for typed in ("14 days", "step 14 days", "two weeks", "2 Weeks", "14days")),
        *((typed, FirstStep(days=7)) for typed in ("a week", "one week", "7 days in the group")),
        ("1 day", FirstStep(days=1)),
        ("365 days", FirstStep(days=365)),
        *((typed, FirstStep(welcomes=2)) for typed in ("welcome", "welcomes", "step welcome", "2 welcomes")),
        *((typed, FirstStep(welcomes=2)) for typed in ("two members", "two members’ welcome", "2 members' welcome")),
        *((typed, FirstStep(welcomes=1)) for typed in ("a welcome", "1 welcome", "one member")),
        *((typed, FirstStep()) for typed in ("none", "None", "step none", "no", "off", "nothing")),
    ],
)
def test_it_can_be_typed_as_people_say_it(typed: str, step: FirstStep) -> None:
    assert Step().read(typed, READING) == step


@pytest.mark.parametrize(
    "typed",
    [
        *("14", "days", "0 days", "366 days", "53 weeks", "-3 days", "0 welcomes", "6 welcomes", "many welcomes"),
        *("2 hours", "14 days and 2 welcomes", "step", "@everyone", "", "99999999 days", "fortnight"),
    ],
)
def test_what_is_none_or_too_much_is_refused_with_what_would_work(typed: str) -> None:
    assert why_not(Step(), typed) == "step-unclear"
