"""The life of an ask, as values."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis.strategies import sampled_from, text
from whenever import Instant, TimeDelta

from bot.domain.codes import code_for
from bot.domain.ids import GroupId, PersonId
from bot.domain.saying import Refused
from bot.domain.sit.ask import OFFER_STANDS, Ask, Wanted, Where
from bot.domain.sit.table import ENDS, TABLE, Event, Stage, after

NOON = Instant.from_utc(2026, 11, 23, 12)
HOUR = TimeDelta(hours=1)
GROUP = GroupId.of("fake", "group")
ASH, BEA, CAI, DEE = (PersonId.of("fake", name) for name in ("ash", "bea", "cai", "dee"))


def an_ask(starts_at: Instant | None = None) -> Ask:
    """Return Ash's ask, put to Bea and Cai at noon, to be answered within the hour."""
    ask = Ask(
        id="abcdefgh",
        group=GROUP,
        asker=ASH,
        wanted=Wanted.QUIET,
        length=HOUR,
        asked_at=NOON,
        starts_at=starts_at,
        answer_by=NOON + HOUR,
    )
    return ask.inviting(frozenset({ASH, BEA, CAI}))


def refused(doing: Callable[[], object]) -> str:
    """Return the id of the sentence that it was refused with."""
    with pytest.raises(Refused) as caught:
        doing()
    return caught.value.say.lines[0].id


@given(sampled_from(Stage), sampled_from(Event))
def test_what_is_not_in_the_table_is_refused(stage: Stage, event: Event) -> None:
    if (stage, event) in TABLE:
        assert after(stage, event) is TABLE[stage, event]
    else:
        assert refused(lambda: after(stage, event)) == "sit-over"


def test_nothing_follows_an_end() -> None:
    assert [stage for stage, _ in TABLE if stage in ENDS] == []


def test_every_stage_can_be_reached_and_every_one_ends() -> None:
    reached = {Stage.ASKED}
    for _ in Stage:
        reached |= {TABLE[step] for step in TABLE if step[0] in reached}
    ending = set(ENDS)
    for _ in Stage:
        ending |= {stage for (stage, _), following in TABLE.items() if following in ending}

    assert (reached, ending) == (set(Stage), set(Stage))


@pytest.mark.parametrize("stage", sorted(set(Stage) - ENDS))
def test_every_stage_ends_by_time_alone(stage: Stage) -> None:
    ends = {TABLE.get((stage, Event.TIME_OVER)), TABLE.get((stage, Event.START))} - {None}

    assert len(ends & ENDS) == 1


@pytest.mark.parametrize("stage", sorted(set(Stage) - ENDS))
def test_the_asker_can_always_withdraw(stage: Stage) -> None:
    assert after(stage, Event.WITHDRAW) is Stage.WITHDRAWN


def test_an_ask_is_never_put_to_the_one_who_asks() -> None:
    assert an_ask().invited == {BEA, CAI}


def test_only_those_it_was_put_to_can_offer() -> None:
    assert refused(lambda: an_ask().offered_by(DEE, NOON)) == "sit-over"


def test_a_second_yes_of_the_same_person_changes_nothing() -> None:
    once = an_ask().offered_by(BEA, NOON)

    assert once.offered_by(BEA, NOON + HOUR) == once


def test_an_offer_stands_for_a_while_even_when_the_time_runs_out_before() -> None:
    late = NOON + HOUR - TimeDelta(minutes=1)
    ask = an_ask().offered_by(BEA, late)

    assert ask.answer_by == late + OFFER_STANDS


def test_a_number_is_never_given_to_a_second_person_while_an_offer_after_it_stands() -> None:
    ask = an_ask().offered_by(BEA, NOON).offered_by(CAI, NOON).taken_back_by(BEA, NOON)
    again = ask.offered_by(BEA, NOON)

    assert [(offer.number, offer.person) for offer in again.offers] == [(2, CAI), (3, BEA)]


def test_an_ask_without_offers_waits_again_when_the_last_one_is_taken_back() -> None:
    ask = an_ask().offered_by(BEA, NOON).taken_back_by(BEA, NOON)

    assert (ask.stage, ask.offers) == (Stage.ASKED, ())


def test_a_person_without_an_offer_has_nothing_to_take_back() -> None:
    assert refused(lambda: an_ask().offered_by(BEA, NOON).taken_back_by(CAI, NOON)) == "sit-over"


def test_the_only_offer_is_picked_without_a_number_and_one_of_two_is_not() -> None:
    one = an_ask().offered_by(BEA, NOON)
    two = one.offered_by(CAI, NOON)

    assert one.picked(None, NOON).sitter == BEA
    assert refused(lambda: two.picked(None, NOON)) == "sit-pick-which"
    assert refused(lambda: two.picked(3, NOON)) == "sit-no-such-offer"


def test_picking_lets_the_others_go() -> None:
    ask = an_ask(NOON + HOUR * 5).offered_by(BEA, NOON).offered_by(CAI, NOON).picked(2, NOON)

    assert [offer.person for offer in ask.offers] == [CAI]


def test_an_ask_for_now_meets_at_once_and_one_for_later_when_its_time_has_come() -> None:
    later = an_ask(NOON + HOUR * 5).offered_by(BEA, NOON)

    assert an_ask().offered_by(BEA, NOON).picked(1, NOON).stage is Stage.MEETING
    assert later.picked(1, NOON).stage is Stage.PICKED
    assert later.picked(1, NOON).wakes_at == NOON + HOUR * 5
    assert later.picked(1, NOON + HOUR * 5).stage is Stage.MEETING


@pytest.mark.parametrize(
    ("cannot_at", "answer_by"),
    [
        pytest.param(NOON, NOON + HOUR, id="the time the asker set still runs"),
        pytest.param(NOON + HOUR * 3, NOON + HOUR * 3 + OFFER_STANDS, id="it ran out: a while longer"),
        pytest.param(NOON + HOUR * 5 - OFFER_STANDS / 2, NOON + HOUR * 5, id="not past the time agreed"),
    ],
)
def test_when_the_one_picked_cannot_someone_else_is_looked_for(cannot_at: Instant, answer_by: Instant) -> None:
    ask = an_ask(NOON + HOUR * 5).offered_by(BEA, NOON).offered_by(CAI, NOON).picked(1, NOON)
    again = ask.taken_back_by(BEA, cannot_at)

    assert (again.stage, again.sitter, again.offers) == (Stage.ASKED, None, ())
    assert again.wakes_at == answer_by


def test_an_ask_for_now_is_never_past_and_one_for_later_when_its_length_has_gone_by() -> None:
    later = an_ask(NOON + HOUR)

    assert not an_ask().past(NOON + HOUR * 100)
    assert [later.past(NOON + HOUR * hours) for hours in (1, 2)] == [False, True]


def test_an_ask_is_for_a_room_and_one_for_direct_messages_stays_so_whoever_is_picked() -> None:
    direct = replace(an_ask(NOON + HOUR * 5), where=Where.DIRECT).offered_by(BEA, NOON).picked(1, NOON)
    again = direct.taken_back_by(BEA, NOON).offered_by(CAI, NOON).picked(1, NOON + HOUR * 5)

    assert an_ask().where is Where.ROOM
    assert [ask.where for ask in (direct, again)] == [Where.DIRECT, Where.DIRECT]


def test_who_was_picked_is_not_there_before_the_pick() -> None:
    with pytest.raises(LookupError):
        assert an_ask().picked_person


@given(text())
def test_the_same_event_makes_the_same_code_of_eight_plain_characters(key: str) -> None:
    code = code_for("sit", key)

    assert code == code_for("sit", key)
    assert len(code) == 8
    assert set(code) <= set("abcdefghijklmnopqrstuvwxyz234567")


def test_an_end_is_over_and_nothing_else_is() -> None:
    assert {stage for stage in Stage if replace(an_ask(), stage=stage).over} == ENDS
