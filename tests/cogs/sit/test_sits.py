"""The sit as people meet it."""

from collections.abc import Callable

import pytest
from whenever import Instant, Time, TimeDelta

from bot.domain.outgoing import Message
from bot.domain.people import Pause, Reach, Wish
from bot.domain.quiet import Quiet
from bot.domain.saying import Say
from bot.domain.sit.opening import SaidOpening
from tests.cogs.sit.village import ASH, BEA, CAI, DEE, ELSEWHERE, GROUP, LINE_NOW, Village, names_in

HOUR = TimeDelta(hours=1)


@pytest.fixture
def village() -> Village:
    made = Village()
    for person in (BEA, CAI):
        made.does(person, "sit open")
    return made


def _offered(said: Say) -> list[str]:
    return [choice.options["offer"] for choice in said.choices if choice.command == "sit pick"]


def _silence(_village: Village) -> None:
    """Bea does nothing."""


def _pause(village: Village) -> None:
    village.does(BEA, "sit pause")


def _nothing_to_take_back(village: Village) -> None:
    village.does(BEA, "sit withdraw")


def _an_answer_to_no_ask(village: Village) -> None:
    village.does(BEA, "sit can", ask="aaaaaaaa")


def _not_now(village: Village) -> None:
    village.does(BEA, "sit not now", ask=village.code(ASH))


def _not_now_to_all(village: Village) -> None:
    village.does(BEA, "sit not now")


@pytest.mark.parametrize("no", [_not_now, _not_now_to_all, _pause, _nothing_to_take_back, _an_answer_to_no_ask])
def test_a_no_looks_to_the_asker_exactly_like_a_silence(no: Callable[[Village], None]) -> None:
    views = []
    for answer in (no, _silence):
        village = Village()
        village.does(BEA, "sit open")
        village.does(ASH, "sit ask")
        answer(village)
        village.goes_by(HOUR)
        views.append(village.read[ASH])

    assert views[0] == views[1]


def test_the_one_invited_sees_no_name_and_nothing_that_leads_to_one(village: Village) -> None:
    village.does(ASH, "sit ask", wanted="quiet")

    assert [names_in(said) for said in village.read[BEA]] == [set(), set()]


def test_a_preview_keeps_nothing_and_tells_nobody(village: Village) -> None:
    preview = village.does(ASH, "sit", wanted="quiet", length=HOUR)
    [send] = preview.choices

    assert (village.asks.kept, village.heard(BEA)) == ({}, ["sit-open-now"])
    assert (send.command, dict(send.options)) == (
        "sit ask",
        {"wanted": "quiet", "length": "60m"},
    )


def test_a_preview_of_a_later_sit_can_be_typed_as_it_stands(village: Village) -> None:
    at = village.clock.now() + HOUR * 5
    by_default = village.does(ASH, "sit", at=at).choices[0].options
    waits = [TimeDelta(minutes=30), HOUR]
    with_a_wait = [village.does(ASH, "sit", at=at, wait=wait).choices[0].options["wait"] for wait in waits]

    assert dict(by_default) == {"wanted": "either", "length": "30m", "at": "2026-11-23T17:00:00Z"}
    assert with_a_wait == ["30m", "60m"]


def test_one_person_has_one_ask_at_a_time(village: Village) -> None:
    village.does(ASH, "sit ask")
    village.does(ASH, "sit")
    village.does(ASH, "sit ask")

    assert village.heard(ASH)[1:] == ["sit-already", "sit-already"]
    assert village.heard(BEA).count("sit-seen-now") == 1


def test_nobody_of_another_group_is_asked(village: Village) -> None:
    village.does(DEE, "sit open", ELSEWHERE)
    village.does(ASH, "sit ask")

    assert village.heard(DEE) == ["sit-open-now"]


def test_the_code_of_another_groups_ask_is_an_ask_that_is_over(village: Village) -> None:
    village.does(DEE, "sit ask", ELSEWHERE)
    village.does(BEA, "sit can", ask=village.code(DEE))

    assert village.heard(BEA)[-1] == "sit-over"


def test_an_opening_ends_at_the_time_that_was_set(village: Village) -> None:
    village.does(DEE, "sit open", when=SaidOpening(length=HOUR))
    village.goes_by(HOUR)
    village.does(ASH, "sit ask")

    assert village.heard(DEE) == ["sit-open-until"]


def test_whoever_opens_late_is_asked_once_about_each_ask_that_waits(village: Village) -> None:
    village.does(ASH, "sit ask")
    for _ in range(2):
        village.does(DEE, "sit open")

    assert village.heard(DEE).count("sit-seen-now") == 1


def test_whoever_opens_after_someone_was_picked_is_not_asked(village: Village) -> None:
    village.does(ASH, "sit ask", at=village.clock.now() + HOUR * 5)
    village.does(BEA, "sit can")
    village.does(ASH, "sit pick")
    village.does(DEE, "sit open")

    assert village.heard(DEE) == ["sit-open-now"]


def test_a_yes_is_answered_the_same_way_twice_and_told_once(village: Village) -> None:
    village.does(ASH, "sit ask")
    village.does(BEA, "sit can")
    village.does(BEA, "sit can")

    assert village.heard(BEA)[-2:] == ["sit-can-thanks", "sit-can-already"]
    assert village.heard(ASH).count("sit-offered") == 1


def test_a_yes_must_say_which_of_two_asks_it_means(village: Village) -> None:
    village.does(ASH, "sit ask")
    village.does(DEE, "sit ask")
    village.does(BEA, "sit can")
    village.does(BEA, "sit can", ask=village.code(DEE))

    assert village.heard(BEA)[-2:] == ["sit-can-which", "sit-can-thanks"]
    assert names_in(village.read[DEE][-1]) == {BEA}


def test_every_offer_so_far_can_be_picked_from_the_newest_message(village: Village) -> None:
    village.does(ASH, "sit ask")
    village.does(BEA, "sit can")
    village.does(CAI, "sit can")

    assert _offered(village.read[ASH][-1]) == ["1", "2"]


def test_the_two_who_meet_see_both_names_and_the_others_none(village: Village) -> None:
    village.does(ASH, "sit ask")
    village.does(BEA, "sit can")
    village.does(CAI, "sit can")
    village.does(ASH, "sit pick", offer=2)
    [room] = village.rooms

    assert room.people == (ASH, CAI)
    assert names_in(room.card) == {ASH, CAI}
    assert names_in(village.read[CAI][-1]) == {ASH}
    assert (village.heard(BEA)[-1], names_in(village.read[BEA][-1])) == ("sit-thanks", set())


def test_a_pick_after_the_end_changes_nothing(village: Village) -> None:
    village.does(ASH, "sit ask")
    village.does(BEA, "sit can")
    village.does(ASH, "sit pick")
    village.does(ASH, "sit pick")

    assert village.heard(ASH)[-1] == "sit-over"
    assert len(village.rooms) == 1


def test_when_nobody_could_the_asker_has_round_the_clock_lines_to_hand(village: Village) -> None:
    village.does(ASH, "sit ask", wait=HOUR)
    village.goes_by(HOUR)
    told = village.read[ASH][-1]

    assert [said.id for said in told.lines] == ["sit-nobody", LINE_NOW.id, "sit-nobody-ends"]
    assert village.heard(BEA)[-1] == "sit-seen-now"


def test_an_ask_that_nobody_was_picked_for_lets_everybody_go_kindly(village: Village) -> None:
    village.does(ASH, "sit ask")
    village.does(BEA, "sit can")
    village.goes_by(HOUR)

    assert (village.heard(ASH)[-1], village.heard(BEA)[-1]) == ("sit-lapsed", "sit-ended")
    assert village.heard(CAI)[-1] == "sit-seen-now"


def test_the_time_the_asker_set_is_moved_on_by_an_offer_and_the_ask_wakes_then(village: Village) -> None:
    village.does(ASH, "sit ask")
    village.goes_by(TimeDelta(minutes=29))
    village.does(BEA, "sit can")
    village.goes_by(TimeDelta(minutes=29))
    before = village.heard(ASH)[-1]
    village.goes_by(TimeDelta(minutes=1))

    assert (before, village.heard(ASH)[-1]) == ("sit-offered", "sit-lapsed")


def test_the_one_picked_for_later_may_say_that_they_cannot_after_all(village: Village) -> None:
    start = village.clock.now() + HOUR * 5
    village.does(ASH, "sit ask", at=start, wait=HOUR)
    village.does(BEA, "sit can")
    village.does(CAI, "sit can")
    village.does(ASH, "sit pick", offer=1)
    village.goes_by(HOUR * 3)
    village.does(BEA, "sit withdraw")
    told = village.read[ASH][-1]
    village.goes_by(TimeDelta(minutes=29))
    village.does(CAI, "sit can")
    village.does(ASH, "sit pick")
    village.goes_by(HOUR * 2)
    [room] = village.rooms

    assert (told.lines[0].id, _offered(told)) == ("sit-cannot-after-all", [])
    assert (room.people, room.not_before) == ((ASH, CAI), start)


def test_the_asker_may_withdraw_after_the_pick_and_only_the_one_picked_hears(village: Village) -> None:
    village.does(ASH, "sit ask", at=village.clock.now() + HOUR * 5)
    village.does(BEA, "sit can")
    village.does(CAI, "sit can")
    village.does(ASH, "sit pick", offer=1)
    village.does(ASH, "sit withdraw")
    village.goes_by(HOUR * 6)

    assert (village.heard(BEA)[-1], village.heard(CAI)[-1], village.rooms) == ("sit-ended", "sit-thanks", [])


def test_invitations_that_were_not_sent_yet_are_not_sent_after_the_end(village: Village) -> None:
    village.cut_off = True
    village.does(ASH, "sit ask")
    village.does(ASH, "sit withdraw")

    assert [key for key in village.outbox.waiting if ":ask:" in key] == []


def test_a_time_within_the_minute_means_now(village: Village) -> None:
    village.does(ASH, "sit ask", at=village.clock.now() + TimeDelta(seconds=59))
    village.does(BEA, "sit can")
    village.does(ASH, "sit pick")

    assert len(village.rooms) == 1


def test_a_wait_ends_no_later_than_the_sit_begins(village: Village) -> None:
    start: Instant = village.clock.now() + HOUR
    village.does(ASH, "sit ask", at=start, wait=HOUR * 8)
    village.goes_by(HOUR)

    assert village.heard(ASH)[-1] == "sit-nobody"


def test_when_the_asker_leaves_the_group_the_ask_ends_as_if_withdrawn(village: Village) -> None:
    village.does(ASH, "sit ask")
    village.does(BEA, "sit can")
    village.leaves(ASH)

    assert village.asks.kept == {}
    assert [village.heard(person)[-1] for person in (BEA, CAI)] == ["sit-ended", "sit-seen-now"]
    assert "sit-withdrawn" not in village.heard(ASH)


def test_when_someone_who_offered_leaves_the_group_their_yes_is_taken_back(village: Village) -> None:
    village.does(ASH, "sit ask", at=village.clock.now() + HOUR * 5)
    village.does(BEA, "sit can")
    village.does(ASH, "sit pick")
    village.leaves(BEA)
    [ask] = village.asks.kept.values()

    assert village.heard(ASH)[-1] == "sit-cannot-after-all"
    assert (ask.sitters, ask.offers, ask.looking) == ((), (), True)


def test_leaving_the_group_with_nothing_open_is_told_to_nobody(village: Village) -> None:
    village.does(ASH, "sit ask")
    before = {person: village.heard(person) for person in (ASH, BEA, CAI)}
    village.leaves(DEE)

    assert {person: village.heard(person) for person in before} == before


def test_nothing_of_a_sit_may_be_said_in_a_room_though_all_agreed_to_be_named_for_pings(village: Village) -> None:
    village.people.wishes |= {(GROUP, person): Wish(reach=Reach.MENTION) for person in (ASH, BEA, CAI)}
    village.does(ASH, "sit ask")
    for person in (BEA, CAI):
        village.does(person, "sit can")
    village.does(ASH, "sit pick", offer=1)
    village.goes_by(HOUR)
    messages = [sending for sending in village.take_sent() if isinstance(sending, Message)]

    assert len(messages) > 4
    assert village.rooms
    assert [message for message in messages if message.fallback is not None] == []


# Noon in London, where the village is.
NOT_NOW = (
    Wish(pause=Pause()),
    Wish(pause=Pause(until=Instant.MAX)),
    Wish(quiet=Quiet(starts=Time(11), ends=Time(14))),
)

WHY = ("sit-open-paused", "sit-open-paused", "sit-open-quiet")


@pytest.mark.parametrize("wish", NOT_NOW)
def test_nobody_is_put_to_somebody_who_paused_or_for_whom_it_is_quiet(village: Village, wish: Wish) -> None:
    village.people.wishes[GROUP, BEA] = wish
    village.does(ASH, "sit ask")
    [ask] = village.asks.kept.values()

    assert ask.invited == {CAI}
    assert village.heard(BEA) == ["sit-open-now"]


@pytest.mark.parametrize("wish", NOT_NOW)
def test_that_the_only_one_open_is_not_asked_looks_like_nobody_being_open(wish: Wish) -> None:
    views = []
    for opens in (True, False):
        village = Village()
        if opens:
            village.does(BEA, "sit open")
            village.people.wishes[GROUP, BEA] = wish
        village.does(ASH, "sit ask")
        village.goes_by(HOUR)
        views.append([said.lines for said in village.read[ASH]])

    assert views[0] == views[1]


@pytest.mark.parametrize(("wish", "why"), [*zip(NOT_NOW, WHY, strict=True)])
def test_who_opens_meanwhile_is_told_why_nobody_is_put_to_them_yet(wish: Wish, why: str) -> None:
    village = Village()
    village.people.wishes[GROUP, BEA] = wish
    village.does(ASH, "sit ask")
    said = village.does(BEA, "sit open")

    assert [one.id for one in said.lines] == ["sit-open-now", why]
    assert village.heard(BEA) == ["sit-open-now"]


def test_after_a_pause_they_are_asked_as_before(village: Village) -> None:
    village.people.wishes[GROUP, BEA] = Wish(pause=Pause(until=village.clock.now() + HOUR))
    village.goes_by(HOUR)
    village.does(ASH, "sit ask")

    assert village.heard(BEA)[1:] == ["sit-seen-now"]
