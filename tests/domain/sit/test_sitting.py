"""Together: what was agreed, what changes it, and how it ends."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from whenever import TimeDelta

from bot.domain.ids import PersonId, PlaceId
from bot.domain.saying import Refused
from bot.domain.sit import sitting
from bot.domain.sit.ask import LINGERS, Ask, Change
from bot.domain.sit.table import Stage
from bot.domain.sit.wishes import Tick, Wanted
from tests.domain.sit.test_ask import ASH, BEA, CAI, HOUR, NOON, an_ask, of_three

ROOM = PlaceId.of("fake", "meeting")
EVERYBODY = frozenset({ASH, BEA, CAI})
MINUTE = TimeDelta(minutes=1)


def two() -> Ask:
    """Return Ash and Bea together for an hour from noon on."""
    opening = an_ask().offered_by(BEA, NOON).picked(1, "again", NOON)
    return sitting.opened(opening, EVERYBODY, ROOM, NOON)


def three() -> Ask:
    """Return Ash, Cai and Bea together."""
    opening = of_three().picked(2, "again", NOON).picked(None, "again", NOON)
    return sitting.opened(opening, EVERYBODY, ROOM, NOON)


def ending(ask: Ask) -> Ask:
    """Return it at its agreed time."""
    return sitting.time_is_up(ask, NOON + HOUR)


def refused(doing: Callable[[], object]) -> str:
    """Return the id of the sentence that it was refused with."""
    with pytest.raises(Refused) as caught:
        doing()
    return caught.value.say.lines[0].id


def test_the_time_agreed_begins_when_they_are_together_and_not_when_it_was_agreed() -> None:
    opening = an_ask().offered_by(BEA, NOON).picked(1, "again", NOON)
    late = sitting.opened(opening, EVERYBODY, ROOM, NOON + MINUTE * 20)

    assert (late.stage, late.wakes_at, late.room) == (Stage.OPEN, NOON + MINUTE * 80, ROOM)


def test_of_several_those_who_came_begin_whoever_did_not() -> None:
    opening = of_three().picked(2, "again", NOON).picked(None, "again", NOON)
    without_the_asker = sitting.opened(opening, frozenset({BEA, CAI}), ROOM, NOON)

    assert without_the_asker.members == (CAI, BEA)


def test_at_the_time_there_is_a_word_and_a_while_later_it_is_over() -> None:
    word = ending(two())

    assert (word.stage, word.wakes_at) == (Stage.ENDING, NOON + HOUR + LINGERS)
    assert sitting.time_is_up(two(), NOON + HOUR + LINGERS).stage is Stage.OVER


def test_it_is_longer_only_once_all_of_them_would_like_that() -> None:
    now = NOON + HOUR + MINUTE
    one = sitting.wishing_longer(ending(three()), BEA, now)
    again = sitting.wishing_longer(one, BEA, now)
    all_ = sitting.wishing_longer(sitting.wishing_longer(again, ASH, now), CAI, now)

    assert (one.stage, one.ends_at, again) == (Stage.ENDING, NOON + HOUR, one)
    assert (all_.stage, all_.ends_at, all_.longer) == (Stage.OPEN, now + sitting.LONGER, frozenset())


def test_a_short_sit_becomes_no_more_than_as_long_again() -> None:
    short = replace(two(), terms=replace(two().terms, length=MINUTE * 10))

    assert sitting.longer_by(short) == MINUTE * 10


def test_nothing_of_the_card_changes_before_all_the_others_have_said_yes() -> None:
    change = Change(by=BEA, wanted=Wanted.TALK, ticks=frozenset({Tick.NO_ADVICE}))
    wished = sitting.proposing(three(), change)
    one = sitting.agreeing(wished, ASH, NOON + MINUTE)
    both = sitting.agreeing(one, CAI, NOON + MINUTE)

    assert (wished.terms, one.terms) == (three().terms, three().terms)
    assert (both.terms.wanted, both.terms.ticks, both.change) == (Wanted.TALK, frozenset({Tick.NO_ADVICE}), None)
    assert both.ends_at == NOON + HOUR


def test_a_new_length_counts_from_the_moment_that_it_is_agreed() -> None:
    wished = sitting.proposing(two(), Change(by=ASH, length=MINUTE * 15))
    agreed = sitting.agreeing(wished, BEA, NOON + MINUTE * 50)

    assert (agreed.ends_at, agreed.terms.length) == (NOON + MINUTE * 65, MINUTE * 15)


@pytest.mark.parametrize(("length", "stage"), [(None, Stage.ENDING), (MINUTE * 20, Stage.OPEN)])
def test_after_the_word_only_a_new_length_makes_it_go_on(length: TimeDelta | None, stage: Stage) -> None:
    wished = sitting.proposing(ending(two()), Change(by=ASH, wanted=Wanted.TALK, length=length))

    assert sitting.agreeing(wished, BEA, NOON + HOUR).stage is stage


def test_what_changes_nothing_is_refused_and_so_is_a_yes_to_nothing_or_to_ones_own() -> None:
    wished = sitting.proposing(two(), Change(by=ASH, wanted=Wanted.TALK))

    assert refused(lambda: sitting.proposing(two(), Change(by=ASH, wanted=Wanted.QUIET))) == "sit-change-nothing"
    assert refused(lambda: sitting.agreeing(two(), BEA, NOON)) == "sit-change-gone"
    assert refused(lambda: sitting.agreeing(wished, ASH, NOON)) == "sit-change-gone"


@pytest.mark.parametrize("who", [ASH, BEA])
@pytest.mark.parametrize("of", [two, lambda: ending(two())])
def test_when_one_of_two_steps_away_it_is_over(who: PersonId, of: Callable[[], Ask]) -> None:
    assert sitting.away(of(), who).stage is Stage.STEPPED_AWAY


@pytest.mark.parametrize("who", [ASH, BEA, CAI])
def test_when_one_of_several_steps_away_the_others_stay_and_nothing_names_who_went(who: PersonId) -> None:
    wished = sitting.wishing_longer(ending(sitting.proposing(three(), Change(by=BEA, wanted=Wanted.TALK))), who, NOON)
    left = sitting.away(wished, who)

    assert (left.stage, frozenset(left.members)) == (Stage.ENDING, EVERYBODY - {who})
    assert (left.change, left.longer) == (None, frozenset())
    assert sitting.away(left, left.asker).over


def test_whoever_steps_away_before_the_room_is_open_calls_it_off() -> None:
    opening = of_three().picked(2, "again", NOON).picked(None, "again", NOON)

    assert sitting.away(opening, CAI).stage is Stage.STEPPED_AWAY
