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
from bot.domain.sit.ask import LINGERS, MINDED, OFFER_STANDS, OPENS_WITHIN, SILENT_AFTER, Ask
from bot.domain.sit.table import ENDS, LOOKING, TABLE, By, Event, Stage, after
from bot.domain.sit.wishes import Circle, Hearing, Terms, Wanted, Where

NOON = Instant.from_utc(2026, 11, 23, 12)
HOUR = TimeDelta(hours=1)
TEN = TimeDelta(minutes=10)
GROUP = GroupId.of("fake", "group")
ASH, BEA, CAI, DEE = (PersonId.of("fake", name) for name in ("ash", "bea", "cai", "dee"))


def an_ask(starts_at: Instant | None = None) -> Ask:
    """Return Ash's ask, put to Bea and Cai at noon, to be answered within the hour."""
    ask = Ask(
        id="abcdefgh",
        group=GROUP,
        asker=ASH,
        place=None,
        terms=Terms(wanted=Wanted.QUIET, length=HOUR),
        hearing=Hearing(ahead=(), every=TEN, heard=(Circle.OPEN,)),
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
        assert after(stage, event) is TABLE[stage, event].to
    else:
        assert refused(lambda: after(stage, event)) == "sit-over"


def test_nothing_follows_an_end() -> None:
    assert [stage for stage, _ in TABLE if stage in ENDS] == []


def test_every_stage_can_be_reached_and_every_one_ends() -> None:
    reached = {Stage.ASKED}
    for _ in Stage:
        reached |= {rule.to for (stage, _), rule in TABLE.items() if stage in reached}
    ending = set(ENDS)
    for _ in Stage:
        ending |= {stage for (stage, _), rule in TABLE.items() if rule.to in ending}

    assert (reached, ending) == (set(Stage), set(Stage))


@pytest.mark.parametrize("stage", sorted(set(Stage) - ENDS))
def test_every_stage_ends_by_the_clock_and_the_platform_alone(stage: Stage) -> None:
    reached = {stage}
    for _ in Stage:
        unasked = (rule for (at, _), rule in TABLE.items() if at in reached and {By.CLOCK, By.WORLD} & set(rule.by))
        reached |= {rule.to for rule in unasked}

    assert reached & ENDS


@pytest.mark.parametrize("stage", sorted(LOOKING | {Stage.PICKED}))
def test_the_asker_can_always_withdraw_before_they_meet(stage: Stage) -> None:
    assert after(stage, Event.WITHDRAW) is Stage.WITHDRAWN


@pytest.mark.parametrize("stage", [Stage.OPENING, Stage.OPEN, Stage.ENDING])
def test_each_of_those_who_meet_can_always_step_away(stage: Stage) -> None:
    assert TABLE[stage, Event.STEP_AWAY].by == (By.EITHER,)
    assert after(stage, Event.STEP_AWAY) is Stage.STEPPED_AWAY


@pytest.mark.parametrize("stage", sorted(LOOKING))
def test_an_offer_may_come_as_long_as_somebody_is_looked_for(stage: Stage) -> None:
    assert after(stage, Event.OFFER) in LOOKING


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

    assert one.picked(None, "again", NOON).sitters == (BEA,)
    assert refused(lambda: two.picked(None, "again", NOON)) == "sit-pick-which"
    assert refused(lambda: two.picked(3, "again", NOON)) == "sit-no-such-offer"


def test_picking_lets_the_others_go() -> None:
    ask = an_ask(NOON + HOUR * 5).offered_by(BEA, NOON).offered_by(CAI, NOON).picked(2, "again", NOON)

    assert [offer.person for offer in ask.offers] == [CAI]


def test_an_ask_for_now_meets_at_once_and_one_for_later_when_its_time_has_come() -> None:
    later = an_ask(NOON + HOUR * 5).offered_by(BEA, NOON)

    assert an_ask().offered_by(BEA, NOON).picked(1, "again", NOON).stage is Stage.OPENING
    assert later.picked(1, "again", NOON).stage is Stage.PICKED
    assert later.picked(1, "again", NOON).wakes_at == NOON + HOUR * 5
    assert later.picked(1, "again", NOON + HOUR * 5).stage is Stage.OPENING


@pytest.mark.parametrize(
    ("cannot_at", "answer_by"),
    [
        pytest.param(NOON, NOON + HOUR, id="the time the asker set still runs"),
        pytest.param(NOON + HOUR * 3, NOON + HOUR * 3 + OFFER_STANDS, id="it ran out: a while longer"),
        pytest.param(NOON + HOUR * 5 - OFFER_STANDS / 2, NOON + HOUR * 5, id="not past the time agreed"),
    ],
)
def test_when_the_one_picked_cannot_someone_else_is_looked_for(cannot_at: Instant, answer_by: Instant) -> None:
    ask = an_ask(NOON + HOUR * 5).offered_by(BEA, NOON).offered_by(CAI, NOON).picked(1, "again", NOON)
    again = ask.taken_back_by(BEA, cannot_at)

    assert (again.stage, again.sitters, again.offers) == (Stage.ASKED, (), ())
    assert again.wakes_at == answer_by


def test_an_ask_for_now_is_never_past_and_one_for_later_when_its_length_has_gone_by() -> None:
    later = an_ask(NOON + HOUR)

    assert not an_ask().past(NOON + HOUR * 100)
    assert [later.past(NOON + HOUR * hours) for hours in (1, 2)] == [False, True]


def test_an_ask_is_for_a_room_and_one_for_direct_messages_stays_so_whoever_is_picked() -> None:
    ask = an_ask(NOON + HOUR * 5)
    direct = replace(ask, terms=replace(ask.terms, where=Where.DIRECT)).offered_by(BEA, NOON).picked(1, "again", NOON)
    again = direct.taken_back_by(BEA, NOON).offered_by(CAI, NOON).picked(1, "again", NOON + HOUR * 5)

    assert an_ask().terms.where is Where.ROOM
    assert [ask.terms.where for ask in (direct, again)] == [Where.DIRECT, Where.DIRECT]


def with_circles(*ahead: Circle) -> Ask:
    """Return the ask before anybody heard of it, for these circles, ten minutes apart."""
    return replace(an_ask(), invited=frozenset(), hearing=Hearing(ahead=ahead, every=TEN))


def test_an_ask_widens_circle_after_circle_and_then_waits() -> None:
    ask = with_circles(Circle.SHIFT, Circle.OPEN, Circle.ROOM)
    stages, wakes = [], []
    for number in range(3):
        ask = ask.widened(NOON + TEN * number)
        stages.append(ask.stage)
        wakes.append(ask.wakes_at)

    assert stages == [Stage.WIDENING, Stage.WIDENING, Stage.ASKED]
    assert wakes == [NOON + TEN, NOON + TEN * 2, NOON + HOUR]
    assert ask.hearing.heard == (Circle.SHIFT, Circle.OPEN, Circle.ROOM)


def test_an_ask_that_somebody_offered_for_does_not_widen_until_nobody_does_any_more() -> None:
    ask = replace(with_circles(Circle.SHIFT, Circle.OPEN).widened(NOON), invited=frozenset({BEA}))
    offered = ask.offered_by(BEA, NOON)
    back = offered.taken_back_by(BEA, NOON + TEN * 2)

    assert (offered.stage, offered.wakes_at) == (Stage.OFFERED, NOON + HOUR)
    assert (back.stage, back.wakes_at) == (Stage.WIDENING, NOON + TEN)


def test_beyond_what_the_asker_said_the_next_circle_is_one_that_they_did_not_say() -> None:
    hearing = Hearing(ahead=(), every=TEN, heard=(Circle.NAMED, Circle.OPEN))

    assert (hearing.wider, hearing.widened().wider) == (Circle.SHIFT, Circle.ROOM)
    assert hearing.widened().widened().wider is None
    assert hearing.widened().widened().widened() == hearing.widened().widened()


def test_an_ask_that_nobody_answered_ends_without_a_word_unless_the_asker_goes_on() -> None:
    nobody = an_ask().having(Event.TIME_OVER)
    on = nobody.waiting_on(TEN, NOON + HOUR)

    assert nobody.wakes_at == NOON + HOUR + SILENT_AFTER
    assert nobody.having(Event.SILENCE).stage is Stage.NOBODY
    assert (on.stage, on.wakes_at) == (Stage.ASKED, NOON + HOUR + TEN)
    assert nobody.offered_by(BEA, NOON + HOUR).stage is Stage.OFFERED


def test_waiting_on_ends_no_later_than_the_time_agreed() -> None:
    ask = an_ask(NOON + HOUR).having(Event.TIME_OVER).waiting_on(HOUR * 3, NOON)

    assert ask.answer_by == NOON + HOUR


def of_three() -> Ask:
    """Return Ash's ask for up to two, for which Bea and Cai offered."""
    ask = an_ask()
    wider = replace(ask, terms=replace(ask.terms, sitters=2))
    return wider.offered_by(BEA, NOON).offered_by(CAI, NOON)


def test_of_several_each_is_picked_by_themselves_and_the_last_one_begins_it() -> None:
    one = of_three().picked(2, "first", NOON)
    two = one.picked(None, "second", NOON)

    assert (one.stage, one.sitters, [offer.person for offer in one.to_pick]) == (Stage.GATHERING, (CAI,), [BEA])
    assert (two.stage, two.sitters, two.after) == (Stage.OPENING, (CAI, BEA), "first")
    assert two.members == (ASH, CAI, BEA)


def test_of_several_the_asker_may_have_enough_and_the_others_are_let_go() -> None:
    enough = of_three().picked(1, "again", NOON).enough(NOON)

    assert (enough.stage, enough.sitters) == (Stage.OPENING, (BEA,))
    assert [offer.person for offer in enough.offers] == [BEA]
    assert refused(lambda: an_ask().enough(NOON)) == "sit-over"


def test_of_several_who_cannot_after_all_leaves_the_others_picked_and_the_last_one_the_offers() -> None:
    gathering = of_three().picked(1, "again", NOON)
    both = gathering.picked(None, "again", NOON - HOUR)

    assert (gathering.taken_back_by(BEA, NOON).stage, gathering.taken_back_by(BEA, NOON).sitters) == (Stage.OFFERED, ())
    assert both.stage is Stage.OPENING
    later = replace(gathering, starts_at=NOON + HOUR * 5).picked(None, "again", NOON)
    assert (later.stage, later.taken_back_by(BEA, NOON).sitters) == (Stage.PICKED, (CAI,))


def test_a_room_is_waited_for_and_then_given_up() -> None:
    opening = an_ask().offered_by(BEA, NOON).picked(1, "again", NOON)

    assert opening.wakes_at == NOON + OPENS_WITHIN + MINDED
    assert opening.having(Event.NOT_OPENED).over
    assert LINGERS < OPENS_WITHIN


def test_a_time_that_went_by_while_the_bot_was_away_brings_nobody_together() -> None:
    picked = an_ask(NOON + HOUR).offered_by(BEA, NOON).picked(1, "again", NOON)

    assert picked.started(NOON + HOUR * 2).stage is Stage.MISSED
    assert picked.started(NOON + HOUR).stage is Stage.OPENING


@given(text())
def test_the_same_event_makes_the_same_code_of_eight_plain_characters(key: str) -> None:
    code = code_for("sit", key)

    assert code == code_for("sit", key)
    assert len(code) == 8
    assert set(code) <= set("abcdefghijklmnopqrstuvwxyz234567")


def test_an_end_is_over_and_nothing_else_is() -> None:
    assert {stage for stage in Stage if replace(an_ask(), stage=stage).over} == ENDS
