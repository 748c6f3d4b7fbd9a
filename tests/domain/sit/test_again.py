"""What may come after a sit, as values: a code that is of two people, and rows that are each of one."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis.strategies import builds, integers, sampled_from, sets, text
from whenever import Instant, TimeDelta

from bot.domain.codes import Code, code_for
from bot.domain.commands import Reading
from bot.domain.ids import GroupId, PersonId
from bot.domain.sit.again import code_of, is_of
from bot.domain.sit.looking import ANSWERED_WITHIN, STAYS_AFTER, Look, State

NOON = Instant.from_utc(2026, 11, 23, 12)
HOUR = TimeDelta(hours=1)
GROUP = GroupId.of("fake", "group")
ASH, BEA, CAI = (PersonId.of("fake", name) for name in ("ash", "bea", "cai"))

people = integers(0, 10**6).map(lambda number: PersonId.of("fake", f"person-{number}"))
sits = text(min_size=1, max_size=9).map(lambda key: code_for("again", key))


@given(sits, sets(people, min_size=3, max_size=3))
def test_a_code_is_of_the_two_it_was_made_for_whoever_says_it_first_and_of_nobody_else(
    after: str, three: set[PersonId]
) -> None:
    one, other, third = sorted(three)
    code = code_of(after, one, other)

    assert code == code_of(after, other, one)
    assert is_of(code, one, other)
    assert is_of(code, other, one)
    assert not is_of(code, one, third)
    assert not is_of(code, third, other)


@given(sits, sits)
def test_two_sits_of_the_same_two_have_codes_of_their_own(after: str, then: str) -> None:
    assume(after[:4] != then[:4])

    assert code_of(after, ASH, BEA) != code_of(then, ASH, BEA)


@given(sits)
def test_a_code_can_be_typed_and_is_not_the_one_of_the_sit(after: str) -> None:
    code = code_of(after, ASH, BEA)

    assert Code(gone="gone").read(code, Reading(now=NOON, zone="UTC")) == code
    assert not is_of(after, ASH, BEA)


def a_look(at: Instant | None = NOON + HOUR * 48) -> Look:
    """Return Ash's invitation to Bea, asked at noon."""
    return Look(code="aaaaaaaa", group=GROUP, person=ASH, other=BEA, at=at, until=NOON + ANSWERED_WITHIN)


def test_an_invitation_can_be_answered_by_the_other_alone_and_until_its_date() -> None:
    look = a_look()

    assert look.waits_for(BEA, NOON)
    assert not look.waits_for(ASH, NOON)
    assert not look.waits_for(CAI, NOON)
    assert look.waits_for(BEA, NOON + HOUR * 47)
    assert not look.waits_for(BEA, NOON + HOUR * 48)
    assert not look.taken_back().waits_for(BEA, NOON)


def test_one_for_a_date_that_is_far_off_or_for_none_can_be_answered_for_a_week() -> None:
    for look in (a_look(NOON + HOUR * 24 * 30), a_look(None)):
        assert look.waits_for(BEA, NOON + ANSWERED_WITHIN - HOUR)
        assert not look.waits_for(BEA, NOON + ANSWERED_WITHIN)


ats = integers(0, 365 * 24).map(lambda hours: NOON + HOUR * hours)


@given(builds(a_look, ats), ats)
def test_once_agreed_each_holds_a_date_of_their_own_with_the_other_and_both_go_a_week_after_it(
    look: Look, at: Instant
) -> None:
    mine, theirs = look.agreed(at)

    assert (mine.person, mine.other) == (theirs.other, theirs.person) == (ASH, BEA)
    assert mine.code == look.code
    assert theirs == replace(mine, code=theirs.code, person=BEA, other=ASH)
    assert theirs.code != mine.code
    assert mine.until == at + STAYS_AFTER
    assert mine.is_date(at)
    assert not mine.is_date(at + STAYS_AFTER)


@given(sampled_from(State), ats)
def test_no_state_is_both_waited_for_and_agreed_on(state: State, now: Instant) -> None:
    look = replace(a_look(), state=state)

    assert not (look.waits_for(BEA, now) and look.is_date(now))
